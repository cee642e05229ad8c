"""Which rows does a chain of relaxations have just now, and within which limits?

The same rows twice: in the relaxation, which is asked, and as a program in whole numbers,
in which what it says is proven.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.forms import Key
from repatria.planning.solvers import NO_LIMIT, LinearChain, Program
from repatria.planning.solvers.program import Whole

# A level, or a sum that is split on.
Owner = int | Key


class Rows:
    """The rows of a question, and those added since.

    Attributes:
        linear: the relaxation.
        names: of the rows, as in a certificate; empty for sums that are split on.
        of: for each level and sum with rows of its own, which they are.
    """

    def __init__(self, classes: Classes) -> None:
        program = classes.program
        self.linear = LinearChain(program)
        self.names = [f"rule:{rule.id}" for rule in classes.instance.rules]
        self.names += [f"arc:{giver}>{taker}" for giver, taker in classes.ways]
        self.of: dict[Owner, range] = {}
        self._structure = program
        self._lower, self._upper = program.row_lower.tolist(), program.row_upper.tolist()
        self._made: Program | None = None

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self._lower)

    def add(self, owner: Owner, rows: Sequence[tuple[str, Whole, Whole]]) -> None:
        """Rows more, without limits: name, unknowns and weights of each."""
        for name, columns, weights in rows:
            self.linear.add_row(columns, weights, -NO_LIMIT, NO_LIMIT)
            self.names.append(name)
        nothing = np.zeros(0, dtype=np.int64)
        self._structure = self._structure.with_rows(
            np.cumsum([0, *(len(columns) for _, columns, _ in rows)], dtype=np.int64),
            np.concatenate([nothing, *(columns for _, columns, _ in rows)]),
            np.concatenate([nothing, *(weights for _, _, weights in rows)]),
            np.full(len(rows), -NO_LIMIT),
        )
        self.of[owner] = range(self.count, self.count + len(rows))
        self._lower += [-NO_LIMIT] * len(rows)
        self._upper += [NO_LIMIT] * len(rows)
        self._made = None

    def limit(self, row: int, lower: int, upper: int) -> None:
        """Other limits for a row."""
        if (self._lower[row], self._upper[row]) != (lower, upper):
            self.linear.limit_row(row, lower, upper)
            self._lower[row], self._upper[row] = lower, upper
            self._made = None

    def oblige(self, column: int, least: int) -> None:
        """At least so many of a class must go."""
        lower = self._structure.lower.copy()
        lower[column] = least
        self._structure = replace(self._structure, lower=lower)
        self.linear.limit_column(column, least, int(self._structure.upper[column]))
        self._made = None

    def program(self) -> Program:
        """All of it in whole numbers."""
        if self._made is None:
            self._made = replace(
                self._structure,
                row_lower=np.array(self._lower, dtype=np.int64),
                row_upper=np.array(self._upper, dtype=np.int64),
            )
        return self._made
