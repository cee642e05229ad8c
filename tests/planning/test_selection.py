"""`solve` and `substitute`: who goes home, and what when somebody drops out."""

from dataclasses import replace
from datetime import date

import pytest

from repatria.planning import (
    CapturedBetween,
    CapturedTotal,
    CategoryTotal,
    Exclude,
    HealthClass,
    Include,
    LevelResult,
    PlanStatus,
    Together,
    Total,
    UnknownRule,
    objections_to,
    solve,
    substitute,
)
from repatria.terms import Category, PartialDate, PartyCode, Refusal, Sex

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


def captured(year, month=1, day=1):
    return PartialDate.on(date(year, month, day))


def from_the_other_side(person, name, **changes):
    return person(name, holder=SOUTH, receiver=NORTH, **changes)


def at_most(said, number, party=NORTH, rule_id="cap"):
    return Total(**said(rule_id), from_party=party, maximum=number)


def test_the_story_gives_32_for_2(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    going = [each for each in story_candidates if each.id in plan.selected]
    north = [each for each in going if each.holder == NORTH]
    assert plan.status is PlanStatus.OPTIMAL
    assert (len(north), len(going) - len(north)) == (32, 2)
    assert all(each.category is not Category.POLITICAL_LEADER for each in north)
    assert sum(each.captured_within(date(2023, 9, 1), date(2023, 9, 30)) for each in north) == 1
    assert len(plan.left_out) == 23
    assert all(level.proven for level in plan.levels)
    assert objections_to(plan, story_candidates, story_terms) == ()


def test_the_story_frees_those_held_longest(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    allowed = [
        each.held_since
        for each in story_candidates
        if each.holder == NORTH
        and each.category is not Category.POLITICAL_LEADER
        and each.captured_within(date(2020, 1, 1), date(2022, 12, 31))
    ]
    freed = [
        each.held_since
        for each in story_candidates
        if each.id in plan.selected and each.holder == NORTH and each.held_since.year < 2023
    ]
    assert sorted(freed) == sorted(allowed)[:31]


def test_the_terms_and_version_stand_in_the_plan(story_candidates, story_terms):
    plan = solve(story_candidates, replace(story_terms, version=3))

    assert (plan.terms_id, plan.terms_version) == ("terms:story", 3)


def test_seriously_wounded_go_beyond_any_total(person, agreed, said):
    people = [
        person("fit"),
        person("wounded", health=HealthClass.SERIOUS),
        person("wounded-too", health=HealthClass.SERIOUS),
    ]

    plan = solve(people, agreed(at_most(said, 1)))

    assert plan.selected == ("person:fit", "person:wounded", "person:wounded-too")
    assert plan.levels[0] == LevelResult(id="serious", value=2, bound=2, proven=True)


def test_seriously_wounded_go_beyond_any_ratio(person, agreed, ratio):
    people = [person("wounded", health=HealthClass.SERIOUS), person("fit")]

    plan = solve(people, agreed(ratio(1, 1)))

    assert plan.selected == ("person:wounded",)


def test_a_wounded_person_who_does_not_want_to_go_stays_and_is_not_owed(person, agreed):
    unwilling = person("unwilling", health=HealthClass.SERIOUS, consents=False)

    plan = solve([unwilling], agreed())

    assert (plan.selected, plan.owed) == ((), ())


def test_a_wounded_person_whom_a_party_keeps_is_listed_as_owed(person, agreed, said):
    wounded = person("wounded", health=HealthClass.SERIOUS)
    keep = Exclude(**said("keep"), ids=(wounded.id,), reason="demanded by a court")

    plan = solve([wounded], agreed(keep))

    assert plan.owed == ("person:wounded",)


@pytest.mark.parametrize(
    "change",
    [
        {"sex": Sex.FEMALE, "with_infant": True},
        {"health": HealthClass.SICK},
        {"birth": PartialDate(year=2008)},
        {"birth": PartialDate(year=1960)},
    ],
)
def test_the_vulnerable_go_before_those_held_longest(person, agreed, said, change):
    people = [person("long", captured_on=captured(2015)), person("short", **change)]

    plan = solve(people, agreed(at_most(said, 1)))

    assert plan.selected == ("person:short",)


def test_those_held_longest_go_first_inside_a_band(person, agreed, said):
    days = {"a": 20, "b": 3, "c": 11}
    people = [person(name, captured_on=captured(2021, 2, day)) for name, day in days.items()]

    plan = solve(people, agreed(at_most(said, 2)))

    assert plan.selected == ("person:b", "person:c")


def test_another_nonce_draws_another_person(person, agreed, said):
    people = [person(name) for name in "abcdefgh"]

    drawn = {
        solve(people, agreed(at_most(said, 1), nonce=str(number))).selected for number in range(12)
    }

    assert len(drawn) > 1


def test_a_family_goes_together_or_not_at_all(person, agreed, said):
    people = [person("a"), person("b"), person("c", captured_on=captured(2022))]
    family = Together(**said("family"), ids=("person:a", "person:b"))

    plan = solve(people, agreed(at_most(said, 1), family))

    assert plan.selected == ("person:c",)


def test_families_that_share_a_member_are_one(person, agreed, said):
    people = [person(name) for name in "abc"]
    families = [
        Together(**said("ab"), ids=("person:a", "person:b")),
        Together(**said("bc"), ids=("person:b", "person:c")),
    ]

    assert solve(people, agreed(at_most(said, 2), *families)).selected == ()
    assert len(solve(people, agreed(at_most(said, 3), *families)).selected) == 3


def test_one_member_who_cannot_go_keeps_all_linked_families_back(person, agreed, said):
    people = [person("a", consents=False), person("b"), person("c"), person("d")]
    families = [
        Together(**said("bc"), ids=("person:b", "person:c")),
        Together(**said("ab"), ids=("person:a", "person:b")),
    ]

    assert solve(people, agreed(*families)).selected == ("person:d",)


def test_a_wounded_member_does_not_wait_for_his_family(person, agreed, said):
    people = [person("wounded", health=HealthClass.SERIOUS), person("fit", consents=False)]
    family = Together(**said("family"), ids=("person:wounded", "person:fit"))

    assert solve(people, agreed(family)).selected == ("person:wounded",)


def test_a_person_demanded_by_name_goes_first(person, agreed, said):
    people = [person("long", captured_on=captured(2015)), person("named")]
    demand = Include(**said("demand"), ids=("person:named",))

    assert solve(people, agreed(at_most(said, 1), demand)).selected == ("person:named",)


def test_a_category_total_limits_one_category_only(person, agreed, said):
    people = [person("a"), person("b"), person("c", category=Category.CIVILIAN)]
    rule = CategoryTotal(**said("soldiers"), from_party=NORTH, category=Category.SOLDIER, maximum=1)

    plan = solve(people, agreed(rule))

    assert len(plan.selected) == 2
    assert "person:c" in plan.selected


def test_a_time_of_capture_needs_a_certain_day(person, agreed, said):
    people = [
        person("certain", captured_on=captured(2021)),
        person("vague", captured_on=PartialDate(year=2021)),
        person("unknown", captured_on=None),
        from_the_other_side(person, "other"),
    ]
    rule = CapturedBetween(
        **said("time"), from_party=NORTH, since=date(2020, 12, 1), until=date(2021, 11, 30)
    )

    assert solve(people, agreed(rule)).selected == ("person:certain", "person:other")


def test_a_total_of_a_time_of_capture_counts_only_that_time(person, agreed, said):
    people = [person("a"), person("b"), person("late", captured_on=captured(2023, 9, 4))]
    rule = CapturedTotal(**said("early"), from_party=NORTH, until=date(2022, 1, 1), maximum=1)

    plan = solve(people, agreed(rule))

    assert len(plan.selected) == 2
    assert "person:late" in plan.selected


@pytest.mark.parametrize(("tolerance", "expected"), [(0, 4), (1, 5)])
def test_a_ratio_holds_within_its_tolerance(person, agreed, ratio, tolerance, expected):
    people = [person(name) for name in "abcdefg"]
    people += [from_the_other_side(person, "x")]

    plan = solve(people, agreed(ratio(3, 1, tolerance)))

    assert len(plan.selected) == expected


def test_nobody_to_choose_is_a_plan_of_nobody(agreed):
    plan = solve([], agreed())

    assert (plan.status, plan.selected) == (PlanStatus.OPTIMAL, ())
    assert objections_to(plan, [], agreed()) == ()


def test_too_few_persons_name_the_rule_that_asks_for_more(agreed, said):
    rule = Total(**said("ten"), from_party=NORTH, minimum=10)

    plan = solve([], agreed(rule, at_most(said, 12)))

    assert (plan.status, plan.conflict) == (PlanStatus.INFEASIBLE, ("ten",))


def test_a_conflict_names_no_rule_too_many(person, agreed, said, ratio):
    people = [person(name) for name in "abcdef"]
    people += [from_the_other_side(person, "x"), from_the_other_side(person, "y")]
    at_least_five = Total(**said("five"), from_party=NORTH, minimum=5)
    terms = agreed(
        at_most(said, 2, SOUTH, "south-cap"),
        at_most(said, 6, NORTH, "north-cap"),
        at_least_five,
        ratio(1, 1),
    )

    plan = solve(people, terms)

    assert plan.conflict == ("five", "ratio")
    assert plan.levels == plan.selected == ()
    assert objections_to(plan, people, terms) == ()


def test_somebody_demanded_and_excluded_is_a_conflict_of_the_two(person, agreed, said):
    demand = Include(**said("demand"), ids=("person:a",))
    refuse = Exclude(**said("refuse"), ids=("person:a",), reason="demanded by a court")

    plan = solve([person("a")], agreed(demand, refuse))

    assert plan.conflict == ("demand", "refuse")


def test_a_rule_that_is_not_understood_and_unknown_persons_are_refused_at_once(
    person, agreed, said
):
    terms = agreed(
        UnknownRule(**said("new"), written_kind="newer"),
        Exclude(**said("typo"), ids=("person:nobody",), reason="demanded by a court"),
    )

    with pytest.raises(Refusal) as refused:
        solve([person("a")], terms)

    assert [(each.code, each.rule, each.about) for each in refused.value.objections] == [
        ("rule-not-understood", "new", ()),
        ("person-not-a-candidate", "typo", ("person:nobody",)),
    ]


def test_a_candidate_who_stands_twice_is_an_error(person, agreed):
    with pytest.raises(ValueError, match="person:a stands twice"):
        solve([person("a"), person("a")], agreed())


def test_a_substitute_changes_one_person_only(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)
    out = plan.selected[3]

    changed = substitute(plan, out, story_candidates, story_terms)

    assert changed.levels[0] == LevelResult(id="kept", value=33, bound=33, proven=True)
    assert set(plan.selected) - set(changed.selected) == {out}
    assert changed.withdrawn == (out,)
    assert objections_to(changed, story_candidates, story_terms) == ()


def test_nobody_withdrawn_comes_back_with_the_next_substitute(person, agreed, said):
    people = [person(name) for name in "abcd"]
    terms = agreed(at_most(said, 2))
    plan = solve(people, terms)
    first, second = plan.selected

    plan = substitute(plan, first, people, terms)
    plan = substitute(plan, second, people, terms)

    assert not {first, second}.intersection(plan.selected)
    assert len(plan.selected) == 2


def test_when_nobody_can_take_the_place_the_rule_is_named(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    changed = substitute(plan, "person:n40", story_candidates, story_terms)

    assert changed.conflict == ("one-of-september-2023",)


def test_only_somebody_in_the_plan_can_be_substituted(story_candidates, story_terms):
    plan = solve(story_candidates, story_terms)

    with pytest.raises(ValueError, match="person:n50 is not in the plan"):
        substitute(plan, "person:n50", story_candidates, story_terms)


def test_a_previous_plan_is_kept_before_all_priorities(person, agreed, said):
    people = [person("young"), person("long", captured_on=captured(2015))]
    terms = agreed(at_most(said, 1))

    plan = solve(people, terms, previous=frozenset({"person:young"}))

    assert plan.selected == ("person:young",)


def test_without_time_nobody_is_chosen_and_nothing_is_claimed(person, agreed):
    plan = solve([person("a")], agreed(), time_limit_seconds=0.0)

    assert (plan.status, plan.selected, plan.levels) == (PlanStatus.TIME_LIMIT, (), ())
    assert objections_to(plan, [person("a")], agreed()) == ()
