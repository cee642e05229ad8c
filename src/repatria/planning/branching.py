"""How is a bound shown where the relaxation alone does not show it?

By a small tree of cases: at most so many of something, or more. Each case is
either split again or refuted by multipliers. What is split is a row first (how
many one party gives), for that closes a ratio of three to one at once; a single
class only when all rows are whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.exact import bound_of, refutes
from repatria.planning.relaxing import nothing_gained, with_floor
from repatria.planning.solvers import Ending, LinearChain, Program, SolverFaultError
from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]
_WHOLE_ENOUGH = 1e-6


class _TooLargeError(Exception):
    """The tree would have too many cases."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Tree:
    """One tree while it grows.

    Attributes:
        classes: the question.
        program: with the floors of the levels above.
        gains, most: what must be shown: `gains * n` is at most this; without gains
            that nothing keeps the program.
        names: of the rows.
        own: the name of the level in question; empty without gains.
        cases: how many cases it may have.
        until: when to give up, by the clock.
    """

    classes: Classes
    program: Program
    gains: Whole
    most: int
    names: list[str]
    own: str
    cases: int
    until: float
    clock: Callable[[], float] = monotonic
    chain: LinearChain = field(init=False)
    # Where limits of rows come from: the name of the case that set them.
    lower_from: dict[int, str] = field(init=False, default_factory=dict)
    upper_from: dict[int, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.chain = LinearChain(self.program)

    def grow(self, box: tuple[str, ...]) -> Json:
        """The tree below here; `box` are the names of the cases above."""
        self.cases -= 1
        if self.cases < 0 or self.clock() > self.until:
            raise _TooLargeError
        answer = self.chain.maximise(self.gains)
        leaf = self._leaf(answer.ending, answer.multipliers)
        if leaf is not None:
            return leaf
        if answer.ending is not Ending.OPTIMAL:
            raise _TooLargeError
        row = self._split_row(answer.numbers)
        if row is not None:
            return self._on_row(row[0], row[1], box)
        split = self._split_class(answer.numbers)
        if split is None:
            raise _TooLargeError
        return self._on_class(split[0], split[1], box)

    def _leaf(self, ending: Ending, multipliers: Real) -> Json | None:
        if not len(multipliers):
            return None
        if ending is Ending.INFEASIBLE:
            proof = refutes(self.program, multipliers)
        else:
            proof = bound_of(self.program, self.gains, multipliers, self.most)
            if proof is not None and (proof.bound > self.most or not self.own):
                return None
        if proof is None:
            return None
        used = {}
        for number in np.nonzero(proof.multipliers)[0].tolist():
            y = int(proof.multipliers[number])
            origin = self.upper_from if y > 0 else self.lower_from
            used[origin.get(number, self.names[number])] = y
        if ending is Ending.OPTIMAL:
            used[self.own] = used.get(self.own, 0) - proof.denominator
        return {"multipliers": used}

    def _split_row(self, numbers: Real) -> tuple[int, int] | None:
        """The row whose value is the least whole, and the number below it."""
        parts = self.program.weights * numbers[self.program.columns]
        sums = np.bincount(self.program.row_of_entry(), parts, self.program.row_count)
        rules = len(self.classes.instance.rules)
        free = np.arange(len(sums)) < rules
        free[rules + len(self.classes.ways) :] = True
        off = np.where(free, np.abs(sums - np.rint(sums)), 0.0)
        row = int(np.argmax(off)) if len(off) else 0
        if not len(off) or off[row] < _WHOLE_ENOUGH:
            return None
        return row, int(np.floor(sums[row]))

    def _split_class(self, numbers: Real) -> tuple[int, int] | None:
        own = numbers[: self.classes.count]
        off = np.abs(own - np.rint(own))
        column = int(np.argmax(off)) if len(off) else 0
        if not len(off) or off[column] < _WHOLE_ENOUGH:
            return None
        return column, int(np.floor(own[column]))

    def _on_row(self, row: int, cut: int, box: tuple[str, ...]) -> Json:
        name = f"{self.names[row]}#{len(box)}"
        before = self.program
        low, high = int(before.row_lower[row]), int(before.row_upper[row])
        origins = dict(self.lower_from), dict(self.upper_from)
        sides = []
        for lower, upper in ((low, min(high, cut)), (max(low, cut + 1), high)):
            lows, highs = before.row_lower.copy(), before.row_upper.copy()
            lows[row], highs[row] = lower, upper
            self.lower_from, self.upper_from = dict(origins[0]), dict(origins[1])
            (self.upper_from if upper != high else self.lower_from)[row] = name
            if lower > upper:
                sides.append(_crossed(self.names[row], name, origins, row, upper == cut))
                continue
            self.program = replace(before, row_lower=lows, row_upper=highs)
            self.chain.limit_row(row, lower, upper)
            sides.append(self.grow((*box, name)))
        self.program = before
        self.lower_from, self.upper_from = origins
        self.chain.limit_row(row, low, high)
        return {"row": self.names[row], "at": cut, "below": sides[0], "above": sides[1]}

    def _on_class(self, column: int, cut: int, box: tuple[str, ...]) -> Json:
        name = f"class:{self.classes.keys[column]}"
        before = self.program
        low, high = int(before.lower[column]), int(before.upper[column])
        sides = []
        for lower, upper in ((low, cut), (cut + 1, high)):
            lows, highs = before.lower.copy(), before.upper.copy()
            lows[column], highs[column] = lower, upper
            self.program = replace(before, lower=lows, upper=highs)
            self.chain.limit_column(column, lower, upper)
            sides.append(self.grow(box if name in box else (*box, name)))
        self.program = before
        self.chain.limit_column(column, low, high)
        return {"class": name, "at": cut, "below": sides[0], "above": sides[1]}


def _crossed(
    row_name: str,
    name: str,
    origins: tuple[dict[int, str], dict[int, str]],
    row: int,
    below: bool,
) -> Json:
    """The row's own limit against that of the case: no number lies between."""
    if below:
        return {"multipliers": {name: 1, origins[0].get(row, row_name): -1}}
    return {"multipliers": {origins[1].get(row, row_name): 1, name: -1}}


def tree_of(
    classes: Classes,
    level: int,
    values: tuple[int, ...],
    names: list[str],
    *,
    cases: int = 400,
    seconds: float = 2.0,
) -> Json | None:
    """A tree that shows that no plan as good above exceeds a level; None if too large.

    Args:
        classes: the question.
        level: whose value is the bound.
        values: of all levels.
        names: of the rows of the question, then of the floors of the levels above,
            then of the groups of this one if it is a coverage.
        cases: how many cases the tree may have.
        seconds: for the whole tree.
    """
    program = classes.program
    for above in range(level):
        program = with_floor(program, classes, above, values[above])
    own = f"level:{classes.instance.levels[level].id}"
    gains = nothing_gained(classes)
    if level in classes.spreads:
        program, own = with_floor(program, classes, level, values[level] + 1), ""
    else:
        gains = classes.gains[level]
    tree = _Tree(
        classes=classes, program=program, gains=gains, most=values[level], names=names,
        own=own, cases=cases, until=monotonic() + seconds,
    )  # fmt: skip
    try:
        return tree.grow(())
    except (_TooLargeError, SolverFaultError, RecursionError):
        return None
