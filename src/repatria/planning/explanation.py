"""Why is this person not in the plan?

The answer names the rule, or the level that would suffer and by how much, or
the turn. It speaks of one person and of numbers, never of those ahead of him,
so that his family may read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from repatria.planning.agreement import LOTTERIES, Terms
from repatria.planning.candidates import Bar, Candidate
from repatria.planning.highs import dot
from repatria.planning.model import Model, Row, Standing, build_model, unique
from repatria.planning.plan import Plan, PlanStatus
from repatria.planning.selection import Climb, climb, find_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The answer for one person.

    Attributes:
        person: whom it is about.
        code: stable, lower-case with hyphens.
        rules: ids of the rules of the terms, or sources in law, it rests on.
        level: the level that would fall, if it is about one.
        values: the numbers in the sentence.
        sentence: the answer in words; no name, no other person's id.
    """

    person: str
    code: str
    rules: tuple[str, ...] = ()
    level: str = ""
    values: Mapping[str, int] = field(default_factory=dict, hash=False)
    sentence: str


def why_not(
    person_id: str,
    candidates: Iterable[Candidate],
    terms: Terms,
    plan: Plan,
    *,
    time_limit_seconds: float = 30.0,
) -> Reason:
    """The reason why somebody is not in a plan; code `in-plan` when he is.

    Codes: those of `Bar` for somebody who cannot be chosen; `no-plan`; `rules-conflict`
    (with him no plan exists); `level-cost` (with him a level falls); `captured-later`
    and `lottery` (he is of equal standing with some who go); `not-settled` (the
    solver needs more time, or the plan is not proven).

    Args:
        person_id: one of the candidates.
        candidates: the same the plan was made from.
        terms: the same the plan was made from.
        plan: made by `solve` or `substitute`.
        time_limit_seconds: for the solver.

    Raises:
        ValueError: the person is not among the candidates.

    Cost: at most one integer program per level.
    """
    (reason,) = why_not_each(
        (person_id,), candidates, terms, plan, time_limit_seconds=time_limit_seconds
    )
    return reason


def why_not_each(
    person_ids: Iterable[str],
    candidates: Iterable[Candidate],
    terms: Terms,
    plan: Plan,
    *,
    time_limit_seconds: float = 30.0,
) -> tuple[Reason, ...]:
    """What `why_not` says of each of these persons, in their order.

    Raises:
        ValueError: a person is not among the candidates.

    Cost: the model is built once, and the levels are climbed once for each standing.
    """
    people, asked = unique(candidates), tuple(person_ids)
    strangers = sorted(set(asked).difference(person.id for person in people))
    if strangers:
        msg = f"{', '.join(strangers)} is not among the candidates"
        raise ValueError(msg)
    selected = frozenset(plan.selected)
    if selected.issuperset(asked):
        return tuple(_in_plan(person) for person in asked)
    previous, withdrawn = frozenset(plan.previous), frozenset(plan.withdrawn)
    model = build_model(people, terms, previous=previous, withdrawn=withdrawn)
    climbs: dict[int, Climb] = {}
    return tuple(
        _in_plan(person)
        if person in selected
        else _why_out(person, people, terms, plan, model, climbs, seconds=time_limit_seconds)
        for person in asked
    )


def _in_plan(person: str) -> Reason:
    return Reason(person=person, code="in-plan", sentence="Is in the plan.")


def _why_out(
    person_id: str,
    people: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    model: Model,
    climbs: dict[int, Climb],
    *,
    seconds: float,
) -> Reason:
    if person_id in model.bars:
        return _barred(person_id, model.bars[person_id])
    if plan.status is PlanStatus.INFEASIBLE:
        return _no_plan(person_id, plan, terms)
    if plan.status is PlanStatus.TIME_LIMIT:
        return _not_settled(person_id)
    index, turn = model.position(person_id)
    selected = frozenset(plan.selected)
    going = sum(group[0] in selected for group in model.standings[index].groups)
    if going:
        return _later_turn(person_id, people, model, plan, (index, turn, going))
    if index not in climbs:
        before = tuple(level.value for level in plan.levels)
        climbs[index] = climb(model, seconds=seconds, force=index, at_least=before)
    return _with_him(person_id, people, terms, plan, model, climbs[index], seconds=seconds)


def _barred(person: str, bars: tuple[Bar, ...]) -> Reason:
    return Reason(
        person=person,
        code=bars[0].code,
        rules=tuple(bar.rule for bar in bars),
        sentence="Cannot be chosen: " + "; ".join(f"{bar.words} ({bar.rule})" for bar in bars),
    )


def _no_plan(person: str, plan: Plan, terms: Terms) -> Reason:
    return Reason(
        person=person,
        code="no-plan",
        rules=plan.conflict,
        sentence="There is no plan: these rules cannot hold together: "
        + _rules_in_words(plan.conflict, terms),
    )


def _not_settled(person: str) -> Reason:
    return Reason(
        person=person,
        code="not-settled",
        sentence="The time given did not suffice to prove an answer.",
    )


def _later_turn(
    person: str,
    people: tuple[Candidate, ...],
    model: Model,
    plan: Plan,
    place: tuple[int, int, int],
) -> Reason:
    index, turn, going = place
    groups = model.standings[index].groups
    since = {each.id: each.held_since for each in people}
    last_going = _group_since(groups[going - 1], since)
    later = last_going < _group_since(groups[turn], since)
    values = {"equal_standing": len(groups), "going": going, "turn": turn + 1}
    cause = "longer in captivity" if later else "drawn earlier by lot among those held as long"
    return Reason(
        person=person,
        code="captured-later" if later else "lottery",
        rules=_full_rules(model, plan, model.standings[index]),
        values=values,
        sentence=f"{going} of {len(groups)} of equal standing go; those who go are {cause}; "
        f"the turn of this person is {turn + 1}.",
    )


def _with_him(
    person: str,
    people: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    model: Model,
    reached: Climb,
    *,
    seconds: float,
) -> Reason:
    index, _ = model.position(person)
    before = tuple(level.value for level in plan.levels)
    if reached.status is PlanStatus.INFEASIBLE:
        previous, withdrawn = frozenset(plan.previous), frozenset(plan.withdrawn)
        rules = find_conflict(
            people, terms, seconds=seconds, previous=previous, withdrawn=withdrawn, force=person
        )
        return Reason(
            person=person,
            code="rules-conflict",
            rules=rules,
            sentence="With this person no plan exists; in the way stand: "
            + _rules_in_words(rules, terms),
        )
    if reached.status is PlanStatus.TIME_LIMIT:
        return _not_settled(person)
    fallen = reached.levels[-1]
    held = before[len(reached.levels) - 1]
    binding = _full_rules(model, plan, model.standings[index])
    if fallen.id in LOTTERIES:
        return Reason(
            person=person,
            code="lottery",
            rules=binding,
            level=fallen.id,
            sentence="Plans with and without this person are equal at every priority; "
            "the lottery decided.",
        )
    ahead = _ahead(person, people, model, plan)
    words = {priority.id: priority.in_words() for priority in terms.priorities}
    return Reason(
        person=person,
        code="level-cost",
        rules=binding,
        level=fallen.id,
        values={"with": fallen.value, "without": held, "ahead": ahead},
        sentence=f"With this person level {fallen.id} "
        f"({words.get(fallen.id, 'those of the earlier plan')}) falls from {held} to "
        f"{fallen.value}; {ahead} of equal or higher standing go.",
    )


def _full_rules(model: Model, plan: Plan, standing: Standing) -> tuple[str, ...]:
    """Rules that have no room left for one more of this standing."""
    selected = frozenset(plan.selected)
    counts = tuple(sum(group[0] in selected for group in each.groups) for each in model.standings)

    def full(index: int, row: Row) -> bool:
        value = dot(tuple(each.weights[index] for each in model.standings), counts)
        more = value + standing.weights[index]
        above = row.upper is not None and more > row.upper
        return above or (row.lower is not None and more < row.lower)

    return tuple(row.rule for index, row in enumerate(model.rows) if full(index, row))


def _ahead(person: str, people: tuple[Candidate, ...], model: Model, plan: Plan) -> int:
    """How many in the same hands go whose levels, read in order, are at least as high."""
    holder = {each.id: each.holder for each in people}
    gains = {
        each: standing.gains[: -len(LOTTERIES)]
        for standing in model.standings
        for group in standing.groups
        for each in group
    }
    return sum(
        holder[each] == holder[person] and gains[each] >= gains[person] for each in plan.selected
    )


def _group_since(group: tuple[str, ...], since: Mapping[str, date]) -> date:
    return min(since[person] for person in group)


def _rules_in_words(rules: tuple[str, ...], terms: Terms) -> str:
    words = {rule.id: rule.in_words() for rule in terms.rules}
    return "; ".join(f"{rule} ({words[rule]})" for rule in rules)
