"""A key week by week, 90, 200, 110 or 130; and many lists, freed in phases."""

from dataclasses import replace
from datetime import date

import pytest

from questions import question, rule
from repatria.planning import (
    Candidate,
    Demand,
    HealthClass,
    PlanStatus,
    Promise,
    Share,
    Terms,
    Together,
    Total,
    objections_to,
    solve,
    standard_priorities,
    why_not_each,
)
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.certificate_check import check_plan
from repatria.planning.disputes import compare_plans, outcomes, persons_that_change
from repatria.planning.reading import instance_from_json
from repatria.terms import Category, PartialDate, PartyCode, Sex

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
PER_CIVILIAN, LONG_PER_WOMAN, LIFE_PER_WOMAN = 30, 20, 30

# Who goes in which week: three civilians; four women in arms; a woman in arms, somebody of
# whom it is not agreed whether she is a soldier, and an old man.
WEEKS = (
    [("civilian", 28)] * 3,
    [("soldier", 20)] * 4,
    [("soldier", 20), ("civilian", 29), ("civilian", 80)],
)
DISPUTED = "s08"


def row(number, holder, claimant, category, *, sex="f", age=30, week=0, life=False):
    columns = {
        "id": f"{holder[0]}{number:02d}", "holder": holder, "claimant": claimant,
        "category": category, "sex": sex, "age": age, "health": "fit", "captured": "",
        "days": 400 + number, "region": "", "unit": "", "convicted": True, "life": life,
        "alive_confirmed": True, "consent": True, "vetoed": False, "demanded": False,
        "family": None,
    }  # fmt: skip
    return [*columns.values(), week, ""]


def key(week, gone=()):
    """The question of one week; whoever went before is in another plan."""
    flat = [(place, *one) for place, those in enumerate(WEEKS) for one in those]
    people = [
        row(n, "south", "north", category, sex="m" if age == 80 else "f", age=age, week=place)
        for n, (place, category, age) in enumerate(flat)
    ]
    people += [row(n, "north", "south", "other", sex="m", life=n < 250) for n in range(600)]
    for person in people:
        person[-1] = "an earlier week" if person[0] in gone else ""
    women = {"holder": "south", "category": "soldier", "sex": "f"}
    free, life = ({"holder": "north", "life": word} for word in (False, True))
    civilians = {"holder": "south", "category": "civilian"}
    due = len(WEEKS[week])
    rules = [
        rule("those-of-the-week", (1, {"holder": "south", "week": week}), lo=due, hi=due),
        rule("nobody-of-another", (1, {"holder": "south"}), hi=due),
        rule("key-life", (1, life), (-LIFE_PER_WOMAN, women), lo=0, hi=0),
        rule("key", (1, free), (-PER_CIVILIAN, civilians), (-LONG_PER_WOMAN, women), lo=0, hi=0),
    ]
    document = question(f"week-{week}", ["north", "south"], rules, people)
    document["person_columns"] = [*document["person_columns"], "week", "locked_in"]
    return document


def answered(document):
    instance = instance_from_json(document)
    plan = plan_document(instance, *solve_instance(instance))
    assert check_plan(document, plan)[0] == []
    return plan


def freed_by_north(plan):
    return [one for one in plan["selected"] if one.startswith("n")]


def test_a_key_frees_90_then_200_then_110_and_nobody_twice():
    gone, numbers = set(), []
    for week in range(3):
        plan = answered(key(week, gone))
        assert plan["status"] == "optimal"
        assert not gone.intersection(plan["selected"])
        gone.update(plan["selected"])
        numbers.append(len(freed_by_north(plan)))

    assert numbers == [90, 200, 110]


def test_before_the_third_week_both_words_about_her_are_shown_with_who_changes():
    document = key(2)
    plans = outcomes(
        instance_from_json(document),
        {"a civilian": {}, "a soldier": {DISPUTED: {"category": "soldier"}}},
    )
    civilian, soldier = plans.values()
    difference = compare_plans(civilian, soldier)

    assert [len(freed_by_north(plan)) for plan in plans.values()] == [110, 130]
    # A soldier asks for thirty of those with life sentences, and ten fewer of the others.
    assert (len(difference.only_second), len(difference.only_first)) == (30, 10)
    assert persons_that_change(plans) == tuple(
        sorted((*difference.only_first, *difference.only_second))
    )


def test_how_many_live_decides_how_many_go_and_is_not_guessed():
    """Thirty-three are promised; on the seventh day it is said that eight are dead."""
    hostages = [row(n, "south", "north", "civilian") for n in range(33)]
    prisoners = [row(n, "north", "south", "other", sex="m") for n in range(1000, 2000)]
    living = {"holder": "south", "category": "civilian"}
    document = question(
        "phase", ["north", "south"],
        [rule("key", (1, {"holder": "north"}), (-PER_CIVILIAN, living), lo=0, hi=0)],
        hostages + prisoners,
    )  # fmt: skip
    document["person_columns"] = [*document["person_columns"], "week", "locked_in"]
    ids = [person[0] for person in hostages]
    unknown = {one: {"alive_confirmed": None} for one in ids}
    plans = outcomes(
        instance_from_json(document),
        {
            "nobody knows": unknown,
            "the seventh day": {one: {"alive_confirmed": n < 25} for n, one in enumerate(ids)},
            "all had lived": {},
        },
    )

    assert [len(freed_by_north(plan)) for plan in plans.values()] == [0, 750, 990]


# Many lists: the fronts of one side each hand in their own, and each has its part in every phase.
FRONTS = {"capital": 360, "coast": 290, "delta": 210, "uplands": 150}
PHASES = ((181, 706), (40, 90))


def on_the_lists():
    """1,010 whom north claims, on the lists of four fronts, and 300 whom south claims."""
    people = [
        Candidate(
            id=f"person:{front}-{n:03d}",
            holder=SOUTH,
            receiver=NORTH,
            category=Category.SOLDIER if n % 9 else Category.CIVILIAN,
            health=HealthClass.SERIOUS if n % 40 == 7 else HealthClass.FIT,
            sex=Sex.MALE,
            birth=PartialDate(year=2015 if n % 50 == 3 else 1990),
            captured_on=PartialDate(year=2016 + n % 7, month=1 + n % 12),
            # Of some nobody knows whether they live; one in sixty does not want to go.
            alive_confirmed=None if n % 45 == 5 else True,
            consents=n % 60 != 8,
            region=front,
        )
        for front, count in FRONTS.items()
        for n in range(count)
    ]
    return tuple(people) + tuple(
        replace(person, id=f"person:south-{n:03d}", holder=NORTH, receiver=SOUTH, region="south")
        for n, person in enumerate(people[:300])
    )


def phase(number, *rules):
    """The terms of one phase: numbers, and of each hundred at least ten of every front."""
    said = {"proposer": NORTH, "source": "minutes of the committee"}
    gives = zip(("north", "south"), PHASES[number], strict=True)
    return Terms(
        id=f"phase-{number}",
        version=1,
        as_of=date(2023, 3, 20),
        rules=(
            *(
                Total(id=f"{p}-gives", **said, from_party=PartyCode(p), minimum=n, maximum=n)
                for p, n in gives
            ),
            *(
                Share(
                    id=f"share-of-{front}",
                    **said,
                    from_party=SOUTH,
                    by="region",
                    value=front,
                    limit="at-least",
                    percent=10,
                )
                for front in FRONTS
            ),
            Promise(
                id="visits",
                **said,
                from_party=SOUTH,
                due=date(2023, 5, 15),
                what="visits of both committees to all places of detention",
            ),
            *rules,
        ),
        priorities=standard_priorities((60, 36, 12)),
        nonce="drawn by both committees",
    )


@pytest.fixture(scope="module")
def first_phase():
    """The people of all lists, and the plan of the first phase."""
    people = on_the_lists()
    return people, solve(people, phase(0))


def heads(plan, people, holder):
    return sum(p.id in plan.selected for p in people if p.holder == holder and not p.outside_ratios)


def test_the_first_phase_frees_887_from_many_lists_and_the_wounded_besides(first_phase):
    people, plan = first_phase

    assert plan.status is PlanStatus.OPTIMAL
    assert (heads(plan, people, NORTH), heads(plan, people, SOUTH)) == PHASES[0]
    wounded = {p.id for p in people if p.outside_ratios and p.alive_confirmed and p.consents}
    assert wounded <= set(plan.selected)
    assert plan.owed == ()
    assert objections_to(plan, people, phase(0)) == ()
    for front in FRONTS:
        part = sum(p.id in plan.selected and not p.outside_ratios for p in people
                   if p.region == front)  # fmt: skip
        assert 10 * part >= PHASES[0][1]


def test_every_child_who_can_go_goes_in_the_first_phase(first_phase):
    people, plan = first_phase
    children = {p.id for p in people if p.minor(date(2023, 3, 20))}
    able = {p.id for p in people if p.id in children and p.alive_confirmed and p.consents}

    assert able <= set(plan.selected)


def test_the_next_phase_is_of_those_who_remain_and_whoever_stays_is_told_why(first_phase):
    people, plan = first_phase
    frozen = tuple(replace(p, locked_in="phase-0" if p.id in plan.selected else "") for p in people)

    second = solve(frozen, phase(1))

    assert second.status is PlanStatus.OPTIMAL
    assert not set(second.selected).intersection(plan.selected)
    assert (heads(second, people, NORTH), heads(second, people, SOUTH)) == PHASES[1]
    stays = [p for p in second.left_out if p not in plan.selected][:8]
    assert all(r.sentence for r in why_not_each(stays, frozen, phase(1), second))


def test_a_front_that_demands_its_own_and_cannot_have_them_is_named(first_phase):
    people, _ = first_phase
    unwilling = tuple(p.id for p in people if p.region == "coast" and p.consents is False)[:2]
    demand = Demand(id="coast-wants-two", proposer=NORTH, source="talks", ids=unwilling, minimum=1)
    assert len(unwilling) == 2

    plan = solve(people, phase(0, demand))

    assert plan.status is PlanStatus.INFEASIBLE
    assert plan.conflict == ("coast-wants-two",)


def test_brothers_on_two_lists_go_in_the_same_phase(first_phase):
    people, plan = first_phase
    fit = [p for p in people if not p.outside_ratios and p.holder == SOUTH]
    goes = next(p for p in fit if p.id in plan.selected and p.region == "uplands")
    stays = next(
        p
        for p in fit
        if p.id not in plan.selected and p.region == "capital" and p.alive_confirmed and p.consents
    )
    tied = phase(
        0, Together(id="brothers", proposer=NORTH, source="talks", ids=(goes.id, stays.id))
    )

    together = solve(people, tied)

    assert (goes.id in together.selected) == (stays.id in together.selected)
    assert objections_to(together, people, tied) == ()
