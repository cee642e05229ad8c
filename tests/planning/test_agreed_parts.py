"""Shares, balances, demands, promises, and what terms say about a person."""

from datetime import date

import pytest

from repatria.planning import (
    AtMostNamed,
    Balance,
    Demand,
    Exclude,
    HealthClass,
    Include,
    PlanStatus,
    Priority,
    PriorityKind,
    Promise,
    Share,
    Together,
    Total,
    objections_to,
    solve,
    why_not,
)
from repatria.planning.contested import plans_by_word, who_changes
from repatria.planning.ties import with_ties
from repatria.terms import Category, PartialDate, PartyCode, Sex

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
CHILD, OLD = PartialDate(year=2021), PartialDate(year=1950)


def of(person, region, count, **changes):
    return [person(f"{region}{number}", region=region, **changes) for number in range(count)]


def at_most(percent):
    return {"limit": "at-most", "percent": percent}


def southern(person, name, **changes):
    return person(name, holder=SOUTH, receiver=NORTH, **changes)


def going(plan, start):
    return sum(one.startswith(f"person:{start}") for one in plan.selected)


@pytest.mark.parametrize(("percent", "hills"), [(25, 1), (50, 3)])
def test_a_region_has_no_more_than_its_share_of_those_who_go(person, agreed, said, percent, hills):
    people = of(person, "hills", 9) + of(person, "coast", 3)
    share = Share(**said("share"), from_party=NORTH, by="region", value="hills", **at_most(percent))

    plan = solve(people, agreed(share))

    assert (going(plan, "hills"), going(plan, "coast")) == (hills, 3)
    assert objections_to(plan, people, agreed(share)) == ()


def test_a_unit_has_at_least_its_share(person, agreed, said):
    people = of(person, "hills", 9, unit="first") + of(person, "coast", 2, unit="second")
    share = Share(
        **said("share"), from_party=NORTH, by="unit", value="second", limit="at-least", percent=50
    )

    plan = solve(people, agreed(share))

    assert (going(plan, "hills"), going(plan, "coast")) == (2, 2)


def test_the_seriously_wounded_are_in_no_share_no_balance_and_no_limit(person, agreed, said):
    people = of(person, "hills", 4, health=HealthClass.SERIOUS)
    ids = tuple(each.id for each in people)
    rules = (
        Share(**said("share"), from_party=NORTH, by="region", value="hills", **at_most(0)),
        Balance(**said("balance"), first=NORTH, second=SOUTH),
        AtMostNamed(**said("few"), ids=ids, maximum=0),
    )

    assert solve(people, agreed(*rules)).selected == ids


def test_a_table_of_equivalents_balances_worth_and_not_heads(person, agreed, said):
    leader = southern(person, "leader", category=Category.POLITICAL_LEADER)
    civilian = southern(person, "civilian", category=Category.CIVILIAN)
    people = [*of(person, "hills", 9), leader, civilian]
    worth = ((Category.SOLDIER, 1), (Category.POLITICAL_LEADER, 6))
    table = Balance(**said("table"), first=NORTH, second=SOUTH, worth=worth)

    plan = solve(people, agreed(table))

    # Six soldiers for the leader; the civilian is not in the table and costs nothing.
    assert going(plan, "hills") == 6
    assert {"person:leader", "person:civilian"} <= set(plan.selected)


def test_a_balance_of_selected_persons_leaves_all_others_free(person, agreed, said):
    north, south = of(person, "hills", 5), [southern(person, "s0")]
    chosen = ("person:hills0", "person:hills1", "person:s0")
    rule = Balance(**said("pairs"), first=NORTH, second=SOUTH, ids=chosen)

    plan = solve(north + south, agreed(rule))

    assert len({"person:hills0", "person:hills1"}.intersection(plan.selected)) == 1
    assert len(plan.selected) == 5


def test_at_most_so_many_of_those_named_go_and_who_stays_is_told_why(person, agreed, said):
    people = of(person, "hills", 4)
    rule = AtMostNamed(**said("two-of-three"), ids=tuple(p.id for p in people[:3]), maximum=2)

    plan = solve(people, agreed(rule))

    (out,) = plan.left_out
    assert len(plan.selected) == 3
    assert why_not(out, people, agreed(rule), plan).sentence


def test_a_demand_for_some_of_those_named_is_met_or_named_as_the_conflict(person, agreed, said):
    people = [person(name, captured_on=PartialDate(year=2023)) for name in "ab"]
    people += of(person, "hills", 3)
    demand = Demand(**said("two-of-theirs"), ids=("person:a", "person:b"), minimum=2)
    two = Total(**said("two"), from_party=NORTH, maximum=2)
    one = Total(**said("one"), from_party=NORTH, maximum=1)

    assert solve(people, agreed(demand, two)).selected == ("person:a", "person:b")
    assert solve(people, agreed(demand, one)).conflict == ("two-of-theirs", "one")


def test_nobody_is_demanded_against_his_will(person, agreed, said):
    people = [person("a", consents=False), person("b")]
    demand = Demand(**said("demand"), ids=("person:a",), minimum=1)

    plan = solve(people, agreed(demand))

    assert plan.status is PlanStatus.INFEASIBLE
    assert plan.conflict == ("demand",)


def test_a_promise_is_kept_in_the_terms_and_changes_no_plan(person, agreed, said):
    people = of(person, "hills", 3)
    promise = Promise(
        **said("medicine"), from_party=SOUTH, what="two lorries of medicine", due=date(2024, 2, 1)
    )

    assert solve(people, agreed(promise)) == solve(people, agreed())


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"birth": PartialDate(year=2010)}, {"sex": Sex.FEMALE, "with_infant": True}),
        ({"sex": Sex.FEMALE, "with_infant": True}, {"birth": OLD}),
        ({"birth": OLD}, {"health": HealthClass.SICK}),
        ({"health": HealthClass.SICK}, {"captured_on": PartialDate(year=2012)}),
    ],
)
def test_children_mothers_the_old_and_the_sick_come_in_this_order(
    person, agreed, said, first, then
):
    people = [person("z", **first), person("a", **then), person("b", **then)]

    plan = solve(people, agreed(Total(**said("one"), from_party=NORTH, maximum=1)))

    assert plan.selected == ("person:z",)


def test_a_level_of_its_own_never_gives_one_child_for_two_of_the_old(person, agreed, said):
    people = [person("child", birth=PartialDate(year=2010))]
    people += [person(f"old{n}", birth=OLD, category=Category.CIVILIAN) for n in range(2)]
    # One may go for each of south, or two civilians at the price of the child.
    rule = Balance(
        **said("either"),
        first=NORTH,
        second=SOUTH,
        tolerance=2,
        worth=((Category.SOLDIER, 2), (Category.CIVILIAN, 1)),
    )

    assert solve(people, agreed(rule)).selected == ("person:child",)
    summed = (Priority(id="all-of-them", kind=PriorityKind.VULNERABLE),)
    assert going(solve(people, agreed(rule, priorities=summed)), "old") == 2


def test_a_woman_bound_to_a_small_child_counts_as_one_with_an_infant(person, agreed, said):
    mother, child = person("mother", sex=Sex.FEMALE), person("child", birth=CHILD)
    family = Together(**said("family"), ids=(mother.id, child.id))
    people = [mother, child, person("alone", sex=Sex.FEMALE)]

    tied = with_ties(people, agreed(family))
    plan = solve(people, agreed(family))

    assert [each.with_infant for each in tied] == [True, False, False]
    assert {level.id: level.value for level in plan.levels}["women-with-infants"] == 1
    assert objections_to(plan, people, agreed(family)) == ()


def test_whose_demand_and_whose_veto_names_somebody_is_read_from_the_terms(person, agreed, said):
    people = [person(name) for name in "abc"]
    terms = agreed(
        Include(**said("must"), ids=("person:a",)),
        Demand(**said("want", proposer=NORTH), ids=("person:a", "person:b"), minimum=1),
        Exclude(**said("keep", proposer=NORTH), ids=("person:c",), reason="a court objects"),
    )

    a, b, c = with_ties(people, terms)

    assert (a.demanded_by, b.demanded_by, c.demanded_by) == ((NORTH, SOUTH), (NORTH,), ())
    assert (a.vetoed_by, c.vetoed_by) == ((), (NORTH,))


def test_one_plan_for_each_word_shows_who_goes_only_if_a_party_is_right(person, agreed, ratio):
    first = southern(
        person,
        "a",
        category=Category.CIVILIAN,
        asserted=((NORTH, Category.SOLDIER), (SOUTH, Category.CIVILIAN)),
    )
    people = [first, *of(person, "hills", 5)]
    table = Balance(
        id="table",
        proposer=SOUTH,
        source="talks",
        first=NORTH,
        second=SOUTH,
        worth=((Category.SOLDIER, 1), (Category.CIVILIAN, 3)),
    )

    plan, words = solve(people, agreed(table)), plans_by_word(people, agreed(table))

    assert first.contested
    assert (len(plan.selected), len(words[NORTH].selected)) == (4, 2)
    assert len(who_changes(words, plan)[NORTH]) == 2


def test_when_nobody_contradicts_there_is_one_plan(person, agreed):
    people = [person("a", asserted=((NORTH, Category.SOLDIER),))]

    assert plans_by_word(people, agreed()) == {}
