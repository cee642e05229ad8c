"""Which of the names that share something with a name are worth weighing?

More are found by the parts they share than are weighed. The foremost go by what agrees
and what is left over, a sum by hand of what the learned weights are about: it is a
tenth of the work, and it only has to leave the right one in.
"""

import numpy as np

from repatria.linkage.across import sums
from repatria.linkage.alignment import Aligned, aligned
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights

LOOKED_AT = 3
"""How many times as many are found as are weighed."""
ALTOGETHER = 3
"""How many times as many a record of the first list has at most, found from either list."""


def worth(names: Aligned, neighbours: Neighbours, *, weights: NameWeights = NAME_WEIGHTS) -> Floats:
    """By how much each pair of names is likely to be weighed, in bits. Shape: (n_pairs,)."""
    gain = np.where(names.entry != ABSENT, np.append(neighbours.weight, 0)[names.entry], 0)
    left_over = weights.conflict * names.conflicts + weights.unmatched * names.unmatched
    left_over += weights.father_conflict * names.father_conflicts
    return np.asarray(sums(gain) - left_over)


def foremost(places: Ints, values: Floats, most: int) -> Ints:
    """Which entries are among the greatest `most` of their place, rising.

    Of equal values the one that comes first.
    """
    order = np.lexsort((-values, places))
    ordered = places[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(order) else order
    sizes = np.diff(np.r_[first, len(order)])
    rank = np.arange(len(order)) - np.repeat(first, sizes)
    return np.sort(order[rank < most])


def worth_weighing(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    pairs: tuple[Ints, Ints],
    *,
    side: int,
    most: int,
) -> tuple[Ints, Ints]:
    """The foremost of these pairs for each bearer of one side.

    Args:
        pairs: bearers of the left and of the right, all that were found for those of one side.
        side: whose, 0 or 1.
        most: for each.
    """
    if not len(pairs[0]) or np.bincount(pairs[side] - pairs[side].min()).max() <= most:
        return pairs
    names = aligned(left, right, neighbours, pairs)
    kept = foremost(pairs[side], worth(names, neighbours), most)
    return pairs[0][kept], pairs[1][kept]
