"""Which of the names that share something with a name are worth weighing?

More are found by the parts they share than are weighed. The foremost go by what agrees
and what is left over, a sum by hand of what the learned weights are about: it is a
tenth of the work, and it only has to leave the right one in. Where one is far ahead
few are kept, and more where many are about as good.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from repatria.linkage.across import sums
from repatria.linkage.alignment import Aligned, aligned
from repatria.linkage.birth import NO_DAY, Numbers, full_days
from repatria.linkage.near_dates import lift_of
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights

LOOKED_AT = 3
"""How many times as many are found as a name has neighbours."""
LOOKED_AT_NEAR = 1
"""As `LOOKED_AT`, among those near in date, for each way in which dates are near."""
UNDECIDED = 2
"""How many times as many are weighed at most where many are about as good."""
ALTOGETHER = 3
"""How many times as many a record of the first list has at most, found from either list."""


DATED = 1.5
"""As `ALTOGETHER`, of a record whose date of birth is known: dates tell who is likely."""
BORN_THAT_DAY = 10
"""So many of the same full date of birth are weighed, however they are called."""
Dates = tuple[Numbers, Numbers]
_BEHIND = 11.0
_IN_ANY_CASE = 5
# In short lists work is not what matters: the more strangers are weighed, the better is known how
# many matches there are.
_SHORT = 2_000
# A spelling far from the usual one is no different name yet: half of what it counts in weighing.
_SHORTFALL = 0.25
_HEARD = 8.0
_SHORT_NUMBERS = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Pairs of bearers that were found.

    Attributes:
        ones, others: bearers of the left and of the right. Shape: (n_pairs,) int64 each.
        values: by how much the names of each are likely to be weighed, as `worth` gives it for
            neighbours as they are sought. Shape: (n_pairs,) float64.
    """

    ones: Ints
    others: Ints
    values: Floats

    @classmethod
    def nothing(cls) -> "Found":
        """No pairs."""
        nobody = np.zeros(0, dtype=np.int64)
        return cls(ones=nobody, others=nobody, values=np.zeros(0))

    @classmethod
    def joined(cls, parts: Sequence["Found"]) -> "Found":
        """The pairs of all parts, one after the other."""
        if not parts:
            return cls.nothing()
        return cls(
            ones=np.concatenate([part.ones for part in parts]),
            others=np.concatenate([part.others for part in parts]),
            values=np.concatenate([part.values for part in parts]),
        )

    def each_once(self, width: int) -> "Found":
        """The different pairs, in order; `width` is above every right place."""
        keys = self.ones * width + self.others
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        first = order[np.r_[True, ordered[1:] != ordered[:-1]]] if len(order) else order
        return self.some(first)

    def some(self, places: Ints) -> "Found":
        """The pairs at these places, in the order asked for."""
        return Found(ones=self.ones[places], others=self.others[places], values=self.values[places])


def sought(neighbours: Neighbours, *, weights: NameWeights = NAME_WEIGHTS) -> Neighbours:
    """The neighbours as they count in finding and ranking: what is spelt oddly counts too."""
    short = np.maximum(neighbours.shortfall, 0)
    weight = neighbours.surprise - _SHORTFALL * short + weights.aligned
    heard = (short <= weights.agreeing) | (neighbours.bits >= _HEARD)
    weight = np.where(heard, np.maximum(weight, weights.least_gain), weight)
    return replace(neighbours, weight=np.where(neighbours.initial, neighbours.weight, weight))


def worth(names: Aligned, neighbours: Neighbours, *, weights: NameWeights = NAME_WEIGHTS) -> Floats:
    """By how much each pair of names is likely to be weighed, in bits. Shape: (n_pairs,)."""
    gain = np.where(names.entry != ABSENT, np.append(neighbours.weight, 0)[names.entry], 0)
    left_over = weights.conflict * names.conflicts + weights.unmatched * names.unmatched
    left_over += weights.father_conflict * names.father_conflicts
    return np.asarray(sums(gain) - left_over)


def foremost(places: Ints, values: Floats, most: int | Ints) -> Ints:
    """Which entries are among the greatest `most` of their place, rising.

    `most` is one number for all, or one for each entry.

    Of equal values the one that comes first.
    """
    return np.flatnonzero(_ranks(places, values) < most)


def _ranks(places: Ints, values: Floats) -> Ints:
    """How many entries of the same place are greater, or equal and before it. Shape: (n,)."""
    order = np.argsort(-values, kind="stable")
    if int(places.max(initial=0)) < _SHORT_NUMBERS:  # put in order in a tenth of the time
        places = places.astype(np.uint16)
    order = order[np.argsort(places[order], kind="stable")]
    ordered = places[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(order) else order
    sizes = np.diff(np.r_[first, len(order)])
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order)) - np.repeat(first, sizes)
    return ranks


def worth_weighing(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    pairs: tuple[Ints, Ints],
    *,
    side: int,
    most: int,
    dates: Dates | None = None,
) -> Found:
    """The foremost of these pairs for each bearer of one side.

    Args:
        neighbours: as `sought` gives them.
        pairs: bearers of the left and of the right, all that were found for those of one side.
        side: whose, 0 or 1.
        most: for each, fewer where some are far ahead.
        dates: of birth of the bearers of both sides, where they are known.
    """
    found = valued(left, right, neighbours, pairs)
    if not len(found.ones):
        return found
    values = found.values
    if dates is not None:
        values = values + lift_of(dates[0][pairs[0]], dates[1][pairs[1]])
    places = pairs[side] - pairs[side].min()
    ranks = _ranks(places, values)
    best = np.empty(int(places.max()) + 1)
    best[places[ranks == 0]] = values[ranks == 0]
    short = max(left.size, right.size) <= _SHORT
    near = ranks < (most // UNDECIDED if short else _IN_ANY_CASE)
    near |= values >= best[places] - _BEHIND
    return found.some(np.flatnonzero(near & (ranks < most)))


def valued(
    left: Vocabulary, right: Vocabulary, neighbours: Neighbours, pairs: tuple[Ints, Ints]
) -> Found:
    """These pairs of bearers with what they are worth; `neighbours` as `sought` gives them."""
    values = worth(aligned(left, right, neighbours, pairs), neighbours)
    return Found(ones=pairs[0], others=pairs[1], values=values)


def worth_keeping(found: Found, dates: Dates, most: int) -> Ints:
    """Which of all pairs that were found for the left bearers are weighed, rising.

    Args:
        found: each pair once.
        dates: of birth of both bearers of each pair.
        most: how many neighbours a name has.
    """
    places, values = found.ones, found.values + lift_of(*dates)
    same_day = np.flatnonzero((dates[0] == dates[1]) & (full_days(dates[0]) != NO_DAY))
    first = same_day[foremost(places[same_day], values[same_day], BORN_THAT_DAY)]
    values[first] = np.inf
    dated = max(int(DATED * most), BORN_THAT_DAY)
    limit = np.where(dates[0] == NO_DAY, ALTOGETHER * most, dated)
    return foremost(places, values, limit)
