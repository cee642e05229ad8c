"""What do candidate pairs weigh, before rivals and after the habits of the lists are known?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from repatria.linkage.doubts import Doubt, Doubts
from repatria.linkage.habits import HABITS, NO_SHIFT, Figures, HabitShift
from repatria.linkage.name_model import name_model
from repatria.linkage.vocabulary import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedPairs:
    """Candidate pairs with their match weights, by row, then column.

    Attributes:
        rows, columns: places of the two records. Shape: (n_pairs,) int64.
        names: what the names weigh, before the floor, log2. Shape: (n_pairs,) float64.
        rest: what everything else weighs, log2. Shape: likewise.
        habits: figures of the names that follow from habits of writing. Shape: (n_pairs,
            n_habits) int8.
        doubts: what keeps each from being a link (`Doubt`); only of pairs that anything much
            speaks for. Shape: (n_pairs,) int8.
    """

    rows: Ints
    columns: Ints
    names: Floats
    rest: Floats
    habits: Figures
    doubts: Doubts

    @classmethod
    def joined(cls, parts: Sequence["WeighedPairs"]) -> "WeighedPairs":
        """The pairs of all parts, put in order; none of no part."""
        some = [part for part in parts if len(part.rows)]
        if not some:
            nobody, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
            return cls(
                rows=nobody,
                columns=nobody,
                names=nothing,
                rest=nothing,
                habits=np.zeros((0, len(HABITS)), dtype=np.int8),
                doubts=np.full(0, Doubt.NONE, dtype=np.int8),
            )
        rows = np.concatenate([part.rows for part in some])
        columns = np.concatenate([part.columns for part in some])
        order = np.lexsort((columns, rows))
        return cls(
            rows=rows[order],
            columns=columns[order],
            names=np.concatenate([part.names for part in some])[order],
            rest=np.concatenate([part.rest for part in some])[order],
            habits=np.concatenate([part.habits for part in some])[order],
            doubts=np.concatenate([part.doubts for part in some])[order],
        )

    def some(self, places: Ints) -> "WeighedPairs":
        """Some of the pairs, in their order."""
        return WeighedPairs(
            rows=self.rows[places],
            columns=self.columns[places],
            names=self.names[places],
            rest=self.rest[places],
            habits=self.habits[places],
            doubts=self.doubts[places],
        )

    def weight(self, shift: HabitShift = NO_SHIFT) -> Floats:
        """Match weight of everything together, log2. Shape: (n_pairs,) float64."""
        return name_model().floored(self.names + shift.of(self.habits)) + self.rest
