"""How much do two names as a whole speak for one person?

A logistic model on the features of `features`, learned from open names; its
weights add up, so that every part of a name has a share that can be shown.

Source: Fellegi and Sunter 1969 for weights; logistic form with the prior odds
of each training list as offset, so that what is learned is a ratio of chances.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.features import (
    CONFLICT_FEATURES,
    FEATURES,
    PART_FEATURES,
    conflict_features,
)
from repatria.linkage.habits import PLACES, HabitShift
from repatria.linkage.vocabulary import Floats

_FILE = "names.npz"
_BITS = 1 / np.log(2)
# However badly two names agree, they may be one person's: a nickname, another name, a wrong
# line. One true pair in some three hundred looks so, and the weight never falls below that.
_FLOOR = 2.0**-8
# A son bears his father's name, and both may be held. Lists of invented persons hold too few such
# pairs to learn it from: a father taken for his son costs at least so much, by judgement.
_FATHER_AS_SELF = -9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NameModel:
    """What each feature weighs, in bits.

    Attributes:
        weights: Shape: (n_features,), floats, in the order of `features.FEATURES`.
        start: weight of a pair in which every feature is nought.
    """

    weights: npt.NDArray[np.floating[Any]]
    start: float

    def shifted(self, shift: HabitShift) -> "NameModel":
        """The model as it is for two lists with habits of their own."""
        weights = self.weights.astype(np.float64)
        weights[PLACES] += shift.weights
        return NameModel(weights=weights, start=self.start + shift.start)

    def raw(self, features: npt.NDArray[np.float32]) -> Floats:
        """Weights before the floor. Shape: (n_pairs,) float64."""
        weighed = features.astype(np.float64) @ self.weights.astype(np.float64)
        return np.asarray(weighed + self.start)

    def floored(self, raw: Floats) -> Floats:
        """Weights as they count: a mixture with names that say nothing. Shape: as given."""
        return np.asarray(np.log2(np.exp2(np.minimum(raw, 60)) * (1 - _FLOOR) + _FLOOR))

    def of(self, feature: str) -> float:
        """Weight of one feature by its name."""
        return float(self.weights[FEATURES.index(feature)])

    @property
    def of_parts(self) -> npt.NDArray[np.floating[Any]]:
        """Weights of the features that are sums over agreeing parts."""
        return self.weights[: len(PART_FEATURES)]

    def of_conflicts(self, conflicts: int) -> float:
        """Weight of so many parts that differ, what else they change left aside."""
        start = len(PART_FEATURES)
        weights = self.weights[start : start + len(CONFLICT_FEATURES)]
        return float(np.array(conflict_features(conflicts)) @ weights)


@lru_cache(maxsize=1)
def name_model() -> NameModel:
    """The learned model. Cost: a millisecond once."""
    path = resources.files("repatria.linkage.trained") / _FILE
    with resources.as_file(path) as file, np.load(file, allow_pickle=False) as stored:
        if tuple(stored["features"].tolist()) != FEATURES:
            msg = "the learned weights are for other features: train again"
            raise ValueError(msg)
        weights = (stored["weights"] * _BITS).astype(np.float32)
        at = FEATURES.index("father as self")
        weights[at] = min(weights[at], _FATHER_AS_SELF)
        return NameModel(weights=weights, start=float(stored["start"]) * _BITS)
