"""How good are scored pairs, measured against the truth?

The same yardstick for every engine: whatever pairs it gives are assigned one to
one by their scores, and the assignment is cut at a threshold: the best one for the
case, which nobody knows beforehand, and the one the engine stands for by default.
"""

from dataclasses import dataclass

import numpy as np
from cases import Case, Pairs
from scipy.optimize import linear_sum_assignment

# Beyond this many cells the assignment is greedy: best score first.
_EXACT_CELLS = 2_500_000
# How often equal scores are settled anew: one draw can be lucky by a hundredth of F1.
_DRAWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Precision, recall and F1 at one threshold."""

    precision: float
    recall: float
    f1: float
    threshold: float


def assigned(pairs: Pairs, shape: tuple[int, int], *, seed: int = 0) -> np.ndarray:
    """Places in `pairs` of a one-to-one assignment: largest sum of scores, or greedy if large.

    Scores count from just below the lowest, so that any pair is better than none. Equal scores
    are settled by a seeded draw, not by the order of the lists, which could give the truth away.
    """
    if not len(pairs.score):
        return np.zeros(0, dtype=np.int64)
    draw = np.empty(len(pairs.score))
    order = np.lexsort((pairs.columns, pairs.rows))  # whatever order the engine wrote them in
    draw[order] = np.random.default_rng(seed).random(len(order))
    if shape[0] * shape[1] > _EXACT_CELLS:
        return _greedy(pairs, shape, draw)
    low, high = pairs.score.min(), pairs.score.max()
    step = 1e-6 * (high - low + 1)
    value = pairs.score - low + step * (1 + 1e-3 * draw)
    worth = np.zeros(shape)
    place = np.full(shape, -1, dtype=np.int64)
    order = np.argsort(value)
    worth[pairs.rows[order], pairs.columns[order]] = value[order]
    place[pairs.rows[order], pairs.columns[order]] = order
    ones, others = linear_sum_assignment(worth, maximize=True)
    found = place[ones, others]
    return found[found >= 0]


def _greedy(pairs: Pairs, shape: tuple[int, int], draw: np.ndarray) -> np.ndarray:
    """Best score first, each record once."""
    free = [np.ones(size, dtype=bool) for size in shape]
    kept = []
    rows, columns = pairs.rows.tolist(), pairs.columns.tolist()
    for at in np.lexsort((draw, -pairs.score)).tolist():
        if free[0][rows[at]] and free[1][columns[at]]:
            free[0][rows[at]] = free[1][columns[at]] = False
            kept.append(at)
    return np.array(kept, dtype=np.int64)


def is_true(pairs: Pairs, case: Case) -> np.ndarray:
    """Which pairs are the same person."""
    width = len(case.right)
    keys = np.array(sorted(i * width + j for i, j in case.truth), dtype=np.int64)
    return np.isin(pairs.rows * width + pairs.columns, keys)


def _steps(score: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Threshold, pairs and true pairs at or above it; equal scores are never split."""
    order = np.argsort(-score, kind="stable")
    ordered = score[order]
    last = np.r_[np.nonzero(np.diff(ordered))[0], len(ordered) - 1]
    return ordered[last], last + 1, np.cumsum(true[order])[last]


def average_precision(score: np.ndarray, true: np.ndarray, total: int) -> float:
    """Area under precision over recall, of all pairs given; a true pair not given counts zero."""
    if not len(score) or not total:
        return 0.0
    _, given, right = _steps(score, true)
    return float(np.sum(np.diff(np.r_[0, right]) * right / given) / total)


def best(score: np.ndarray, true: np.ndarray, total: int) -> Quality:
    """At the threshold with the highest F1."""
    if not len(score):
        return Quality(precision=0.0, recall=0.0, f1=0.0, threshold=0.0)
    threshold, given, right = _steps(score, true)
    top = int(np.argmax(2 * right / (given + total)))
    return _quality(int(given[top]), int(right[top]), total, float(threshold[top]))


def _quality(given: int, right: int, total: int, threshold: float) -> Quality:
    return Quality(
        precision=right / given if given else 1.0,
        recall=right / total if total else 0.0,
        f1=2 * right / (given + total) if given + total else 0.0,
        threshold=threshold,
    )


def default_links(pairs: Pairs, chosen: np.ndarray, threshold: float) -> np.ndarray:
    """What the engine links of itself: its decisions, or the assignment cut at its threshold."""
    if pairs.linked is not None:
        return np.nonzero(pairs.linked)[0]
    return chosen[pairs.score[chosen] >= threshold]


def measured(pairs: Pairs, case: Case, threshold: float) -> dict[str, float]:
    """All figures of one case; of an assignment with equal scores the mean over several draws."""
    true, total = is_true(pairs, case), len(case.truth)
    drawn = [_measured_once(pairs, case, true, threshold, seed) for seed in range(_DRAWS)]
    return {
        "pairs": len(pairs.score),
        "candidate_recall": float(true.sum()) / total,
        "ap": average_precision(pairs.score, true, total),
        **{key: float(np.mean([one[key] for one in drawn])) for key in drawn[0]},
    }


def _measured_once(
    pairs: Pairs, case: Case, true: np.ndarray, threshold: float, seed: int
) -> dict[str, float]:
    """The figures that depend on how equal scores are settled."""
    total = len(case.truth)
    chosen = assigned(pairs, (len(case.left), len(case.right)), seed=seed)
    top = best(pairs.score[chosen], true[chosen], total)
    links = default_links(pairs, chosen, threshold)
    usual = _quality(len(links), int(true[links].sum()), total, threshold)
    return {
        "best_f1": top.f1,
        "best_precision": top.precision,
        "best_recall": top.recall,
        "best_threshold": top.threshold,
        "default_f1": usual.f1,
        "default_precision": usual.precision,
        "default_recall": usual.recall,
    }
