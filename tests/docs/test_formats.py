"""Do the pages about formats describe the bytes that are written?"""

import dataclasses
import json
import re
import zlib
from pathlib import Path

import pytest

from repatria.ledger.signing import SIGNATURE_BYTES
from repatria.planning import PriorityKind, Terms
from repatria.planning.documents import _KINDS, terms_from_json

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ROOT / "docs" / "formats"
GOLDEN = ROOT / "tests" / "golden" / "ledger"


def page(name):
    return (FORMATS / f"{name}.md").read_text("utf-8")


def first_column(text):
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([\w-]+)`", cell)}


def section(text, heading):
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_page_about_packages_names_every_key():
    raw = (GOLDEN / "package-1.repatria").read_bytes()
    packed = raw[raw.index(b"\n") + 1 + SIGNATURE_BYTES :]

    content = json.loads(zlib.decompress(packed))

    assert content["from"] == "north"
    assert first_column(page("package")) == content.keys()


def test_the_page_about_checkpoints_shows_a_golden_one():
    assert f"```text\n{(GOLDEN / 'checkpoint.txt').read_text('utf-8')}```" in page("checkpoint")


def test_the_page_about_statements_names_every_key():
    written = {
        key
        for line in (GOLDEN / "statements.txt").read_text("utf-8").splitlines()
        for key in json.loads(line)
    }
    told = first_column(section(page("statement"), "Keys"))

    assert written & told >= {"v", "kind", "about", "by", "actor", "recorded_at", "audience"}
    assert {"occurred_at", "as_of", "supersedes", "ground", "content"} <= told


def test_the_page_about_terms_names_every_key_and_priority():
    keys = {each.name for each in dataclasses.fields(Terms)} - {"extra"}

    assert first_column(page("terms").partition("\n## ")[0]) == keys
    assert first_column(section(page("terms"), "Priorities")) == set(PriorityKind)


def test_the_page_about_terms_names_every_kind_of_rule():
    assert first_column(section(page("terms"), "Rules")) == _KINDS.keys()


@pytest.mark.parametrize("kind", sorted(first_column(section(page("terms"), "Rules"))))
def test_a_rule_is_understood_with_the_keys_the_page_names(kind):
    row = re.search(rf"^\| `{kind}` \|.*\| ([^|]*) \|$", page("terms"), re.MULTILINE)[1]
    values = {
        "from_party": "north", "first": "north", "second": "south", "category": "soldier",
        "categories": ["soldier"], "first_categories": ["soldier"], "reason": "agreed",
        "second_categories": ["soldier"], "ids": ["person:a", "person:b"], "since": "2030-01-01",
        "until": "2030-02-01", "minimum": 1, "maximum": 2, "first_count": 1, "second_count": 2,
        "tolerance": 0,
    }  # fmt: skip
    named = re.findall(r"`(\w+)`", row)
    rule = {key: values[key] for key in named}

    read = terms_from_json(
        {
            "id": "t",
            "version": 1,
            "as_of": "2030-01-01",
            "rules": [{"id": "r", "kind": kind, "proposer": "north", "source": "here", **rule}],
            "priorities": [],
            "nonce": "n",
        }
    )

    assert read.rules[0].kind == kind
    assert {each.name for each in dataclasses.fields(read.rules[0])} - {
        "id", "proposer", "source", "extra",
    } == set(named)  # fmt: skip
