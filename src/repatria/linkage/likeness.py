"""How far does each sound fall short of a given one?

The learned costs of `distance`, for one word against many.
"""

from collections.abc import Sequence

import numpy as np

from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.names.alphabet import SOUNDS
from repatria.terms import Script

_KNOWN = frozenset(SOUNDS)


def shortfall_of_each(
    words: Sequence[str], script: Script, sounds: Sequence[str], scripts: Sequence[Script]
) -> list[float]:
    """Bits by which each sound falls short of the best of the words, never below nought.

    A sound with a letter of another alphabet, kept by another version, is infinitely far.

    Args:
        words: ways in which one word sounds, at least one.
        script: in which it is written.
        sounds, scripts: of the others.
    """
    read = [at for at, sound in enumerate(sounds) if sound and _KNOWN.issuperset(sound)]
    best = np.full(len(sounds), np.inf)
    if not read:
        return list(best.tolist())
    typed = sounds_of(words, np.full(len(words), SCRIPT_CLASS[script], dtype=np.int64))
    classes = np.array([SCRIPT_CLASS[scripts[at]] for at in read], dtype=np.int64)
    others = sounds_of([sounds[at] for at in read], classes)
    columns = np.arange(len(read), dtype=np.int64)
    for row in range(len(words)):
        rows = np.full(len(read), row, dtype=np.int64)
        bits = sound_bits(typed, others, rows, columns)
        short = expected_bits(typed, others, rows, columns) - bits
        best[read] = np.minimum(best[read], np.maximum(short, 0.0))
    return list(best.tolist())
