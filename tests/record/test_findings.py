"""Findings are looked for everywhere, and do not depend on names, order or size."""

import csv
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.operations.claim_files import claims_in_file
from repatria.record.check import CheckKind
from repatria.record.claim_rows import claims_of_table
from repatria.record.comparing import findings, findings_and_checks
from repatria.record.explaining import explanation
from repatria.terms import ClaimId, Refusal

FILES = sorted(
    path
    for path in (Path(__file__).parents[2] / "bench" / "record" / "claims").glob("*.csv")
    if not path.name.endswith(".checks.csv")
)
HEADINGS = ["id", "episode", "said_on", "speaker", "measure", "counting_rule", "value"]


def told(*rows):
    """Findings of rows in the columns above, as (kind, claims, holds)."""
    claims = claims_of_table(HEADINGS, list(enumerate(rows, start=2)))
    return {(f.kind, f.claims, f.holds) for f in findings(claims)}


def plain(found):
    return {(f.kind, frozenset(f.claims), f.holds) for f in found}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_comparison_a_person_wrote_down_is_found(path):
    claims = claims_in_file(path)
    ids = {c.id for c in claims}
    found = {(frozenset(f.claims), f.holds) for f in findings(claims)}

    with path.with_suffix(".checks.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="|"):
            named = set(re.findall(r"\w+", f"{row['left']}+{row['right']}")) & ids
            assert (frozenset(named), row["holds"] == "yes") in found, row["label"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_order_of_rows_does_not_matter(path):
    claims = list(claims_in_file(path))
    before = findings(claims)
    claims.reverse()

    assert findings(claims) == before


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_speakers_are_called_does_not_matter(path):
    claims = claims_in_file(path)
    words = {
        w: f"Xor{n}" for n, w in enumerate(sorted({w for c in claims for w in c.speaker.split()}))
    }
    renamed = [replace(c, speaker=" ".join(words[w] for w in c.speaker.split())) for c in claims]

    assert plain(findings(renamed)) == plain(findings(claims))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_seven_times_the_people_give_the_same_findings(path):
    # A number that stands in words ("of 87", "600 for 600", "incl. 2 minors") does not grow along.
    claims = [
        c
        for c in claims_in_file(path)
        if not re.search(r"\b(?:of (?:the )?|for )\d+", c.wording) and not c.note
    ]
    grown = [replace(c, value=7 * c.value) for c in claims]

    assert plain(findings(grown)) == plain(findings(claims))


def test_other_ids_give_the_same_findings():
    claims = claims_in_file(FILES[0])
    other = {c.id: ClaimId(f"z{n:02}") for n, c in enumerate(sorted(claims, key=lambda c: c.id))}
    renamed = [
        replace(
            c,
            id=other[c.id],
            parts=tuple(other[p] for p in c.parts),
            supersedes=other.get(c.supersedes, ""),
            copy_of=other.get(c.copy_of, ""),
        )
        for c in claims
    ]

    assert {(f.kind, frozenset(other[c] for c in f.claims), f.holds) for f in findings(claims)} == (
        plain(findings(renamed))
    )


def test_matters_are_never_compared_with_each_other():
    assert not told(
        ["a", "one", "2030-01-01", "North", "returned to North", "all", "5"],
        ["b", "other", "2030-01-01", "South", "returned to North", "all", "6"],
    )


def test_two_speakers_of_one_day_who_differ_are_found_and_never_averaged():
    found = told(
        ["a", "m", "2030-01-01", "North", "returned to North", "all", "5"],
        ["b", "m", "2030-01-01", "South", "returned to North", "all", "7"],
    )

    assert found == {(CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE, ("a", "b"), False)}


def test_equal_numbers_of_people_held_and_people_moved_are_kept_apart():
    found = told(
        ["a", "m", "2030-01-01", "North", "released 1 Jan 2030", "all", "32"],
        ["b", "m", "2030-02-01", "Lawyer", "Southerners held", "enforced disappearance", "32"],
    )

    assert found == {(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, ("a", "b"), False)}


def test_about_cannot_disprove():
    found = told(
        ["a", "m", "2030-01-01", "North", "returned to North", "all", "100"],
        ["b", "m", "2030-01-01", "South", "returned to North", "about", "~105"],
    )

    assert {holds for _, _, holds in found} == {True}


def test_minors_counted_by_one_side_only_are_a_counting_rule():
    found = told(
        ["a", "m", "2030-08-01", "Hosts", "exchanged 1 Aug 2030", "incl. 2 minors", "26"],
        ["b", "m", "2030-08-01", "Office", "exchanged 1 Aug 2030", "incl. 2 minors", "24"],
    )

    assert found == {(CheckKind.COUNTING_RULE_DIFFERS, ("a", "b"), False)}


def test_a_running_total_that_falls_is_found():
    found = told(
        ["a", "m", "2030-01-01", "North", "Northerners returned so far", "total", "50"],
        ["b", "m", "2030-06-01", "North", "Northerners returned so far", "total", "45"],
    )

    assert found == {(CheckKind.RUNNING_TOTAL, ("a", "b"), False)}


def test_a_composition_in_words_is_added_up():
    head = [*HEADINGS, "composition"]
    row = ["a", "m", "2030-01-01", "North", "Northerners held by South", "all", "55", "6 + 41 + 9"]

    (check,) = findings(claims_of_table(head, [(2, row)]))

    assert (check.kind, check.left, check.right, check.holds) == (
        CheckKind.COMPOSITION, 55, 56, False,
    )  # fmt: skip


def test_a_sentence_names_who_said_what():
    claims = {c.id: c for c in claims_in_file(next(p for p in FILES if p.stem == "river"))}
    said = [explanation(f, claims) for f in findings(claims.values())]

    assert any(
        s.startswith("What was held, less who went, gives what is said to remain: 148 - 61 = 87")
        and "Families' council, 2031-03-20: 87" in s
        for s in said
    )
    assert {explanation(f, {}) for f in findings(claims.values())}


def test_claims_in_columns_are_compared_once():
    claims = claims_in_file(next(p for p in FILES if p.stem == "harbour"))
    both = findings_and_checks(claims)

    assert len({(frozenset(f.claims), f.holds) for f in both}) == len(both)
    assert {f.kind for f in both} >= {CheckKind.COMPOSITION, CheckKind.CATEGORY_CONFLICT}


words = st.sampled_from(
    [
        "Northerners held by South", "Northerners still held", "released 3 May 2030",
        "agreed release",
        "returned to North", "bodies received in total", "names on both lists",
        "names on North's list",
        "of 12", "5 for 5", "returned so far", "refused to go", "",
    ]
)  # fmt: skip
rules = st.sampled_from(
    ["all", "", "soldiers", "civilians", "about", "each side", "hidden + confirmed"]
)
rows = st.lists(
    st.tuples(
        st.sampled_from(["2030-05-01", "2030-05-03", "2030", "2031-02"]),
        st.sampled_from(["A", "B", "C"]),
        words,
        rules,
        st.integers(min_value=0, max_value=20),
    ),
    max_size=14,
)


@pytest.mark.property
@settings(deadline=None, max_examples=60)
@given(rows=rows, seed=st.integers(min_value=0, max_value=99))
def test_whatever_is_said_each_finding_is_true_of_its_numbers_and_order_is_nothing(rows, seed):
    table = [
        [f"k{n}", "m", day, who, measure or "count", rule, str(value)]
        for n, (day, who, measure, rule, value) in enumerate(rows)
    ]
    claims = list(claims_of_table(HEADINGS, list(enumerate(table, start=2))))
    found = findings(claims)
    random.Random(seed).shuffle(claims)  # noqa: S311 -- an order

    assert findings(claims) == found
    for each in found:
        assert set(each.claims) <= {c.id for c in claims}
        if "≠" in each.arithmetic:
            assert not each.holds
        if " = " in each.arithmetic and each.kind is not CheckKind.CONSTANT_GAP:
            assert each.left == each.right


def test_a_file_that_cannot_be_read_names_row_and_column(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(
        "id|said_on|speaker|measure|value\nc1|2030|North|held|many\nc2|2030-13|North|held|5\n",
        "utf-8",
    )

    with pytest.raises(Refusal) as refused:
        claims_in_file(path)

    assert [(o.code, o.about) for o in refused.value.objections] == [
        ("claims-cell-unreadable", ("row 2, column value",)),
        ("claims-cell-unreadable", ("row 3, column said_on",)),
    ]


def test_a_column_that_is_not_known_goes_into_the_note():
    head = [*HEADINGS, "Archive no."]
    row = ["a", "m", "2030-01-01", "North", "returned to North", "all", "1 245+", "X 17"]

    [claim] = claims_of_table(head, [(2, row), (3, ["", ""])])

    assert claim.note == "Archive no.: X 17"
    assert str(claim.span) == "≥1245"
