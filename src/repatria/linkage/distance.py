"""How far apart do two name parts sound?

A weighted edit distance over the phonetic alphabet, computed for many pairs at
a time. Symmetric; nought for parts that sound the same.

Source: Wagner and Fischer 1974, with the costs of `names.alphabet`.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from repatria.linkage.names import NameToken
from repatria.linkage.names.alphabet import SOUNDS, VOWELS, drop_cost, substitution_cost
from repatria.linkage.vocabulary import Floats, Ints

_CODE = {sound: number for number, sound in enumerate(SOUNDS)}
_END = len(SOUNDS)
_LONGEST = 16
_CHUNK = 1 << 14
_UNWRITTEN_VOWEL = 0.5
_TURNED = np.float32(0.6)


@lru_cache(maxsize=1)
def _costs() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Substitution and drop costs, plain and with unwritten vowels.

    Shape: (2, sounds + 1, sounds + 1) and (2, sounds + 1) float32; the last sound is the padding.
    """
    size = len(SOUNDS) + 1
    substitutions = np.zeros((2, size, size), dtype=np.float32)
    drops = np.zeros((2, size), dtype=np.float32)
    for mode in (0, 1):
        for one, row in _CODE.items():
            drops[mode, row] = drop_cost(one, vowels_unwritten=bool(mode))
            for other, column in _CODE.items():
                cost = substitution_cost(one, other)
                vowels = one in VOWELS and other in VOWELS
                substitutions[mode, row, column] = cost * (
                    _UNWRITTEN_VOWEL if mode and vowels else 1
                )
    return substitutions, drops


def encoded(entries: Sequence[NameToken]) -> npt.NDArray[np.int64]:
    """Sounds as numbers, cut at sixteen. Shape: (n_entries, 16) int64, padded at the end."""
    codes = np.full((len(entries), _LONGEST), _END, dtype=np.int64)
    for at, entry in enumerate(entries):
        sounds = entry.sound[:_LONGEST]
        codes[at, : len(sounds)] = [_CODE[sound] for sound in sounds]
    return codes


def sound_distances(
    left: Sequence[NameToken], right: Sequence[NameToken], rows: Ints, columns: Ints
) -> Floats:
    """The distance of each pair `left[rows[k]]`, `right[columns[k]]`.

    Shape: (n_pairs,) float64. Cost: pairs times length squared.
    """
    left_codes, right_codes = encoded(left), encoded(right)
    left_mode = np.array([entry.vowels_unwritten for entry in left], dtype=np.int64)
    right_mode = np.array([entry.vowels_unwritten for entry in right], dtype=np.int64)
    result = np.zeros(len(rows))
    order = np.lexsort(  # short with short: a chunk takes as long as its longest pair
        ((right_codes != _END).sum(axis=1)[columns], (left_codes != _END).sum(axis=1)[rows])
    )
    for start in range(0, len(rows), _CHUNK):
        part = order[start : start + _CHUNK]
        mode = np.maximum(left_mode[rows[part]], right_mode[columns[part]])
        result[part] = _distances(left_codes[rows[part]], right_codes[columns[part]], mode)
    return result


def _distances(left: Ints, right: Ints, mode: Ints) -> npt.NDArray[np.float32]:
    """Distances row by row; padding costs nothing to drop and must not be substituted."""
    substitutions, drops = _costs()
    height = int((left != _END).sum(axis=1).max(initial=0))
    width = int((right != _END).sum(axis=1).max(initial=0))
    ahead = np.zeros((width + 1, len(left)), dtype=np.float32)
    right_drops = [drops[mode, right[:, column]] for column in range(width)]
    for column in range(width):
        ahead[column + 1] = ahead[column] + right_drops[column]
    before = ahead
    for row in range(height):
        sound = left[:, row]
        dropped = drops[mode, sound]
        base = substitutions[mode, sound]
        now = np.empty_like(ahead)
        now[0] = ahead[0] + dropped
        for column in range(width):
            other = right[:, column]
            swap = np.take_along_axis(base, other[:, None], axis=1)[:, 0]
            padded = (sound == _END) != (other == _END)
            best = ahead[column] + np.where(padded, np.float32(9), swap)
            np.minimum(best, ahead[column + 1] + dropped, out=best)
            np.minimum(best, now[column] + right_drops[column], out=best)
            if row and column:
                turned = (sound == right[:, column - 1]) & (left[:, row - 1] == other)
                turned &= (sound != _END) & (other != _END)
                np.minimum(best, np.where(turned, before[column - 1] + _TURNED, 99), out=best)
            now[column + 1] = best
        before, ahead = ahead, now
    return np.asarray(ahead[width])
