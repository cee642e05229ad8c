"""How far does rapidfuzz's token-sort ratio of romanised names get?

All pairs are compared; an equal birth date adds a third. For small lists only.
"""

from collections.abc import Sequence

import numpy as np
from cases import Pairs, Row
from rapidfuzz import fuzz, process

from peers.births import agreement
from peers.model import Settings
from peers.romanising import romaniser

_NEAREST = 25


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:
    """For each record of the left the best of the right."""
    tokens = romaniser(settings.romanised)
    names = tuple([" ".join(tokens(row.name)) for row in side] for side in (left, right))
    score = process.cdist(names[0], names[1], scorer=fuzz.token_sort_ratio) / 100.0
    if settings.with_birth:
        equal = [[agreement(a.dob, b.dob) == "equal" for b in right] for a in left]
        score = (score + 0.33 * np.array(equal)) / 1.33
    top = min(_NEAREST, len(right))
    columns = np.argpartition(-score, top - 1, axis=1)[:, :top].ravel()
    rows = np.repeat(np.arange(len(left)), top)
    return Pairs(rows=rows, columns=columns, score=score[rows, columns].astype(float))
