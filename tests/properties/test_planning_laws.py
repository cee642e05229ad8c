"""Laws of planning, on generated exchanges small enough to try every plan."""

from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.planning import (
    AtMostNamed,
    Balance,
    Candidate,
    CapturedTotal,
    CategoryExcluded,
    CategoryTotal,
    Demand,
    Exclude,
    HealthClass,
    Include,
    PlanStatus,
    Promise,
    Ratio,
    Share,
    Terms,
    Together,
    Total,
    objections_to,
    solve,
    standard_priorities,
    substitute,
    terms_from_json,
    terms_to_json,
    why_not,
)
from repatria.planning.ties import with_ties
from repatria.terms import Category, PartialDate, PartyCode, Sex

pytestmark = pytest.mark.property
laws = settings(deadline=None)  # plans are quick; the first one loads the solver

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
AS_OF = date(2023, 12, 13)
IDS = [f"person:{letter}" for letter in "abcdefg"]

# An infant, a child, a grown-up and somebody old.
BORN = [AS_OF - timedelta(days=365 * years + 100) for years in (3, 12, 40, 70)]

regions = st.sampled_from(["hills", "coast"])
parties = st.sampled_from([NORTH, SOUTH])
categories = st.sampled_from([Category.SOLDIER, Category.CIVILIAN])
days = st.integers(0, 5).map(lambda step: AS_OF - timedelta(days=300 * step + 10))
few_ids = st.lists(st.sampled_from(IDS[:4]), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def candidates(draw):
    """Four to seven persons, most of whom can go."""
    people = []
    for person in IDS[: draw(st.integers(4, 7))]:
        holder = draw(parties)
        people.append(
            Candidate(
                id=person,
                holder=holder,
                receiver=SOUTH if holder == NORTH else NORTH,
                category=draw(categories),
                health=draw(st.sampled_from([HealthClass.FIT] * 3 + list(HealthClass))),
                sex=draw(st.sampled_from([None, Sex.MALE, Sex.FEMALE])),
                birth=draw(st.sampled_from([None, *map(PartialDate.on, BORN)])),
                region=draw(regions),
                captured_on=draw(st.none() | days.map(PartialDate.on)),
                alive_confirmed=draw(st.sampled_from([True] * 7 + [None])),
                consents=draw(st.sampled_from([None, True, True, True, False])),
            )
        )
    return tuple(people)


@st.composite
def newer_rule(draw, said, party):
    """A demand, a limit by name, a share, a balance or a promise."""
    match draw(st.integers(0, 4)):
        case 0:
            return Demand(**said, ids=draw(few_ids), minimum=1)
        case 1:
            return AtMostNamed(**said, ids=draw(few_ids), maximum=draw(st.integers(0, 2)))
        case 2:
            group = {"from_party": party, "by": "region", "value": draw(regions)}
            limit = draw(st.sampled_from(["at-least", "at-most"]))
            return Share(**said, **group, limit=limit, percent=draw(st.sampled_from([0, 40, 50])))
        case 3:
            worth = ((Category.SOLDIER, 1), (Category.CIVILIAN, draw(st.integers(0, 3))))
            return Balance(
                **said,
                first=party,
                second=SOUTH if party == NORTH else NORTH,
                tolerance=draw(st.integers(0, 2)),
                worth=draw(st.sampled_from([(), worth])),
                ids=draw(st.sampled_from([(), tuple(IDS[:3])])),
            )
        case _:
            return Promise(**said, from_party=party, what="medicine", due=AS_OF)


@st.composite
def rule(draw, number):
    """One rule of any kind, with this number in its id."""
    said = {"id": f"rule-{number}", "proposer": draw(parties), "source": "talks"}
    party = draw(parties)
    low = draw(st.integers(0, 1))
    limits = {
        "from_party": party,
        "minimum": low,
        "maximum": draw(st.none() | st.integers(low, 4)),
    }
    match draw(st.sampled_from([*range(9), 7, 7, 7, 7])):
        case 0:
            return Total(**said, **limits)
        case 1:
            return Ratio(
                **said,
                first=party,
                first_count=draw(st.integers(1, 3)),
                second=SOUTH if party == NORTH else NORTH,
                second_count=draw(st.integers(1, 2)),
                tolerance=draw(st.integers(0, 2)),
            )
        case 2:
            return CategoryTotal(**said, **limits, category=draw(categories))
        case 3:
            return CapturedTotal(**said, **limits, since=draw(days))
        case 4:
            return CategoryExcluded(**said, from_party=party, categories=(draw(categories),))
        case 5:
            return Together(**said, ids=draw(few_ids))
        case 6:
            return Include(**said, ids=draw(few_ids)[:1])
        case 7:
            return draw(newer_rule(said, party))
        case _:
            return Exclude(**said, ids=draw(few_ids)[:1], reason="demanded by a court")


@st.composite
def rules(draw):
    """Up to four rules with ids of their own."""
    return tuple(draw(rule(number)) for number in range(draw(st.integers(0, 4))))


def agreed(rules, **changes):
    terms = Terms(
        id="terms:law",
        version=1,
        as_of=AS_OF,
        rules=rules,
        priorities=standard_priorities((30, 15)),
        nonce="nonce",
    )
    return replace(terms, **changes)


def allowed(going, people, terms):
    """Whether this set of persons keeps the law and the terms."""
    for person in going:
        if person.alive_confirmed is not True or person.consents is False:
            return False
    for rule in terms.rules:
        if any(rule.bars(person) for person in going):
            return False
        total = sum(rule.coefficient(person) for person in going)
        lower, upper = rule.bounds or (None, None)
        if (lower is not None and total < lower) or (upper is not None and total > upper):
            return False
        if isinstance(rule, Together):
            bound = {each for each in people if each.id in rule.ids and not each.outside_ratios}
            if bound & set(going) not in (set(), bound):
                return False
    return True


def by_brute_force(people, terms):
    """The best values of all priorities in order, by trying every set; None if no set is."""
    people = with_ties(people, terms)
    best = None
    for choice in product([False, True], repeat=len(people)):
        going = [person for person, goes in zip(people, choice, strict=True) if goes]
        if allowed(going, people, terms):
            values = [
                sum(priority.gain(person, AS_OF) for person in going)
                for priority in terms.priorities
            ]
            best = values if best is None else max(best, values)
    return best


def values(plan, terms):
    of = {level.id: level.value for level in plan.levels}
    return [of[priority.id] for priority in terms.priorities]


def going(plan, people):
    return [person for person in people if person.id in plan.selected]


@laws
@given(candidates(), rules())
def test_the_plan_is_as_good_as_the_best_of_all_plans(people, rules):
    terms = agreed(rules)

    plan = solve(people, terms)

    best = by_brute_force(people, terms)
    if best is None:
        assert plan.status is PlanStatus.INFEASIBLE
    else:
        assert plan.status is PlanStatus.OPTIMAL
        assert values(plan, terms) == best
        assert allowed(going(plan, people), people, terms)
    assert objections_to(plan, people, terms) == ()


@laws
@given(candidates(), rules())
def test_a_conflict_is_a_conflict_and_no_rule_of_it_is_too_many(people, rules):
    terms = agreed(rules)
    plan = solve(people, terms)

    conflict = tuple(rule for rule in rules if rule.id in plan.conflict)

    assert bool(conflict) == (plan.status is PlanStatus.INFEASIBLE)
    if conflict:
        assert by_brute_force(people, agreed(conflict)) is None
    for one in conflict:
        others = tuple(rule for rule in conflict if rule is not one)
        assert by_brute_force(people, agreed(others)) is not None


@laws
@given(candidates(), rules(), st.randoms(use_true_random=False))
def test_the_order_of_the_persons_never_matters(people, rules, random):
    shuffled = list(people)
    random.shuffle(shuffled)

    assert solve(shuffled, agreed(rules)) == solve(people, agreed(rules))


def mirrored(part):
    """The same with the names of the parties exchanged."""
    other = {NORTH: SOUTH, SOUTH: NORTH}
    names = [each.name for each in fields(part)]
    changes = {
        name: other[getattr(part, name)]
        for name in ("holder", "receiver", "proposer", "from_party", "first", "second")
        if name in names
    }
    return replace(part, **changes)


@laws
@given(candidates(), rules())
def test_a_plan_does_not_depend_on_which_side_is_called_north(people, rules):
    plan = solve(people, agreed(rules))

    mirror = solve(map(mirrored, people), agreed(tuple(map(mirrored, rules))))

    assert mirror == plan


@laws
@given(candidates(), st.integers(1, 3), st.integers(1, 3), st.integers(0, 3))
def test_no_ratio_and_no_total_changes_how_many_wounded_go(people, first, second, cap):
    """GC III art. 109(1): "regardless of number or rank"."""
    said = {"proposer": NORTH, "source": "talks"}
    ratio = Ratio(
        id="ratio", **said, first=NORTH, first_count=first, second=SOUTH, second_count=second
    )
    total = Total(id="total", **said, from_party=NORTH, maximum=cap)

    free = solve(people, agreed(()))
    bound = solve(people, agreed((ratio, total)))

    assert bound.levels[0] == free.levels[0]
    assert bound.levels[0].id == "serious"


@laws
@given(candidates(), rules(), st.data())
def test_without_a_rule_the_priorities_are_never_worse(people, rules, data):
    terms = agreed(rules)
    plan = solve(people, terms)
    dropped = data.draw(st.sampled_from(rules or (None,)))

    freer = solve(people, agreed(tuple(rule for rule in rules if rule is not dropped)))

    if plan.status is PlanStatus.OPTIMAL:
        assert values(freer, terms) >= values(plan, terms)


@laws
@given(candidates(), rules(), st.sampled_from(IDS))
def test_a_plan_with_one_person_changed_is_refused(people, rules, changed):
    terms = agreed(rules)
    plan = solve(people, terms)
    everybody = {person.id for person in people}
    selected = set(plan.selected) ^ {changed}

    mutant = replace(
        plan,
        selected=tuple(sorted(selected)),
        left_out=tuple(sorted(everybody - selected)),
    )

    assert objections_to(mutant, people, terms)


@laws
@given(candidates(), rules(), st.data())
def test_exchanging_two_persons_of_a_plan_is_refused(people, rules, data):
    terms = agreed(rules)
    plan = solve(people, terms)
    if plan.selected and plan.left_out:
        goes = data.draw(st.sampled_from(plan.selected))
        stays = data.draw(st.sampled_from(plan.left_out))

        mutant = replace(
            plan,
            selected=tuple(sorted({*plan.selected, stays} - {goes})),
            left_out=tuple(sorted({*plan.left_out, goes} - {stays})),
        )

        assert objections_to(mutant, people, terms)


@laws
@given(candidates(), rules())
def test_somebody_who_cannot_go_does_not_change_the_lottery(people, rules):
    stranger = replace(people[0], id="person:z", consents=False)

    plan = solve(people, agreed(rules))
    wider = solve((*people, stranger), agreed(rules))

    assert (wider.selected, wider.levels) == (plan.selected, plan.levels)


@laws
@given(candidates(), rules(), st.data())
def test_a_substitute_keeps_as_many_as_any_plan_can(people, rules, data):
    terms = agreed(rules)
    plan = solve(people, terms)
    if not plan.selected:
        return
    out = data.draw(st.sampled_from(plan.selected))

    changed = substitute(plan, out, people, terms)

    unwilling = tuple(
        replace(person, consents=False) if person.id == out else person for person in people
    )
    kept = [
        len({person.id for person in chosen} & set(plan.selected))
        for choice in product([False, True], repeat=len(people))
        if allowed(
            chosen := [p for p, goes in zip(unwilling, choice, strict=True) if goes],
            unwilling,
            terms,
        )
    ]
    assert (changed.status is PlanStatus.INFEASIBLE) == (not kept)
    assert len(set(changed.selected) & set(plan.selected)) == max(kept, default=0)
    assert objections_to(changed, people, terms) == ()


@laws
@given(candidates(), rules())
def test_everybody_left_out_gets_a_true_reason(people, rules):
    terms = agreed(rules)
    plan = solve(people, terms)
    for person in plan.left_out:
        reason = why_not(person, people, terms, plan)

        demand = Include(id="with", proposer=NORTH, source="talks", ids=(person,))
        best = by_brute_force(people, agreed((*rules, demand)))
        assert reason.sentence
        match reason.code:
            case "level-cost":
                assert best < values(plan, terms)
                level = [each.id for each in terms.priorities].index(reason.level)
                assert best[level] == reason.values["with"]
            case "captured-later" | "lottery":
                assert best == values(plan, terms)
            case _:
                assert best is None
                assert reason.rules


@laws
@given(rules())
def test_terms_survive_writing_and_reading(rules):
    assert terms_from_json(terms_to_json(agreed(rules))) == agreed(rules)
