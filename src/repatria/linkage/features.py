"""What is there to see in the agreement of two names?

Every figure that the weight of a pair of names is made of: sums over the parts
that agree, the shape of what is left over, and the pair as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import anywhere, counts, greatest, sums, three_greatest
from repatria.linkage.across import least as least_of
from repatria.linkage.alignment import Aligned
from repatria.linkage.leftovers import LEFTOVER_FEATURES, leftover_features
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.roles import ROLE_FEATURES, role_features
from repatria.linkage.slots import SLOT_FEATURES, slot_features
from repatria.linkage.threads import at_once
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary

Flags = npt.NDArray[np.bool_]

PART_FEATURES = ("surprise", "bits", "shortfall", "contrast")
"""Features that are sums over the agreeing parts, so that each part has its own share."""

CONFLICT_FEATURES = ("conflicts", "one conflict", "two conflicts or more")
"""Features that follow from the number of parts that differ alone."""

PAIR_FEATURES = (
    "left out",
    "parts",
    "second surprise",
    "third surprise",
    "greatest surprise",
    "least surprise",
    "greatest shortfall",
    "fathers differ",
    "father as self",
    "father agrees",
    "first parts agree",
    "last parts agree",
    "turned round",
    "ends left out",
    "ends left out on both sides",
    "least bits",
    "initials",
    "least gain",
    "size",
    "root of shortfall",
    "root of greatest shortfall",
    "one part",
    "two parts",
    "three parts or more",
    "shorter has two",
    "shorter has three",
    "longer has three",
    "longer has four or more",
    "surprise over 12",
    "surprise over 20",
    "surprise over 30",
    "second surprise over 8",
    "least surprise over 6",
    "shortfall over 6",
    "shortfall over 14",
    "greatest shortfall over 6",
    "greatest shortfall over 10",
    "conflicts x surprise",
    "conflicts x parts",
    "conflict x second surprise",
    "greatest shortfall x least surprise",
    "shortfall x parts",
    "left out x parts",
    "one part x surprise",
    "two parts x surprise",
    "shorter has two x conflict",
    "shorter has three x conflict",
    "shorter has four or more x conflicts",
    "conflict x ends left out",
    "father as self x least surprise",
    "conflict x shortfall",
    "fathers differ x surprise",
    "ends left out x surprise",
    "size x parts",
    "size x conflict",
    "size x second surprise",
    "greatest contrast",
    "greatest contrast over 4",
    "greatest contrast x parts",
    "contrast x conflicts",
)
FEATURES = (
    *PART_FEATURES,
    *CONFLICT_FEATURES,
    *PAIR_FEATURES,
    *SLOT_FEATURES,
    *ROLE_FEATURES,
    *LEFTOVER_FEATURES,
)
_CHUNK = 1 << 15
_SIZES = (6.0, 11.0)
"""log2 of the sizes of lists that the model has seen; beyond them it goes by the nearest."""


def part_features(neighbours: Neighbours, part: slice = slice(None)) -> Floats:
    """The figures of agreeing parts, all or some. Shape: (n, n_features) float64."""
    return np.stack(
        [
            neighbours.surprise[part],
            neighbours.bits[part],
            np.maximum(neighbours.shortfall[part], 0),
            neighbours.contrast[part],
        ],
        axis=-1,
    )


def conflict_features(conflicts: int) -> tuple[float, ...]:
    """The figures of so many parts that differ."""
    return float(conflicts), float(conflicts == 1), float(conflicts > 1)


def name_features(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    pairs: tuple[Ints, Ints],
    names: Aligned,
) -> Iterator[npt.NDArray[np.float32]]:
    """The figures of each pair of names, some thousands of pairs at a time.

    Shape: (n_chunk, n_features) float32, columns as `FEATURES`.
    """
    parts = part_features(neighbours)
    none = np.zeros((1, parts.shape[1]))
    table: npt.NDArray[np.float32] = np.vstack([parts, none]).astype(np.float32)
    size = float(np.clip(np.log2(max(left.size, right.size, 1)), *_SIZES))
    apart = leftover_features(left, right, pairs, names)

    def work(start: int) -> npt.NDArray[np.float32]:
        part = slice(start, start + _CHUNK)
        seen = _chunk(left, right, table, (pairs[0][part], pairs[1][part]), names.part(part), size)
        return np.hstack([seen, apart[part]])

    yield from at_once(work, range(0, len(pairs[0]), _CHUNK))


def _chunk(
    left: Vocabulary,
    right: Vocabulary,
    parts: npt.NDArray[np.float32],
    pairs: tuple[Ints, Ints],
    names: Aligned,
    size: float,
) -> npt.NDArray[np.float32]:
    each = parts[names.entry]  # the last row, of noughts, where nothing agrees
    seen = _Seen.of(left, right, pairs, names, each)
    tokens = left.tokens[pairs[0]], right.tokens[pairs[1]]
    shown = left.parts[pairs[0]], right.parts[pairs[1]]
    columns = [
        *each.sum(axis=1).T,
        seen.conflicts,
        seen.conflicts == 1,
        seen.conflicts > 1,
        *seen.columns(size),
        *slot_features(tokens, names, seen.surprise),
        *role_features(tokens, shown, names, seen.surprise),
    ]
    table = np.empty((len(columns), len(names.parts)), dtype=np.float32)
    for at, column in enumerate(columns):  # each in memory of its own
        table[at] = column
    return table.T


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the features are made of; every array has one entry for each pair."""

    n: Floats
    shorter: Ints
    longer: Ints
    surprise: Floats
    ranked: Floats
    least: Floats
    least_bits: Floats
    least_gain: Floats
    short: Floats
    shortest: Floats
    contrast: Floats
    conflicts: Floats
    unmatched: Floats
    fathers_differ: Floats
    father_as_self: Floats
    father_agrees: Flags
    initials: Floats
    ends: "_Ends"

    @classmethod
    def of(
        cls,
        left: Vocabulary,
        right: Vocabulary,
        pairs: tuple[Ints, Ints],
        names: Aligned,
        each: npt.NDArray[np.float32],
    ) -> "_Seen":
        agreeing = names.entry != ABSENT
        some = anywhere(agreeing)
        surprise, bits, short = each[:, :, 0], each[:, :, 1], each[:, :, 2]
        ones = counts(left.tokens[pairs[0]] != ABSENT)
        others = counts(right.tokens[pairs[1]] != ABSENT)
        shown = left.patronymic[pairs[0]] == 1, right.patronymic[pairs[1]] == 1
        partner_shown = np.take_along_axis(shown[1], np.maximum(names.partner, 0), axis=1)

        def least(values: npt.NDArray[np.float32]) -> Floats:
            lowest = least_of(np.where(agreeing, values, np.inf))
            return np.asarray(np.where(some, lowest, 0))

        return cls(
            n=counts(agreeing).astype(np.float64),
            shorter=np.minimum(ones, others),
            longer=np.maximum(ones, others),
            surprise=sums(surprise),
            ranked=three_greatest(surprise),
            least=least(surprise),
            least_bits=least(bits),
            least_gain=least((surprise - short / 2).astype(np.float32)),
            short=sums(short),
            shortest=greatest(short),
            contrast=greatest(each[:, :, 3]),
            conflicts=names.conflicts,
            unmatched=names.unmatched,
            fathers_differ=names.father_conflicts,
            father_as_self=counts(names.mixed).astype(np.float64),
            father_agrees=anywhere(shown[0] & agreeing & partner_shown),
            initials=names.initials,
            ends=_Ends.of((left.tokens[pairs[0]], right.tokens[pairs[1]]), names),
        )

    def columns(self, size: float) -> list[npt.NDArray[Any]]:
        """The columns of `PAIR_FEATURES`."""
        second, conflict = self.ranked[:, 1], self.conflicts > 0
        one, two = self.n == 1, self.n == 2
        of_two, of_three = self.shorter == 2, self.shorter == 3
        both_ends = self.ends.left_out
        return [
            self.unmatched,
            self.n,
            second,
            self.ranked[:, 2],
            self.ranked[:, 0],
            self.least,
            self.shortest,
            self.fathers_differ,
            self.father_as_self,
            self.father_agrees,
            self.ends.first,
            self.ends.last,
            self.ends.turned,
            self.ends.all_left_out,
            both_ends,
            self.least_bits,
            self.initials,
            self.least_gain,
            np.full(len(self.n), size),
            np.sqrt(self.short),
            np.sqrt(self.shortest),
            one,
            two,
            self.n > 2,
            of_two,
            of_three,
            self.longer == 3,
            self.longer > 3,
            np.maximum(self.surprise - 12, 0),
            np.maximum(self.surprise - 20, 0),
            np.maximum(self.surprise - 30, 0),
            np.maximum(second - 8, 0),
            np.maximum(self.least - 6, 0),
            np.maximum(self.short - 6, 0),
            np.maximum(self.short - 14, 0),
            np.maximum(self.shortest - 6, 0),
            np.maximum(self.shortest - 10, 0),
            self.conflicts * self.surprise,
            self.conflicts * self.n,
            conflict * second,
            self.shortest * self.least,
            self.short * self.n,
            self.unmatched * self.n,
            one * self.surprise,
            two * self.surprise,
            of_two & conflict,
            of_three & conflict,
            (self.shorter > 3) * self.conflicts,
            conflict & (both_ends > 0),
            self.father_as_self * self.least,
            conflict * self.short,
            self.fathers_differ * self.surprise,
            (both_ends > 0) * self.surprise,
            size * self.n,
            size * conflict,
            size * second,
            self.contrast,
            np.maximum(self.contrast - 4, 0),
            self.contrast * self.n,
            self.contrast * self.conflicts,
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """Whether the first and the last parts of two names agree, straight or turned round."""

    first: Flags
    last: Flags
    turned: Flags
    left_out: Ints
    all_left_out: Ints

    @classmethod
    def of(cls, tokens: tuple[Ints, Ints], names: Aligned) -> "_Ends":
        ones, others = (counts(side != ABSENT) for side in tokens)
        everyone = np.arange(len(ones))
        first, last = names.partner[:, 0], names.partner[everyone, np.maximum(ones - 1, 0)]
        free = names.left_over(tokens)[1]
        on_left = (first == ABSENT).astype(np.int64) + (last == ABSENT)
        on_right = free[:, 0].astype(np.int64) + free[everyone, np.maximum(others - 1, 0)]
        return cls(
            first=first == 0,
            last=last == others - 1,
            turned=((first == others - 1) | (last == 0)) & (ones > 1) & (others > 1),
            left_out=np.minimum(on_left, on_right),
            all_left_out=on_left + on_right,
        )
