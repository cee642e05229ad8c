"""`why_not`: each answer names its cause, and nobody else."""

from dataclasses import replace
from datetime import date

import pytest

from repatria.planning import (
    CategoryTotal,
    Exclude,
    HealthClass,
    Include,
    PlanStatus,
    Together,
    Total,
    solve,
    substitute,
    why_not,
    why_not_each,
)
from repatria.terms import Category, PartialDate, PartyCode

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


@pytest.fixture
def ask(agreed):
    """A function that plans and then asks why somebody is not in the plan."""

    def make(name, people, *rules, **changes):
        terms = agreed(*rules, **changes)
        return why_not(f"person:{name}", people, terms, solve(people, terms))

    return make


def one(said, **changes):
    return Total(**{**said("cap"), "from_party": NORTH, "maximum": 1, **changes})


@pytest.mark.slow
def test_asked_of_many_at_once_the_answers_are_those_given_one_by_one(
    story_candidates, story_terms
):
    plan = solve(story_candidates, story_terms)
    asked = [each.id for each in story_candidates]

    at_once = why_not_each(asked, story_candidates, story_terms, plan)

    assert list(at_once) == [why_not(i, story_candidates, story_terms, plan) for i in asked]


def test_everybody_of_the_story_gets_an_answer(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    reasons = [why_not(each, story_candidates, story_terms, plan) for each in plan.left_out]

    assert {reason.code for reason in reasons} == {
        "category-excluded",
        "captured-later",
        "level-cost",
        "rules-conflict",
    }
    assert all(reason.rules for reason in reasons)
    for reason in reasons:
        assert not any(each.id in reason.sentence for each in story_candidates)


def test_a_leader_is_told_both_rules(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    reason = why_not("person:n50", story_candidates, story_terms, plan)

    assert reason.code == "category-excluded"
    assert reason.rules == ("no-leaders", "soldiers-and-civilians")
    assert "north gives no political leader (no-leaders)" in reason.sentence


@pytest.mark.parametrize(
    ("change", "code", "rule"),
    [
        ({"alive_confirmed": None}, "life-not-confirmed", "proof of life"),
        ({"alive_confirmed": False}, "life-not-confirmed", "proof of life"),
        ({"consents": False}, "consent-refused", "GC III art. 109(3)"),
        ({"available": False}, "not-available", "personal grounds"),
        ({"retained": True}, "retained-for-proceedings", "GC III art. 115, 119"),
        ({"locked_in": "plan:7"}, "in-another-plan", "one plan per person"),
    ],
)
def test_the_law_comes_before_the_terms(person, ask, said, change, code, rule):
    out = Exclude(**said("out"), ids=("person:a",), reason="demanded by a court")

    reason = ask("a", [person("a", **change)], out)

    assert (reason.code, reason.rules) == (code, (rule, "out"))


def test_somebody_not_asked_yet_can_be_in_the_plan(person, ask):
    reason = ask("a", [person("a", consents=None)])

    assert reason.code == "in-plan"


def test_a_broken_group_is_named(person, ask, said):
    people = [person("a", consents=False), person("b")]
    family = Together(**said("family"), ids=("person:a", "person:b"))

    reason = ask("b", people, family)

    assert (reason.code, reason.rules) == ("group-broken", ("family",))


def test_without_a_plan_the_conflict_is_the_answer(person, ask, said):
    two = Total(**said("two"), from_party=NORTH, minimum=2)

    reason = ask("a", [person("a"), person("b")], one(said), two)

    assert (reason.code, reason.rules) == ("no-plan", ("cap", "two"))
    assert "cap (at most 1 from north); two (at least 2 from north)" in reason.sentence


def test_a_cost_names_the_level_and_both_values(person, ask, said):
    people = [person("long", captured_on=PartialDate(year=2015)), person("short")]
    people[1] = person("short", captured_on=PartialDate(year=2023, month=6))

    reason = ask("short", people, one(said))

    assert (reason.code, reason.level) == ("level-cost", "held-36-months")
    assert reason.values == {"with": 0, "without": 1, "ahead": 1}
    assert reason.rules == ("cap",)
    assert "held 36 months or longer" in reason.sentence


def test_those_ahead_are_counted_on_the_same_side(person, ask, said):
    people = [
        person("long", captured_on=PartialDate(year=2015)),
        person("short", captured_on=PartialDate(year=2023, month=6)),
        person("other", holder=SOUTH, receiver=NORTH, health=HealthClass.SICK),
    ]

    assert ask("short", people, one(said)).values["ahead"] == 1


def test_a_later_day_of_capture_is_named(person, ask, said):
    people = [person("a"), person("b", captured_on=PartialDate.on(date(2021, 1, 2)))]

    reason = ask("b", people, one(said))

    assert (reason.code, reason.rules) == ("captured-later", ("cap",))
    assert reason.values == {"equal_standing": 2, "going": 1, "turn": 2}
    assert "longer in captivity" in reason.sentence


def test_a_minimum_of_the_other_side_can_stand_in_the_way(person, ask, ratio):
    people = [person("a"), person("b"), person("x", holder=SOUTH, receiver=NORTH)]

    reasons = [ask(name, people, ratio(1, 1)) for name in "ab"]

    assert {reason.code for reason in reasons} == {"in-plan", "lottery"}
    assert {reason.rules for reason in reasons} == {(), ("ratio",)}


def test_the_shortage_of_the_other_side_stands_in_the_way_too(person, ask, ratio):
    people = [person("x", holder=SOUTH, receiver=NORTH)]

    assert ask("x", people, ratio(1, 1)).rules == ("ratio",)


def test_those_drawn_by_lot_are_told_so(person, ask, said):
    people = [person("a"), person("b")]

    codes = sorted(ask(name, people, one(said)).code for name in "ab")

    assert codes == ["in-plan", "lottery"]


def test_those_of_another_kind_but_equal_rank_are_drawn_by_lot(person, ask, said):
    people = [person("a"), person("b", category=Category.CIVILIAN)]
    rules = [
        CategoryTotal(
            **said("few-civilians"), from_party=NORTH, category=Category.CIVILIAN, maximum=5
        ),
        one(said),
    ]

    reasons = [ask(name, people, *rules) for name in "ab"]

    lost = next(reason for reason in reasons if reason.code != "in-plan")
    assert lost.code == "lottery"
    assert lost.level == "lottery-1"
    assert lost.rules == ("cap",)


def test_somebody_whom_a_demand_displaces_is_told_the_conflict(person, ask, said):
    people = [person("a"), person("b", category=Category.CIVILIAN)]
    demand = Include(**said("demand"), ids=("person:b",))

    reason = ask("a", people, one(said), demand)

    assert (reason.code, reason.rules) == ("rules-conflict", ("cap", "demand"))


def test_somebody_withdrawn_is_told_so(person, agreed, said):
    people = [person("a"), person("b")]
    terms = agreed(one(said))
    plan = solve(people, terms)
    changed = substitute(plan, plan.selected[0], people, terms)

    assert why_not(plan.selected[0], people, terms, changed).code == "withdrawn"


def test_an_earlier_plan_is_named_as_the_level(person, agreed, said):
    people = [person("a"), person("b", health=HealthClass.SICK)]
    terms = agreed(one(said))
    plan = solve(people, terms, previous=frozenset({"person:a"}))

    reason = why_not("person:b", people, terms, plan)

    assert (reason.code, reason.level) == ("level-cost", "kept")
    assert "those of the earlier plan" in reason.sentence


def test_an_unproven_plan_explains_nothing(person, agreed, said):
    people = [person("a"), person("b")]
    terms = agreed(one(said))
    plan = solve(people, terms, time_limit_seconds=0.0)

    assert plan.status is PlanStatus.TIME_LIMIT
    assert why_not("person:a", people, terms, plan).code == "not-settled"


def test_an_answer_that_needs_more_time_says_so(person, agreed, said):
    people = [person("a"), person("b", category=Category.CIVILIAN, health=HealthClass.SICK)]
    terms = agreed(one(said))
    plan = solve(people, terms)

    reason = why_not("person:a", people, terms, plan, time_limit_seconds=0.0)

    assert reason.code == "not-settled"


def test_a_stranger_is_an_error(person, agreed):
    people = [person("a")]

    with pytest.raises(ValueError, match="person:b is not among the candidates"):
        why_not("person:b", people, agreed(), solve(people, agreed()))


def test_a_changed_nonce_leaves_the_priorities_alone(story_candidates, story_terms):
    plans = [solve(story_candidates, replace(story_terms, nonce=nonce)) for nonce in "pq"]

    first, second = ([level.value for level in plan.levels[:-2]] for plan in plans)
    assert first == second
