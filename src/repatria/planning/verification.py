"""Does this plan keep the terms, and does it say the truth about itself?

For a party that trusts neither the other's program nor the solver: every rule
and every level is counted again in whole numbers, without a solver. That no
better plan exists is not proven here.
"""

from collections.abc import Iterable, Iterator

from repatria.planning.agreement import KEPT, LOTTERIES, Terms
from repatria.planning.candidates import Candidate
from repatria.planning.eligibility import Together
from repatria.planning.model import Model, build_model, find_bars, level_ids, unique
from repatria.planning.plan import Plan, PlanStatus
from repatria.planning.selection import find_owed
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
    people = unique(candidates)
    if (plan.terms_id, plan.terms_version) != (terms.id, terms.version):
        return (Objection(code="other-terms", rule=_PLAN),)
    previous, withdrawn = frozenset(plan.previous), frozenset(plan.withdrawn)
    try:
        model = build_model(people, terms, previous=previous, withdrawn=withdrawn)
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
    found += _objections_to_levels(plan, going, terms, model)
    found += _objections_to_turns(plan, model, terms)
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
    plan: Plan, going: tuple[Candidate, ...], terms: Terms, model: Model
) -> Iterator[Objection]:
    ids = level_ids(terms, frozenset(plan.previous))
    if tuple(level.id for level in plan.levels) != ids:
        yield Objection(code="levels-differ", rule="the levels are those of the terms, in order")
        return
    count = _count_levels(plan, going, terms, model)
    for level in plan.levels:
        if level.value != count[level.id]:
            yield Objection(code="level-miscounted", rule=level.id)
        if level.bound < level.value or level.proven != (level.bound == level.value):
            yield Objection(code="level-not-proven", rule=level.id)
    if (plan.status is PlanStatus.OPTIMAL) != all(level.proven for level in plan.levels):
        yield Objection(code="level-not-proven", rule="optimal means proven at every level")


def _count_levels(
    plan: Plan, going: tuple[Candidate, ...], terms: Terms, model: Model
) -> dict[str, int]:
    selected = frozenset(plan.selected)
    counts = {KEPT: len(selected.intersection(plan.previous))}
    for priority in terms.priorities:
        counts[priority.id] = sum(priority.gain(person, terms.as_of) for person in going)
    for place, lottery in enumerate(LOTTERIES, start=-len(LOTTERIES)):
        counts[lottery] = sum(
            standing.gains[place]
            for standing in model.standings
            for group in standing.groups
            if group[0] in selected
        )
    return counts


def _objections_to_turns(plan: Plan, model: Model, terms: Terms) -> Iterator[Objection]:
    selected = frozenset(plan.selected)
    for standing in model.standings:
        goes = [group[0] in selected for group in standing.groups]
        if goes != sorted(goes, reverse=True):
            late = tuple(
                group[0] for group, going in zip(standing.groups, goes, strict=True) if going
            )
            yield Objection(
                code="out-of-turn", rule=f"order of capture, lottery of {terms.id}", about=late
            )
