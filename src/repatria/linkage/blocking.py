"""Which records are worth comparing at all?

Each record with the few of the other list whose names agree best part by part,
and all with the same full date of birth. Never all with all.

Cost: for each part, its bearers on one side times those of its neighbours on
the other; parts too common to say anything take no part.
"""

import math
from collections.abc import Callable, Sequence
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
_MOST_ON_ONE_DAY = 200
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
    useful = neighbours.weight >= _LEAST_WEIGHT
    if not useful.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    weight = sparse_table(
        neighbours.weight[useful].astype(np.float32),
        neighbours.rows[useful],
        neighbours.columns[useful],
        neighbours.shape,
    )
    total = len(left.bearers) + len(right.bearers)
    done = 0
    found: list[tuple[Ints, Ints]] = []
    bearers = (_bearing(left), _bearing(right))
    for side in (0, 1):
        weighted = bearers[side] @ (weight.T if side else weight)
        others = bearers[1 - side].T.tocsr()
        kept = min(_share_of(most, weighted.shape[0], others.shape[1]), others.shape[1])
        for start in range(0, weighted.shape[0], _CHUNK):
            part = weighted[start : start + _CHUNK]
            rows, columns = greatest_of_product(part, others, kept)
            found.append((columns, rows + start) if side else (rows + start, columns))
            done += part.shape[0]
            if progress is not None:
                progress(done, total)
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def _bearing(vocabulary: Vocabulary) -> Any:
    """Bearers by entries, one where a bearer has the entry."""
    rows, places = np.nonzero(vocabulary.tokens != ABSENT)
    columns = vocabulary.tokens[rows, places]
    shape = (len(vocabulary.bearers), len(vocabulary.entries))
    made = sparse_table(np.ones(len(rows), dtype=np.float32), rows, columns, shape)
    made.data[:] = 1
    return made


def _share_of(most: int, own: int, other: int) -> int:
    """How many neighbours a record of a list so long gets: fewer where the other is shorter.

    Few of a long list have a counterpart in a short one, and these are found from there.
    """
    return max(math.ceil(most * min(1.0, other / own)), min(most, _LEAST_KEPT))


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
        if len(ones) * len(others) <= _MOST_ON_ONE_DAY
        for one in ones
        for other in others
    ]
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]
