"""How high can each level get, strictly one after the other?

First the chain of relaxations says what no plan exceeds. Then one question in
whole numbers: is there a plan that reaches all of it? If so every level is
proven at once. If not, the first level that falls short is found by halving,
solved exactly, and the chain goes on below it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.exact import Proof
from repatria.planning.instance import LevelKind
from repatria.planning.relaxing import Bound, Chain, most_coverage, nothing_gained, with_floor
from repatria.planning.solvers import (
    Ending,
    Engine,
    Program,
    SolverFaultError,
    WholeAnswer,
    solve_integer,
)
from repatria.planning.solvers.program import Whole


class Outcome(StrEnum):
    """How far it went."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One level: reached by the plan, and what no other exceeds that is as good above."""

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether the two are equal."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Climb:
    """What a climb came to.

    Attributes:
        outcome: how far it went.
        numbers: what is chosen; None when nothing was found.
        levels: per level what was reached.
        bounds: per level what the relaxation says, when those above are as in `levels`.
        order: the levels whose floors follow the rows of the question in the proofs.
        refutation: multipliers that show that there is no plan at all.
        seconds: how long it took.
    """

    outcome: Outcome
    numbers: Whole | None = None
    levels: tuple[Reached, ...] = ()
    bounds: dict[int, Bound] = field(default_factory=dict)
    order: tuple[int, ...] = ()
    refutation: Proof | None = None
    seconds: float = 0.0


Report = Callable[[Climb], None]


@dataclass(slots=True, kw_only=True, eq=False)
class Climber:
    """One climb, while it goes on.

    Attributes:
        classes: the question.
        seconds: for everything.
        engines: who is asked for whole numbers; the next when one gives up.
        effort: how far a question may go; a climb that needs more ends unproven.
        report: hears of every better plan.
    """

    classes: Classes
    seconds: float
    engines: tuple[Engine, ...] = (Engine.HIGHS, Engine.CP_SAT)
    effort: int | None = None
    report: Report | None = None
    chain: Chain = field(init=False)
    best: Whole | None = field(init=False, default=None)
    bounds: dict[int, Bound] = field(init=False, default_factory=dict)
    # Levels that are settled, and what no plan exceeds there.
    settled: dict[int, Reached] = field(init=False, default_factory=dict)
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = monotonic()
        self.chain = Chain(classes=self.classes)

    def climb(self) -> Climb:
        """All levels in order."""
        last = len(self.classes.gains) - 1
        while len(self.settled) <= last:
            if not self._relax(last):
                if self.settled:
                    msg = "a relaxation calls infeasible what was reached"
                    raise SolverFaultError(msg)
                return self._infeasible()
            if not self._settle(last):
                return self._infeasible()
            if self.left() <= 0 and len(self.settled) <= last:
                break
        return self._result()

    def left(self) -> float:
        """Seconds that are left."""
        return self.seconds - (monotonic() - self.begun)

    def _relax(self, last: int) -> bool:
        """Bounds of the levels that are not settled up to the lottery; False if infeasible."""
        first = len(self.settled)
        for level in range(first, last + 1):
            self.chain.set_floor(level, None)
            self.bounds.pop(level, None)
        for level in range(first, self._target(first, last)):
            bound = self.chain.bound(level)
            if bound is None:
                return False
            self.bounds[level] = bound
            self.chain.set_floor(level, bound.value)
        # Without a level above the lottery nothing has asked yet whether there is a plan.
        return last > 0 or self.chain.bound(0) is not None

    def _target(self, first: int, last: int) -> int:
        """The next level whose relaxation says little: the lottery, or the last."""
        kinds = (level.kind for level in self.classes.instance.levels[first:last])
        return first + next(
            (n for n, kind in enumerate(kinds) if kind is LevelKind.HASH), last - first
        )

    def _settle(self, last: int) -> bool:
        """Settle at least one more level; False when no plan exists."""
        first = len(self.settled)
        target = self._target(first, last)
        low, high = first, target
        middle = target
        while True:
            bundle = middle > first
            value, answer = self._reach(middle, bundle=bundle)
            if answer.numbers is not None:
                self._hear(answer.numbers)
            if value is None and answer.ending is Ending.INFEASIBLE:
                if not bundle:
                    return first > 0
                high = middle - 1
            elif value is not None and self._is_top(middle, value, answer):
                self._take(first, middle, value, value)
                if middle == target:
                    return True
                low = middle + 1
                first = low
            elif value is not None and answer.ending is Ending.OPTIMAL:
                self._take(first, middle, value, value)
                return True
            elif not bundle:
                return self._give_up(first, value, answer)
            else:
                high = middle - 1
            if low > high:
                return True
            middle = self._next(low, high)

    def _next(self, low: int, high: int) -> int:
        """Where to look: the first level whose relaxation had to be rounded, or the middle."""
        for level in range(low, high + 1):
            if level in self.bounds and not self.bounds[level].tight:
                return level
        return (low + high) // 2

    def _is_top(self, level: int, value: int, answer: WholeAnswer) -> bool:
        if level not in self.bounds:
            return answer.ending is Ending.OPTIMAL
        return value >= self.bounds[level].value

    def _take(self, first: int, level: int, value: int, bound: int) -> None:
        """Everything before is as high as its bound, and this level has this value."""
        for each in range(first, level):
            top = self.bounds[each].value
            self.settled[each] = Reached(value=top, bound=top)
        self.settled[level] = Reached(value=value, bound=bound)
        self.chain.set_floor(level, value)

    def _give_up(self, level: int, value: int | None, answer: WholeAnswer) -> bool:
        """The best found counts, and the bound says how far it may be off."""
        if self.best is None:
            self.seconds = 0.0
            return True
        value = self.classes.value(level, self.best) if value is None else value
        top = self.bounds[level].value if level in self.bounds else None
        bounds = [b for b in (answer.bound, top) if b is not None]
        bound = max(value, min(bounds)) if bounds else self._trivial(level)
        self._take(level, level, value, bound)
        return True

    def _trivial(self, level: int) -> int:
        if level in self.classes.spreads:
            return most_coverage(self.classes.spreads[level], self.classes)
        gains = self.classes.gains[level]
        return int(np.maximum(gains, 0) @ self.classes.program.upper)

    def _program(self, upto: int) -> Program:
        program = self.classes.program
        for level in range(upto):
            known = self.settled.get(level)
            value = known.value if known else self.bounds[level].value
            program = with_floor(program, self.classes, level, value)
        return program

    def _reach(self, level: int, *, bundle: bool) -> tuple[int | None, WholeAnswer]:
        """The best of a level when all before it are as high as their bounds."""
        program = self._program(level)
        if level in self.classes.spreads:
            return self._reach_spread(program, level, bundle=bundle)
        answer = self._ask(program, self.classes.gains[level], bundle=bundle)
        return (None if answer.numbers is None else answer.value), answer

    def _reach_spread(
        self, program: Program, level: int, *, bundle: bool
    ) -> tuple[int | None, WholeAnswer]:
        spread = self.classes.spreads[level]
        high = self.bounds[level].value
        nothing = nothing_gained(self.classes)
        top = self._ask(with_floor(program, self.classes, level, high), nothing, bundle=bundle)
        if top.numbers is not None:
            return high, top
        any_ = self._ask(program, nothing, bundle=bundle)
        if any_.numbers is None:
            return None, any_
        if top.ending is not Ending.INFEASIBLE:
            return spread.reached(any_.numbers), WholeAnswer(
                ending=Ending.STOPPED, numbers=any_.numbers, bound=high
            )
        low, best = spread.reached(any_.numbers), any_
        while high - low > 1:
            middle = (low + high) // 2
            answer = self._ask(
                with_floor(program, self.classes, level, middle), nothing, bundle=bundle
            )
            if answer.numbers is not None:
                low, best = max(middle, spread.reached(answer.numbers)), answer
            elif answer.ending is Ending.INFEASIBLE:
                high = middle
            else:
                return low, WholeAnswer(ending=Ending.STOPPED, numbers=best.numbers, bound=high - 1)
        return low, WholeAnswer(ending=Ending.OPTIMAL, numbers=best.numbers, bound=low)

    def _ask(self, program: Program, gains: Whole, *, bundle: bool) -> WholeAnswer:
        """One engine after the other, until one ends."""
        answer = WholeAnswer(ending=Ending.STOPPED)
        for engine in self.engines:
            left = self.left()
            if left <= 0:
                break
            share = min(left, max(1.0, left / 6)) if bundle else left
            # What the first engine does not settle soon, the next one mostly does.
            if engine is not self.engines[-1]:
                share = min(share, max(0.5, left / 10))
            try:
                found = solve_integer(
                    program, gains, seconds=share, engine=engine, effort=self.effort
                )
            except SolverFaultError:
                if engine is self.engines[-1]:
                    raise
                continue
            if found.ending is not Ending.STOPPED:
                return found
            answer = _better(answer, found)
        return answer

    def _hear(self, numbers: Whole) -> None:
        if self.best is None or self.classes.values(numbers) > self.classes.values(self.best):
            self.best = numbers
            if self.report is not None:
                self.report(self._result())

    def _infeasible(self) -> Climb:
        return Climb(
            outcome=Outcome.INFEASIBLE,
            refutation=self.chain.refutation(),
            seconds=monotonic() - self.begun,
        )

    def _result(self) -> Climb:
        seconds = monotonic() - self.begun
        if self.best is None:
            return Climb(outcome=Outcome.TIME_LIMIT, seconds=seconds)
        values = self.classes.values(self.best)
        levels = []
        equal = True
        for level, value in enumerate(values):
            known = self.settled.get(level)
            equal = equal and known is not None and known.value == value
            if equal and known is not None:
                levels.append(known)
                continue
            assumed = known is None and level in self.bounds and not levels_fall(levels)
            top = self.bounds[level].value if assumed else self._trivial(level)
            levels.append(Reached(value=value, bound=max(value, top)))
        proven = all(level.proven for level in levels)
        return Climb(
            outcome=Outcome.OPTIMAL if proven else Outcome.TIME_LIMIT,
            numbers=self.best,
            levels=tuple(levels),
            bounds=dict(self.bounds),
            order=self.chain.order,
            seconds=seconds,
        )


def levels_fall(levels: list[Reached]) -> bool:
    """Whether some level is below what a bound assumes; then lower bounds say nothing."""
    return any(not level.proven for level in levels)


def _better(one: WholeAnswer, other: WholeAnswer) -> WholeAnswer:
    """The better numbers of two, with the lower bound of both."""
    bounds = [b for b in (one.bound, other.bound) if b is not None]
    first = other if one.numbers is None else one
    if other.numbers is not None and other.value > first.value:
        first = other
    return WholeAnswer(
        ending=Ending.STOPPED,
        numbers=first.numbers,
        value=first.value,
        bound=min(bounds) if bounds else None,
    )


def climb(
    classes: Classes,
    *,
    seconds: float,
    engines: tuple[Engine, ...] = (Engine.HIGHS, Engine.CP_SAT),
    effort: int | None = None,
    report: Report | None = None,
) -> Climb:
    """The levels of a question, climbed in order."""
    return Climber(
        classes=classes, seconds=seconds, engines=engines, effort=effort, report=report
    ).climb()
