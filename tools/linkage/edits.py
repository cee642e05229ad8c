"""How do the sounds of one script answer to those of another?

Learns, from spellings of the same names, with what chance each sound of one
script stands where a sound of the other does, or has no counterpart.

Source: Ristad and Yianilos 1998, "Learning string-edit distance" (the memoryless
stochastic transducer and its training by expectation maximisation).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from repatria.linkage.costs import CLASSES, STRIDE, UNITS_PER_BIT
from repatria.linkage.names.alphabet import SOUNDS, drop_cost, substitution_cost

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SIZE = len(SOUNDS)
END = SIZE
LONGEST = 16
SLIP = 2.0**-6.5
"""Chance that the next letter is a slip of the hand; no spelling of any script explains those."""
_CODE = {sound: number for number, sound in enumerate(SOUNDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Aligned words: sounds of each side as numbers, padded. Shape: (n_pairs, 16)."""

    left: Ints
    right: Ints


def coded(sounds: Sequence[str]) -> Ints:
    """Sounds as numbers, cut at sixteen and padded. Shape: (n, 16) int64."""
    codes = np.full((len(sounds), LONGEST), END, dtype=np.int64)
    for at, sound in enumerate(sounds):
        codes[at, : len(sound[:LONGEST])] = [_CODE[one] for one in sound[:LONGEST]]
    return codes


def first_guess() -> Floats:
    """Joint chances of edits before anything is learned, by the table of confusions.

    Shape: (sounds + 1, sounds + 1); the last row and column are sounds without a counterpart.
    """
    joint = np.zeros((SIZE + 1, SIZE + 1))
    for one, row in _CODE.items():
        joint[row, END] = joint[END, row] = 2.0 ** (-6 - 6 * drop_cost(one, vowels_unwritten=False))
        for other, column in _CODE.items():
            joint[row, column] = 2.0 ** (-2 - 10 * substitution_cost(one, other))
    return np.asarray(joint / joint.sum())


def expected_counts(joint: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
    """How often each edit is expected in the pairs, and the log2 chance of each pair.

    Shape: as `joint`, and (n_pairs,). Cost: pairs times length squared.
    """
    counts = np.zeros_like(joint)
    chances = []
    for start in range(0, len(pairs.left), 4096):
        part = slice(start, start + 4096)
        counts += _counted(joint, pairs.left[part], pairs.right[part], chances)
    return counts, np.concatenate(chances) if chances else np.zeros(0)


def _counted(  # noqa: PLR0912 -- three tables, each filled cell by cell
    joint: Floats, left: Ints, right: Ints, chances: list[Floats]
) -> Floats:
    n, height = left.shape
    width = right.shape[1]
    lengths = (left != END).sum(axis=1), (right != END).sum(axis=1)
    swap = joint[left[:, :, None], right[:, None, :]]
    drop, add = joint[left, END], joint[END, right]
    everyone = np.arange(n)
    ahead = np.zeros((n, height + 1, width + 1))
    ahead[:, 0, 0] = 1
    for i in range(height + 1):
        for j in range(width + 1):
            if i:
                ahead[:, i, j] += ahead[:, i - 1, j] * drop[:, i - 1]
            if j:
                ahead[:, i, j] += ahead[:, i, j - 1] * add[:, j - 1]
            if i and j:
                ahead[:, i, j] += ahead[:, i - 1, j - 1] * swap[:, i - 1, j - 1]
    back = np.zeros((n, height + 2, width + 2))
    back[everyone, lengths[0], lengths[1]] = 1
    for i in range(height, -1, -1):
        for j in range(width, -1, -1):
            if i < height:
                back[:, i, j] += back[:, i + 1, j] * drop[:, i]
            if j < width:
                back[:, i, j] += back[:, i, j + 1] * add[:, j]
            if i < height and j < width:
                back[:, i, j] += back[:, i + 1, j + 1] * swap[:, i, j]
    whole = ahead[everyone, lengths[0], lengths[1]]
    chances.append(np.log2(np.maximum(whole, 1e-300)))
    share = 1 / np.maximum(whole, 1e-300)
    counts = np.zeros(joint.size)
    for i in range(height + 1):
        for j in range(width + 1):
            one = left[:, i] if i < height else np.full(n, END)
            other = right[:, j] if j < width else np.full(n, END)
            if i < height and j < width:
                weight = ahead[:, i, j] * swap[:, i, j] * back[:, i + 1, j + 1] * share
                counts += _tallied(one, other, weight, joint.size)
            if i < height:
                weight = ahead[:, i, j] * drop[:, i] * back[:, i + 1, j] * share
                counts += _tallied(one, np.full(n, END), weight, joint.size)
            if j < width:
                weight = ahead[:, i, j] * add[:, j] * back[:, i, j + 1] * share
                counts += _tallied(np.full(n, END), other, weight, joint.size)
    counts = counts.reshape(joint.shape)
    counts[END, END] = 0
    return np.asarray(counts)


def _tallied(rows: Ints, columns: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(rows * (SIZE + 1) + columns, weights=weight, minlength=size)


def learned(
    pairs: Mapping[tuple[int, int], Pairs], *, rounds: int, say: bool = True
) -> tuple[Floats, dict[tuple[int, int], Floats]]:
    """The pooled joint chances, and those of each pair of scripts smoothed towards them.

    Pairs that are no spellings of one sound at all (John and Ivan) are left out after the
    first round: those less likely as a pair than as two unrelated words.
    """
    pooled = first_guess()
    tables = dict.fromkeys(pairs, pooled)
    kept = dict(pairs)
    for number in range(rounds):
        total = np.zeros_like(pooled)
        counted = {}
        likely = 0.0
        for key, those in kept.items():
            counts, chances = expected_counts(tables[key], those)
            unrelated = _alone(tables[key], those)
            related = chances > unrelated + 6
            if number >= 1 and not related.all():
                kept[key] = Pairs(left=those.left[related], right=those.right[related])
                counts, chances = expected_counts(tables[key], kept[key])
            likely += float(chances.sum())
            counted[key] = counts
            weight = min(1.0, 30_000 / max(counts.sum(), 1))
            total += weight * (counts + (counts.T if key[0] != key[1] else 0))
        pooled = _smoothed(0.5 * (total + total.T), first_guess(), 2_000)
        for key, counts in counted.items():
            own = counts + counts.T if key[0] == key[1] else counts
            tables[key] = _smoothed(own, pooled, 1_500)
        if say:
            print(
                f"round {number + 1}: {sum(len(p.left) for p in kept.values())} pairs, "
                f"{likely / max(sum(len(p.left) for p in kept.values()), 1):.3f} bits a pair",
                flush=True,
            )
    return pooled, tables


def _smoothed(counts: Floats, prior: Floats, strength: float) -> Floats:
    joint = counts + strength * prior
    joint[END, END] = 0
    return np.asarray(joint / joint.sum())


def _alone(joint: Floats, pairs: Pairs) -> Floats:
    """log2 chance of each pair if the two words had nothing to do with each other."""
    one = np.append(joint.sum(axis=1)[:END], 0)
    other = np.append(joint.sum(axis=0)[:END], 0)
    one, other = one / one.sum(), other / other.sum()
    one[END] = other[END] = 1
    return np.asarray(
        np.log2(one[pairs.left]).sum(axis=1) + np.log2(other[pairs.right]).sum(axis=1)
    )


def costs_of(pooled: Floats, tables: Mapping[tuple[int, int], Floats]) -> dict[str, npt.NDArray]:
    """The arrays of `repatria.linkage.costs.EditCosts` for the learned chances."""
    swap = np.full((CLASSES, CLASSES, STRIDE, STRIDE), 900, dtype=np.int16)
    drop = np.full((CLASSES, CLASSES, STRIDE), 900, dtype=np.int16)
    expected = np.zeros((CLASSES, CLASSES, STRIDE), dtype=np.float32)
    for s in range(CLASSES):
        for t in range(CLASSES):
            joint = tables.get((s, t))
            if joint is None:
                joint = tables[t, s].T if (t, s) in tables else pooled
            one, other = joint.sum(axis=1)[:END], joint.sum(axis=0)[:END]
            one, other = one / one.sum(), other / other.sum()
            bits = np.log2(joint[:END, :END] / (one[:, None] * other[None, :]) + SLIP)
            alone = np.log2(joint[:END, END] / one + SLIP)
            swap[s, t, :SIZE, :SIZE] = np.clip(np.round(-bits * UNITS_PER_BIT), -900, 900)
            drop[s, t, :SIZE] = np.clip(np.round(-alone * UNITS_PER_BIT), -900, 900)
            outcomes = joint[:END] / joint[:END].sum(axis=1, keepdims=True)
            each = np.c_[bits / 2, alone]
            expected[s, t, :SIZE] = (outcomes * each).sum(axis=1)
    return {
        "swap": swap.ravel(),
        "drop": drop.ravel(),
        "expected": expected.ravel(),
        "sounds": np.array(SOUNDS),
    }
