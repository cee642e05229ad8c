"""What does an engine say, in words that both engines share?"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from repatria.planning.solvers.program import Program, Whole

Real = NDArray[np.float64]


class SolverFaultError(RuntimeError):
    """The solver contradicts itself, or will not run: nothing it said is used."""


class Engine(StrEnum):
    """Who solves."""

    HIGHS = "highs"
    CP_SAT = "cp-sat"


class Ending(StrEnum):
    """How an engine ended.

    `stopped`: a limit of time or effort was reached; what is found so far counts.
    """

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinearAnswer:
    """The answer to a relaxation. Floating point: a hint, never a proof.

    Attributes:
        ending: how it ended.
        value: what is reached; meaningless unless optimal.
        numbers: one per unknown; empty unless optimal.
        multipliers: one per row, positive where the upper limit holds the value
            down, negative where the lower one does; for an infeasible program a ray
            (Farkas) with the same signs, or empty when the engine gave none.
    """

    ending: Ending
    value: float
    numbers: Real
    multipliers: Real


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WholeAnswer:
    """The answer in whole numbers; checked against the program, value recomputed.

    Attributes:
        ending: how it ended.
        numbers: the best found; None when nothing was found.
        value: what they reach, computed from them; 0 without numbers.
        bound: nothing is better, says the engine; None when it does not say.
        seconds: how long the engine ran, by its own clock.
    """

    ending: Ending
    numbers: Whole | None = None
    value: int = 0
    bound: int | None = None
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether the engine says that nothing is better."""
        return self.numbers is not None and self.bound == self.value


def checked(
    program: Program,
    gains: Whole,
    numbers: Whole,
    claimed: float,
    *,
    ending: Ending,
    bound: int | None,
    seconds: float,
) -> WholeAnswer:
    """An engine's answer after a recount in whole numbers.

    Raises:
        SolverFaultError: a limit or row is broken, or the value is not what the
            engine said (HiGHS 1.16 has done that from a warm start).
    """
    value = int(gains @ numbers)
    if not program.is_kept_by(numbers) or abs(value - claimed) > max(0.5, abs(value) * 1e-9):
        msg = "the solver's answer fails the check in whole numbers"
        raise SolverFaultError(msg)
    if bound is not None and bound < value:
        msg = "the solver's bound lies below a value it has reached"
        raise SolverFaultError(msg)
    if ending is Ending.OPTIMAL and bound is not None and bound > value:
        ending = Ending.STOPPED
    return WholeAnswer(ending=ending, numbers=numbers, value=value, bound=bound, seconds=seconds)
