"""What does each edit between two sounds cost, for each pair of scripts?

Learned from spellings of the same names. In bits: how much less likely the edit is
between spellings of one name than between two names that met by chance; an edit
that speaks for one name costs less than nothing.

Source: Ristad and Yianilos 1998, "Learning string-edit distance".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from repatria.linkage.names.alphabet import SOUNDS
from repatria.terms import Script

UNITS_PER_BIT = 32
"""Costs are whole numbers of this part of a bit."""

SCRIPT_CLASS: Mapping[Script, int] = {
    Script.LATIN: 0,
    Script.CYRILLIC: 1,
    Script.ARABIC: 2,
    Script.HEBREW: 3,
    Script.ARMENIAN: 4,
    Script.GEORGIAN: 5,
    Script.GREEK: 6,
    Script.OTHER: 0,
}
"""The number of each script in the tables."""

CLASSES = 7
STRIDE = 64
"""Sounds are counted from nought; a table has this many places for each."""

_FILE = "edits.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCosts:
    """Costs of edits, whole numbers of 1/32 bit, and what is to be expected.

    Attributes:
        swap: for scripts s and t and sounds x and y, at ((s * 7 + t) * 64 + x) * 64 + y.
            Shape: (7 * 7 * 64 * 64,) int16.
        drop: for a sound x of s with no counterpart in t, at (s * 7 + t) * 64 + x.
            Shape: (7 * 7 * 64,) int16.
        expected: bits that a sound of s gives on average, its half of each swap and the whole of
            its drops, when a name is met again in t; at the same places.
            Shape: as drop, float32.
    """

    swap: npt.NDArray[np.int16]
    drop: npt.NDArray[np.int16]
    expected: npt.NDArray[np.float32]


@lru_cache(maxsize=1)
def edit_costs() -> EditCosts:
    """The learned costs. Cost: a few milliseconds once."""
    path = resources.files("repatria.linkage.trained") / _FILE
    with resources.as_file(path) as file, np.load(file, allow_pickle=False) as stored:
        if str(stored["sounds"]) != SOUNDS:
            msg = "the learned costs are for another phonetic alphabet: train again"
            raise ValueError(msg)
        return EditCosts(swap=stored["swap"], drop=stored["drop"], expected=stored["expected"])
