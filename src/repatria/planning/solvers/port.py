"""Which engine is asked?

Both take the same program and give the same kind of answer. HiGHS is better at
relaxations and selection, CP-SAT at schedules and at refuting; neither is
imported before somebody asks.
"""

from importlib import import_module
from typing import Any

import numpy as np

from repatria.planning.solvers.answers import Ending, Engine, LinearAnswer, Real, WholeAnswer
from repatria.planning.solvers.program import NO_LIMIT, Program, Whole

_MODULES = {
    Engine.HIGHS: "repatria.planning.solvers.highs",
    Engine.CP_SAT: "repatria.planning.solvers.cpsat",
}


def solve_integer(
    program: Program,
    gains: Whole,
    *,
    seconds: float,
    engine: Engine = Engine.HIGHS,
    effort: int | None = None,
    turn: int | None = None,
) -> WholeAnswer:
    """The whole numbers for which `gains * n` is largest; for least, negate both.

    Always from a cold start, and on one thread: the same question gives the same
    answer.

    Args:
        program: within which limits and rows.
        gains: what one of each unknown adds; all 0 asks for feasibility alone.
        seconds: the engine stops near them; only `run_bounded` is a hard limit.
        engine: who solves.
        effort: stop after so many nodes of the search (HiGHS) or so many conflicts
            (CP-SAT); None is no limit.
        turn: number of a short try (CP-SAT), each of which looks elsewhere; None is one long
            search.

    Raises:
        SolverFaultError: the answer fails the check in whole numbers.

    Cost: exponential in the worst case.
    """
    if seconds <= 0:
        return WholeAnswer(ending=Ending.STOPPED)
    answer: WholeAnswer = _module(engine).maximise(
        program, gains, seconds=seconds, effort=effort, turn=turn
    )
    return answer


def solve_lp(program: Program, gains: Whole, *, seconds: float = 60.0) -> LinearAnswer:
    """The relaxation to real numbers, with its multipliers (HiGHS)."""
    return LinearChain(program).maximise(gains, seconds=seconds)


class Nobody:
    """A program without unknowns, which HiGHS does not answer: its rows hold at 0 or not."""

    def __init__(self, program: Program) -> None:
        self._limits = list(
            zip(program.row_lower.tolist(), program.row_upper.tolist(), strict=True)
        )

    def maximise(self, gains: Whole, *, seconds: float) -> LinearAnswer:
        """Nothing is reached, or a row shows that nothing can be."""
        del gains, seconds
        broken = [-1 if lower > 0 else int(upper < 0) for lower, upper in self._limits]
        return LinearAnswer(
            ending=Ending.INFEASIBLE if any(broken) else Ending.OPTIMAL,
            value=0.0,
            numbers=np.zeros(0),
            multipliers=np.array(broken, dtype=np.float64),
        )

    def add_row(self, columns: Whole, weights: Whole, lower: int, upper: int) -> None:
        """One row more."""
        del columns, weights
        self._limits.append((lower, upper))

    def at_least(self, gains: Whole, floor: int) -> None:
        """One row more, from below."""
        self.add_row(gains, gains, floor, NO_LIMIT)

    def add_column(self, rows: Whole, weights: Real) -> int:
        """None more: what is not there helps no row."""
        del rows, weights
        return 0

    def remember(self) -> None:
        """There is only one place."""

    def return_to(self, place: None) -> None:
        """There is only one place."""

    def limit_row(self, row: int, lower: int, upper: int) -> None:
        """Other limits for a row."""
        self._limits[row] = (lower, upper)

    def limit_column(self, column: int, lower: int, upper: int) -> None:
        """No unknown has limits."""


class LinearChain:
    """Many relaxations of one program, each from where the last one ended.

    Never used for whole numbers. What it says is a hint, so that a wrong basis
    can cost time and nothing else.
    """

    def __init__(self, program: Program) -> None:
        made: Any = _module(Engine.HIGHS).Relaxation if program.size else Nobody
        self._relaxation: Any = made(program)

    def maximise(self, gains: Whole, *, seconds: float = 60.0) -> LinearAnswer:
        """The largest `gains * n` in real numbers; unknowns beyond the gains add nothing.

        Whoever asks must not change the gains afterwards.
        """
        answer: LinearAnswer = self._relaxation.maximise(gains, seconds=seconds)
        return answer

    def add_row(self, columns: Whole, weights: Whole, lower: int, upper: int) -> None:
        """One row more, at the end."""
        self._relaxation.add_row(columns, weights, lower, upper)

    def at_least(self, gains: Whole, floor: int) -> None:
        """One row more: `gains * n` does not fall below a floor."""
        self._relaxation.at_least(gains, floor)

    def add_column(self, rows: Whole, weights: Real) -> int:
        """One unknown more, at the end, that is 0 until it gets limits; its number.

        Only the relaxation knows it: no answer in whole numbers has it.
        """
        number: int = self._relaxation.add_column(rows, weights)
        return number

    def remember(self) -> Any:
        """Where the last answer was found, for `return_to`, as long as no row is added."""
        return self._relaxation.remember()

    def return_to(self, place: Any) -> None:
        """Begin the next question from there, not from the last answer."""
        self._relaxation.return_to(place)

    def limit_row(self, row: int, lower: int, upper: int) -> None:
        """Other limits for a row."""
        self._relaxation.limit_row(row, lower, upper)

    def limit_column(self, column: int, lower: int, upper: int) -> None:
        """Other limits for an unknown."""
        self._relaxation.limit_column(column, lower, upper)


def _module(engine: Engine) -> Any:
    return import_module(_MODULES[engine])
