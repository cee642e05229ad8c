"""What do multipliers prove, in whole numbers?

Whatever a solver says in floating point, its multipliers rounded to whole
numbers give a bound that holds: add up the rows with them, and no choice of
numbers within the limits can exceed the sum. Bad multipliers give a weak bound,
never a wrong one.
"""

from dataclasses import dataclass

import numpy as np

from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import NO_LIMIT, Program, Whole

# Tried in this order: small ones make short certificates. Multipliers of a
# vertex are fractions, often with small denominators.
DENOMINATORS = (1, 2, 6, 12, 60, 840, 5040, 1_000_000, 1 << 30, 1 << 40)
_SAFE = float(1 << 61)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proof:
    """Multipliers of rows, over one denominator.

    Attributes:
        multipliers: per row; positive uses the upper limit, negative the lower.
        denominator: of all of them.
        bound: `gains * n` is at most this; for a ray: negative, so nothing exists.
    """

    multipliers: Whole
    denominator: int
    bound: int


def bound_of(program: Program, gains: Whole, multipliers: Real, wanted: int) -> Proof | None:
    """The bound that multipliers prove, as soon as it is as low as wanted.

    Returns:
        The first proof that reaches `wanted`, else the best one; None when no
        denominator gives any.
    """
    best: Proof | None = None
    for denominator in DENOMINATORS:
        proof = _bound(program, gains, multipliers, denominator)
        if proof is not None and (best is None or proof.bound < best.bound):
            best = proof
            if best.bound <= wanted:
                break
    return best


def _bound(program: Program, gains: Whole, reals: Real, denominator: int) -> Proof | None:
    rounded = rounded_multipliers(program, reals, denominator)
    if rounded is None:
        return None
    rest = denominator * gains - combined(program, rounded)
    total = limit_of(program, rounded) + box_most(program, rest)
    return Proof(multipliers=rounded, denominator=denominator, bound=total // denominator)


def refutes(program: Program, multipliers: Real) -> Proof | None:
    """Whole multipliers that show that no numbers keep the program; None if they do not."""
    scale = float(np.max(np.abs(multipliers), initial=0.0))
    if scale <= 0:
        return None
    # A ray has no length of its own: make its largest part 1.
    for denominator in DENOMINATORS:
        rounded = rounded_multipliers(program, multipliers / scale, denominator)
        if rounded is None:
            continue
        rest = -combined(program, rounded)
        total = limit_of(program, rounded) + box_most(program, rest)
        if total < 0:
            return Proof(multipliers=rounded, denominator=1, bound=total)
    return None


def rounded_multipliers(program: Program, reals: Real, denominator: int) -> Whole | None:
    """Whole multipliers with the signs that the rows' limits allow; None when too large."""
    scaled = reals * denominator
    if not bool(np.all(np.isfinite(scaled))):
        return None
    if float(np.max(np.abs(scaled), initial=0.0)) * _reach(program) > _SAFE:
        return None
    rounded = np.rint(scaled).astype(np.int64)
    rounded[(rounded > 0) & (program.row_upper >= NO_LIMIT)] = 0
    rounded[(rounded < 0) & (program.row_lower <= -NO_LIMIT)] = 0
    return rounded


def _reach(program: Program) -> float:
    """How large sums over rows and unknowns can get, per unit of a multiplier."""
    span = float(np.sum(np.abs(program.upper).astype(np.float64))) + 1.0
    weight = float(np.max(np.abs(program.weights), initial=1))
    limits = np.concatenate([program.row_lower, program.row_upper])
    limits = limits[np.abs(limits) < NO_LIMIT]
    limit = float(np.max(np.abs(limits), initial=0))
    return program.row_count * (weight * min(span, 1e7) / 16 + limit) + 1.0


def combined(program: Program, multipliers: Whole) -> Whole:
    """Per unknown the sum of its weights times the multipliers of their rows."""
    parts = program.weights * np.repeat(multipliers, np.diff(program.starts))
    total = np.zeros(program.size, dtype=np.int64)
    np.add.at(total, program.columns, parts)
    return total


def limit_of(program: Program, multipliers: Whole) -> int:
    """What the rows' limits allow the combined row to be."""
    limits = np.where(multipliers > 0, program.row_upper, program.row_lower)
    used = multipliers != 0
    return sum(
        y * limit
        for y, limit in zip(multipliers[used].tolist(), limits[used].tolist(), strict=True)
    )


def box_most(program: Program, rest: Whole) -> int:
    """The most that `rest * n` can be within the limits of the unknowns."""
    ends = np.where(rest > 0, program.upper, program.lower)
    used = (rest != 0) & (ends != 0)
    return sum(r * end for r, end in zip(rest[used].tolist(), ends[used].tolist(), strict=True))
