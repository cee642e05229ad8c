"""Published figures are compared with each other and with a register; none is preferred."""

import pytest

from repatria.record import (
    Bound,
    CheckKind,
    Measure,
    RegisterFigure,
    RegisterFigures,
    checks,
    contradictions,
    findings_of,
)
from repatria.record.claims import STOCKS
from repatria.terms import Category, Severity

SOLDIERS = frozenset({Category.SOLDIER})
BOTH = SOLDIERS | {Category.CIVILIAN}


def of_kind(kind, claims, **more):
    return [check for check in checks(claims, **more) if check.kind is kind]


def test_the_story_holds_where_it_holds(story):
    found = {c.arithmetic: c for c in checks(story.story_claims()) if c.severity is Severity.NOTE}

    assert found.keys() >= {"41 + 6 + 8 = 55", "31 + 1 = 32", "55 - 32 = 23"}
    assert all(check.holds for check in found.values())
    assert found["55 - 32 = 23"].derived
    assert not found["41 + 6 + 8 = 55"].derived


def test_the_story_is_flagged_where_it_does_not_hold(story):
    found = {(c.kind, c.claims, c.holds) for c in contradictions(story.story_claims())}

    assert found == {
        (CheckKind.CATEGORY_CONFLICT, ("claim:n", "claim:r"), False),
        (CheckKind.SAME_NUMBER_DIFFERENT_MEANING, ("claim:h", "claim:k"), False),
        (CheckKind.SAME_NUMBER_DIFFERENT_MEANING, ("claim:n", "claim:k2"), False),
        (CheckKind.UNACKNOWLEDGED_APART, ("claim:k", "claim:k2"), True),
        (CheckKind.UNACKNOWLEDGED_APART, ("claim:u",), True),
    }


def test_four_more_released_bring_23_to_19(story):
    later = {"event": "event:bridge", "said_on": story.day("2026-01-14")}
    claims = [
        *story.story_claims(),
        story.claim("b", 4, Measure.RELEASED, speaker="Both", **later),
        story.claim("m", 19, Measure.REMAINING, speaker="Monitor", said_on=story.day("2026-01-14")),
    ]

    sums = [c.arithmetic for c in of_kind(CheckKind.STOCK_MINUS_RELEASED, claims)]

    assert sums == ["23 - 4 = 19", "55 - 32 = 23", "55 - 32 - 4 = 19"]


def test_a_sum_that_does_not_add_up_is_a_contradiction(story):
    claims = [
        story.claim("w", 16, parts=("a", "b")),
        story.claim("a", 8),
        story.claim("b", 7),
    ]

    (check,) = of_kind(CheckKind.COMPOSITION, claims)

    assert (check.arithmetic, check.holds, check.severity) == (
        "8 + 7 ≠ 16",
        False,
        Severity.CONTRADICTION,
    )


def test_a_sum_with_an_unknown_part_is_a_broken_reference_not_a_sum(story):
    claims = [story.claim("w", 16, parts=("a", "gone")), story.claim("a", 8)]

    assert of_kind(CheckKind.COMPOSITION, claims) == []
    assert [c.claims for c in of_kind(CheckKind.BROKEN_REFERENCE, claims)] == [("claim:w",)]


def test_parts_of_another_speaker_make_a_derived_sum(story):
    claims = [story.claim("w", 8, parts=("a",)), story.claim("a", 8, speaker="Another")]

    assert [c.derived for c in of_kind(CheckKind.COMPOSITION, claims)] == [True]


def test_an_about_figure_disproves_nothing_but_warns(story):
    claims = [story.claim("a", 1_700, bound=Bound.ABOUT), story.claim("b", 1_718, speaker="B")]

    (check,) = of_kind(CheckKind.SAME_DAY_DIFFERENT_STOCK, claims)

    assert (check.arithmetic, check.holds, check.severity) == (
        "~1700 ≈ 1718",
        True,
        Severity.WARNING,
    )
    assert check in contradictions(claims)


def test_two_equal_about_figures_need_nobody_to_look(story):
    about = {"bound": Bound.ABOUT}
    claims = [story.claim("a", 80, **about), story.claim("b", 80, speaker="B", **about)]

    (check,) = of_kind(CheckKind.SAME_DAY_DIFFERENT_STOCK, claims)

    assert (check.arithmetic, check.severity) == ("~80 = ~80", Severity.NOTE)


def test_two_counts_of_one_crossing_differ(story):
    claims = [story.moved("a", 1_245, "South"), story.moved("b", 1_248, "North")]

    (check,) = of_kind(CheckKind.SAME_EVENT_DIFFERENT_FIGURE, claims)

    assert (check.left, check.right, check.holds) == (1_245, 1_248, False)


def test_two_populations_of_one_crossing_are_not_compared(story):
    claims = [story.moved("a", 32, "A"), story.moved("b", 2, "B", population="northern")]

    assert checks(claims) == ()


@pytest.mark.parametrize(
    ("narrow", "wide", "holds"),
    [(30, 32, True), (33, 32, False)],
)
def test_the_narrower_wording_may_count_fewer_but_not_more(story, narrow, wide, holds):
    claims = [
        story.moved("a", narrow, "A", categories=SOLDIERS),
        story.moved("b", wide, "B", categories=BOTH),
    ]

    for order in (claims, [claims[0], story.moved("0", wide, "B", categories=BOTH)]):
        (check,) = of_kind(CheckKind.SAME_EVENT_DIFFERENT_FIGURE, order)
        assert check.holds is holds
        assert check in contradictions(order)


def test_wordings_that_only_overlap_prove_nothing(story):
    claims = [
        story.moved("a", 40, "A", categories=BOTH),
        story.moved("b", 32, "B", categories=SOLDIERS | {Category.OTHER}),
    ]

    (check,) = of_kind(CheckKind.SAME_EVENT_DIFFERENT_FIGURE, claims)

    assert (check.holds, check.severity) == (True, Severity.WARNING)


def test_fewer_moved_than_were_announced(story):
    claims = [
        story.moved("a", 887, "Envoy", measure=Measure.ANNOUNCED, said_on=story.day("2023-03-20")),
        story.moved("m", 869, "Carrier", said_on=story.day("2023-04-16")),
        story.moved("n", 9, "Carrier", population="northern"),
    ]

    (check,) = of_kind(CheckKind.ANNOUNCED_AND_MOVED, claims)

    assert check.arithmetic == "887 ≠ 869"


def test_the_same_people_cannot_go_both_ways(story):
    claims = [
        story.moved("a", 15, "A", to_party="south"),
        story.moved("b", 15, "B", holder="south", to_party="north"),
    ]

    (check,) = of_kind(CheckKind.DIRECTION_CONFLICT, claims)

    assert check.severity is Severity.CONTRADICTION


@pytest.mark.parametrize(("speaker", "way_back"), [("X", 1_700), ("Y", 1_200)])
def test_a_figure_told_for_the_other_direction_is_a_conflict_of_direction(story, speaker, way_back):
    back = {"population": "northern", "holder": "south", "to_party": "north"}
    claims = [
        story.moved("a", 1_200, "X", measure=Measure.ANNOUNCED),
        story.moved("b", 1_700, "Y", measure=Measure.ANNOUNCED),
        story.moved("c", way_back, speaker, measure=Measure.ANNOUNCED, **back),
    ]

    kinds = {c.kind for c in checks(claims) if not c.holds}

    assert kinds == {CheckKind.DIRECTION_CONFLICT}


def test_disputed_releases_leave_a_range_and_no_average(story):
    held = story.claim("h", 55)
    releases = [story.moved("a", 31, "A"), story.moved("b", 33, "B", bound=Bound.AT_LEAST)]
    remaining = story.claim("z", 20, Measure.REMAINING, said_on=story.day("2024-01"))

    (check,) = of_kind(CheckKind.STOCK_MINUS_RELEASED, [held, *releases, remaining])
    (closed,) = of_kind(
        CheckKind.STOCK_MINUS_RELEASED,
        [held, releases[0], story.moved("b", 33, "B"), remaining],
    )

    assert (check.holds, check.arithmetic) == (True, "55 - ≥31 ≈ 20")
    assert (closed.holds, closed.arithmetic) == (False, "55 - 31..33 ≠ 20")


@pytest.mark.parametrize(
    ("held_on", "moved_on", "remaining_on"),
    [
        ("2023-12", "2023-12-13", "2024-01"),
        ("2023-11", "2024-01", "2024-01-10"),
        ("2024-02", "2023-12-13", "2024-01"),
        ("2023-11", "2024-03", "2024-01"),
    ],
)
def test_nothing_is_reckoned_where_the_order_of_days_is_unsure_or_wrong(
    story, held_on, moved_on, remaining_on
):
    claims = [
        story.claim("h", 55, said_on=story.day(held_on)),
        story.moved("r", 32, "R", said_on=story.day(moved_on)),
        story.claim("z", 1, Measure.REMAINING, said_on=story.day(remaining_on)),
    ]

    assert of_kind(CheckKind.STOCK_MINUS_RELEASED, claims) == []


def test_an_as_of_day_dates_a_movement_better_than_the_day_it_was_told(story):
    claims = [
        story.claim("h", 55),
        story.moved("r", 32, "R", said_on=story.day("2025"), as_of=story.day("2023-12-13")),
        story.claim("z", 23, Measure.REMAINING, said_on=story.day("2024-01")),
    ]

    assert [c.holds for c in of_kind(CheckKind.STOCK_MINUS_RELEASED, claims)] == [True]


def test_a_sum_with_unacknowledged_people_is_never_set_off_against_one_without(story):
    later = {"event": "event:bridge", "said_on": story.day("2026-01-14")}
    claims = [
        *[c for c in story.story_claims() if c.id.startswith("claim:k")],
        story.claim("b", 4, Measure.RELEASED, **later),
        story.claim("z", 19, Measure.REMAINING, said_on=story.day("2026-01-15")),
    ]

    assert of_kind(CheckKind.STOCK_MINUS_RELEASED, claims) == []


@pytest.mark.parametrize(
    ("left", "right", "flagged"),
    [
        ({"event": "event:1"}, {"event": "event:2"}, True),
        ({"event": "event:1"}, {"event": "event:1", "speaker": "B"}, False),
        ({"event": "event:1"}, {"event": ""}, False),
        ({"event": "event:1"}, {"event": "", "measure": Measure.MISSING}, True),
    ],
)
def test_the_number_15_twice(story, left, right, flagged):
    claims = [story.moved("a", 15, **{"speaker": "A", **left})]
    claims += [story.moved("b", 15, **{"speaker": "A", **right})]

    assert bool(of_kind(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, claims)) is flagged


def test_one_count_divided_in_two_ways_by_one_speaker_is_no_conflict(story):
    claims = [
        story.claim("a", 9, parts=("a1", "a2")),
        story.claim("b", 9, parts=("b1", "b2")),
        *(story.claim(name, n) for name, n in (("a1", 4), ("a2", 5), ("b1", 3), ("b2", 6))),
    ]

    assert of_kind(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, claims) == []


def test_a_number_whose_composition_nobody_gave_may_mean_the_same_people(story):
    claims = [
        story.claim("a", 9, parts=("a1", "a2")),
        story.claim("a1", 4),
        story.claim("a2", 5),
        story.claim("b", 9, speaker="B", said_on=story.day("2024-01")),
    ]

    assert of_kind(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, claims) == []


def test_equal_numbers_with_and_without_unacknowledged_people_differ(story):
    claims = [
        story.claim("a", 9, parts=("a1",)),
        story.claim("a1", 9, Measure.UNACKNOWLEDGED),
        story.claim("b", 9, speaker="B"),
    ]

    found = {c.claims for c in of_kind(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, claims)}

    assert ("claim:a", "claim:b") in found
    assert ("claim:a", "claim:a1") not in found


def test_a_denial_later_admitted_is_shown(story):
    claims = [
        story.claim("old", 0, said_on=story.day("2021-01")),
        story.claim("new", 4, said_on=story.day("2021-02"), supersedes="old"),
        story.claim("same", 4, said_on=story.day("2021-03"), supersedes="new"),
    ]

    found = [(c.arithmetic, c.holds) for c in of_kind(CheckKind.ANSWER_CHANGED, claims)]

    assert found == [("4 → 4", True), ("0 → 4", False)]


def test_replacing_the_claim_of_another_is_a_broken_reference(story):
    claims = [story.claim("old", 1), story.claim("new", 2, supersedes="old", speaker="Another")]

    assert [c.claims for c in of_kind(CheckKind.BROKEN_REFERENCE, claims)] == [
        ("claim:old", "claim:new")
    ]


def test_a_copy_is_stale_when_a_release_or_a_new_answer_came_between(story):
    original = story.claim("o", 33)
    copy = story.claim("c", 33, speaker="Paper", said_on=story.day("2025-10"), copy_of="o")
    release = story.moved("r", 32, "R")
    answer = story.claim("n", 23, said_on=story.day("2024-01"), supersedes="o")

    assert of_kind(CheckKind.STALE_COPY, [original, copy]) == []
    assert of_kind(CheckKind.STALE_COPY, [original, copy, release])[0].claims == (
        "claim:o",
        "claim:r",
        "claim:c",
    )
    assert of_kind(CheckKind.STALE_COPY, [original, copy, answer])[0].claims[1] == "claim:n"


def test_a_copy_made_before_the_release_is_not_stale(story):
    original = story.claim("o", 33)
    copy = story.claim("c", 33, speaker="Paper", said_on=story.day("2023-12-01"), copy_of="o")

    assert of_kind(CheckKind.STALE_COPY, [original, copy, story.moved("r", 3, "R")]) == []


def test_a_copy_with_another_number_is_no_copy(story):
    claims = [story.claim("o", 33), story.claim("c", 34, speaker="Paper", copy_of="o")]

    assert [c.arithmetic for c in of_kind(CheckKind.COPY_DIFFERS, claims)] == ["33 ≠ 34"]


def figure(**more):
    given = {"measure": Measure.RETURNED, "population": "southern", "holder": "north"}
    return RegisterFigures(figures=(RegisterFigure(value=31, **{**given, **more}),))


def test_a_claim_differs_from_the_register(story):
    claims = [story.moved("a", 32, "A"), story.claim("h", 55)]
    counted = figure(event=story.CROSSING)
    held = figure(measure=Measure.HELD, as_of=story.day("2023-11"))

    found = [
        c.arithmetic
        for register in (counted, held)
        for c in of_kind(CheckKind.REGISTER_DIFFERS, claims, register=register)
    ]

    assert found == ["32 ≠ 31", "55 ≠ 31"]


@pytest.mark.parametrize(
    "other",
    [
        {"event": "event:other"},
        {"population": "northern", "event": "event:crossing"},
        {"measure": Measure.MISSING},
        {"measure": Measure.HELD},
        {"categories": frozenset({Category.CIVILIAN}), "event": "event:crossing"},
    ],
)
def test_the_register_is_compared_only_with_claims_of_the_same_people(story, other):
    claims = [story.moved("a", 32, "A", categories=SOLDIERS), story.claim("h", 55)]

    assert of_kind(CheckKind.REGISTER_DIFFERS, claims, register=figure(**other)) == []


def test_checks_become_rows_of_a_work_list(story):
    claims = [story.moved("a", 1_245, "South"), story.moved("b", 1_248, "North")]

    (finding,) = findings_of(contradictions(claims))

    assert finding.code == "same-event-different-figure"
    assert finding.severity is Severity.CONTRADICTION
    assert finding.about == ("claim:a", "claim:b")
    assert finding.values == {"left": 1_245, "right": 1_248, "arithmetic": "1245 ≠ 1248"}


def test_however_many_voices_there_are_each_is_compared_with_a_few(story):
    kinds = (Measure.HELD, Measure.REMAINING, Measure.RELEASED, Measure.ANNOUNCED)
    voices = [
        story.claim(
            f"{kind}{n}",
            7,
            kind,
            speaker=f"Office {n}",
            event="" if kind in STOCKS else story.CROSSING,
        )
        for kind in kinds
        for n in range(250)
    ]

    assert len(checks(voices)) < 30 * len(voices)
