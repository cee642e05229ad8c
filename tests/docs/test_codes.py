"""Is every code the program can show explained, and every code explained still shown?"""

import ast
import re
from pathlib import Path

import pytest

from repatria.lists.reading import FILE_FAULTS, ROW_FAULTS
from repatria.record import CheckKind

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "repatria"
ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
# A module that uses one of these hands codes over; all its words with hyphens are codes, save
# the other words below.
CARRIERS = frozenset(
    {"Bar", "CellFault", "Comparison", "Finding", "Ground", "IntegrityError", "LocalDateError",
     "Objection", "Reason", "UnreadableFileError", "Work"}
)  # fmt: skip
ROOMS = (
    "ledger", "register", "lists", "linkage", "planning", "handover", "record", "paper",
    "operations", "store", "wiring",
)  # fmt: skip
EDGES = ("web", "api", "cli", "site")
# Encodings, ids of levels, bases of grounds, keys of wordings, a standard, a file, a node key,
# kinds of jobs.
OTHER_WORDS = re.compile(
    r"utf-.*|armscii-8|lottery-\d|list-file|label-.*|ua-1|high-water|node-1|bulletin-1"
    r"|plan-(trial|check|why|disputed|schedule)"
)


def written_in(*packages):
    for package in packages:
        for path in sorted((SOURCE / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ast.parse(path.read_text("utf-8"))


def texts_in(node):
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
            yield each.value


def codes_in(tree):
    """Codes a module writes down."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="code", value=ast.Constant() | ast.IfExp() as value):
                yield from texts_in(value)
            case ast.AnnAssign(target=ast.Name(id="bar_code"), value=ast.Constant() as value):
                yield from texts_in(value)
            case ast.FunctionDef() if node.name.endswith("_codes"):
                yield from filter(CODE.fullmatch, texts_in(node))
    if any(isinstance(node, ast.Name) and node.id in CARRIERS for node in ast.walk(tree)):
        yield from filter(CODE.fullmatch, texts_in(tree))


def codes_given_in(tree):
    """Codes given at once to an objection, a finding or an integrity error."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Objection" | "Finding"), keywords=keywords):
                for each in keywords:
                    if each.arg == "code" and isinstance(each.value, ast.Constant):
                        yield each.value.value
            case ast.Call(func=ast.Name(id="IntegrityError"), args=[_, ast.Constant(value=code)]):
                yield code


@pytest.fixture(scope="module")
def shown():
    written = {code for tree in written_in(*ROOMS) for code in codes_in(tree)}
    written |= {code for tree in written_in(*EDGES) for code in codes_given_in(tree)}
    checks = {kind.value.replace("_", "-") for kind in CheckKind}
    every = written | checks | set(FILE_FAULTS) | set(ROW_FAULTS)
    return {code for code in every if not OTHER_WORDS.fullmatch(code)}


@pytest.fixture(scope="module")
def explained():
    return [row[0] for row in ROW.findall((ROOT / "docs" / "objections.md").read_text("utf-8"))]


def test_every_code_that_can_be_shown_is_explained(shown, explained):
    assert sorted(shown - set(explained)) == []


def test_every_code_that_is_explained_can_be_shown(shown, explained):
    assert sorted(set(explained) - shown) == []


def test_every_row_says_what_is_meant_and_why(explained):
    rows = ROW.findall((ROOT / "docs" / "objections.md").read_text("utf-8"))

    assert len(explained) == len(rows)
    assert [code for code, says, rule in rows if not says.strip() or not rule.strip()] == []


def test_a_sentence_on_a_page_is_for_a_code_that_is_explained(explained):
    from repatria.web.messages import FAULTS, FINDINGS, OBJECTIONS

    known = OBJECTIONS.keys() | FINDINGS.keys() | FAULTS.keys()
    assert sorted(known - set(explained)) == []
