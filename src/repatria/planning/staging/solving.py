"""Which schedule leaves nobody far ahead, and then lets the most urgent go first?

Levels in strict order: the greatest exposure, then each tier as early as
possible. The relaxation says what each level can reach at best; one search in
whole numbers then looks for a schedule that reaches all of them at once, which
proves them all. Where there is none, the longest part that can be reached is kept
and the next level is solved by itself.

Source: Sandholm and Ferrandon, "Safe Exchange Planner", ICMAS 2000, for exchanges
in which stopping early never pays.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.solvers import Ending, Program, RunEnding, run_bounded, solve_lp
from repatria.planning.solvers.program import Whole
from repatria.planning.staging.building import StagingModel, build_staging, columns_of
from repatria.planning.staging.counting import level_values
from repatria.planning.staging.greedy import first_schedule
from repatria.planning.staging.pricing import Pricing, Shut, price
from repatria.planning.staging.question import Move, StagingQuestion, canonical
from repatria.planning.staging.report import Reached, StagingPlan, plan_document

Json = dict[str, Any]
_MOST_RAISES = 400
# Rounding errors of the relaxation stay far below this, and a gap of a whole far above.
_ROUNDING = 1e-5


@dataclass(slots=True, kw_only=True)
class _Climb:
    """How far the levels are known.

    Attributes:
        program: with limits as narrow as the proven levels allow.
        values: of levels that are settled, in order.
        words: per settled level, whose word its bound is.
        proofs: prices by level.
        floors, narrow: what the relaxation promises for the levels that are not settled, and
            the program narrowed by each.
    """

    model: StagingModel
    program: Program
    values: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    proofs: dict[str, Json] = field(default_factory=dict)
    floors: list[int] = field(default_factory=list)
    narrow: list[Program] = field(default_factory=list)
    proven: list[bool] = field(default_factory=list)


def solve_staging(
    question: StagingQuestion,
    *,
    seconds: float = 60.0,
    report: Callable[[StagingPlan], None] | None = None,
) -> StagingPlan:
    """The best schedule, or what keeps all schedules out.

    Without a number of tranches the fewest are taken; with one that is too small the
    plan is infeasible and names the number that would do.

    Args:
        question: in any order; the answer does not depend on it.
        seconds: how long to search.
        report: hears of a first schedule before it is proven best.
    """
    until = monotonic() + seconds
    question = canonical(question)
    if question.tranches is not None:
        plan = _solve(question, question.tranches, until, report)
        if plan.status != "infeasible":
            return plan
        needed = _fewest(question, question.tranches + 1, until, raises=question.tranches + 8)
        return replace(plan, tranches_needed=needed)
    tranches = _fewest(question, 1, until)
    while tranches is not None:
        plan = _solve(question, tranches, until, report)
        if plan.status != "infeasible":
            return plan
        tranches = _fewest(question, tranches + 1, until)
    return StagingPlan(question=question, tranches=0, status="infeasible")


def answer_staging(
    question: StagingQuestion,
    *,
    seconds: float = 60.0,
    bounded: bool = True,
    cancelled: Callable[[], bool] | None = None,
    on_progress: Callable[[StagingPlan], None] | None = None,
) -> Json:
    """The plan as a document, solved in a process that is killed when time is up.

    Args:
        question: what to solve.
        seconds: hard limit.
        bounded: False solves in this process.
        cancelled: asked a few times a second; True stops with what was found.
        on_progress: hears of a schedule before it is proven best.
    """
    if not bounded:
        return plan_document(solve_staging(question, seconds=seconds))
    run = run_bounded(
        _task,
        question,
        max(0.5, seconds * 0.95 - 0.3),
        seconds=seconds,
        cancelled=cancelled,
        on_progress=on_progress,
    )
    plan: StagingPlan | None = run.value
    if plan is None:
        plan = StagingPlan(question=canonical(question), tranches=0, status="time-limit")
    elif run.ending is not RunEnding.DONE and plan.status == "optimal":
        plan = replace(plan, status="feasible")
    return plan_document(plan)


def _task(
    question: StagingQuestion, seconds: float, *, report: Callable[[StagingPlan], None]
) -> StagingPlan:
    return solve_staging(question, seconds=seconds, report=report)


def _fewest(
    question: StagingQuestion, least: int, until: float, *, raises: int = _MOST_RAISES
) -> int | None:
    """The fewest tranches that the relaxation allows, from `least` on.

    With more tranches there is never less room, so that doubling steps and then
    halving ones find the number.
    """
    if _never(question):
        return None
    low = max([least, *(each.ready + 1 for each in question.classes if each.count)])
    most = low + min(raises, sum(each.count for each in question.classes))
    high, step = low, 1
    while not _has_room(question, high):
        if high >= most or monotonic() > until:
            return None
        low, high, step = high + 1, min(most, high + step), step * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _has_room(question, middle) else (middle + 1, high)
    return low


def _never(question: StagingQuestion) -> bool:
    """Whether somebody who receives less than he gives has agreed to less than that."""
    ahead = dict.fromkeys(question.parties, 0)
    for each in question.classes:
        ahead[each.holder] += each.count * each.value
        ahead[each.claimant] -= each.count * each.value
    return any(ahead[party] > most for party, most in question.agreed.items())


def _has_room(question: StagingQuestion, tranches: int) -> bool:
    for site in question.sites:
        room = sum(question.room(site, tranche) for tranche in range(tranches))
        if _load(question, site) > room:
            return False
    program = build_staging(question, tranches).program
    answer = solve_lp(program, np.zeros(program.size, dtype=np.int64))
    return answer.ending is Ending.OPTIMAL


def _load(question: StagingQuestion, site: str) -> int:
    return sum(each.size * each.count for each in question.classes if each.site == site)


def _solve(
    question: StagingQuestion,
    tranches: int,
    until: float,
    report: Callable[[StagingPlan], None] | None,
) -> StagingPlan:
    nothing = StagingPlan(question=question, tranches=tranches, status="infeasible")
    if not question.classes:
        zero = Reached(id="E", value=0, bound=0, proven=True, word="certificate")
        proofs: dict[str, Json] = {"E": {"denominator": 1}}
        return replace(nothing, status="optimal", levels=(zero,), proofs=proofs)
    if any(each.ready >= tranches for each in question.classes):
        return replace(nothing, reason="somebody is ready only after the last tranche")
    model = build_staging(question, tranches)
    climb = _Climb(model=model, program=model.program)
    numbers: Whole | None = None
    while len(climb.values) < len(model.levels):
        proof = _relax(climb)
        if not climb.floors:
            if numbers is not None:
                break
            return replace(nothing, reason=_reason(question, tranches), proof=proof)
        numbers, ended = _settle(climb, until, report)
        if ended or numbers is None:
            break
    if numbers is None:
        numbers = first_schedule(model)
    if numbers is None:
        bound = climb.floors[0] if climb.floors else None
        return replace(nothing, status="time-limit", levels=_open(model, bound))
    return _plan(climb, numbers)


def _relax(climb: _Climb) -> Json | None:
    """What the relaxation promises for each level that is not settled; a ray if nothing."""
    model = climb.model
    at = columns_of(model.question, model.tranches)
    climb.floors, climb.narrow, program = [], [climb.program], climb.program
    shut: list[Shut] = []
    wide = climb.program
    for level in range(len(climb.values), len(model.levels)):
        earlier = (*climb.values, *climb.floors)
        answer = solve_lp(program, -model.costs[level])
        if answer.ending is not Ending.OPTIMAL:
            if level or not len(answer.multipliers):
                return None
            ray = price(model, at, None, (), answer.multipliers, 1)
            return ray.to_json(model) if ray is not None and ray.total > 0 else None
        floor = int(np.ceil(-answer.value - _ROUNDING))
        pricing = price(model, at, level, earlier, answer.multipliers, floor, tuple(shut))
        climb.floors.append(floor)
        proof = pricing
        if pricing is not None and pricing.bound < floor and shut:
            # Prices that round up cannot be added without loss: ask again with nothing shut.
            answer = solve_lp(wide, -model.costs[level])
            if answer.ending is Ending.OPTIMAL:
                proof = price(model, at, level, earlier, answer.multipliers, floor)
        if proof is not None and proof.bound >= floor:
            climb.proofs[model.levels[level]] = proof.to_json(model)
        wide = _with_level(model, wide, level, floor, None)
        before = program
        program = _with_level(model, program, level, floor, pricing)
        gone = (before.upper > program.upper)[: model.moves]
        if pricing is not None and np.any(gone):
            shut.append(
                Shut(
                    level=model.levels[level],
                    value=floor,
                    pricing=pricing,
                    moves=gone,
                    counts=np.array([each.count for each in model.question.classes]),
                )
            )
        climb.narrow.append(program)
    return None


def _with_level(
    model: StagingModel, program: Program, level: int, value: int, pricing: Pricing | None
) -> Program:
    """The program in which a level does not exceed a value, and what the prices shut out."""
    lower, upper = program.lower.copy(), program.upper.copy()
    if level == 0:
        parties = len(model.question.parties)
        # Exposures add up to zero: who is behind is so by what the others are ahead.
        lower[model.moves : -1] = -(parties - 1) * value
        upper[model.moves :] = value
    if pricing is not None:
        spare = pricing.denominator * value - pricing.total
        upper[: model.moves][pricing.extra > spare] = 0
    upper = np.maximum(upper, lower)
    program = replace(program, lower=lower, upper=upper)
    return program if level == 0 else program.at_least(-model.costs[level], -value)


def _settle(
    climb: _Climb, until: float, report: Callable[[StagingPlan], None] | None
) -> tuple[Whole | None, bool]:
    """Settle as many levels as one search can, at least one; whether time has ended."""
    # Loaded here: it needs the solvers, which a reader of plans does not.
    from repatria.planning.staging.searching import search  # noqa: PLC0415

    model, base = climb.model, len(climb.values)
    any_solution = np.zeros(model.program.size, dtype=np.int64)
    refuted: set[int] = set()
    for reach in range(len(climb.floors), -1, -1):
        program = climb.narrow[reach]
        whole = reach == len(climb.floors)
        found = search(model, program, any_solution, until=until, share=0.5 if reach else 1.0)
        if found.refuted:
            refuted.add(reach)
        if found.numbers is None:
            continue
        _keep(climb, reach)
        if whole:
            return found.numbers, True
        if report is not None:
            report(_plan(climb, found.numbers))
        return _one_level(climb, base + reach, found.numbers, until)
    return None, True


def _keep(climb: _Climb, reach: int) -> None:
    """The first levels are settled at what the relaxation promised."""
    for value in climb.floors[:reach]:
        name = climb.model.levels[len(climb.values)]
        climb.words.append("certificate" if name in climb.proofs else "solver")
        climb.values.append(value)
        climb.proven.append(True)
    climb.program = climb.narrow[reach]


def _one_level(
    climb: _Climb, level: int, numbers: Whole, until: float
) -> tuple[Whole | None, bool]:
    """One level by itself, in whole numbers; whether it stays unproven."""
    from repatria.planning.staging.searching import search  # noqa: PLC0415 -- as above

    model = climb.model
    best = int(model.costs[level] @ numbers)
    found = search(
        model, climb.program.at_least(-model.costs[level], -best), -model.costs[level], until=until
    )
    if found.numbers is not None:
        numbers = found.numbers
        best = int(model.costs[level] @ numbers)
    if level == 0:
        best = max(0, *_peaks(model, numbers))
    climb.values.append(best)
    climb.proven.append(found.refuted)
    climb.words.append("solver" if found.refuted else "none")
    climb.program = _with_level(model, climb.program, level, best, None)
    return numbers, not found.refuted


def _peaks(model: StagingModel, numbers: Whole) -> list[int]:
    moves = model.moves_in(numbers)
    return [level_values(model.question, moves, model.tranches)["E"]]


def _plan(climb: _Climb, numbers: Whole) -> StagingPlan:
    """What is known as a plan; values are counted again from the moves."""
    model = climb.model
    moves: tuple[Move, ...] = model.moves_in(numbers)
    values = level_values(model.question, moves, model.tranches)
    levels = []
    for number, name in enumerate(model.levels):
        settled = number < len(climb.values) and climb.proven[number]
        bound = climb.values[number] if settled else _promised(climb, number)
        proven = settled and values[name] == bound
        word = climb.words[number] if proven else "none"
        levels.append(Reached(id=name, value=values[name], bound=bound, proven=proven, word=word))
    return StagingPlan(
        question=model.question,
        tranches=model.tranches,
        status="optimal" if all(each.proven for each in levels) else "feasible",
        levels=tuple(levels),
        moves=moves,
        proofs=climb.proofs,
    )


def _promised(climb: _Climb, level: int) -> int | None:
    """What the relaxation promises a level, as long as all before it are proven."""
    begun = len([each for each in climb.proven if each])
    start = len(climb.narrow) and len(climb.model.levels) - len(climb.floors)
    if level != begun or level < start:
        return None
    return climb.floors[level - start]


def _open(model: StagingModel, bound: int | None) -> tuple[Reached, ...]:
    return tuple(
        Reached(id=name, value=None, bound=bound if not i else None, proven=False, word="none")
        for i, name in enumerate(model.levels)
    )


def _reason(question: StagingQuestion, tranches: int) -> str:
    for site in question.sites:
        room = sum(question.room(site, tranche) for tranche in range(tranches))
        if _load(question, site) > room:
            return f"{site}: {_load(question, site)} persons, room for {room}"
    if question.agreed:
        return "the agreed exposure and the capacities leave no schedule"
    return "capacities and dates of readiness leave no schedule"
