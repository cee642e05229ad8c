"""How far apart are the parts of two names that nothing agrees with?

A part that differs may be another name, or the same one badly written or cut in
two: the sounds of what is left over are compared as they are, and those of two
neighbouring parts also joined into one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import counts, steps
from repatria.linkage.alignment import Aligned
from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import LONGEST, expected_bits, sound_bits, sounds_of
from repatria.linkage.names import TokenRole
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary

LEFTOVER_FEATURES = (
    "bits left over",
    "bits left over above nought",
    "bits left over above five",
    "shortfall left over",
    "bits left over x one conflict",
)
_CHUNK = 1 << 20
_VOWELS = str.maketrans("", "", "aeiouEIOUAWYhy`w")
# Two parts joined are no spelling of a part that lacks three of their consonants.
_UNLIKE = 3
_WORTH_IT = 4.0
_LEAST, _MOST, _FURTHEST = -20.0, 20.0, 40.0


def leftover_features(
    left: Vocabulary, right: Vocabulary, pairs: tuple[Ints, Ints], names: Aligned
) -> npt.NDArray[np.float32]:
    """The columns of `LEFTOVER_FEATURES`: nought where one of two names has nothing left over.

    Where what agrees is too common to matter, what is left over is taken for different.
    Cost: as `sound_bits` for each two different parts that are left over.
    Shape: (n_pairs, n_features) float32.
    """
    bits, short = np.zeros(len(names.parts)), np.zeros(len(names.parts))
    for start in range(0, len(bits), _CHUNK):  # long runs: each length of words is one step
        part = slice(start, start + _CHUNK)
        some = (pairs[0][part], pairs[1][part])
        bits[part], short[part] = _nearest(left, right, some, names.part(part))
    one = names.conflicts == 1
    columns = bits, np.maximum(bits, 0), np.maximum(bits - 5, 0), short, bits * one
    return np.stack(columns).astype(np.float32).T


def _nearest(
    left: Vocabulary, right: Vocabulary, pairs: tuple[Ints, Ints], names: Aligned
) -> tuple[Floats, Floats]:
    """Bits of the two parts left over that sound most alike, and by how much these fall short."""
    some = (names.surprise >= _WORTH_IT)[:, None]
    ones, others = left.tokens[pairs[0]], right.tokens[pairs[1]]
    free = names.left_over((ones, others))
    sides = (
        _Words(left, np.where(some & free[0], ones, ABSENT)),
        _Words(right, np.where(some & free[1], others, ABSENT)),
    )
    bits = np.full(len(ones), _LEAST)
    short = np.full(len(ones), _FURTHEST)
    met = (names.surprise < _WORTH_IT) & (names.parts > 0) & (names.conflicts > 0)
    single = tuple(side.single() for side in sides)
    for one, other, unlike in (
        (single[0], single[1], LONGEST),
        (sides[0].joined(), single[1], _UNLIKE),
        (single[0], sides[1].joined(), _UNLIKE),
    ):
        at, found, missing = _compared(one, other, unlike)
        met[at] = True
        better = found > bits[at]
        bits[at[better]] = found[better]
        short[at[better]] = missing[better]
    bits, short = np.clip(bits, _LEAST, _MOST), np.clip(short, 0, _FURTHEST)
    return np.where(met, bits, 0), np.where(met, short, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Words by the pair of names and the place in it where they stand.

    Attributes:
        words: different words in the phonetic alphabet; scripts: class of the script of each.
        at: number of the word. Shape: (n_pairs, width) int64, -1 where there is none.
    """

    words: list[str]
    scripts: Ints
    at: Ints

    def firm(self) -> Ints:
        """How many consonants each word has. Shape: (n_words,) int64."""
        each = [len(word.translate(_VOWELS)) for word in self.words]
        return np.array(each, dtype=np.int64)


class _Words:
    """What is left over of one side's names."""

    def __init__(self, vocabulary: Vocabulary, free: Ints) -> None:
        self._entries = vocabulary.entries
        initial = np.array(
            [entry.role is TokenRole.INITIAL for entry in self._entries] + [True], dtype=bool
        )
        self._free = np.where(initial[free], ABSENT, free)

    def single(self) -> _Heard:
        """Each part by itself."""
        return self._heard(self._free, np.full_like(self._free, ABSENT))

    def joined(self) -> _Heard:
        """Each two neighbouring parts as one word."""
        both = (self._free[:, :-1] != ABSENT) & (self._free[:, 1:] != ABSENT)
        return self._heard(
            np.where(both, self._free[:, :-1], ABSENT), np.where(both, self._free[:, 1:], ABSENT)
        )

    def _heard(self, first: Ints, second: Ints) -> _Heard:
        width = len(self._entries) + 1
        there = first != ABSENT
        keys, inverse = np.unique(first[there] * width + second[there] + 1, return_inverse=True)
        at = np.full(first.shape, ABSENT, dtype=np.int64)
        at[there] = inverse
        firsts = [self._entries[int(key)] for key in keys // width]
        ends = [self._entries[int(key) - 1].sound if key else "" for key in keys % width]
        return _Heard(
            words=[entry.sound + end for entry, end in zip(firsts, ends, strict=True)],
            scripts=np.array([SCRIPT_CLASS[entry.script] for entry in firsts], dtype=np.int64),
            at=at,
        )


def _compared(one: _Heard, other: _Heard, unlike: int) -> tuple[Ints, Floats, Floats]:
    """Pairs of names with words to compare; bits and shortfall of the two that sound most alike.

    Words are not compared of which one has so many more consonants than the other.
    """
    nothing = np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)
    if not one.words or not other.words:
        return nothing
    row, ones, others = _crossed(one.at, other.at)
    if unlike < LONGEST:
        like = np.flatnonzero(np.abs(one.firm()[ones] - other.firm()[others]) < unlike)
        row, ones, others = row[like], ones[like], others[like]
    if not len(row):
        return nothing
    width = len(other.words)
    unique, inverse = np.unique(ones * width + others, return_inverse=True)
    sounds = sounds_of(one.words, one.scripts), sounds_of(other.words, other.scripts)
    rows, columns = unique // width, unique % width
    bits = sound_bits(*sounds, rows, columns)
    short = expected_bits(*sounds, rows, columns) - bits
    first = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    best = np.maximum.reduceat(bits[inverse], first)
    # Of equals the first, as the parts are written.
    equal = np.flatnonzero(bits[inverse] == np.repeat(best, np.diff(np.r_[first, len(row)])))
    chosen = equal[np.r_[True, row[equal][1:] != row[equal][:-1]]]
    return row[chosen], best, short[inverse[chosen]]


def _crossed(ones: Ints, others: Ints) -> tuple[Ints, Ints, Ints]:
    """Each word of a row with each word of the same row on the other side, row by row.

    Args:
        ones, others: words of the rows, -1 where there is none. Shape: (n_rows, width) each.

    Returns:
        Rows, and words of both sides. Shape: (n_crossed,) each.
    """
    here, there = ones != ABSENT, others != ABSENT
    words = ones[here], others[there]
    number = counts(there)
    first = np.cumsum(number) - number
    row_of = np.repeat(np.arange(len(ones)), counts(here))  # of each word of the one side
    met = number[row_of]
    return (
        np.repeat(row_of, met),
        np.repeat(words[0], met),
        words[1][np.repeat(first[row_of], met) + steps(met)],
    )
