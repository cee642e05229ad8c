"""Which engine is asked for whole numbers, and how long?

Where splits on sums do not settle a level, an engine searches everything: the first one
for a while, the next one for the time that is left.
"""

from collections.abc import Callable
from dataclasses import dataclass

from repatria.planning.classes import Classes
from repatria.planning.relaxing import nothing_gained, with_floor
from repatria.planning.solvers import (
    Ending,
    Engine,
    Program,
    SolverFaultError,
    WholeAnswer,
    solve_integer,
)
from repatria.planning.solvers.program import Whole

# How long, and for how many nodes, an engine may look for what a search has not come upon.
_FIND_SECONDS, _FIND_EFFORT = 2.0, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Engines, one after the other.

    Attributes:
        engines: who is asked; the next when one gives up.
        left: seconds that are left.
        effort: how many nodes a question may take; None is no limit.
    """

    engines: tuple[Engine, ...]
    left: Callable[[], float]
    effort: int | None = None

    def ask(self, program: Program, gains: Whole, *, bundle: bool = False) -> WholeAnswer:
        """The best whole numbers, from the first engine that ends.

        Args:
            program: within which limits and rows.
            gains: what is maximised.
            bundle: several levels at once, which need not have a plan: not for long.
        """
        answer = WholeAnswer(ending=Ending.STOPPED)
        for engine in self.engines:
            left = self.left()
            if left <= 0:
                break
            # What the first engine does not settle soon, the next one mostly does.
            share = min(left, max(1.0, left / 6)) if bundle else left
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

    def find(self, program: Program, classes: Classes, level: int, value: int) -> Whole | None:
        """Whole numbers with which a level reaches a value, if the first engine has some soon.

        Args:
            program: with the floors of the levels above.
            classes: the question.
            level: which one.
            value: what it must reach.
        """
        answer = solve_integer(
            with_floor(program, classes, level, value), nothing_gained(classes),
            seconds=min(_FIND_SECONDS, max(0.0, self.left())),
            engine=self.engines[0], effort=_FIND_EFFORT,
        )  # fmt: skip
        return answer.numbers

    def best(
        self, program: Program, classes: Classes, level: int, top: int, known: Whole | None
    ) -> tuple[int | None, WholeAnswer]:
        """The best of a level and the answer that says it; None without any.

        Args:
            program: with the floors of the levels above.
            classes: the question.
            level: which one.
            top: what it does not exceed.
            known: whole numbers that keep the program, if there are any.
        """
        if level in classes.spreads:
            return self._most_even(program, classes, level, top, known)
        answer = self.ask(program, classes.gains[level])
        return (None if answer.numbers is None else answer.value), answer

    def _most_even(
        self, program: Program, classes: Classes, level: int, top: int, known: Whole | None
    ) -> tuple[int | None, WholeAnswer]:
        spread, nothing = classes.spreads[level], nothing_gained(classes)
        best = WholeAnswer(ending=Ending.OPTIMAL, numbers=known)
        if known is None:
            best = self.ask(program, nothing)
        if best.numbers is None:
            return None, best
        low, high = spread.reached(best.numbers), top + 1
        while high - low > 1:
            # From above first: the search before says that it is near.
            middle = high - 1 if high == top + 1 else (low + high) // 2
            answer = self.ask(with_floor(program, classes, level, middle), nothing)
            if answer.numbers is not None:
                low, best = max(middle, spread.reached(answer.numbers)), answer
            elif answer.ending is Ending.INFEASIBLE:
                high = middle
            else:
                return low, WholeAnswer(ending=Ending.STOPPED, numbers=best.numbers, bound=high - 1)
        return low, WholeAnswer(ending=Ending.OPTIMAL, numbers=best.numbers, bound=low)


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
