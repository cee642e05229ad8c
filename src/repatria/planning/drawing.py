"""Which of the plans that are equal at every level above does the lottery choose?

Thousands of numbers are open and few of them matter: see `narrowing`. A plan is found
among those, a short search shows that none is better, or an engine does for the
numbers that are left.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from repatria.planning.asking import Asked
from repatria.planning.branching import Search
from repatria.planning.narrowing import CORE, Prices, prices_of
from repatria.planning.relaxing import Bound, Chain
from repatria.planning.solvers import Ending, LinearAnswer, WholeAnswer
from repatria.planning.solvers.program import Whole

# How many relaxations a search may solve.
_EFFORT = 200
# Sums of lottery numbers that differ by less say little about where to split.
UNIT = float(1 << 18)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """What the lottery chooses.

    Attributes:
        answer: the best found, and whether it is the best.
        bound: how that is shown; None when it is the solver's word.
    """

    answer: WholeAnswer
    bound: Bound | None = None


def draw(
    chain: Chain,
    level: int,
    known: Whole | None,
    engines: Asked,
    *,
    until: float,
    clock: Callable[[], float],
) -> Drawn:
    """The best of a lottery.

    Args:
        chain: with the floors of all levels above.
        level: which one.
        known: a plan that reaches them, if there is any.
        engines: who is asked for whole numbers.
        until, clock: when to end a search.
    """
    relaxed = chain.ask(level)
    whole = chain.whole(relaxed)
    if whole is not None:
        answer, bound = _certain(chain, level, whole), None
    else:
        answer, bound = _among_few(chain, level, relaxed, known, engines, until, clock)
    if bound is None and answer.ending is Ending.OPTIMAL:
        top, shown = chain.proven(level, relaxed)
        if top == answer.value:
            bound = Bound(value=top, tight=True, shown=shown)
    return Drawn(answer=answer, bound=bound)


def _certain(chain: Chain, level: int, numbers: Whole) -> WholeAnswer:
    value = int(chain.classes.gains[level] @ numbers)
    return WholeAnswer(ending=Ending.OPTIMAL, numbers=numbers, value=value, bound=value)


def _among_few(
    chain: Chain,
    level: int,
    relaxed: LinearAnswer,
    known: Whole | None,
    engines: Asked,
    until: float,
    clock: Callable[[], float],
) -> tuple[WholeAnswer, Bound | None]:
    program, gains = chain.program(), chain.classes.gains[level]
    prices = prices_of(program, gains, relaxed)
    if prices is None:
        return engines.ask(program, gains), None
    known = _found(prices, gains, known, engines)
    if known is None:
        return engines.ask(program, gains), None
    value = int(gains @ known)
    if prices.open(value) > CORE:
        search = Search(
            chain=chain,
            level=level,
            effort=_EFFORT,
            unit=UNIT,
            enough=value,
            until=until,
            clock=clock,
        )
        found = search.best(known)
        if found.numbers is not None or found.bound <= value:
            best = known if found.numbers is None else found.numbers
            bound = Bound(value=max(value, found.bound), tight=True, shown=found.shown)
            return _certain(chain, level, best), bound
    answer = engines.ask(prices.within(value), gains)
    # What was left out is below the value that is known.
    top = prices.top // prices.denominator
    if answer.numbers is None or answer.value < value:
        return WholeAnswer(ending=Ending.STOPPED, numbers=known, value=value, bound=top), None
    most = top if answer.bound is None else min(top, max(value, answer.bound))
    return replace(answer, bound=most), None


def _found(prices: Prices, gains: Whole, known: Whole | None, engines: Asked) -> Whole | None:
    """A good plan: the one that is known, or one among the few numbers that cost least."""
    if known is not None and not prices.program.is_kept_by(known):
        known = None
    if known is not None and prices.open(int(gains @ known)) <= CORE:
        return known
    found = engines.ask(prices.core(), gains).numbers
    if found is None or (known is not None and np.all(gains @ found <= gains @ known)):
        return known
    return found
