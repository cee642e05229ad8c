"""How does a schedule look to a solver?

Inventory form: how far each party is ahead after a tranche is an unknown of its
own, tied to the one before. That keeps rows short where sums from the start
would grow with the square of the tranches.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from repatria.planning.solvers import NO_LIMIT, Program
from repatria.planning.solvers.program import Whole
from repatria.planning.staging.question import Move, StagingQuestion


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StagingModel:
    """A question as a program.

    Attributes:
        question: canonical.
        tranches: how many.
        program: unknowns are units per class and tranche, then exposures per party and
            tranche, then the greatest exposure.
        unit_class, tranche: for each unknown of the first sort.
        levels: names, first to last.
        costs: per level, what one of each unknown adds; less is better.
        capacity_rows, exposure_rows, agreed_rows: places of rows, (sites or parties, tranches).

    Shape: unit_class, tranche (n,); costs (levels, unknowns).
    """

    question: StagingQuestion
    tranches: int
    program: Program
    unit_class: Whole
    tranche: Whole
    levels: tuple[str, ...]
    costs: Whole
    capacity_rows: Whole
    exposure_rows: Whole
    agreed_rows: Whole

    @property
    def moves(self) -> int:
        """How many unknowns say who goes when."""
        return len(self.unit_class)

    @property
    def greatest(self) -> int:
        """The unknown that is the greatest exposure."""
        return self.program.size - 1

    def moves_in(self, numbers: Whole) -> tuple[Move, ...]:
        """A solution as moves, in order."""
        (chosen,) = np.nonzero(numbers[: self.moves])
        return tuple(
            sorted(
                Move(
                    tranche=int(self.tranche[c]),
                    unit_class=int(self.unit_class[c]),
                    count=int(numbers[c]),
                )
                for c in chosen
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """What each move is, as arrays.

    Shape: each (n,) int64; before is bool, whether the holder's leg ends before the
    claimant's does.
    """

    unit_class: Whole
    tranche: Whole
    site: Whole
    holder: Whole
    claimant: Whole
    tier: Whole
    value: Whole
    size: Whole
    count: Whole
    late: Whole


def columns_of(question: StagingQuestion, tranches: int) -> Columns:
    """One column for each class and tranche in which it is ready."""
    classes = question.classes
    spans = [max(0, tranches - each.ready) for each in classes]
    unit_class = np.repeat(np.arange(len(classes)), spans)
    starts = [np.arange(min(each.ready, tranches), tranches) for each in classes]
    tranche = np.concatenate([np.zeros(0, dtype=np.int64), *starts])
    sites = {site: i for i, site in enumerate(question.sites)}
    parties = {party: i for i, party in enumerate(question.parties)}

    def spread(numbers: Sequence[int]) -> Whole:
        return np.array(numbers, dtype=np.int64)[unit_class]

    late = [
        not question.goes_before(classes[k].holder, classes[k].claimant, int(t))
        for k, t in zip(unit_class, tranche, strict=True)
    ]
    return Columns(
        unit_class=unit_class,
        tranche=tranche,
        site=spread([sites[each.site] for each in classes]),
        holder=spread([parties[each.holder] for each in classes]),
        claimant=spread([parties[each.claimant] for each in classes]),
        tier=spread([each.tier for each in classes]),
        value=spread([each.value for each in classes]),
        size=spread([each.size for each in classes]),
        count=spread([each.count for each in classes]),
        late=np.array(late, dtype=np.int64),
    )


class _Rows:
    """Rows under construction, as triples."""

    def __init__(self) -> None:
        self.parts: list[tuple[Whole, Whole, Whole]] = []
        self.lower: list[int] = []
        self.upper: list[int] = []

    def block(self, lower: Sequence[int], upper: Sequence[int]) -> int:
        """So many rows more; the number of the first."""
        first = len(self.lower)
        self.lower.extend(lower)
        self.upper.extend(upper)
        return first

    def put(self, rows: Whole, columns: Whole, weights: Whole) -> None:
        """Entries."""
        kept = weights != 0
        self.parts.append((rows[kept], columns[kept], weights[kept]))

    def program(self, lower: Whole, upper: Whole) -> Program:
        """What they make."""
        rows, columns, weights = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        order = np.lexsort((columns, rows))
        starts = np.searchsorted(rows[order], np.arange(len(self.lower) + 1))
        return Program(
            lower=lower,
            upper=upper,
            starts=starts.astype(np.int64),
            columns=columns[order].astype(np.int64),
            weights=weights[order].astype(np.int64),
            row_lower=np.array(self.lower, dtype=np.int64),
            row_upper=np.array(self.upper, dtype=np.int64),
        )


def build_staging(question: StagingQuestion, tranches: int) -> StagingModel:
    """The program of a canonical question with so many tranches."""
    at = columns_of(question, tranches)
    moves, parties, sites = len(at.unit_class), len(question.parties), len(question.sites)
    every = np.arange(moves)
    ahead = moves + np.arange(parties * tranches).reshape(parties, tranches)
    greatest = moves + parties * tranches
    rows = _Rows()
    counts = [each.count for each in question.classes]
    rows.put(rows.block(counts, counts) + at.unit_class, every, np.ones(moves, dtype=np.int64))
    rooms = [question.room(s, t) for s in question.sites for t in range(tranches)]
    first = rows.block([-NO_LIMIT] * len(rooms), rooms)
    capacity_rows = first + np.arange(sites * tranches).reshape(sites, tranches)
    rows.put(capacity_rows[at.site, at.tranche], every, at.size)
    _inventory(rows, at, ahead)
    exposure_rows = _peaks(rows, at, ahead, [0] * parties)
    rows.put(
        exposure_rows.ravel(),
        np.full(parties * tranches, greatest),
        np.full(parties * tranches, -1),
    )
    limits = [question.agreed.get(party) for party in question.parties]
    agreed_rows = _peaks(rows, at, ahead, limits) if question.agreed else exposure_rows[:0]
    most = question.total_value
    program = rows.program(
        np.concatenate([np.zeros(moves), np.full(parties * tranches, -most), [0]]).astype(np.int64),
        np.concatenate([at.count, np.full(parties * tranches + 1, most)]).astype(np.int64),
    )
    return StagingModel(
        question=question,
        tranches=tranches,
        program=program,
        unit_class=at.unit_class,
        tranche=at.tranche,
        levels=("E", *(f"tier{tier}-earliest" for tier in question.tiers)),
        costs=_costs(question, at, program.size),
        capacity_rows=capacity_rows,
        exposure_rows=exposure_rows,
        agreed_rows=agreed_rows,
    )


def _inventory(rows: _Rows, at: Columns, ahead: Whole) -> None:
    parties, tranches = ahead.shape
    zeros = [0] * (parties * tranches)
    place = rows.block(zeros, zeros) + np.arange(parties * tranches).reshape(parties, tranches)
    every = np.arange(len(at.unit_class))
    ones = np.ones(parties * tranches, dtype=np.int64)
    rows.put(place.ravel(), ahead.ravel(), ones)
    rows.put(place[:, 1:].ravel(), ahead[:, :-1].ravel(), -ones[: parties * (tranches - 1)])
    rows.put(place[at.holder, at.tranche], every, -at.value)
    rows.put(place[at.claimant, at.tranche], every, at.value)


def _peaks(rows: _Rows, at: Columns, ahead: Whole, limits: Sequence[int | None]) -> Whole:
    parties, tranches = ahead.shape
    upper = [NO_LIMIT if most is None else most for most in limits for _ in range(tranches)]
    first = rows.block([-NO_LIMIT] * len(upper), upper)
    place = first + np.arange(parties * tranches).reshape(parties, tranches)
    rows.put(place.ravel(), ahead.ravel(), np.ones(parties * tranches, dtype=np.int64))
    # What comes later in the same tranche has not been received yet.
    every = np.arange(len(at.unit_class))
    rows.put(place[at.claimant, at.tranche], every, at.value * at.late)
    return place


def _costs(question: StagingQuestion, at: Columns, size: int) -> Whole:
    costs = np.zeros((1 + len(question.tiers), size), dtype=np.int64)
    costs[0, -1] = 1
    for number, tier in enumerate(question.tiers, start=1):
        costs[number, : len(at.tier)] = np.where(at.tier == tier, at.tranche * at.size, 0)
    return costs
