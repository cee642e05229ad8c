"""Who is whom, when nobody can be two persons?

A pair is the less likely the better its rivals are, and a rival counts the less
the better it is placed elsewhere. Of what is left, the best one-to-one choice.
"""

import numpy as np
import numpy.typing as npt

from repatria.linkage.scientific import best_assignment, component_labels
from repatria.linkage.vocabulary import Floats, Ints

_ROUNDS = 20
_STILL = 0.01
MOST_LOG2 = 40.0
"""Odds are told apart up to this, in bits."""


class OneToOne:
    """The graph of candidate pairs, each record of which has at most one counterpart.

    Keeps what the pairs last told each other: asked again for odds that are nearly the same,
    it goes on from there instead of from the beginning.

    Attributes:
        sizes: of the two lists.
    """

    def __init__(self, pairs: tuple[Ints, Ints], sizes: tuple[int, int]) -> None:
        """The graph of these pairs of places, in lists of these sizes."""
        self._pairs, self.sizes = pairs, sizes
        nothing_known = np.ones(len(pairs[0]))
        # What is left of the odds of each pair beside its rivals, as one side and the other see it.
        self._shares = nothing_known, nothing_known

    def scores(self, log2_odds: Floats) -> Floats:
        """The chance of each pair, given that each record has at most one counterpart.

        Sum-product message passing on the graph of candidate pairs; exact where it has no cycle.

        Source: Bayati, Shah and Sharma 2008, "Max-product for maximum weight matching", in the
        sum-product form.
        Shape: (n_pairs,) float64. Cost: linear in the number of pairs, twenty rounds at most.
        """
        odds = np.exp2(np.clip(log2_odds, -MOST_LOG2, MOST_LOG2))
        rows, columns = self._pairs
        to_left, to_right = odds * self._shares[0], odds * self._shares[1]
        within = _others(to_left, rows, self.sizes[0])
        across = _others(to_right, columns, self.sizes[1])
        for _ in range(_ROUNDS):
            before = to_left
            to_left = _damped(to_left, odds / (1 + across))
            to_right = _damped(to_right, odds / (1 + within))
            within = _others(to_left, rows, self.sizes[0])
            across = _others(to_right, columns, self.sizes[1])
            if np.all(np.abs(to_left - before) <= _STILL * before):
                break
        self._shares = to_left / odds, to_right / odds
        posterior = odds / ((1 + within) * (1 + across))
        return np.asarray(posterior / (1 + posterior))


def scores_one_to_one(
    log2_odds: Floats, pairs: tuple[Ints, Ints], sizes: tuple[int, int]
) -> Floats:
    """As `OneToOne.scores`, asked once."""
    return OneToOne(pairs, sizes).scores(log2_odds)


def _damped(before: Floats, now: Floats) -> Floats:
    """Halfway between the two on a scale of logarithms.

    Where two records of one side fit two of the other equally well, plain messages swing for
    ever between certainty and nothing. Source: Murphy, Weiss and Jordan 1999.
    """
    return np.sqrt(before * now)


def scores_alone(log2_odds: Floats) -> Floats:
    """The chance of each pair taken by itself: a logistic of its odds. Shape: as given."""
    odds = np.exp2(np.clip(log2_odds, -MOST_LOG2, MOST_LOG2))
    return np.asarray(odds / (1 + odds))


def _others(messages: Floats, places: Ints, size: int) -> Floats:
    """Sum of the messages of all other pairs at the same place; never below nought."""
    totals = np.bincount(places, weights=messages, minlength=size)
    return np.maximum(totals[places] - messages, 0.0)


def one_to_one(gains: Floats, pairs: tuple[Ints, Ints]) -> npt.NDArray[np.bool_]:
    """Which pairs belong to the one-to-one choice with the greatest sum of gains.

    Args:
        gains: all above nought. Shape: (n_pairs,) float64.
        pairs: left and right place of each pair, each pair once.

    Cost: cubic in the size of a connected component.
    """
    chosen = np.zeros(len(gains), dtype=bool)
    for members in _components(pairs):
        if len(members) == 1:
            chosen[members] = True
        else:
            chosen[members[_best_of(gains[members], (pairs[0][members], pairs[1][members]))]] = True
    return chosen


def _components(pairs: tuple[Ints, Ints]) -> list[Ints]:
    """Numbers of the pairs of each connected component."""
    if not len(pairs[0]):
        return []
    shape = int(pairs[0].max()) + 1, int(pairs[1].max()) + 1
    labels = component_labels(pairs[0], pairs[1], shape)
    order = np.argsort(labels, kind="stable")
    return list(np.split(order, np.flatnonzero(np.diff(labels[order])) + 1))


def _best_of(gains: Floats, pairs: tuple[Ints, Ints]) -> Ints:
    lefts, rows = np.unique(pairs[0], return_inverse=True)
    rights, columns = np.unique(pairs[1], return_inverse=True)
    table = np.zeros((len(lefts), len(rights)))
    number = np.full(table.shape, -1, dtype=np.int64)
    table[rows, columns] = gains
    number[rows, columns] = np.arange(len(gains))
    found = number[best_assignment(table)]
    return np.asarray(found[found >= 0])
