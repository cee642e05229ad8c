"""Which whole numbers does the engine have to choose?

Persons who go together are one unit; units that look the same to every rule and
every level are one class, and one number says how many of them go. Which of
them is decided by the length of captivity, then by lottery. No id and no order
of the file decides anything.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repatria.planning.instance import FULL_COVERAGE, Instance
from repatria.planning.solvers import Program
from repatria.planning.solvers.program import Whole

# Why somebody cannot be chosen, by number; 0 is nothing.
CAUSES = (
    "",
    "life-not-confirmed",
    "consent-refused",
    "vetoed",
    "in-another-plan",
    "barred",
    "family-broken",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """The groups of a `maxmin` level.

    Attributes:
        groups: their names, sorted.
        totals: how many of each could be chosen if nobody stood in their way.
        starts, columns, weights: per group what one of each class adds (CSR).
    """

    groups: tuple[str, ...]
    totals: Whole
    starts: Whole
    columns: Whole
    weights: Whole

    def needs(self, coverage: int) -> Whole:
        """How many of each group a coverage in thousandths asks for."""
        return -(-coverage * self.totals // FULL_COVERAGE)

    def reached(self, numbers: Whole) -> int:
        """The coverage of the worst covered group."""
        if not len(self.totals):
            return FULL_COVERAGE
        sums = np.zeros(len(self.columns) + 1, dtype=np.int64)
        np.cumsum(self.weights * numbers[self.columns], out=sums[1:])
        counts = sums[self.starts[1:]] - sums[self.starts[:-1]]
        return int(np.min(counts * FULL_COVERAGE // self.totals))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Classes:
    """A question as a program over classes.

    Attributes:
        instance: the question.
        causes: per person an index into `CAUSES`.
        unit_of: per person the number of his unit; -1 when he cannot be chosen.
        class_of: per unit the number of its class.
        sizes: per class how many units it has.
        persons: per class how many persons one unit of it is.
        keys: per class a number made of what the rules and levels see of it.
        program: unknowns are the classes, then the rounds between parties; rows are
            the rules in their order, then the arcs.
        gains: per level what one of each unknown adds; empty for `maxmin`.
        spreads: per `maxmin` level its groups, by the number of the level.
        ways: who gives to whom, in the order of the last rows of the program.
        cycles: the rounds between parties, as node names in their order.
    """

    instance: Instance
    causes: NDArray[np.int8]
    unit_of: Whole
    class_of: Whole
    sizes: Whole
    persons: Whole
    keys: tuple[int, ...]
    program: Program
    gains: tuple[Whole, ...]
    spreads: dict[int, Spread]
    ways: tuple[tuple[str, str], ...]
    cycles: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """How many classes; unknowns from here on are rounds between parties."""
        return len(self.sizes)

    def value(self, level: int, numbers: Whole) -> int:
        """What these numbers reach at a level."""
        if level in self.spreads:
            return self.spreads[level].reached(numbers)
        return int(self.gains[level] @ numbers)

    def values(self, numbers: Whole) -> tuple[int, ...]:
        """What these numbers reach at every level."""
        return tuple(self.value(level, numbers) for level in range(len(self.gains)))

    def row_name(self, row: int) -> str:
        """The id of a rule, or the arc it stands for."""
        rules = self.instance.rules
        return rules[row].id if row < len(rules) else "rounds between parties"
