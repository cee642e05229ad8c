"""Are the pages that a tool writes as it would write them now?"""

import importlib.util
import re
from pathlib import Path

import pytest

from repatria.ledger.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize("name", ["write_cli_docs", "write_kind_docs"])
def test_a_generated_page_is_up_to_date(name):
    writer = tool(name)

    assert writer.TARGET.read_text("utf-8") == writer.document()


def test_every_command_has_a_heading_and_an_example():
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    names = tool("write_cli_docs").command_names()

    parts = {
        name: re.split(rf"\n##+ repatria {name}\n", page)[1].split("\n##")[0] for name in names
    }

    assert {"demo", "verify", "import"} <= set(names)
    assert [name for name, part in parts.items() if "Example: repatria" not in part] == []


def test_every_kind_of_statement_has_a_row():
    page = (ROOT / "docs" / "kinds.md").read_text("utf-8")

    assert [name for name in KINDS if f"\n| `{name}` | " not in page] == []
