"""Does this plan keep the terms, and does it say the truth about itself?

For a party that trusts neither the other's program nor the solver: every rule
and every level is counted again in whole numbers, without a solver. That no
better plan exists is not proven here.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from repatria.planning.agreement import KEPT, LOTTERIES, PriorityKind, Terms
from repatria.planning.bars import find_bars, unique
from repatria.planning.building import build_classes
from repatria.planning.candidates import Candidate
from repatria.planning.classes import Classes
from repatria.planning.eligibility import Together
from repatria.planning.explanation import numbers_of
from repatria.planning.plan import Plan, PlanStatus
from repatria.planning.selection import find_owed
from repatria.planning.terms_question import question_of
from repatria.planning.ties import with_ties
from repatria.planning.turns import order_of_turns
from repatria.terms import Objection, Refusal

_PLAN = "the plan speaks of these candidates and terms"


def objections_to(
    plan: Plan, candidates: Iterable[Candidate], terms: Terms
) -> tuple[Objection, ...]:
    """Everything wrong with a plan; empty when it keeps the terms and counts right.

    Codes: `other-terms`, `rule-not-understood`, `person-not-a-candidate`, `list-not-sorted`,
    `lists-do-not-cover`, `plan-without-agreement` (somebody chosen in a plan that is called
    infeasible), `conflict-unknown-rule`, `person-barred`, `rule-broken`, `group-split`,
    `levels-differ`, `level-miscounted`, `level-not-proven`, `out-of-turn`, `owed-differs`.

    Raises:
        ValueError: a candidate stands twice.
    """
    people = with_ties(unique(candidates), terms)
    if (plan.terms_id, plan.terms_version) != (terms.id, terms.version):
        return (Objection(code="other-terms", rule=_PLAN),)
    previous, withdrawn = frozenset(plan.previous), frozenset(plan.withdrawn)
    try:
        question = question_of(people, terms, previous=previous, withdrawn=withdrawn)
    except Refusal as refusal:
        return refusal.objections
    strangers = tuple(sorted(set(plan.selected).difference(person.id for person in people)))
    if strangers:
        return (Objection(code="person-not-a-candidate", rule=_PLAN, about=strangers),)
    found = list(_objections_to_lists(plan, people))
    if not plan.levels:
        return (*found, *_objections_to_no_plan(plan, terms))
    selected = frozenset(plan.selected)
    going = tuple(person for person in people if person.id in selected)
    found += _objections_by_rules(plan, people, going, terms)
    classes = build_classes(question)
    found += _objections_to_levels(plan, going, terms, classes)
    found += _objections_to_turns(plan, classes, terms)
    return tuple(found)


def _objections_to_lists(plan: Plan, people: tuple[Candidate, ...]) -> Iterator[Objection]:
    for ids in (plan.selected, plan.left_out, plan.owed):
        if ids != tuple(sorted(set(ids))):
            yield Objection(code="list-not-sorted", rule="each id once, sorted")
    everybody = {person.id for person in people}
    if set(plan.left_out) != everybody.difference(plan.selected):
        yield Objection(code="lists-do-not-cover", rule="each candidate goes or is left out")
    if plan.owed != find_owed(people, frozenset(plan.selected), frozenset(plan.withdrawn)):
        yield Objection(code="owed-differs", rule="GC III art. 109(1)")


def _objections_to_no_plan(plan: Plan, terms: Terms) -> Iterator[Objection]:
    if plan.selected or plan.status is PlanStatus.OPTIMAL:
        yield Objection(code="plan-without-agreement", rule="a plan states its levels")
    unknown = set(plan.conflict).difference(rule.id for rule in terms.rules)
    if unknown or bool(plan.conflict) != (plan.status is PlanStatus.INFEASIBLE):
        yield Objection(code="conflict-unknown-rule", rule="a conflict names rules of the terms")


def _objections_by_rules(
    plan: Plan, people: tuple[Candidate, ...], going: tuple[Candidate, ...], terms: Terms
) -> Iterator[Objection]:
    bars = find_bars({person.id: person for person in people}, terms, frozenset(plan.withdrawn))
    for person in going:
        for bar in bars.get(person.id, ()):
            yield Objection(code="person-barred", rule=bar.rule, about=(person.id,))
    for rule in terms.rules:
        if isinstance(rule, Together):
            bound = {person.id for person in people if rule.binds(person)}
            if 0 < len(bound.intersection(plan.selected)) < len(bound):
                yield Objection(code="group-split", rule=rule.id, about=rule.ids)
        elif rule.bounds is not None:
            lower, upper = rule.bounds
            value = sum(map(rule.coefficient, going))
            if (lower is not None and value < lower) or (upper is not None and value > upper):
                yield Objection(code="rule-broken", rule=rule.id)


def _objections_to_levels(
    plan: Plan, going: tuple[Candidate, ...], terms: Terms, classes: Classes
) -> Iterator[Objection]:
    ids = tuple(level.id for level in classes.instance.levels)
    if tuple(level.id for level in plan.levels) != ids:
        yield Objection(code="levels-differ", rule="the levels are those of the terms, in order")
        return
    count = _count_levels(plan, going, terms, classes)
    for level in plan.levels:
        if level.value != count[level.id]:
            yield Objection(code="level-miscounted", rule=level.id)
        if level.bound < level.value or level.proven != (level.bound == level.value):
            yield Objection(code="level-not-proven", rule=level.id)
    if (plan.status is PlanStatus.OPTIMAL) != all(level.proven for level in plan.levels):
        yield Objection(code="level-not-proven", rule="optimal means proven at every level")


def _count_levels(
    plan: Plan, going: tuple[Candidate, ...], terms: Terms, classes: Classes
) -> dict[str, int]:
    selected = frozenset(plan.selected)
    counts = {KEPT: len(selected.intersection(plan.previous))}
    numbers = numbers_of(classes, selected)
    for place, level in enumerate(classes.instance.levels):
        if level.id in LOTTERIES:
            counts[level.id] = classes.value(place, numbers)
    for priority in terms.priorities:
        if priority.kind is PriorityKind.COVERAGE:
            place = [level.id for level in classes.instance.levels].index(priority.id)
            counts[priority.id] = classes.value(place, numbers)
        else:
            counts[priority.id] = sum(priority.gain(person, terms.as_of) for person in going)
    return counts


def _objections_to_turns(plan: Plan, classes: Classes, terms: Terms) -> Iterator[Objection]:
    selected = frozenset(plan.selected)
    ids, days = classes.instance.ids, classes.instance.column("days")
    first = {int(unit): ids[number] for number, unit in reversed([*enumerate(classes.unit_of)])}
    numbers = numbers_of(classes, selected)
    for own in np.nonzero(numbers[: classes.count] > 0)[0].tolist():
        (units,) = np.nonzero(classes.class_of == own)
        turns = order_of_turns(classes, units, ids, days)
        goes = [first[unit] in selected for unit in turns]
        if goes != sorted(goes, reverse=True):
            late = tuple(first[unit] for unit, going in zip(turns, goes, strict=True) if going)
            yield Objection(
                code="out-of-turn", rule=f"order of capture, lottery of {terms.id}", about=late
            )
