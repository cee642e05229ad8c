"""How high can each level get, strictly one after the other?

First the chain of relaxations says what no plan exceeds. Then one search in whole
numbers: is there a plan that reaches all of it? If so every level is proven at once,
and the lottery decides among those plans. If not, each level is searched on its own
(`branching`), which mostly takes a few cases and is its proof as well; an engine
that searches everything is asked only where that does not end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

import numpy as np

from repatria.planning.asking import Asked
from repatria.planning.branching import Found, Search
from repatria.planning.classes import Classes
from repatria.planning.drawing import UNIT, draw
from repatria.planning.instance import LevelKind
from repatria.planning.merging import Merged, first_levels
from repatria.planning.reached import Climb, Outcome, Reached, Report
from repatria.planning.relaxing import Bound, Chain, most_coverage, nothing_gained, with_floor
from repatria.planning.solvers import (
    Ending,
    Engine,
    Program,
    SolverFaultError,
    WholeAnswer,
)
from repatria.planning.solvers.program import Whole

# How many relaxations a search may solve: for some plan at all, for the best of a level.
_EFFORT_ANY, _EFFORT_LEVEL = 200, 500


class _OverError(Exception):
    """The time or the effort has ended."""


@dataclass(slots=True, kw_only=True, eq=False)
class Climber:
    """One climb, while it goes on.

    Attributes:
        classes: the question.
        seconds: for everything.
        engines: who is asked for whole numbers; the next when one gives up.
        effort: how many nodes an engine may take; a climb that needs more ends unproven.
        report: hears of every better plan.
        before: an earlier climb of the same question, which this one takes further.
        cancelled: asked now and then; True ends the climb with what is found.
    """

    classes: Classes
    seconds: float
    engines: tuple[Engine, ...] = (Engine.HIGHS, Engine.CP_SAT)
    effort: int | None = None
    report: Report | None = None
    before: Climb | None = None
    cancelled: Callable[[], bool] | None = None
    # The chain of this stage; what it is about, when that is not the whole question.
    chain: Chain = field(init=False)
    merged: Merged | None = field(init=False, default=None)
    staged: bool = field(init=False, default=False)
    best: Whole | None = field(init=False, default=None)
    bounds: dict[int, Bound] = field(init=False, default_factory=dict)
    # Levels that are settled, and what no plan exceeds there.
    settled: dict[int, Reached] = field(init=False, default_factory=dict)
    impossible: Found | None = field(init=False, default=None)
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = monotonic()
        if self.before is None:
            return
        self.best = self.before.numbers
        self.settled = dict(enumerate(self.before.settled))
        self.bounds = {n: b for n, b in self.before.bounds.items() if n in self.settled}

    def climb(self) -> Climb:
        """All levels in order."""
        last = len(self.classes.gains) - 1
        try:
            while len(self.settled) <= last:
                first = len(self.settled)
                end = self._begin_stage(first, last)
                if not self._relax(first, end) or not self._settle(first, end, last):
                    if self.settled:
                        msg = "a relaxation calls infeasible what was reached"
                        raise SolverFaultError(msg)
                    return self._infeasible()
        except _OverError:
            pass
        return self._result()

    def _begin_stage(self, first: int, last: int) -> int:
        """The chain for the next levels, and where they end.

        Levels before coverage over merged classes, others up to the next lottery.
        """
        lottery = self._next_lottery(first, last)
        if not first:
            self.merged = first_levels(self.classes, range(lottery))
            if self.merged is not None:
                fewer = self.merged
                self.chain = Chain(classes=fewer.classes, alike=fewer.alike)
                self._set_floors()
                return len(fewer.classes.gains)
        if not self.staged or self.merged is not None:
            self.chain, self.merged = Chain(classes=self.classes), None
            self._set_floors()
        return lottery

    def _set_floors(self) -> None:
        self.staged = True
        for level, known in self.settled.items():
            self.chain.set_floor(level, known.value)

    def _known(self) -> Whole | None:
        """The best plan, as the chain of this stage has it."""
        if self.best is None or self.merged is None:
            return self.best
        count = self.chain.classes.program.size
        return np.bincount(self.merged.place, self.best, count).astype(np.int64)

    def left(self) -> float:
        """Seconds that are left."""
        return self.seconds - (self._clock() - self.begun)

    def _clock(self) -> float:
        stopped = self.cancelled is not None and self.cancelled()
        return float("inf") if stopped else monotonic()

    def _relax(self, first: int, end: int) -> bool:
        """Bounds of the levels from the first to before the end; False if infeasible."""
        for level in range(first, end + 1):
            self.chain.set_floor(level, None)
            self.bounds.pop(level, None)
        for level in range(first, end):
            bound = self.chain.bound(level)
            if bound is None:
                return False
            self.bounds[level] = bound
            self.chain.set_floor(level, bound.value)
            if self.left() <= 0:
                raise _OverError
            if bound.numbers is not None:
                self._hear(bound.numbers)
        # Without a level above the lottery nothing has asked yet whether there is a plan.
        return first < end or bool(self.settled) or self.chain.refutation() is None

    def _next_lottery(self, first: int, last: int) -> int:
        """The next lottery; one more than the last level if there is none."""
        kinds = (level.kind for level in self.classes.instance.levels[first : last + 1])
        return first + next(
            (n for n, kind in enumerate(kinds) if kind is LevelKind.HASH), last + 1 - first
        )

    def _settle(self, first: int, end: int, last: int) -> bool:
        """Settle the levels up to the end, and a lottery there; False when no plan exists."""
        lottery = end <= last and self.classes.instance.levels[end].kind is LevelKind.HASH
        aim = end if lottery else self._last_count(end)
        found = self._any(aim) if aim >= 0 else None
        if found is not None and found.numbers is not None:
            self._hear(found.numbers)
            for level in range(first, end):
                top = self.bounds[level].value
                self._take(level, Reached(value=top, bound=top), self.bounds[level])
        else:
            for level in range(first, end):
                self.chain.set_floor(level, None)
            for level in range(first, end):
                if not self._climb_level(level):
                    return False
        if lottery:
            if first == end and found is not None and found.impossible:
                self.impossible = found
                return False
            return self._draw(end)
        return True

    def _any(self, aim: int) -> Found:
        """Some plan that reaches every bound, by a short search."""
        known = self._known()
        if known is not None and self.chain.program().is_kept_by(known):
            return Found(bound=0, shown=None, numbers=known)
        unit = self._unit(aim)
        search = Search(
            chain=self.chain,
            level=aim,
            effort=_EFFORT_ANY,
            unit=unit,
            until=self._until(),
            clock=self._clock,
        )
        found = search.any()
        if found.numbers is not None or found.impossible:
            return found
        # What splits on sums do not settle, such as points of four digits, engines may.
        answer = self._engines().ask(
            self.chain.program(), nothing_gained(self.chain.classes), bundle=True
        )
        if answer.ending is Ending.INFEASIBLE:
            return Found(bound=-1, shown=None, numbers=None)
        return replace(found, numbers=answer.numbers)

    def _last_count(self, end: int) -> int:
        """The last level before the end that counts; -1 if there is none."""
        counts = [n for n in range(end) if n not in self.classes.spreads]
        return counts[-1] if counts else -1

    def _unit(self, level: int) -> float:
        lottery = self.classes.instance.levels[level].kind is LevelKind.HASH
        return UNIT if lottery else 1.0

    def _until(self) -> float:
        return self.begun + self.seconds

    def _climb_level(self, level: int) -> bool:
        """Settle one level by itself; False when no plan exists."""
        search = Search(
            chain=self.chain, level=level, effort=_EFFORT_LEVEL, until=self._until(),
            clock=self._clock, find=lambda top: self._find(level, top),
        )  # fmt: skip
        found = search.best(self._known())
        if found.impossible:
            self.impossible = found
            return False
        bound = Bound(value=found.bound, tight=True, shown=found.shown, numbers=found.numbers)
        if found.numbers is not None:
            self._hear(found.numbers)
            self._take(level, Reached(value=found.bound, bound=found.bound), bound)
            return True
        known, program = self._known(), self._program(level)
        if known is not None and not program.is_kept_by(known):
            known = None
        value, answer = self._engines().best(program, self.chain.classes, level, found.bound, known)
        if answer.numbers is not None:
            self._hear(answer.numbers)
        if value is None and answer.ending is Ending.INFEASIBLE:
            return False
        if value is None or (answer.ending is not Ending.OPTIMAL and value < found.bound):
            self._give_up(level, value, answer, found.bound)
            return True
        shown = bound if value == found.bound else None
        self._take(level, Reached(value=value, bound=value), shown)
        return True

    def _find(self, level: int, top: int) -> Whole | None:
        """Whole numbers with which a level reaches a value, if an engine finds some soon."""
        return self._engines().find(self._program(level), self.chain.classes, level, top)

    def _engines(self) -> Asked:
        return Asked(engines=self.engines, left=self.left, effort=self.effort)

    def _draw(self, level: int) -> bool:
        """The lottery, when every level above it is settled; False when no plan exists."""
        drawn = draw(
            self.chain, level, self.best, self._engines(), until=self._until(), clock=self._clock
        )
        answer = drawn.answer
        if answer.ending is Ending.INFEASIBLE:
            return False
        if answer.numbers is not None:
            self._hear(answer.numbers)
        if answer.ending is not Ending.OPTIMAL or answer.numbers is None:
            self._give_up(level, None if answer.numbers is None else answer.value, answer, None)
            return True
        self._take(level, Reached(value=answer.value, bound=answer.value), drawn.bound)
        return True

    def _take(self, level: int, reached: Reached, bound: Bound | None) -> None:
        self.settled[level] = reached
        self.chain.set_floor(level, reached.value)
        self.bounds.pop(level, None)
        if bound is not None:
            self.bounds[level] = bound

    def _give_up(self, level: int, value: int | None, answer: WholeAnswer, top: int | None) -> None:
        """The best found counts, and the bound says how far it may be off."""
        if self.best is None or self.effort is not None:
            raise _OverError
        value = self.classes.value(level, self.best) if value is None else value
        bounds = [b for b in (answer.bound, top) if b is not None]
        bound = max(value, min(bounds)) if bounds else self._trivial(level)
        self._take(level, Reached(value=value, bound=bound), None)
        if self.left() <= 0:
            raise _OverError

    def _trivial(self, level: int) -> int:
        if level in self.classes.spreads:
            return most_coverage(self.classes.spreads[level], self.classes)
        gains = self.classes.gains[level]
        return int(np.maximum(gains, 0) @ self.classes.program.upper)

    def _program(self, upto: int) -> Program:
        program = self.chain.classes.program
        for level in range(upto):
            program = with_floor(program, self.chain.classes, level, self.settled[level].value)
        return program

    def _hear(self, numbers: Whole) -> None:
        if self.merged is not None:
            numbers = self.merged.spread_out(numbers, self.classes.program)
        if self.best is None or self.classes.values(numbers) > self.classes.values(self.best):
            self.best = numbers
            if self.report is not None:
                self.report(self._result())

    def _infeasible(self) -> Climb:
        shown = self.impossible.shown if self.impossible else self.chain.refutation()
        return Climb(outcome=Outcome.INFEASIBLE, refutation=shown, seconds=monotonic() - self.begun)

    def _result(self) -> Climb:
        seconds = monotonic() - self.begun
        settled = tuple(self.settled[level] for level in range(len(self.settled)))
        bounds = dict(self.bounds)
        if self.best is None:
            return Climb(
                outcome=Outcome.TIME_LIMIT, settled=settled, bounds=bounds, seconds=seconds
            )
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
            settled=settled,
            bounds=bounds,
            seconds=seconds,
        )


def levels_fall(levels: list[Reached]) -> bool:
    """Whether some level is below what a bound assumes; then lower bounds say nothing."""
    return any(not level.proven for level in levels)


def climb(
    classes: Classes,
    *,
    seconds: float,
    engines: tuple[Engine, ...] = (Engine.HIGHS, Engine.CP_SAT),
    effort: int | None = None,
    report: Report | None = None,
    before: Climb | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Climb:
    """The levels of a question, climbed in order. See `Climber`."""
    return Climber(
        classes=classes, seconds=seconds, engines=engines, effort=effort, report=report,
        before=before,
        cancelled=cancelled,
    ).climb()  # fmt: skip
