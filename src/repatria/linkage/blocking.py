"""Which records are worth comparing at all?

Each record with the few of the other list whose names agree best part by part,
and all with the same full date of birth. Never all with all.

Cost: for each part, its bearers on one side times those of its neighbours on
the other; parts too common to say anything take no part.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from repatria.linkage.model import Profile
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.scientific import greatest_of_product, sparse_table
from repatria.linkage.vocabulary import ABSENT, Ints, Vocabulary
from repatria.terms import DatePrecision

_CHUNK = 5_000
_LEAST_KEPT = 2
_LEAST_WEIGHT = 0.5
MOST_ON_ONE_DAY = 200
"""More pairs than this born on one day, and the day is what clerks write for an unknown one."""

Progress = Callable[[int, int], None]


def similar_names(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    *,
    most: int,
    progress: Progress | None = None,
) -> tuple[Ints, Ints]:
    """Pairs of bearers whose names agree best: for each bearer at most `most`.

    A bearer of the longer list gets fewer. A pair may come twice. `progress` is told
    how many bearers are done, and of how many.
    """
    weight = weight_table(neighbours)
    if weight is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    total = len(left.bearers) + len(right.bearers)
    done = 0
    found: list[tuple[Ints, Ints]] = []
    bearers = tuple(bearing(side.tokens, len(side.entries)) for side in (left, right))
    for side in (0, 1):
        others = bearers[1 - side].T.tocsr()
        own = bearers[side]
        kept = share_of(most, own.shape[0], others.shape[1])
        for start, rows, columns in nearest(own, weight.T if side else weight, others, most=kept):
            found.append((columns, rows + start) if side else (rows + start, columns))
            done += min(_CHUNK, own.shape[0] - start)
            if progress is not None:
                progress(done, total)
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def weight_table(neighbours: Neighbours) -> Any:
    """Weights of the neighbours that say something, a sparse table; None when there are none."""
    useful = neighbours.weight >= _LEAST_WEIGHT
    if not useful.any():
        return None
    return sparse_table(
        neighbours.weight[useful].astype(np.float32),
        neighbours.rows[useful],
        neighbours.columns[useful],
        neighbours.shape,
    )


def nearest(
    bearers: Any, weight: Any, others: Any, *, most: int
) -> Iterator[tuple[int, Ints, Ints]]:
    """The `most` of the other side whose names agree best with each of these bearers.

    What is found for a bearer does not depend on which bearers come with it.

    Args:
        bearers: a sparse table of bearers by entries of this side.
        weight: entries of this side by entries of the other.
        others: entries of the other side by all its bearers.

    Yields:
        Place of the first bearer of a chunk, bearers from there, bearers of the other side.
    """
    weighted = bearers @ weight
    for start in range(0, weighted.shape[0], _CHUNK):
        part = weighted[start : start + _CHUNK]
        yield start, *greatest_of_product(part, others, most)


def bearing(tokens: Ints, entries: int) -> Any:
    """Bearers by entries, one where a bearer has the entry.

    Args:
        tokens: entry numbers of each name, padded. Shape: (n_bearers, width).
        entries: how many there are.
    """
    rows, places = np.nonzero(tokens != ABSENT)
    columns = tokens[rows, places]
    made = sparse_table(np.ones(len(rows), dtype=np.float32), rows, columns, (len(tokens), entries))
    made.data[:] = 1
    return made


def share_of(most: int, own: int, other: int) -> int:
    """How many neighbours a record of a list so long gets: fewer where the other is shorter.

    Few of a long list have a counterpart in a short one, and these are found from there.
    """
    return min(max(math.ceil(most * min(1.0, other / own)), min(most, _LEAST_KEPT)), other)


def born_the_same_day(left: Sequence[Profile], right: Sequence[Profile]) -> tuple[Ints, Ints]:
    """Pairs of profiles with the same full date of birth.

    Days on which more than two hundred pairs fall (1 January, as a rule) are left out: they are
    what a clerk writes when the day is not known.
    """
    days: dict[tuple[int, int, int], tuple[list[int], list[int]]] = {}
    for side, profiles in enumerate((left, right)):
        for at, profile in enumerate(profiles):
            birth = profile.birth
            if birth is not None and birth.precision is DatePrecision.DAY:
                key = (birth.year, birth.month or 0, birth.day or 0)
                days.setdefault(key, ([], []))[side].append(at)
    pairs = [
        (one, other)
        for ones, others in days.values()
        if len(ones) * len(others) <= MOST_ON_ONE_DAY
        for one in ones
        for other in others
    ]
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]
