"""Who goes home under these terms?

Priorities are climbed one by one: what a level has reached becomes a rule for
those below it. The same candidates and terms give the same persons, in whatever
order they come.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from repatria.planning.agreement import Terms
from repatria.planning.candidates import Candidate, bars_by_law
from repatria.planning.highs import (
    Answer,
    AnswerStatus,
    Program,
    SolverFaultError,
    dot,
    maximise,
)
from repatria.planning.model import Model, Row, build_model, unique
from repatria.planning.plan import LevelResult, Plan, PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """How far the levels were climbed; `counts` is None when nothing was found."""

    status: PlanStatus
    counts: tuple[int, ...] | None = None
    levels: tuple[LevelResult, ...] = ()


def solve(
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    previous: frozenset[str] = frozenset(),
    time_limit_seconds: float = 30.0,
) -> Plan:
    """The best plan for these persons and terms, or the rules that conflict.

    Args:
        candidates: in any order, each once.
        terms: what is agreed.
        previous: persons to keep where possible, before every priority.
        time_limit_seconds: for the solver, all levels together.

    Raises:
        Refusal: the terms hold a rule that is not understood or an unknown person.
        ValueError: a candidate stands twice.

    Cost: up to one integer program per level; each collapses persons of equal
    standing into one unknown.
    """
    people = unique(candidates)
    return _solve(people, terms, previous, frozenset(), time_limit_seconds)


def substitute(
    plan: Plan,
    out_id: str,
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    time_limit_seconds: float = 30.0,
) -> Plan:
    """The plan that comes next when somebody in a plan can no longer go.

    As many of the others as possible stay in; only then do the priorities decide
    who takes the place.

    Raises:
        ValueError: the person is not in the plan.
        Refusal: as for `solve`.
    """
    if out_id not in plan.selected:
        msg = f"{out_id} is not in the plan"
        raise ValueError(msg)
    withdrawn = frozenset(plan.withdrawn) | {out_id}
    previous = frozenset(plan.selected) - {out_id}
    return _solve(unique(candidates), terms, previous, withdrawn, time_limit_seconds)


def climb(
    model: Model,
    *,
    seconds: float,
    force: int | None = None,
    at_least: tuple[int, ...] = (),
) -> Climb:
    """The levels of a model, climbed in order.

    Args:
        model: what to choose.
        seconds: for all levels together.
        force: index of a standing of which at least one group must go.
        at_least: values of another climb; stop at the first level that falls
            below its value there.
    """
    counts: tuple[int, ...] | None = None
    levels: list[LevelResult] = []
    status = PlanStatus.OPTIMAL
    program = _program(model, force)
    for index, level in enumerate(model.levels):
        program = replace(program, gains=tuple(each.gains[index] for each in model.standings))
        answer = _next_step(program, counts, seconds)
        seconds -= answer.seconds
        if answer.status is AnswerStatus.INFEASIBLE:
            return Climb(status=PlanStatus.INFEASIBLE)
        if answer.counts is None:
            return Climb(status=PlanStatus.TIME_LIMIT)
        counts = answer.counts
        result = _level_result(level, program, counts, answer.bound)
        levels.append(result)
        if not result.proven:
            status = PlanStatus.TIME_LIMIT
        if at_least and result.value < at_least[index]:
            break
        program = _with_floor(program, level, result.value)
    return Climb(status=status, counts=counts, levels=tuple(levels))


def find_conflict(
    candidates: tuple[Candidate, ...],
    terms: Terms,
    *,
    seconds: float,
    previous: frozenset[str] = frozenset(),
    withdrawn: frozenset[str] = frozenset(),
    force: str = "",
) -> tuple[str, ...]:
    """Ids of rules that cannot hold together; without any one of them the others can.

    Args:
        candidates: among whom there is no plan.
        terms: of which some rules conflict.
        previous: persons of an earlier plan, as in the plan asked about.
        withdrawn: persons who can no longer go.
        seconds: for each question to the solver. A rule whose part was not
            settled in that time stays in the answer.
        force: a person who must go, if any; not barred by law.

    Source: the deletion filter of Chinneck and Dravnieks, "Locating minimal
    infeasible constraint sets in linear programs", ORSA J. Computing 3 (1991).
    Cost: one feasibility question per rule.
    """
    rules = terms.rules
    for rule in terms.rules:
        fewer = tuple(each for each in rules if each is not rule)
        model = build_model(
            candidates, replace(terms, rules=fewer), previous=previous, withdrawn=withdrawn
        )
        program = _program(model, model.position(force)[0] if force else None)
        if maximise(program, seconds=seconds).status is AnswerStatus.INFEASIBLE:
            rules = fewer
    return tuple(rule.id for rule in rules)


def _solve(
    people: tuple[Candidate, ...],
    terms: Terms,
    previous: frozenset[str],
    withdrawn: frozenset[str],
    seconds: float,
) -> Plan:
    model = build_model(people, terms, previous=previous, withdrawn=withdrawn)
    reached = climb(model, seconds=seconds)
    selected = () if reached.counts is None else model.chosen(reached.counts)
    conflict: tuple[str, ...] = ()
    if reached.status is PlanStatus.INFEASIBLE:
        conflict = find_conflict(
            people, terms, seconds=seconds, previous=previous, withdrawn=withdrawn
        )
    return Plan(
        terms_id=terms.id,
        terms_version=terms.version,
        status=reached.status,
        levels=reached.levels,
        selected=selected,
        left_out=tuple(sorted({person.id for person in people}.difference(selected))),
        conflict=conflict,
        owed=find_owed(people, frozenset(selected), withdrawn),
        previous=tuple(sorted(previous)),
        withdrawn=tuple(sorted(withdrawn)),
    )


def find_owed(
    people: Iterable[Candidate], selected: frozenset[str], withdrawn: frozenset[str]
) -> tuple[str, ...]:
    """Ids of the seriously wounded and sick who could go by law and do not, sorted."""
    return tuple(
        sorted(
            person.id
            for person in people
            if person.outside_ratios
            and person.id not in selected
            and person.id not in withdrawn
            and not bars_by_law(person)
        )
    )


def _program(model: Model, force: int | None) -> Program:
    return Program(
        gains=(0,) * len(model.standings),
        lower=tuple(int(index == force) for index in range(len(model.standings))),
        upper=tuple(len(standing.groups) for standing in model.standings),
        rows=model.rows,
        weights=tuple(
            tuple(standing.weights[row] for standing in model.standings)
            for row in range(len(model.rows))
        ),
    )


def _with_floor(program: Program, level: str, value: int) -> Program:
    return replace(
        program,
        rows=(*program.rows, Row(rule=level, lower=value, upper=None)),
        weights=(*program.weights, program.gains),
    )


def _next_step(program: Program, counts: tuple[int, ...] | None, seconds: float) -> Answer:
    """The best for this level; what is already reached when nothing better can be had."""
    if counts is not None and dot(program.gains, counts) == dot(program.gains, program.upper):
        return Answer(status=AnswerStatus.OPTIMAL, counts=counts, bound=None)
    answer = maximise(program, seconds=seconds)
    if counts is None:
        return answer
    if answer.status is AnswerStatus.INFEASIBLE:
        msg = "the solver calls infeasible what it has reached itself"
        raise SolverFaultError(msg)
    return answer if answer.counts is not None else replace(answer, counts=counts)


def _level_result(
    level: str, program: Program, counts: tuple[int, ...], bound: int | None
) -> LevelResult:
    value = dot(program.gains, counts)
    ceiling = dot(program.gains, program.upper)
    limit = ceiling if bound is None else min(bound, ceiling)
    if limit < value:
        msg = "the solver's bound lies below a value it has reached"
        raise SolverFaultError(msg)
    return LevelResult(id=level, value=value, bound=limit, proven=limit == value)
