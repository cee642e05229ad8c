"""Which cycles and which steps of chains are there to choose from?

A cycle is one column. A chain is not: its steps are, each with the place it has
in its chain (PICEF), so that there are few of them however long chains may be.

Source: Dickerson et al., "Position-Indexed Formulations for Kidney Exchange",
EC 2016, arXiv 1606.01623.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repatria.planning.packing.graph import PackingQuestion
from repatria.planning.solvers.program import Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """All columns of a question.

    Attributes:
        cycles: vertices of each cycle, smallest first; filled up with the number of vertices.
        cycle_weights: what each counts.
        steps: giver, receiver and place in the chain of each step, places from 1.
        step_weights: what each counts.

    Shape: cycles (c, cap) int64; steps (s, 3) int64.
    """

    cycles: Whole
    cycle_weights: Whole
    steps: Whole
    step_weights: Whole


def columns_of(question: PackingQuestion) -> Columns:
    """Every cycle and every step.

    Cost: edges to the power of half the cap, for the cycles.
    """
    size, width = len(question.names), max(2, question.cycle_cap)
    weight = np.zeros((size, size), dtype=np.int64)
    for (giver, receiver), each in question.edges.items():
        weight[giver, receiver] = each
    is_pair = np.ones(size, dtype=bool)
    is_pair[list(question.altruists)] = False
    reach = (weight > 0) & is_pair[:, None] & is_pair[None, :]
    np.fill_diagonal(reach, val=False)
    found = [_cycles(reach, length) for length in range(2, question.cycle_cap + 1)]
    filled = [
        np.concatenate(
            [each, np.full((len(each), width - each.shape[1]), size, dtype=np.int64)], axis=1
        )
        for each in found
    ]
    cycles = np.concatenate([np.zeros((0, width), dtype=np.int64), *filled])
    weights = [
        sum(weight[c[:, i], c[:, (i + 1) % c.shape[1]]] for i in range(c.shape[1])) for c in found
    ]
    steps = _steps(question, weight, is_pair)
    return Columns(
        cycles=cycles,
        cycle_weights=np.concatenate([np.zeros(0, dtype=np.int64), *weights]),
        steps=steps,
        step_weights=weight[steps[:, 0], steps[:, 1]],
    )


def _cycles(reach: NDArray[np.bool_], length: int) -> Whole:
    """Cycles of one length, each once: it begins with its smallest vertex."""
    parts = [np.zeros((0, length), dtype=np.int64)]
    for start in range(len(reach)):
        paths = np.full((1, 1), start, dtype=np.int64)
        for place in range(1, length):
            ends = reach[paths[:, -1]].copy()
            ends[:, : start + 1] = False
            for column in range(1, place):
                ends[np.arange(len(paths)), paths[:, column]] = False
            if place == length - 1:
                ends &= reach[:, start]
            rows, nexts = np.nonzero(ends)
            paths = np.concatenate([paths[rows], nexts[:, None]], axis=1)
        parts.append(paths)
    return np.concatenate(parts)


def _steps(question: PackingQuestion, weight: Whole, is_pair: NDArray[np.bool_]) -> Whole:
    if not question.altruists or question.chain_cap < 1:
        return np.zeros((0, 3), dtype=np.int64)
    parts, givers = [], ~is_pair
    for place in range(1, question.chain_cap + 1):
        rows, receivers = np.nonzero((weight > 0) & givers[:, None] & is_pair[None, :])
        parts.append(np.stack([rows, receivers, np.full(len(rows), place)], axis=1))
        givers = np.zeros(len(is_pair), dtype=bool)
        givers[receivers] = True
    return np.concatenate(parts).astype(np.int64)
