"""How few numbers are still open when most of a plan is known?

The prices of a relaxation say what each class costs that does not go as far as the
relaxation lets it. With any plan in hand, a class that costs more than the plan lies
below the relaxation cannot move; exactly, so that nothing as good is lost. A plan
is found among those few classes that cost least. What is left are dozens of numbers
instead of thousands.

Source: the core of Balas and Zemel, "An algorithm for large zero-one knapsack
problems", Operations Research 28 (1980); reduced cost fixing, Crowder, Johnson and
Padberg, "Solving large-scale zero-one linear programming problems", ibid. 31 (1983).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from repatria.planning.exact import bound_of, box_most, combined, limit_of
from repatria.planning.solvers import Ending, LinearAnswer, Program, WholeAnswer
from repatria.planning.solvers.program import Whole

_CORE = 300

Ask = Callable[[Program], WholeAnswer]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Prices:
    """What moving each unknown away from its end costs.

    Attributes:
        rest: per unknown; positive holds it at its upper limit, negative at its lower.
        top: nothing exceeds it; both times `denominator`.
    """

    rest: Whole
    top: int
    denominator: int


def narrowed(
    program: Program, gains: Whole, relaxed: LinearAnswer, ask: Ask, known: Whole | None = None
) -> WholeAnswer:
    """The whole numbers for which `gains * n` is largest, by way of few open unknowns.

    Args:
        program: within which limits and rows.
        gains: what is maximised.
        relaxed: the relaxation of the same.
        ask: for the best whole numbers of a program.
        known: whole numbers that keep the program, if there are any.
    """
    prices = _prices(program, gains, relaxed)
    if prices is None:
        return ask(program)
    if known is None or _open(program, prices, int(gains @ known)) > _CORE:
        answer = ask(_core(program, prices, relaxed))
        found = answer.numbers
        if found is not None and (known is None or gains @ found > gains @ known):
            known = found
    if known is None:
        return ask(program)
    value = int(gains @ known)
    answer = ask(_within(program, prices, value))
    # What was left out is below the value that is known.
    bounds = [prices.top // prices.denominator]
    bounds += [] if answer.bound is None else [max(value, answer.bound)]
    if answer.numbers is None or answer.value < value:
        return WholeAnswer(ending=Ending.STOPPED, numbers=known, value=value, bound=min(bounds))
    return replace(answer, bound=min(bounds))


def _prices(program: Program, gains: Whole, relaxed: LinearAnswer) -> _Prices | None:
    if relaxed.ending is not Ending.OPTIMAL:
        return None
    proof = bound_of(program, gains, relaxed.multipliers, int(np.floor(relaxed.value)))
    if proof is None:
        return None
    rest = proof.denominator * gains - combined(program, proof.multipliers)
    top = limit_of(program, proof.multipliers) + box_most(program, rest)
    return _Prices(rest=rest, top=top, denominator=proof.denominator)


def _core(program: Program, prices: _Prices, relaxed: LinearAnswer) -> Program:
    """The program in which only the cheapest can move."""
    near = np.clip(np.rint(relaxed.numbers).astype(np.int64), program.lower, program.upper)
    cheap = np.argsort(np.abs(prices.rest), kind="stable")[:_CORE]
    lower, upper = near.copy(), near.copy()
    lower[cheap], upper[cheap] = program.lower[cheap], program.upper[cheap]
    return replace(program, lower=lower, upper=upper)


def _within(program: Program, prices: _Prices, value: int) -> Program:
    """The program without numbers that are certain to be below a value."""
    slack = min(prices.top - prices.denominator * value, 1 << 62)
    moves = np.full(program.size, slack, dtype=np.int64)
    used = prices.rest != 0
    moves[used] = slack // np.abs(prices.rest[used])
    span = np.minimum(moves, program.upper - program.lower)
    low = np.where(prices.rest > 0, program.upper - span, program.lower)
    high = np.where(prices.rest < 0, program.lower + span, program.upper)
    return replace(program, lower=low, upper=high)


def _open(program: Program, prices: _Prices, value: int) -> int:
    within = _within(program, prices, value)
    return int(np.count_nonzero(within.lower < within.upper))
