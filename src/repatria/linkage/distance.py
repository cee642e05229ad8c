"""How much does the sound of two name parts speak for one name?

The best alignment of their sounds under learned costs, computed for many pairs
at a time, in bits: log2 of how much likelier the two are as spellings of one
name than as two names met by chance. Symmetric.

Source: Ristad and Yianilos 1998 for the costs; Wagner and Fischer 1974 for the alignment;
Damerau 1964 for two sounds turned round.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from repatria.linkage.costs import CLASSES, STRIDE, UNITS_PER_BIT, edit_costs
from repatria.linkage.names.alphabet import SOUNDS
from repatria.linkage.threads import at_once
from repatria.linkage.vocabulary import Floats, Ints

Codes = npt.NDArray[np.int8]
Steps = npt.NDArray[np.uint8]
_CODE = {sound: number for number, sound in enumerate(SOUNDS)}
LONGEST = 16
_CHUNK = 1 << 15
_FEW, _COARSE = 400_000, 4
_TURNED = np.int16(5 * UNITS_PER_BIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """The sounds of many name parts, as numbers.

    Attributes:
        codes: cut at sixteen, nought at the end. Shape: (n_entries, 16) int64.
        rows: the same turned round, first sounds of all parts first. Shape: (16, n_entries) int8.
        lengths: Shape: (n_entries,) int64.
        scripts: class of the script of each. Shape: (n_entries,) int64.
    """

    codes: Ints
    rows: Codes
    lengths: Ints
    scripts: Ints

    def first_sounds(self, places: Ints, length: int) -> Codes:
        """So many sounds of some parts; what is counted together lies together in memory.

        Shape: (length, n_places) int8.
        """
        return self.rows[:length].take(places, axis=1)

    def steps_of_length(self, step: int) -> Steps:
        """For each word the number of steps of its length, counted from nought.

        Few pairs are better taken in few groups of about one length, though some are then counted
        beyond their end. Shape: (n_entries,) uint8.
        """
        return ((np.maximum(self.lengths, 1) - 1) // step).astype(np.uint8)

    def expected(self, towards: int) -> Floats:
        """Its share of the bits that a part gives on average when met again in script `towards`.

        Shape: (n_entries,) float64.
        """
        places = (self.scripts * CLASSES + towards) * STRIDE
        each = edit_costs().expected[places[:, None] + self.codes]
        each[np.arange(LONGEST)[None, :] >= self.lengths[:, None]] = 0
        return np.asarray(each.sum(axis=1, dtype=np.float64))


def sounds_of(words: Sequence[str], scripts: Ints) -> Sounds:
    """The sounds of words in the phonetic alphabet, written in scripts of these classes."""
    codes = np.zeros((len(words), LONGEST), dtype=np.int64)
    lengths = np.zeros(len(words), dtype=np.int64)
    for at, word in enumerate(words):
        sounds = word[:LONGEST]
        codes[at, : len(sounds)] = [_CODE[sound] for sound in sounds]
        lengths[at] = len(sounds)
    return Sounds(
        codes=codes,
        rows=np.ascontiguousarray(codes.T, dtype=np.int8),
        lengths=lengths,
        scripts=scripts,
    )


def expected_bits(left: Sounds, right: Sounds, rows: Ints, columns: Ints) -> Floats:
    """The bits that spellings of one name like these give on average. Shape: (n_pairs,) float64."""
    ones = np.stack([left.expected(script) for script in range(CLASSES)])
    others = np.stack([right.expected(script) for script in range(CLASSES)])
    total = ones[right.scripts[columns], rows] + others[left.scripts[rows], columns]
    return np.asarray(total)


def sound_bits(left: Sounds, right: Sounds, rows: Ints, columns: Ints) -> Floats:
    """What the sound of each pair `left[rows[k]]`, `right[columns[k]]` speaks for one name, bits.

    Shape: (n_pairs,) float64. Cost: pairs times length squared, about a fifth of a
    microsecond a pair.
    """
    result = np.zeros(len(rows))

    def fill(part: Ints) -> None:
        ones, others = rows[part], columns[part]
        lengths = right.lengths[others]
        result[part] = -_costs(
            left.first_sounds(ones, left.lengths[ones[0]]),
            right.first_sounds(others, lengths.max()),
            left.scripts[ones] * CLASSES + right.scripts[others],
            right.scripts[others] * CLASSES + left.scripts[ones],
            lengths,
        )

    step = _COARSE if len(rows) < _FEW else 1
    lengths = left.steps_of_length(1), right.steps_of_length(step)
    parts = _of_like_lengths(lengths[0] * np.uint8(LONGEST), lengths[1], rows, columns)
    # Each part fills places of its own.
    deque(map(fill, parts) if len(rows) < _CHUNK else at_once(fill, parts), maxlen=0)
    return result


def _of_like_lengths(one: Steps, other: Steps, rows: Ints, columns: Ints) -> Iterator[Ints]:
    """Places of pairs, some thousands at a time, in which neither number of a word differs.

    Numbers of one byte are put in order in a twentieth of the time that others take.
    """
    keys = one[rows]
    keys += other[columns]
    order = np.argsort(keys, kind="stable")
    ends = np.cumsum(np.bincount(keys))
    for group in np.split(order, ends[:-1]):
        for start in range(0, len(group), _CHUNK):
            yield group[start : start + _CHUNK]


def _costs(
    left: Codes, right: Codes, scripts: Ints, back: Ints, lengths: Ints
) -> npt.NDArray[np.float64]:
    """Least costs between words of one length and of those given. Shape of words: (length, n)."""
    costs = edit_costs()
    height, width = len(left), len(right)
    swaps = (scripts * STRIDE + left) * STRIDE
    drops = np.take(costs.drop, scripts * STRIDE + left)
    adds = np.take(costs.drop, back * STRIDE + right)
    sounds = right.astype(np.int64)
    place = np.empty(len(scripts), dtype=np.int64)
    step = np.empty(len(scripts), dtype=np.int16)
    before: list[npt.NDArray[np.int16]] = []
    ahead = [np.zeros(len(scripts), dtype=np.int16)]
    for column in range(width):
        ahead.append(ahead[column] + adds[column])
    equal: list[npt.NDArray[np.bool_]] = []
    for row in range(height):
        now = [ahead[0] + drops[row]]
        equal_before, equal = equal, [left[row] == right[column] for column in range(width)]
        for column in range(width):
            np.add(swaps[row], sounds[column], out=place)
            best = np.take(costs.swap, place)
            best += ahead[column]
            np.add(ahead[column + 1], drops[row], out=step)
            np.minimum(best, step, out=best)
            np.add(now[column], adds[column], out=step)
            np.minimum(best, step, out=best)
            if row and column:
                turned = equal[column - 1] & equal_before[column]
                if turned.any():
                    np.add(before[column - 1], _TURNED, out=step)
                    np.minimum(best, step, out=best, where=turned)
            now.append(best)
        before, ahead = ahead, now
    if (lengths == width).all():
        return np.asarray(ahead[width] / UNITS_PER_BIT, dtype=np.float64)
    at_end = np.stack(ahead)[lengths, np.arange(len(lengths))]
    return np.asarray(at_end / UNITS_PER_BIT, dtype=np.float64)
