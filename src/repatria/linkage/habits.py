"""Which habits do the clerks of these two lists have?

One list has the family name first, the other leaves grandfathers out; another pair
of lists does neither. What the model has learned is the habit of the average clerk.
Here the weights of order, of what is left out and of what differs are moved towards
what the likely pairs of the two lists themselves show, as far as they bear it out.

Source: Dempster, Laird and Rubin 1977 for learning from expected matches; Winkler
1988 for doing so with record linkage; a Gaussian prior around the learned weights
holds the move (MacKay 2003, section 44.2).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from repatria.linkage.features import FEATURES
from repatria.linkage.vocabulary import Floats

Figures = npt.NDArray[np.int8]

HABITS = (
    "first parts agree",
    "last parts agree",
    "turned round",
    "no end agrees",
    "ends left out",
    "ends left out on both sides",
    "left out",
    "given name left out",
    "family name left out",
    "conflicts",
    "fathers differ",
    "given differs",
    "family differs",
    "turned, an end differs",
    "middle differs",
    "one part",
    "two parts",
    "shorter has two",
    "shorter has three",
    "longer has three",
    "longer has four or more",
)
"""Features that follow from habits of writing; each a count or a flag."""

PLACES = np.array([FEATURES.index(name) for name in HABITS])
"""Where they stand among all features."""

# How far each feature spreads over the pairs that the model was trained on: a move of one such
# step counts like any other. Of many pairs the lists decide, of few the learned weights.
_HOLD = 100.0
LIKELY = 2.0
"""Pairs whose names weigh less teach nothing about habits."""
_ROUNDS, _STEPS, _STILL = 3, 8, 1e-3
_LEAST_SPREAD = 0.2
_BLOCK = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitShift:
    """By how much the weights of habits are moved for two lists.

    Attributes:
        weights: bits to be added to the weight of each feature of `HABITS`. Shape: (n_habits,).
        start: bits to be added to every pair, so that the average pair keeps its weight.
    """

    weights: Floats
    start: float

    def of(self, figures: Figures) -> Floats:
        """Bits to be added to pairs with these figures. Shape: (n_pairs,) float64."""
        return np.asarray(figures @ self.weights + self.start)


NO_SHIFT = HabitShift(weights=np.zeros(len(HABITS)), start=0.0)


def habit_shift(
    figures: Figures,
    raw: Floats,
    rest: Floats,
    posterior: Callable[[HabitShift], tuple[Floats, float]],
) -> HabitShift:
    """The shift that fits the likely pairs of two lists best.

    Args:
        figures: of the pairs. Shape: (n_pairs, n_habits) int8.
        raw: weight of its names, log2, before the floor. Shape: (n_pairs,) float64.
        rest: weight of everything else, log2. Shape: likewise.
        posterior: under a shift, the chance of each pair beside its rivals, and the prior odds
            (log2) that were used.

    Cost: some ten products of the likely pairs with the habits, under half a second for a
    hundred thousand likely pairs.
    """
    likely = np.flatnonzero(raw >= LIKELY)
    if not len(likely):
        return NO_SHIFT
    seen = figures[likely].astype(np.float64)
    centre, spread = seen.mean(axis=0), np.maximum(seen.std(axis=0), _LEAST_SPREAD)
    table = _in_blocks(np.c_[(seen - centre) / spread, np.ones(len(seen))])
    hold = np.r_[np.full(len(HABITS), _HOLD), 1e-3]
    moved, shift = np.zeros(len(hold)), NO_SHIFT
    for _ in range(_ROUNDS):
        chance, prior = posterior(shift)
        offset = (raw[likely] + rest[likely] + prior) * np.log(2)
        moved = _fitted(table, _in_blocks(chance[likely]), _in_blocks(offset), hold, moved)
        weights = moved[:-1] / spread / np.log(2)
        shift = HabitShift(weights=weights, start=-float(centre @ weights))
    return shift


def _in_blocks(rows: Floats) -> Floats:
    """The rows in blocks, filled up with noughts. Shape: (n_blocks, 256, ...)."""
    more = [(0, -len(rows) % _BLOCK), *[(0, 0)] * (rows.ndim - 1)]
    return np.pad(rows, more).reshape(-1, _BLOCK, *rows.shape[1:])


def _fitted(table: Floats, chance: Floats, offset: Floats, hold: Floats, start: Floats) -> Floats:
    """Newton's method for a logistic model with known offset and a prior. Shape: (n_columns,).

    Args:
        table: in blocks, as are chance and offset. Products of large matrices are shared out by
            the linear algebra to threads that wait for each other in loops: beside others on a
            busy machine that took twenty seconds for what takes a twentieth of one.
        chance, offset: of each row.
        hold: of each column: how firmly the prior holds it.
        start: where to begin.
    """
    found, across = start, table.transpose(0, 2, 1)
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(table @ found + offset, -500, 500)))
        slope = (across @ (chance - expected)[:, :, None]).sum(axis=0)[:, 0] - hold * found
        curve = expected * (1 - expected)
        bend = (across @ (table * curve[:, :, None])).sum(axis=0) + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < _STILL:
            break
    return found
