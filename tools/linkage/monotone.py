"""Which way may a feature count?

That a rarer name agrees never speaks against one person, and that two spellings
lie further apart never speaks for one. Features with a bend (`surprise over 12`)
are learned as the slopes between the bends, so that each slope can be held.

Source: Sill 1998, "Monotonic networks", for the idea; here bounds on the slopes of
a logistic model, found by projected Newton steps (Bertsekas 1982).
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from repatria.linkage.features import FEATURES

Floats = npt.NDArray[np.float64]

BENDS = (
    ("surprise", "surprise over 12", "surprise over 20", "surprise over 30"),
    ("second surprise", "second surprise over 8"),
    ("least surprise", "least surprise over 6"),
    ("shortfall", "shortfall over 6", "shortfall over 14"),
    ("greatest shortfall", "greatest shortfall over 6", "greatest shortfall over 10"),
    ("greatest contrast", "greatest contrast over 4"),
)
"""A feature, and what of it lies beyond each bend."""

RISING = frozenset(
    {"bits", "greatest surprise", "third surprise", "least gain", *BENDS[0], *BENDS[1], *BENDS[2]}
)
"""Slopes that are nought or more."""

FALLING = frozenset(
    {"root of shortfall", "root of greatest shortfall", "contrast", *BENDS[3], *BENDS[4], *BENDS[5]}
)
"""Slopes that are nought or less."""


def basis() -> npt.NDArray[np.float32]:
    """Figures times this are the stretches between bends; this times slopes are weights.

    Shape: (n_features, n_features).
    """
    table = np.eye(len(FEATURES), dtype=np.float32)
    for bends in BENDS:
        for before, after in pairwise(bends):
            table[FEATURES.index(after), FEATURES.index(before)] = -1
    return table


def bounds() -> tuple[Floats, Floats]:
    """Least and greatest slope of each feature. Shape: (n_features,) each."""
    least = [0.0 if name in RISING else -np.inf for name in FEATURES]
    most = [0.0 if name in FALLING else np.inf for name in FEATURES]
    return np.array(least), np.array(most)
