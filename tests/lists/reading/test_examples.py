"""The example files are what their README says, and can be made again."""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from repatria.lists.reading import ReadRow, open_list_file

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"


def records(name: str):
    rows = tuple(open_list_file(EXAMPLES / name).rows())
    assert all(isinstance(row, ReadRow) and not row.notes for row in rows)
    return [row.record for row in rows]


@pytest.mark.parametrize(
    ("name", "rows", "language", "encoding"),
    [
        ("south-claims.xlsx", 59, "hy", ""),
        ("north-holds.csv", 56, "az", "utf-16"),
        ("north-claims.csv", 2, "az", "utf-8"),
        ("south-holds.xlsx", 2, "hy", ""),
    ],
)
def test_an_example_is_read_whole(name, rows, language, encoding):
    found = open_list_file(EXAMPLES / name).description
    assert (found.rows, found.header_language, found.encoding) == (rows, language, encoding)
    assert found.unmapped == ()
    assert len(records(name)) == rows


def test_the_held_are_counted_as_the_readme_says():
    held = [r for r in records("north-holds.csv") if r.status == "saxlanılır"]
    by_category = Counter(r.category for r in held)
    assert by_category == {"soldier": 41, "civilian": 6, "political_leader": 8}
    early = [r for r in held if r.captured_on.earliest < date(2023, 4, 1)]
    assert Counter(r.category for r in early) == {"soldier": 33, "civilian": 3}
    last = [r for r in held if r.captured_on.earliest >= date(2023, 9, 1)]
    assert Counter(r.category for r in last) == {"soldier": 8, "civilian": 2, "political_leader": 8}
    assert Counter(r.health for r in held) == {"kafi": 52, "xəstə": 2, "ağır yaralı": 1}
    assert Counter(r.sex for r in held) == {"male": 54, "female": 1}


def test_the_truth_names_each_held_row_and_one_of_them_twice():
    with (EXAMPLES / "truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = {int(row["line"]): row["register_number"] for row in csv.DictReader(stream)}
    registered = {r.reference for r in records("north-holds.csv")}
    assert set(truth.values()) == registered
    assert set(truth) < {r.line_number for r in records("south-claims.xlsx")}
    assert sorted(Counter(truth.values()).values()) == [1] * 55 + [2]


def test_the_same_person_differs_between_the_files_as_the_readme_says():
    with (EXAMPLES / "truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = {int(row["line"]): row["register_number"] for row in csv.DictReader(stream)}
    claims = {r.line_number: r for r in records("south-claims.xlsx")}
    holds = {r.reference: r for r in records("north-holds.csv")}
    pairs = [(claims[line], holds[number]) for line, number in truth.items() if line != 59]
    full = [(c.birth, h.birth) for c, h in pairs if c.birth.day and h.birth.day]
    swapped = [(c, h) for c, h in full if (c.month, c.day) == (h.day, h.month) and c != h]
    assert (len(full), len(swapped)) == (53, 2)
    assert all(c == h for c, h in full if (c, h) not in swapped)
    assert sum(c.father == "" for c, _ in pairs) == 3
    assert sum(h.father == "" for _, h in pairs) == 6


def test_the_tool_makes_the_same_files_again(tmp_path):
    tool = ROOT / "tools" / "make_examples.py"
    subprocess.run([sys.executable, tool, tmp_path], check=True, capture_output=True)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (EXAMPLES / made.name).read_bytes()
    assert len(list(tmp_path.iterdir())) == 6


def test_every_claim_has_a_speaker_and_its_parts_are_there():
    with (EXAMPLES / "claims.csv").open(encoding="utf-8", newline="") as stream:
        claims = {row["id"]: row for row in csv.DictReader(stream)}
    assert all(row["speaker"] and row["via"] for row in claims.values())
    for row in claims.values():
        parts = [int(claims[part]["value"]) for part in row["parts"].split()]
        assert not parts or sum(parts) == int(row["value"])
    assert sorted(row["value"] for row in claims.values()).count("55") == 2
