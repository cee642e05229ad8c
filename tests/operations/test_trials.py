"""What terms would give, tried in a process that can be killed."""

from dataclasses import replace
from datetime import date

import pytest

from repatria.operations.alternatives import difference, outcomes_of, with_person
from repatria.operations.schedules import question_for, schedule_for, worth_of
from repatria.operations.trials import recount, try_terms
from repatria.planning import (
    Candidate,
    CategoryExcluded,
    HealthClass,
    PlanStatus,
    Ratio,
    Terms,
    Total,
    UnknownRule,
    solve,
    standard_priorities,
)
from repatria.planning.contested import Contested, contested_facts
from repatria.terms import Category, PartialDate, PartyCode, Refusal

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


def held(number, holder, category=Category.SOLDIER, health=HealthClass.FIT):
    return Candidate(
        id=f"person:{holder}{number}",
        holder=holder,
        receiver=SOUTH if holder == NORTH else NORTH,
        category=category,
        captured_on=PartialDate(year=2027 + number % 3, month=1 + number % 12),
        alive_confirmed=True,
        health=health,
    )


PEOPLE = (
    *(held(n, NORTH) for n in range(6)),
    held(6, NORTH, Category.CIVILIAN),
    held(7, NORTH, health=HealthClass.SERIOUS),
    *(held(n, SOUTH) for n in range(4)),
)


def terms(*rules):
    return Terms(
        id="spring",
        version=1,
        as_of=date(2030, 3, 1),
        rules=rules,
        priorities=standard_priorities(),
        nonce="drawn together",
    )


def at_most(rule, party, number):
    return Total(id=rule, proposer=SOUTH, source="meeting", from_party=party, maximum=number)


TWO_FOR_ONE = Ratio(
    id="ratio",
    proposer=NORTH,
    source="meeting",
    first=NORTH,
    first_count=2,
    second=SOUTH,
    second_count=1,
)
CAP = at_most("cap", NORTH, 4)
LOOSE = at_most("loose", SOUTH, 100)


def test_a_trial_gives_the_plan_and_names_exactly_the_rules_that_hold_it_down():
    heard = []

    trial = try_terms(PEOPLE, terms(TWO_FOR_ONE, CAP, LOOSE), seconds=60, report=heard.append)

    assert dict(trial.freed) == {"north": 5, "south": 2}
    assert {binding.rule for binding in trial.bindings} == {"ratio", "cap"}
    assert all(binding.without > binding.value for binding in trial.bindings)
    assert trial.complete
    assert [each.looked_at for each in heard] == [0, 1, 2, 3]


def test_rules_that_cannot_hold_together_are_named_and_no_others():
    too_many = Total(id="many", proposer=SOUTH, source="meeting", from_party=NORTH, minimum=5)

    trial = try_terms(PEOPLE, terms(CAP, LOOSE, too_many), seconds=60)

    assert trial.plan.status is PlanStatus.INFEASIBLE
    assert trial.plan.conflict == ("cap", "many")
    assert trial.complete


def test_a_trial_that_is_cancelled_at_once_gives_nothing():
    assert try_terms(PEOPLE, terms(CAP), seconds=60, cancelled=lambda: True) is None


def test_a_rule_nobody_here_understands_is_refused_before_anything_is_solved():
    unknown = UnknownRule(id="new", proposer=NORTH, source="meeting", written_kind="later")

    with pytest.raises(Refusal, match="rule-not-understood"):
        try_terms(PEOPLE, terms(unknown), seconds=60)


def test_a_true_plan_passes_a_recount_on_certificates_and_a_false_one_does_not():
    agreed = terms(TWO_FOR_ONE, CAP)
    plan = solve(PEOPLE, agreed)
    least = plan.levels[-3]
    boasting = replace(
        plan,
        levels=tuple(
            replace(level, value=level.value + 1, bound=level.bound + 1)
            if level == least
            else level
            for level in plan.levels
        ),
    )

    checked = recount(PEOPLE, agreed, plan, seconds=60)
    refused = recount(PEOPLE, agreed, boasting, seconds=60)

    assert checked.objections == ()
    assert {word for _level, word in checked.words} == {"certificate"}
    assert {objection.code for objection in refused.objections} == {"level-miscounted"}
    assert dict(refused.words)[least.id] == "solver"


def test_what_it_means_that_somebody_goes_is_told_with_who_stays_instead():
    agreed = terms(TWO_FOR_ONE, CAP)
    plan = solve(PEOPLE, agreed)
    stays = next(p.id for p in PEOPLE if p.holder == NORTH and p.id in plan.left_out)

    answer = with_person(PEOPLE, agreed, plan, stays, seconds=60)

    assert answer.reason.person == stays
    assert stays in answer.difference.joins
    assert len(answer.difference.leaves) == 1
    assert answer.relieving == ("cap",)


def test_somebody_whom_a_rule_bars_is_in_no_plan_and_goes_without_that_rule():
    agreed = terms(
        CategoryExcluded(
            id="no-civilians",
            proposer=NORTH,
            source="meeting",
            from_party=NORTH,
            categories=(Category.CIVILIAN,),
        )
    )
    plan = solve(PEOPLE, agreed)

    answer = with_person(PEOPLE, agreed, plan, "person:north6", seconds=60)

    assert answer.difference is None
    assert answer.relieving == ("no-civilians",)


def test_every_way_contested_facts_turn_out_is_laid_beside_what_the_holders_say():
    agreed = terms(TWO_FOR_ONE, CAP)
    plan = solve(PEOPLE, agreed)
    dead = next(one for one in plan.selected if one.startswith("person:south"))
    first, *others = PEOPLE
    people = (replace(first, asserted=((SOUTH, Category.CIVILIAN),)), *others)

    outcomes = outcomes_of(people, agreed, {dead}, seconds=60)

    assert contested_facts(people) == (
        Contested(
            person="person:north0", by_holder=Category.SOLDIER, by_claimant=Category.CIVILIAN
        ),
    )

    assert [outcome.case for outcome in outcomes] == ["holder", "claimant", "dead"]
    assert outcomes[0].difference == difference(plan, plan)
    assert outcomes[2].difference.leaves == (dead,)
    assert len(outcomes[2].difference.joins) == 1


def test_a_schedule_weighs_so_that_the_agreement_is_even_and_counts_no_wounded():
    agreed = terms(TWO_FOR_ONE, CAP)
    plan = solve(PEOPLE, agreed)
    going = [person for person in PEOPLE if person.id in plan.selected]

    question = question_for(going, agreed, per_day=3)
    schedule = schedule_for(going, agreed, question, seconds=60)

    assert worth_of(going, agreed) == {"north": 1, "south": 2}
    last = schedule.tranches[-1].stopped["north"]
    assert (last["given_persons"], last["received_persons"]) == (5, 2)
    assert last["given_value"] == last["received_value"] == 4
    assert schedule.most_ahead == max(max(t.ahead.values()) for t in schedule.tranches)
    assert all(sum(tranche.crosses.values()) <= 3 for tranche in schedule.tranches)


def test_without_a_ratio_the_numbers_of_the_plan_say_what_one_person_weighs():
    going = [*(held(n, NORTH) for n in range(4)), *(held(n, SOUTH) for n in range(2))]

    assert worth_of(going, terms()) == {"north": 1, "south": 2}
