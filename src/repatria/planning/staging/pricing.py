"""What do a solver's multipliers prove, and whom do they keep out of a tranche?

Multipliers in floating point become whole prices; the bound they give is computed
exactly. The same prices say which moves no best schedule makes, and which limits
every best schedule meets exactly: that makes the search for whole numbers small.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import Whole
from repatria.planning.staging.building import Columns, StagingModel

Json = dict[str, Any]
DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 840, 5040, 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pricing:
    """Whole prices and what follows from them.

    Attributes:
        denominator: of all prices.
        capacity, exposure, agreed: prices, (sites or parties, tranches).
        levels: price of each earlier level.
        total: the bound times the denominator.
        extra: per move, what it costs above the cheapest tranche of its class.
    """

    denominator: int
    capacity: Whole
    exposure: Whole
    agreed: Whole
    levels: dict[str, int]
    total: int
    extra: Whole

    @property
    def bound(self) -> int:
        """No schedule has less."""
        return -(-self.total // self.denominator)

    def to_json(self, model: StagingModel) -> Json:
        """As a proof that `proof.proven_bound` reads."""
        question = model.question
        return {
            "denominator": self.denominator,
            "capacity": _sparse(question.sites, self.capacity),
            "exposure": _sparse(question.parties, self.exposure),
            "agreed": _sparse(question.parties, self.agreed),
            "levels": {name: price for name, price in self.levels.items() if price},
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shut:
    """Moves that no schedule makes which keeps a level.

    Attributes:
        level: the level.
        value: what it does not exceed.
        pricing: the prices that say so.
        moves: which, (moves,) bool.
        counts: units per class.
    """

    level: str
    value: int
    pricing: Pricing
    moves: NDArray[np.bool_]
    counts: Whole


def price(
    model: StagingModel,
    at: Columns,
    level: int | None,
    earlier: tuple[int, ...],
    multipliers: Real,
    wanted: int,
    shut: tuple["Shut", ...] = (),
) -> Pricing | None:
    """The shortest prices that prove a value, else the best ones.

    Args:
        model, at: the program and its columns.
        level: which one; None for a ray of an impossible program.
        earlier: values of the levels before it.
        multipliers: one per row of the program, then one per earlier level but the first.
        wanted: what they should prove.
        shut: moves that earlier prices shut out, and that the solver did not see.
    """
    if not len(multipliers):
        return None
    largest = float(np.max(np.abs(multipliers)))
    scaled = multipliers / largest if level is None and largest > 0 else multipliers.copy()
    # Rows of earlier levels are held from below: -cost * n >= -value.
    scaled[model.program.row_count :] *= -1
    best: Pricing | None = None
    for denominator in DENOMINATORS:
        found = _priced(model, at, level, earlier, scaled, denominator)
        for each in reversed(shut):
            found = _with_shut(found, at, each, shut)
        exact = found.total == wanted * denominator
        if best is None or found.bound > best.bound or (exact and found.bound == best.bound):
            best = found
        if exact or (level is None and best.total > 0):
            break
    return best


def _priced(
    model: StagingModel,
    at: Columns,
    level: int | None,
    earlier: tuple[int, ...],
    multipliers: Real,
    denominator: int,
) -> Pricing:
    whole = np.maximum(0, np.rint(multipliers * denominator)).astype(np.int64)
    capacity, exposure = whole[model.capacity_rows], whole[model.exposure_rows]
    agreed = whole[model.agreed_rows]
    if level == 0:
        _cut(exposure, denominator)
    elif level is None and not earlier:
        exposure[:] = 0
    rows = model.program.row_count
    levels = {name: int(p) for name, p in zip(model.levels[1:], whole[rows:], strict=False)}
    cost = at.size * capacity[at.site, at.tranche]
    ahead = exposure + agreed if len(agreed) else exposure
    later = np.zeros((len(ahead), model.tranches + 1), dtype=np.int64)
    later[:, :-1] = np.cumsum(ahead[:, ::-1], axis=1)[:, ::-1]
    cost += at.value * (later[at.holder, at.tranche] - later[at.claimant, at.tranche + at.late])
    for number, each in enumerate(levels.values(), start=1):
        cost += each * model.costs[number, : model.moves]
    if level:
        cost += denominator * model.costs[level, : model.moves]
    cheapest = np.full(len(model.question.classes), np.iinfo(np.int64).max)
    np.minimum.at(cheapest, at.unit_class, cost)
    counts = np.array([each.count for each in model.question.classes], dtype=np.int64)
    total = int(cheapest @ counts) - int(np.sum(capacity * _rooms(model)))
    if len(agreed):
        limits = [model.question.agreed.get(party, 0) for party in model.question.parties]
        total -= int(np.sum(agreed * np.array(limits)[:, None]))
    if earlier:
        total -= earlier[0] * int(np.sum(exposure))
    total -= sum(p * v for p, v in zip(levels.values(), earlier[1:], strict=True))
    return Pricing(
        denominator=denominator,
        capacity=capacity,
        exposure=exposure,
        agreed=agreed,
        levels=levels,
        total=total,
        extra=cost - cheapest[at.unit_class],
    )


def _with_shut(found: Pricing, at: Columns, shut: Shut, every: tuple[Shut, ...]) -> Pricing:
    """Prices that keep out what earlier prices kept out, by adding a multiple of those.

    Where the earlier prices are exact, the bound does not suffer.
    """
    open_ones = ~np.any([each.moves for each in every], axis=0)
    least = np.full(len(shut.counts), np.iinfo(np.int64).max)
    np.minimum.at(least, at.unit_class[open_ones], found.extra[open_ones])
    short = least[at.unit_class] - found.extra
    needed = shut.moves & (short > 0) & (least[at.unit_class] < np.iinfo(np.int64).max)
    if not np.any(needed):
        return found
    before = shut.pricing
    times = int(np.max(-(-short[needed] // before.extra[needed])))
    extra = found.extra + times * before.extra
    cheapest = np.full(len(shut.counts), np.iinfo(np.int64).max)
    np.minimum.at(cheapest, at.unit_class, extra)
    levels = {
        name: found.levels.get(name, 0) + times * before.levels.get(name, 0)
        for name in found.levels
    }
    exposure = found.exposure + times * before.exposure
    spare = before.denominator * shut.value - before.total
    if shut.level in levels:
        levels[shut.level] += times * before.denominator
    else:
        # The level is exposure itself, which is limited and has no price of its own.
        spare -= shut.value * (before.denominator - int(np.sum(before.exposure)))
    return Pricing(
        denominator=found.denominator,
        capacity=found.capacity + times * before.capacity,
        exposure=exposure,
        agreed=found.agreed + times * before.agreed,
        levels=levels,
        total=found.total - times * spare + int(cheapest @ shut.counts),
        extra=extra - cheapest[at.unit_class],
    )


def _cut(exposure: Whole, most: int) -> None:
    """Prices of exposure may not exceed 1 together; rounding may have gone above."""
    for _ in range(exposure.size):
        over = int(np.sum(exposure)) - most
        if over <= 0:
            return
        place = np.unravel_index(int(np.argmax(exposure)), exposure.shape)
        exposure[place] -= min(over, int(exposure[place]))


def _rooms(model: StagingModel) -> Whole:
    return model.program.row_upper[model.capacity_rows]


def _sparse(names: tuple[str, ...], prices: Whole) -> Json:
    return {
        name: {str(t): int(row[t]) for t in np.nonzero(row)[0]}
        for name, row in zip(names, prices, strict=False)
        if np.any(row)
    }
