"""A disagreement is told once; whatever only follows from it stands beneath it."""

from dataclasses import replace
from pathlib import Path

import pytest

from repatria.operations.claim_files import claims_in_file
from repatria.record.check import CheckKind
from repatria.record.claim_rows import claims_of_table
from repatria.record.comparing import findings, gathered

FILES = sorted(
    path
    for path in (Path(__file__).parents[2] / "bench" / "record" / "claims").glob("*.csv")
    if not path.name.endswith(".checks.csv")
)
HEADINGS = ["id", "said_on", "speaker", "measure", "counting_rule", "value", "note"]
HELD = "Northers held by South"


def told(*rows):
    """What is told of rows in the columns above: (kind, claims) -> what follows from it."""
    claims = claims_of_table(HEADINGS, list(enumerate(rows, start=2)))
    return {
        (each.check.kind, each.check.claims): {check.claims for check in each.also}
        for each in gathered(findings(claims), {c.id: c for c in claims})
    }


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_finding_is_told_once_or_follows_from_one_that_is(path):
    claims = claims_in_file(path)
    found = findings(claims)

    each = gathered(found, {c.id: c for c in claims})

    assert len(found) == sum(1 + len(one.also) for one in each)
    assert set(found) == {check for one in each for check in (one.check, *one.also)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_is_told_does_not_depend_on_what_speakers_are_called(path):
    claims = claims_in_file(path)
    renamed = [replace(c, speaker=f"x{c.speaker}") for c in claims]

    def numbers(given):
        return [
            (one.check.kind, one.check.claims, [c.claims for c in one.also])
            for one in gathered(findings(given), {c.id: c for c in given})
        ]

    assert numbers(renamed) == numbers(claims)


def test_a_second_whole_of_the_same_parts_adds_nothing():
    found = told(
        ["a", "2030-01-01", "Commission", "released 1 Jan 2030", "servicemen", "32", ""],
        ["b", "2030-01-01", "Agency", "released 1 Jan 2030", "servicemen and civilians", "32", ""],
        ["c", "2030-01-01", "Premier", "released 1 Jan 2030", "captured in 2028", "31", ""],
        ["d", "2030-01-01", "Premier", "released 1 Jan 2030", "captured in 2029", "1", ""],
    )

    assert found[CheckKind.COMPOSITION, ("a", "c", "d")] == {("b", "c", "d")}
    assert (CheckKind.CATEGORY_CONFLICT, ("a", "b")) in found


def test_a_round_figure_stands_beneath_an_exact_one_that_differs_too():
    found = told(
        ["a", "2030-01-01", "Minister", "names on our list", "submitted", "8576", ""],
        ["b", "2030-01-01", "Delegate", "names on our list", "submitted", "8200", ""],
        ["c", "2030-01-09", "Receiver", "names on our list", "as received", "9147", ""],
    )

    assert found == {(CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE, ("a", "c")): {("a", "b")}}


def test_round_figures_alone_are_told():
    found = told(
        ["a", "2030-01-01", "Minister", "names on our list", "submitted", "8000", ""],
        ["b", "2030-01-02", "Delegate", "names on our list", "submitted", "9000", ""],
    )

    assert found == {(CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE, ("a", "b")): set()}


def test_an_old_figure_that_returns_twice_is_told_once():
    found = told(
        ["a", "2030-01-01", "Office", HELD, "all", "33", ""],
        ["b", "2030-09-01", "Office", HELD, "all", "23", ""],
        ["c", "2031-03-01", "Portal", HELD, "all", "33", ""],
        ["d", "2031-06-01", "Weekly", HELD, "all", "33", ""],
    )

    assert found == {
        (CheckKind.STALE_COPY, ("c", "b")): {("c", "a"), ("d", "a"), ("d", "b")},
    }


def test_a_part_that_was_reckoned_from_the_whole_proves_nothing():
    rows = [
        ["a", "2030-01-01", "Office", HELD, "all", "23", ""],
        ["b", "2030-01-05", "Lawyer", "of 23", "captured in 2028", "5", ""],
        ["c", "2030-01-05", "Lawyer", "of 23", "registered in 2029", "18", "derived 23-5"],
    ]

    assert told(*rows) == {}
    rows[2][6] = ""
    assert told(*rows) == {(CheckKind.COMPOSITION, ("a", "b", "c")): set()}


def test_a_plan_that_a_newer_one_overtook_is_not_held_against_what_moved_then():
    found = told(
        ["a", "2030-01-10", "North", "to be released", "all", "976", ""],
        ["b", "2030-03-01", "Committee", "registered for repatriation", "all", "1400", ""],
        ["c", "2030-03-20", "Committee", "repatriated", "all", "1187", ""],
    )

    assert found == {(CheckKind.ANNOUNCED_AND_MOVED, ("b", "c")): set()}


def test_a_total_of_both_directions_grows_by_what_its_note_says():
    both = "exchanged with mediation, total of both sides"
    rows = [
        ["a", "2030-01-01", "Emirate", both, "16 mediations", "2883", ""],
        ["b", "2030-02-01", "Emirate", both, "17 mediations", "3175", "146+146"],
        ["c", "2030-03-01", "Emirate", both, "18 mediations", "3565", "185+185"],
    ]
    claims = claims_of_table(HEADINGS, list(enumerate(rows, start=2)))

    assert [(f.claims, f.holds, f.left_of) for f in findings(claims)] == [
        (("a", "b"), True, "a+146+146"),
        (("b", "c"), False, "b+185+185"),
    ]


def test_a_total_of_both_directions_grows_by_each_direction_that_is_told():
    both = "exchanged so far"
    found = told(
        ["a", "2030-01-01", "Emirate", both, "both directions", "3200", ""],
        ["b", "2030-02-01", "Emirate", both, "both directions", "3514", ""],
        ["c", "2030-02-01", "Emirate", "returned to North", "all", "157", ""],
        ["d", "2030-02-01", "Emirate", "returned to South", "all", "157", ""],
    )

    assert (CheckKind.RUNNING_TOTAL, ("a", "c", "d", "b")) in found
