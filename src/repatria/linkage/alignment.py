"""Which part of one name agrees with which part of the other, and what is left over?

Greedy: the best agreement first, each part once. The order in which the parts
are written means nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import anywhere, counts, sums
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.threads import at_once
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights

_CHUNK = 1 << 15
_DENSE = 1 << 24
_MARKS = (1 << 24) - 1
_WIDTHS = (2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Agreement of many pairs of names.

    Attributes:
        partner: for each part of the left name the agreeing part of the right one, or -1.
            Shape: (n_pairs, width) int64.
        entry: number of that agreement among the neighbours, or -1. Shape: as partner.
        surprise, shortfall, parts: sums over agreeing parts. Shape: (n_pairs,) float64.
        conflicts: parts left over on both sides, patronymics apart. Shape: (n_pairs,) float64.
        unmatched: parts left over on one side only. Shape: (n_pairs,) float64.
        mixed: the part is a shown patronymic and agrees with what is none, or the other way
            round. Shape: as partner, bool.
        father_conflicts: both sides have a shown patronymic left over. Shape: (n_pairs,) float64.
        initials: parts of which at least one is a lone initial. Shape: (n_pairs,) float64.
    """

    partner: Ints
    entry: Ints
    surprise: Floats
    shortfall: Floats
    parts: Floats
    conflicts: Floats
    unmatched: Floats
    mixed: npt.NDArray[np.bool_]
    father_conflicts: Floats
    initials: Floats

    def taken(self, places: Ints) -> "Aligned":
        """The same for some of the pairs, in the order asked for."""
        return Aligned(**{name: getattr(self, name)[places] for name in _FIELDS})

    def part(self, part: slice) -> "Aligned":
        """The same for a run of the pairs."""
        return Aligned(**{name: getattr(self, name)[part] for name in _FIELDS})

    def widened(self, width: int) -> "Aligned":
        """The same with room for so many parts of a left name, which may be fewer."""
        if self.partner.shape[1] >= width:
            return self
        more = ((0, 0), (0, width - self.partner.shape[1]))
        return replace(
            self,
            partner=np.pad(self.partner, more, constant_values=ABSENT),
            entry=np.pad(self.entry, more, constant_values=ABSENT),
            mixed=np.pad(self.mixed, more),
        )

    @classmethod
    def put_together(cls, *parts: "Aligned") -> "Aligned":
        """The pairs of all parts, one part after another."""
        return cls(
            **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _FIELDS}
        )

    @classmethod
    def mingled(cls, parts: Sequence["Aligned"], places: Sequence[Ints]) -> "Aligned":
        """The pairs of all parts, each at the place that is given for it."""

        def mingle(name: str) -> npt.NDArray[Any]:
            tables = [getattr(part, name) for part in parts]
            found = np.empty((sum(map(len, places)), *tables[0].shape[1:]), tables[0].dtype)
            for table, here in zip(tables, places, strict=True):
                found[here] = table
            return found

        return cls(**{name: mingle(name) for name in _FIELDS})

    def left_over(
        self, tokens: tuple[Ints, Ints]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Which parts of the left and of the right names nothing agrees with.

        Args:
            tokens: entries of the parts, -1 where there is none. Shape: (n_pairs, width) each.
        """
        taken = np.zeros(tokens[1].shape, dtype=bool)
        rows, places = np.nonzero(self.partner != ABSENT)
        taken[rows, self.partner[rows, places]] = True
        return (tokens[0] != ABSENT) & (self.partner == ABSENT), (tokens[1] != ABSENT) & ~taken


_FIELDS = tuple(Aligned.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """What is asked of the neighbours; the last place, to which -1 points, is of none.

    Attributes:
        gain: the weight of each, below nought for none. Shape: (n_neighbours + 1,) float64.
        surprise, shortfall: Shape: likewise.
        initial: Shape: likewise, bool.
    """

    gain: Floats
    surprise: Floats
    shortfall: Floats
    initial: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, neighbours: Neighbours) -> "_Figures":
        return cls(
            gain=np.append(neighbours.weight, -1),
            surprise=np.append(neighbours.surprise, 0),
            shortfall=np.append(np.maximum(neighbours.shortfall, 0), 0),
            initial=np.append(neighbours.initial, False),
        )


class _Lookup:
    """Where among the neighbours a pair of entries stands, -1 if nowhere."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._width = neighbours.shape[1] + 1
        self._keys = neighbours.rows * self._width + neighbours.columns
        size = (neighbours.shape[0] + 1) * self._width
        self._dense: npt.NDArray[np.int32] | None = None
        if size <= _DENSE:
            self._dense = np.full(size, ABSENT, dtype=np.int32)
            self._dense[self._keys] = np.arange(len(self._keys), dtype=np.int32)
        else:  # nearly all that is looked up is not there: most of that shows in one look
            self._likely = np.zeros(_MARKS + 1, dtype=bool)
            self._likely[self._keys & _MARKS] = True
        self._last = neighbours.shape

    def __call__(self, rows: Ints, columns: Ints) -> Ints:
        rows = np.where(rows == ABSENT, self._last[0], rows)
        columns = np.where(columns == ABSENT, self._last[1], columns)
        keys = rows * self._width + columns
        if self._dense is not None:
            return np.asarray(self._dense[keys], dtype=np.int64)
        found = np.full(keys.shape, ABSENT, dtype=np.int64)
        likely = self._likely[keys & _MARKS]
        some = keys[likely]
        if len(self._keys):
            places = np.minimum(np.searchsorted(self._keys, some), len(self._keys) - 1)
            found[likely] = np.where(self._keys[places] == some, places, ABSENT)
        return found


_MADE_READY: WeakKeyDictionary[Neighbours, tuple[_Lookup, _Figures]] = WeakKeyDictionary()


def _made_ready(neighbours: Neighbours) -> tuple[_Lookup, _Figures]:
    """What names are aligned by: a long list is aligned in hundreds of runs."""
    ready = _MADE_READY.get(neighbours)
    if ready is None:
        ready = _MADE_READY[neighbours] = _Lookup(neighbours), _Figures.of(neighbours)
    return ready


def aligned(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    pairs: tuple[Ints, Ints],
    *,
    weights: NameWeights = NAME_WEIGHTS,
) -> Aligned:
    """The alignment of each pair of bearers `pairs[0][k]`, `pairs[1][k]`."""
    lookup, figures = _made_ready(neighbours)
    width, depth = left.tokens.shape[1], right.tokens.shape[1]

    def some(tokens: tuple[Ints, Ints], pairs: tuple[Ints, Ints], here: Ints, most: int) -> Aligned:
        there = tokens[0][here, :most], tokens[1][here, :most]
        ones, others = pairs[0][here], pairs[1][here]
        shown = left.patronymic[ones, :most], right.patronymic[others, :most]
        return _aligned_chunk(figures, there, shown, lookup, weights).widened(width)

    def work(part: tuple[Ints, Ints]) -> Aligned:
        # One name of eight parts makes the tables of its list wide; most names need small ones.
        tokens = left.tokens[part[0]], right.tokens[part[1]]
        longest = np.maximum(*(counts(side != ABSENT) for side in tokens))
        tier = np.searchsorted(_WIDTHS, longest)
        places = [np.flatnonzero(tier == each) for each in range(len(_WIDTHS) + 1)]
        made = [
            some(tokens, part, here, most)
            for here, most in zip(places, (*_WIDTHS, max(width, depth)), strict=True)
            if len(here)
        ]
        if len(made) <= 1:
            return made[0] if made else some(tokens, part, places[0], 1)
        return Aligned.mingled(made, [here for here in places if len(here)])

    chunks = list(at_once(work, _in_chunks(pairs)))
    return Aligned.put_together(*chunks)


def _in_chunks(pairs: tuple[Ints, Ints]) -> Iterator[tuple[Ints, Ints]]:
    for start in range(0, max(len(pairs[0]), 1), _CHUNK):
        yield pairs[0][start : start + _CHUNK], pairs[1][start : start + _CHUNK]


def _aligned_chunk(
    figures: _Figures,
    tokens: tuple[Ints, Ints],
    shown: tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]],
    lookup: _Lookup,
    weights: NameWeights,
) -> Aligned:
    ones, others = tokens
    shown_left, shown_right = shown
    count, width, depth = len(ones), ones.shape[1], others.shape[1]
    entries = lookup(ones[:, :, None], others[:, None, :])
    mixed = shown_left[:, :, None] * shown_right[:, None, :] == -1
    gain = figures.gain[entries]
    if mixed.any():
        less = np.maximum(gain[mixed] - weights.least_gain, 0)
        gain[mixed] -= np.minimum(weights.father_as_self, less)
    partner = np.full((count, width), ABSENT, dtype=np.int64)
    chosen = np.full((count, width), ABSENT, dtype=np.int64)
    taken = np.zeros((count, depth), dtype=bool)
    mixed_parts = np.zeros((count, width), dtype=bool)
    everyone = np.arange(count)
    for _ in range(min(width, depth)):
        flat = gain.reshape(count, width * depth)
        best = flat.argmax(axis=1)
        good = everyone[flat[everyone, best] > 0]
        if not len(good):
            break
        row, column = best[good] // depth, best[good] % depth
        partner[good, row] = column
        chosen[good, row] = entries[good, row, column]
        taken[good, column] = True
        mixed_parts[good, row] = mixed[good, row, column]
        gain[good, row, :] = -1
        gain[good, :, column] = -1
    alone_left = (partner == ABSENT) & (ones != ABSENT)
    alone_right = ~taken & (others != ABSENT)
    return _summed(
        figures,
        partner,
        chosen,
        mixed_parts,
        (alone_left, alone_right),
        (shown_left, shown_right),
    )


def _summed(
    figures: _Figures,
    partner: Ints,
    chosen: Ints,
    mixed: npt.NDArray[np.bool_],
    alone: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]],
    shown: tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]],
) -> Aligned:
    agreeing = chosen != ABSENT
    plain = [counts(a & (s != 1)) for a, s in zip(alone, shown, strict=True)]
    fathers = [anywhere(a & (s == 1)) for a, s in zip(alone, shown, strict=True)]
    return Aligned(
        partner=partner,
        entry=chosen,
        surprise=sums(figures.surprise[chosen]),
        shortfall=sums(figures.shortfall[chosen]),
        parts=counts(agreeing).astype(np.float64),
        conflicts=np.minimum(plain[0], plain[1]).astype(np.float64),
        unmatched=np.abs(plain[0] - plain[1]).astype(np.float64),
        mixed=mixed,
        father_conflicts=(fathers[0] & fathers[1]).astype(np.float64),
        initials=counts(figures.initial[chosen]).astype(np.float64),
    )
