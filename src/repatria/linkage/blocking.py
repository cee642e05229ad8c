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

from repatria.linkage.across import steps
from repatria.linkage.birth import NO_DAY, Numbers
from repatria.linkage.near_dates import ByDate
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.ranking import (
    LOOKED_AT,
    LOOKED_AT_NEAR,
    UNDECIDED,
    Dates,
    Found,
    worth_weighing,
)
from repatria.linkage.scientific import (
    each_once_in_order,
    greatest_of_product,
    in_blocks_of_rows,
    sparse_table,
)
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary

_CHUNK = 5_000
_LEAST_KEPT = 2
_FOR_LENGTH = 0.3
_MOST_WORK = 3e8
MOST_ON_ONE_DAY = 200
"""More pairs than this born on one day, and the day is what clerks write for an unknown one."""

Progress = Callable[[int, int], None]


def similar_names(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    *,
    most: int,
    dates: Dates | None = None,
    progress: Progress | None = None,
) -> Found:
    """Pairs of bearers whose names agree best: for each bearer about `most`.

    More are found by the parts they share, and the foremost of them are kept: few where some are
    far ahead, twice `most` where none is. A bearer of the longer list gets fewer. `neighbours` are
    those that `ranking.sought` gives, `dates` those of birth where they are known. A pair may come
    twice. `progress` is told how many bearers are done, and of how many.
    """
    weight = weight_table(neighbours, (left.mass, right.mass))
    if weight is None:
        return Found.nothing()
    sizes = len(left.tokens), len(right.tokens)
    done = 0
    found: list[Found] = []
    bearers = tuple(bearing(side.tokens, len(side.entries)) for side in (left, right))
    for side in (0, 1):
        own, others = bearers[side], evened(bearers[1 - side])
        wide = share_of(LOOKED_AT * most, sizes[side], sizes[1 - side])
        kept = share_of(UNDECIDED * most, sizes[side], sizes[1 - side])
        for start, rows, columns in nearest(own, weight.T if side else weight, others, most=wide):
            pairs = (columns, rows + start) if side else (rows + start, columns)
            found.append(
                worth_weighing(left, right, neighbours, pairs, side=side, most=kept, dates=dates)
            )
            done += min(_CHUNK, own.shape[0] - start)
            if progress is not None:
                progress(done, sum(sizes))
    return Found.joined(found)


def near_in_date(
    left: Vocabulary, right: Vocabulary, neighbours: Neighbours, *, most: int, dates: Dates
) -> Found:
    """Pairs of bearers near in date of birth whose names agree best: for each left one `most`.

    As `similar_names`, among those who share a year, or a day and month.
    """
    weight = weight_table(neighbours, (left.mass, right.mass))
    if weight is None or not dates[0].any() or not dates[1].any():
        return Found.nothing()
    others = ByDate(dates[1], evened_rows(bearing(right.tokens, len(right.entries))))
    own = bearing(left.tokens, len(left.entries)) @ weight
    found = []
    for start in range(0, own.shape[0], _CHUNK):
        part = slice(start, start + _CHUNK)
        rows, columns = others.nearest(dates[0][part], own[part], most=LOOKED_AT_NEAR * most)
        pairs = each_pair_once((rows + start, columns), len(right.tokens))
        found.append(worth_weighing(left, right, neighbours, pairs, side=0, most=most, dates=dates))
    return Found.joined(found)


def each_pair_once(pairs: tuple[Ints, Ints], width: int) -> tuple[Ints, Ints]:
    """The different pairs, in order; `width` is above every right place."""
    keys = each_once_in_order(pairs[0].astype(np.int64) * width + pairs[1])
    return keys // width, keys % width


def weight_table(neighbours: Neighbours, masses: tuple[Floats, Floats]) -> Any:
    """Weights of the neighbours that say something, a sparse table; None when there are none.

    That common parts agree only settles which of equals is the nearer; in long lists, where
    they would be most of the work, they take no part: the rarest are taken first.

    Args:
        neighbours: parts that sound alike.
        masses: how many bear each part of the left and of the right list.
    """
    saying = np.flatnonzero(neighbours.weight > 0)
    work = masses[0][neighbours.rows[saying]] * masses[1][neighbours.columns[saying]]
    order = np.argsort(-neighbours.weight[saying], kind="stable")
    useful = np.sort(saying[order[np.cumsum(work[order]) <= _MOST_WORK]])
    if not len(useful):
        return None
    return sparse_table(
        neighbours.weight[useful].astype(np.float32),
        neighbours.rows[useful],
        neighbours.columns[useful],
        neighbours.shape,
    )


def nearest(
    bearers: Any, weight: Any, others: Sequence[Any], *, most: int
) -> Iterator[tuple[int, Ints, Ints]]:
    """The `most` of the other side whose names agree best with each of these bearers.

    What is found for a bearer does not depend on which bearers come with it.

    Args:
        bearers: a sparse table of bearers by entries of this side.
        weight: entries of this side by entries of the other.
        others: all bearers of the other side, see `evened`.

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


def evened(bearers: Any) -> list[Any]:
    """Bearers to be searched, see `nearest`: a name of many parts agrees with more by chance."""
    return in_blocks_of_rows(evened_rows(bearers))


def evened_rows(bearers: Any) -> Any:
    """As `evened`, the table as it is."""
    lengths = np.diff(bearers.indptr)
    table = bearers.copy()
    table.data /= np.repeat((1.0 + lengths) ** _FOR_LENGTH, lengths).astype(np.float32)
    return table


def share_of(most: int, own: int, other: int) -> int:
    """How many neighbours a record of a list so long gets: fewer where the other is shorter.

    Few of a long list have a counterpart in a short one, and these are found from there.
    """
    return min(max(math.ceil(most * min(1.0, other / own)), min(most, _LEAST_KEPT)), other)


def born_the_same_day(left: Numbers, right: Numbers) -> tuple[Ints, Ints]:
    """Pairs of places with the same full date of birth, by left place.

    Days on which more than two hundred pairs fall (1 January, as a rule) are left out: they are
    what a clerk writes when the day is not known.

    Args:
        left, right: day of birth at each place, see `birth.full_days`.
    """
    left_days, right_days = np.sort(left), np.argsort(right, kind="stable")
    return same_day(left, left_days, (right[right_days], right_days))


def same_day(some: Numbers, left: Numbers, right: tuple[Numbers, Ints]) -> tuple[Ints, Ints]:
    """As `born_the_same_day`, for some places of the left list.

    Args:
        some: days at these places.
        left: days at all places of the left list, in order.
        right: days of the right list in order, and their places.
    """
    ones = np.flatnonzero(some != NO_DAY)
    first = np.searchsorted(right[0], some[ones], side="left")
    there = np.searchsorted(right[0], some[ones], side="right") - first
    mine = np.searchsorted(left, some[ones], side="right")
    mine -= np.searchsorted(left, some[ones], side="left")
    there[mine * there > MOST_ON_ONE_DAY] = 0
    return np.repeat(ones, there), right[1][np.repeat(first, there) + steps(there)]
