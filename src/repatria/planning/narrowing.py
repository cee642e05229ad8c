"""How few numbers are still open when most of a plan is known?

The prices of a relaxation say what each class costs that does not go as far as the
relaxation lets it. With any plan in hand, a class that costs more than the plan lies
below the relaxation cannot move; exactly, so that nothing as good is lost. A plan
is found among those few classes that cost least. What is left are dozens of numbers
instead of thousands.

Source: the core of Balas and Zemel, "An algorithm for large zero-one knapsack
problems", Operations Research 28 (1980); reduced cost fixing, Crowder, Johnson and
Padberg, "Solving large-scale zero-one linear programming problems", ibid. 31 (1983).
"""

from dataclasses import dataclass, replace

import numpy as np

from repatria.planning.exact import bound_of, box_most, combined, limit_of
from repatria.planning.solvers import Ending, LinearAnswer, Program
from repatria.planning.solvers.program import Whole

# How many unknowns an engine settles in no time.
CORE = 300


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """What moving each unknown away from its end costs.

    Attributes:
        program: within which limits and rows.
        near: the relaxation, rounded.
        rest: per unknown; positive holds it at its upper limit, negative at its lower.
        top: nothing exceeds it; both times `denominator`.
    """

    program: Program
    near: Whole
    rest: Whole
    top: int
    denominator: int

    def core(self) -> Program:
        """The program in which only the cheapest can move."""
        cheap = np.argsort(np.abs(self.rest), kind="stable")[:CORE]
        lower, upper = self.near.copy(), self.near.copy()
        lower[cheap], upper[cheap] = self.program.lower[cheap], self.program.upper[cheap]
        return replace(self.program, lower=lower, upper=upper)

    def within(self, value: int) -> Program:
        """The program without numbers that are certain to be below a value."""
        program = self.program
        slack = min(self.top - self.denominator * value, 1 << 62)
        moves = np.full(program.size, slack, dtype=np.int64)
        used = self.rest != 0
        moves[used] = slack // np.abs(self.rest[used])
        span = np.minimum(moves, program.upper - program.lower)
        low = np.where(self.rest > 0, program.upper - span, program.lower)
        high = np.where(self.rest < 0, program.lower + span, program.upper)
        return replace(program, lower=low, upper=high)

    def open(self, value: int) -> int:
        """How many unknowns can still move."""
        within = self.within(value)
        return int(np.count_nonzero(within.lower < within.upper))


def prices_of(program: Program, gains: Whole, relaxed: LinearAnswer) -> Prices | None:
    """The prices of a relaxation of `gains * n`, exactly; None when it has none."""
    if relaxed.ending is not Ending.OPTIMAL:
        return None
    proof = bound_of(program, gains, relaxed.multipliers, int(np.floor(relaxed.value)))
    if proof is None:
        return None
    rest = proof.denominator * gains - combined(program, proof.multipliers)
    return Prices(
        program=program,
        near=np.clip(np.rint(relaxed.numbers).astype(np.int64), program.lower, program.upper),
        rest=rest,
        top=limit_of(program, proof.multipliers) + box_most(program, rest),
        denominator=proof.denominator,
    )
