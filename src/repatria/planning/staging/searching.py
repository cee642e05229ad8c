"""Which whole schedule reaches the levels that the relaxation promises?

After the prices have shut most moves out, and classes alike are one, what is left is a
small puzzle in whole numbers. Diving answers many: the latest fraction is rounded, the
relaxation solved again, until nothing is fractional. HiGHS answers most of the rest,
and CP-SAT what is left, or refutes.
"""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from repatria.planning.solvers import Ending, Engine, LinearChain, Program, solve_integer
from repatria.planning.solvers.program import Whole
from repatria.planning.staging.building import StagingModel
from repatria.planning.staging.merging import merged

_FRACTION = 1e-6
# A dive that has not ended after so many relaxations seldom does.
_MOST_DIVES = 700
_MOST_TURNS = 60
# What the first search may take: nodes, and of the time that is left.
_MOST_NODES, _FIRST_SHARE = 20_000, 0.6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What a search found.

    Attributes:
        numbers: a solution; None when none was found.
        refuted: an engine says that there is none, or none better.
    """

    numbers: Whole | None = None
    refuted: bool = False


def narrowed(program: Program, upper: Whole, lower: Whole) -> tuple[Program, Whole]:
    """The program without the unknowns that are fixed, and which are left."""
    fixed = lower == upper
    (left,) = np.nonzero(~fixed)
    place = np.cumsum(~fixed) - 1
    rows = program.row_of_entry()
    gone = fixed[program.columns]
    known = np.bincount(
        rows[gone],
        weights=(program.weights * lower[program.columns])[gone].astype(np.float64),
        minlength=program.row_count,
    ).astype(np.int64)
    kept = ~gone
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=program.row_count))])
    return (
        replace(
            program,
            lower=lower[left],
            upper=upper[left],
            starts=starts.astype(np.int64),
            columns=place[program.columns[kept]].astype(np.int64),
            weights=program.weights[kept],
            row_lower=_less(program.row_lower, known),
            row_upper=_less(program.row_upper, known),
        ),
        left,
    )


def search(
    model: StagingModel,
    program: Program,
    gains: Whole,
    *,
    until: float,
    share: float = 1.0,
) -> Found:
    """A whole solution; with gains, the best one that time allows.

    Args:
        model: where the program comes from.
        program: its limits as narrow as they are known.
        gains: what to maximise among solutions; all 0 for any.
        until: when to stop, by the monotonic clock.
        share: of the time left that may be used.
    """
    open_ones, left = narrowed(program, program.upper, program.lower)
    numbers = program.lower.copy()
    fewer = merged(open_ones, model, left)
    small, aims = fewer.program, gains[left][fewer.kept]
    until = min(until, monotonic() + share * (until - monotonic()))
    if not np.any(aims):
        found = _any(small, model, left[fewer.kept], until=until)
        if found.numbers is None:
            return found
        numbers[left] = fewer.apart(found.numbers, len(left))
        return Found(numbers=numbers)
    seconds = until - monotonic()
    if seconds <= 0:
        return Found()
    answer = solve_integer(small, aims, seconds=seconds, engine=Engine.CP_SAT)
    if answer.numbers is None:
        return Found(refuted=answer.ending is Ending.INFEASIBLE)
    numbers[left] = fewer.apart(answer.numbers, len(left))
    return Found(numbers=numbers, refuted=answer.ending is Ending.OPTIMAL)


def _any(small: Program, model: StagingModel, left: Whole, *, until: float) -> Found:
    """Any solution: a dive, a search by HiGHS, then more dives and short searches in turn."""
    nothing = np.zeros(small.size, dtype=np.int64)
    for turn in range(_MOST_TURNS):
        found = _dive(small, model, left, turn, until=until)
        if found is not None:
            return Found(numbers=found)
        for engine in (Engine.HIGHS, Engine.CP_SAT) if turn == 0 else (Engine.CP_SAT,):
            left_over = until - monotonic()
            if left_over <= 0:
                return Found()
            whole = engine is Engine.HIGHS
            answer = solve_integer(
                small, nothing, seconds=left_over * (_FIRST_SHARE if whole else 1.0),
                engine=engine, effort=_MOST_NODES if whole else None, turn=turn,
            )  # fmt: skip
            if answer.ending is Ending.INFEASIBLE:
                return Found(refuted=True)
            if answer.numbers is not None:
                return Found(numbers=answer.numbers)
    return Found()


def _slopes(size: int, turn: int) -> Whole:
    """Small gains that lead a dive elsewhere: none in the first turn, others in each further."""
    return np.arange(1, size + 1, dtype=np.int64) * (turn * 7919) % 1009


def _dive(
    small: Program, model: StagingModel, left: Whole, turn: int, *, until: float
) -> Whole | None:
    """A whole solution by rounding one fraction after the other, the latest first."""
    (moves,) = np.nonzero(left < model.moves)
    late = model.tranche[left[moves]]
    lower, upper = small.lower.copy(), small.upper.copy()
    chain, aims = LinearChain(small), np.where(left < model.moves, _slopes(small.size, turn), 0)
    answer = chain.maximise(aims)
    for _ in range(_MOST_DIVES):
        if answer.ending is not Ending.OPTIMAL or monotonic() > until:
            return None
        numbers = answer.numbers[moves]
        away = np.abs(numbers - np.rint(numbers))
        (open_ones,) = np.nonzero(away > _FRACTION)
        if not len(open_ones):
            whole = np.rint(answer.numbers).astype(np.int64)
            return whole if small.is_kept_by(whole) else None
        chosen = open_ones[np.lexsort((away[open_ones], -late[open_ones]))[0]]
        column, number = int(moves[chosen]), float(numbers[chosen])
        nearest = round(number)
        up = number < nearest
        for above in (up, not up):
            low = int(np.ceil(number)) if above else int(lower[column])
            high = int(upper[column]) if above else int(np.floor(number))
            chain.limit_column(column, low, high)
            answer = chain.maximise(aims)
            if answer.ending is Ending.OPTIMAL:
                lower[column], upper[column] = low, high
                break
    return None


def _less(limits: Whole, known: Whole) -> Whole:
    """Limits of rows after what is known is taken away; none stays none."""
    bounded = np.abs(limits) < 1 << 61
    return np.where(bounded, limits - known, limits)
