"""Which whole numbers are looked for, and within which limits and rows?

Sparse and in whole numbers throughout: lower <= n <= upper, and for each row
row_lower <= sum(weight * n) <= row_upper. What is maximised is given with each
question, because one program is asked several.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

# A limit that is none. Far beyond every sum that a program may reach (see MOST).
NO_LIMIT = 1 << 62
# Sums up to here are exact in floating point too, with a margin for the solvers.
MOST = 1 << 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """A program of whole numbers, without what is maximised.

    Attributes:
        lower, upper: limits of each unknown; both are numbers, never NO_LIMIT.
        starts, columns, weights: the rows one after the other (CSR): row r has the
            entries from starts[r] to starts[r + 1].
        row_lower, row_upper: limits of each row; -NO_LIMIT and NO_LIMIT are none.

    Shape: all int64; n unknowns, m rows, starts has m + 1.
    """

    lower: Whole
    upper: Whole
    starts: Whole
    columns: Whole
    weights: Whole
    row_lower: Whole
    row_upper: Whole

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.row_lower) + 1 or len(self.row_lower) != len(
            self.row_upper
        ):
            msg = "rows and their limits differ in number"
            raise ValueError(msg)
        if len(self.columns) != len(self.weights) or int(self.starts[-1]) != len(self.columns):
            msg = "the entries do not fit the starts of the rows"
            raise ValueError(msg)
        if len(self.lower) != len(self.upper) or bool(np.any(self.lower > self.upper)):
            msg = "an unknown has no number between its limits"
            raise ValueError(msg)
        if self.largest_sum() > MOST:
            msg = "a row can reach numbers too large to be computed exactly"
            raise ValueError(msg)

    @property
    def size(self) -> int:
        """How many unknowns."""
        return len(self.lower)

    @property
    def row_count(self) -> int:
        """How many rows."""
        return len(self.row_lower)

    def largest_sum(self) -> float:
        """An upper limit of what any row can add up to, in absolute value."""
        if not len(self.columns):
            return 0.0
        span = np.maximum(np.abs(self.lower), np.abs(self.upper)).astype(np.float64)
        parts = np.abs(self.weights).astype(np.float64) * span[self.columns]
        return float(np.max(np.bincount(self.row_of_entry(), parts)))

    def row_of_entry(self) -> Whole:
        """For each entry the row it stands in."""
        return np.repeat(np.arange(self.row_count), np.diff(self.starts))

    def row_values(self, numbers: Whole) -> Whole:
        """What each row adds up to, exactly."""
        sums = np.zeros(len(self.columns) + 1, dtype=np.int64)
        np.cumsum(self.weights * numbers[self.columns], out=sums[1:])
        return sums[self.starts[1:]] - sums[self.starts[:-1]]

    def is_kept_by(self, numbers: Whole) -> bool:
        """Whether these whole numbers keep all limits and rows."""
        if bool(np.any(numbers < self.lower) or np.any(numbers > self.upper)):
            return False
        values = self.row_values(numbers)
        return not bool(np.any(values < self.row_lower) or np.any(values > self.row_upper))

    def with_row(self, columns: Whole, weights: Whole, lower: int, upper: int) -> "Program":
        """The program with one row more, at the end."""
        return replace(
            self,
            starts=np.append(self.starts, self.starts[-1] + len(columns)),
            columns=np.concatenate([self.columns, columns]),
            weights=np.concatenate([self.weights, weights]),
            row_lower=np.append(self.row_lower, np.int64(lower)),
            row_upper=np.append(self.row_upper, np.int64(upper)),
        )

    def with_rows(self, starts: Whole, columns: Whole, weights: Whole, lower: Whole) -> "Program":
        """The program with more rows at the end (CSR), limited from below alone."""
        return replace(
            self,
            starts=np.concatenate([self.starts, starts[1:] + self.starts[-1]]),
            columns=np.concatenate([self.columns, columns]),
            weights=np.concatenate([self.weights, weights]),
            row_lower=np.concatenate([self.row_lower, lower]),
            row_upper=np.concatenate([self.row_upper, np.full(len(lower), NO_LIMIT)]),
        )

    def at_least(self, gains: Whole, floor: int) -> "Program":
        """The program in which `gains * n` does not fall below a floor."""
        (columns,) = np.nonzero(gains)
        return self.with_row(columns, gains[columns], floor, NO_LIMIT)

    def without_rows(self, rows: Iterable[int]) -> "Program":
        """The program in which these rows have no limits; numbering is kept."""
        dropped = np.fromiter(rows, dtype=np.int64)
        lower, upper = self.row_lower.copy(), self.row_upper.copy()
        lower[dropped], upper[dropped] = -NO_LIMIT, NO_LIMIT
        return replace(self, row_lower=lower, row_upper=upper)


def program_from_rows(
    lower: Sequence[int],
    upper: Sequence[int],
    rows: Iterable[tuple[Sequence[tuple[int, int]], int | None, int | None]],
) -> Program:
    """A program from plain lists.

    Args:
        lower, upper: limits of each unknown.
        rows: for each row its entries (unknown, weight), its lower and upper limit.
    """
    rows = tuple(rows)
    entries = [entry for row, _, _ in rows for entry in row]
    starts = np.cumsum([0, *(len(row) for row, _, _ in rows)], dtype=np.int64)
    return Program(
        lower=np.array(lower, dtype=np.int64),
        upper=np.array(upper, dtype=np.int64),
        starts=starts,
        columns=np.array([column for column, _ in entries], dtype=np.int64),
        weights=np.array([weight for _, weight in entries], dtype=np.int64),
        row_lower=np.array([-NO_LIMIT if lo is None else lo for _, lo, _ in rows], dtype=np.int64),
        row_upper=np.array([NO_LIMIT if hi is None else hi for _, _, hi in rows], dtype=np.int64),
    )
