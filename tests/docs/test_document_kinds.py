"""Does the page about kinds of documents name every key of each?"""

import dataclasses
import re
from pathlib import Path

import pytest

from repatria.ledger.kinds.approval_given import ApprovalGiven
from repatria.ledger.payload import to_json
from signed import DOCUMENTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "document-kinds.md"


def keys_told(heading):
    part = PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_every_key_of_a_document_is_told_and_no_other(kind):
    assert keys_told(kind.capitalize()) == to_json(DOCUMENTS[kind]).keys()


def test_every_key_of_an_approval_is_told():
    assert keys_told("Four eyes") == {each.name for each in dataclasses.fields(ApprovalGiven)}
