"""How are figures of the parts of a name put together, for many names at a time?

A name has few parts. numpy goes through a table row by row, and starts anew for each: over
rows of three that takes ten times as long as adding up three columns.
"""

from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def sums(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The sum of each row. Shape: (n_rows,), of the kind of the table."""
    return np.asarray(reduce(np.add, table.T))


def counts(flags: Flags) -> Ints:
    """How many of each row are set. Shape: (n_rows,) int64. Rows are shorter than 128."""
    return sums(flags.view(np.int8)).astype(np.int64)


def anywhere(flags: Flags) -> Flags:
    """Whether any of each row is set. Shape: (n_rows,) bool."""
    return np.asarray(reduce(np.logical_or, flags.T))


def greatest(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The greatest of each row. Shape: (n_rows,), of the kind of the table."""
    return np.asarray(reduce(np.maximum, table.T))


def least(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The least of each row. Shape: (n_rows,), of the kind of the table."""
    return np.asarray(reduce(np.minimum, table.T))


def three_greatest(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The greatest three of each row, in falling order; nought where there are fewer.

    Args:
        table: nothing in it is below nought.

    Shape: (n_rows, 3), of the kind of the table.
    """
    found = np.zeros((3, len(table)), dtype=table.dtype)
    for column in table.T:
        left = column
        for place in found:
            lesser = np.minimum(place, left)
            np.maximum(place, left, out=place)
            left = lesser
    return found.T


def steps(lengths: Ints) -> Ints:
    """For stretches of these lengths, one after the other, each place counted from its stretch.

    Shape: (sum of lengths,) int64.
    """
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
