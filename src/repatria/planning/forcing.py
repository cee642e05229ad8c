"""What would it cost to take somebody in?

So many of a class are made to go, and the levels are climbed again until one
falls below what the plan has. Relaxations find the level quickly; one question
in whole numbers says how far it falls.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from repatria.planning.classes import Classes
from repatria.planning.conflicts import conflicting_rows
from repatria.planning.relaxing import Bound, Chain, nothing_gained, with_floor
from repatria.planning.solvers import Ending, Engine, SolverFaultError, WholeAnswer, solve_integer
from repatria.planning.solvers.program import Program


class Cost(StrEnum):
    """What happens with them in the plan.

    `conflict`: no plan keeps the rules. `level`: a level falls. `tie`: every level
    but the lottery stays. `unsettled`: the time did not suffice.
    """

    CONFLICT = "conflict"
    LEVEL = "level"
    TIE = "tie"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """The cost.

    Attributes:
        cost: what happens.
        level: the number of the first level that falls; -1 if none does.
        value: what it falls to.
        rows: rows of the question that hold it down, or that conflict.
    """

    cost: Cost
    level: int = -1
    value: int = 0
    rows: tuple[int, ...] = ()


def cost_of(
    classes: Classes,
    values: tuple[int, ...],
    least: dict[int, int],
    *,
    seconds: float = 20.0,
) -> Forced:
    """What it costs that at least so many of these classes go.

    Args:
        classes: the question.
        values: what the plan reaches, per level; the plan is proven.
        least: how many must go, by number of the class.
        seconds: for each question in whole numbers.
    """
    lower = classes.program.lower.copy()
    for number, count in least.items():
        lower[number] = count
    forced = replace(classes, program=replace(classes.program, lower=lower))
    levels = [n for n, level in enumerate(classes.instance.levels) if level.kind != "hash"]
    chain = Chain(classes=forced)
    suspect = len(levels)
    rows: tuple[int, ...] = ()
    for level in levels:
        bound = chain.bound(level)
        if bound is None:
            if level == 0:
                return _conflict(forced, seconds)
            msg = "a relaxation calls infeasible what it has reached"
            raise SolverFaultError(msg)
        if bound.value < values[level]:
            suspect = level
            rows = _rules_in(bound, classes)
            break
        chain.set_floor(level, values[level])
    return _settle(forced, values, levels, suspect, rows, seconds)


def _rules_in(bound: Bound, classes: Classes) -> tuple[int, ...]:
    """The rules that hold a bound down."""
    used = bound.shown["multipliers"] if bound.shown else {}
    rules = enumerate(classes.instance.rules)
    return tuple(row for row, rule in rules if f"rule:{rule.id}" in used)


def _settle(
    forced: Classes,
    values: tuple[int, ...],
    levels: list[int],
    suspect: int,
    rows: tuple[int, ...],
    seconds: float,
) -> Forced:
    """The first level that falls, at the suspected one or before it."""
    low, high = 0, suspect
    found: Forced | None = None
    while low <= high:
        answer = _best(forced, values, levels, high, seconds)
        if answer is None:
            return Forced(cost=Cost.UNSETTLED)
        if answer.numbers is not None:
            if high == len(levels):
                return found or Forced(cost=Cost.TIE)
            value = forced.value(levels[high], answer.numbers)
            if value < values[levels[high]]:
                found = Forced(cost=Cost.LEVEL, level=levels[high], value=value, rows=rows)
            return found or Forced(cost=Cost.UNSETTLED)
        if high == 0:
            return _conflict(forced, seconds)
        # Something before it falls already: halve.
        low, high, rows = _narrow(forced, values, levels, high, seconds)
        if low < 0:
            return Forced(cost=Cost.UNSETTLED)
    return found or Forced(cost=Cost.UNSETTLED)


def _narrow(
    forced: Classes, values: tuple[int, ...], levels: list[int], high: int, seconds: float
) -> tuple[int, int, tuple[int, ...]]:
    """The first level whose value cannot be kept with those above: twice, as a range."""
    low = 0
    high -= 1
    while low < high:
        middle = (low + high) // 2
        program = _with_floors(forced, values, levels[: middle + 1])
        answer = _ask(program, forced, None, seconds)
        if answer.ending is Ending.STOPPED and answer.numbers is None:
            return -1, -1, ()
        if answer.numbers is None:
            high = middle
        else:
            low = middle + 1
    return low, low, ()


def _best(
    forced: Classes, values: tuple[int, ...], levels: list[int], place: int, seconds: float
) -> WholeAnswer | None:
    """The best of a level with the floors above it; beyond the last one, any plan."""
    program = _with_floors(forced, values, levels[:place])
    level = levels[place] if place < len(levels) else None
    answer = _ask(program, forced, level, seconds)
    stopped = answer.ending is Ending.STOPPED and answer.numbers is None
    return None if stopped else answer


def _with_floors(forced: Classes, values: tuple[int, ...], levels: list[int]) -> Program:
    program = forced.program
    for level in levels:
        program = with_floor(program, forced, level, values[level])
    return program


def _ask(program: Program, forced: Classes, level: int | None, seconds: float) -> WholeAnswer:
    if level is not None and level in forced.spreads:
        return _most_even(program, forced, level, seconds)
    gains = nothing_gained(forced) if level is None else forced.gains[level]
    answer = WholeAnswer(ending=Ending.STOPPED)
    for engine in Engine:
        answer = solve_integer(program, gains, seconds=seconds, engine=engine)
        if answer.ending is not Ending.STOPPED:
            break
    return answer


def _most_even(program: Program, forced: Classes, level: int, seconds: float) -> WholeAnswer:
    """Numbers with the highest coverage of the worst covered group."""
    best = _ask(program, forced, None, seconds)
    if best.numbers is None:
        return best
    spread = forced.spreads[level]
    low, high = spread.reached(best.numbers), spread.reached(forced.program.upper)
    while low < high:
        middle = (low + high + 1) // 2
        answer = _ask(with_floor(program, forced, level, middle), forced, None, seconds)
        if answer.numbers is None:
            high = middle - 1
        else:
            best, low = answer, max(middle, spread.reached(answer.numbers))
    return best


def _conflict(forced: Classes, seconds: float) -> Forced:
    rows = conflicting_rows(forced.program, len(forced.instance.rules), seconds=seconds)
    return Forced(cost=Cost.CONFLICT, rows=rows)
