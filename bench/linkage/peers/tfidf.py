"""How far does one get with character n-grams and a cosine?

The baseline: scikit-learn's TfidfVectorizer, the 50 nearest each way. With birth
dates a fixed bonus for an equal one and less for an equal year.
"""

from collections.abc import Sequence

import numpy as np
from cases import Pairs, Row

from peers.births import agreement
from peers.candidates import candidates
from peers.model import Settings
from peers.romanising import romaniser

_BONUS = {"equal": 0.5, "swapped": 0.35, "near": 0.3, "year": 0.15, "unknown": 0.15, "other": 0.0}


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:
    """Candidate pairs by cosine."""
    tokens = romaniser(settings.romanised)
    names = tuple([" ".join(tokens(row.name)) for row in side] for side in (left, right))
    births = tuple([row.dob for row in side] for side in (left, right))
    rows, columns, cosine = candidates(names, births, 50)
    score = np.array(cosine, dtype=float)
    if settings.with_birth:
        score += [
            _BONUS[agreement(left[i].dob, right[j].dob)]
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
        score /= 1.5
    return Pairs(rows=rows, columns=columns, score=score)
