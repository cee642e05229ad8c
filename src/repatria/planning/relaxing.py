"""What can no plan exceed, level by level?

A chain of relaxations: the best of each level in real numbers, rounded down by
an exact bound, is taken as reached and becomes a row for the next. Usually all
of it is reached by one plan, and then everything is proven at once.
"""

from dataclasses import dataclass, field

import numpy as np

from repatria.planning.classes import Classes, Spread
from repatria.planning.exact import Proof, bound_of, box_most, combined, limit_of, refutes
from repatria.planning.instance import FULL_COVERAGE
from repatria.planning.solvers import NO_LIMIT, Ending, LinearChain, Program, SolverFaultError
from repatria.planning.solvers.program import Whole

_EVERYTHING = 1 << 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bound:
    """What no plan exceeds at a level, when those above are as good as assumed.

    Attributes:
        value: the bound, a whole number.
        tight: whether the relaxation reaches it without rounding down.
        proof: multipliers of the rows of `program_with`; None when it is trivial.
    """

    value: int
    tight: bool
    proof: Proof | None


@dataclass(slots=True, kw_only=True, eq=False)
class Chain:
    """The relaxations of one question, with the floors assumed so far."""

    classes: Classes
    floors: dict[int, int] = field(default_factory=dict)
    _linear: LinearChain = field(init=False)
    _rows: dict[int, range] = field(init=False, default_factory=dict)
    _next_row: int = field(init=False)
    _made: Program | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._linear = LinearChain(self.classes.program)
        self._next_row = self.classes.program.row_count

    def set_floor(self, level: int, value: int | None) -> None:
        """Assume that a level reaches a value; None takes the assumption back."""
        if value is None and level not in self._rows:
            return
        self._made = None
        if level in self.classes.spreads:
            self._set_needs(level, value)
        else:
            limit = -NO_LIMIT if value is None else value
            if level in self._rows:
                self._linear.limit_row(self._rows[level][0], limit, NO_LIMIT)
            else:
                self._linear.at_least(self.classes.gains[level], limit)
                self._took_rows(level, 1)
        if value is None:
            self.floors.pop(level, None)
        else:
            self.floors[level] = value

    def _set_needs(self, level: int, value: int | None) -> None:
        spread = self.classes.spreads[level]
        if level not in self._rows:
            for group in range(len(spread.groups)):
                part = slice(int(spread.starts[group]), int(spread.starts[group + 1]))
                self._linear.add_row(
                    spread.columns[part], spread.weights[part], -NO_LIMIT, NO_LIMIT
                )
            self._took_rows(level, len(spread.groups))
        needs = np.full(len(spread.groups), -NO_LIMIT) if value is None else spread.needs(value)
        for row, need in zip(self._rows[level], needs.tolist(), strict=True):
            self._linear.limit_row(row, need, NO_LIMIT)

    def _took_rows(self, level: int, count: int) -> None:
        self._rows[level] = range(self._next_row, self._next_row + count)
        self._next_row += count

    def program(self) -> Program:
        """The program with the floors, rows in the order of the chain."""
        if self._made is None:
            program = self.classes.program
            for level in self._rows:
                program = with_floor(program, self.classes, level, self.floors.get(level))
            self._made = program
        return self._made

    @property
    def order(self) -> tuple[int, ...]:
        """The levels whose floors follow the rows of the question, in their order."""
        return tuple(self._rows)

    def bound(self, level: int) -> Bound | None:
        """The bound of a level under the floors; None when nothing keeps the floors.

        Raises:
            SolverFaultError: the relaxation did not end.
        """
        if level in self.classes.spreads:
            return self._bound_spread(level)
        gains = self.classes.gains[level]
        answer = self._linear.maximise(gains)
        if answer.ending is Ending.INFEASIBLE:
            return None
        if answer.ending is not Ending.OPTIMAL:
            msg = "a relaxation did not end"
            raise SolverFaultError(msg)
        near = int(np.floor(answer.value + 1e-6 * max(1.0, abs(answer.value)) ** 0.5))
        proof = bound_of(self.program(), gains, answer.multipliers, near)
        if proof is None:
            msg = "the multipliers of a relaxation prove nothing"
            raise SolverFaultError(msg)
        return Bound(value=proof.bound, tight=abs(answer.value - proof.bound) < 1e-6, proof=proof)

    def refutation(self) -> Proof | None:
        """Multipliers that show that nothing keeps the floors; None when there are none."""
        answer = self._linear.maximise(np.zeros(self.classes.program.size, dtype=np.int64))
        if answer.ending is not Ending.INFEASIBLE or not len(answer.multipliers):
            return None
        return refutes(self.program(), answer.multipliers)

    def _bound_spread(self, level: int) -> Bound | None:
        """From above: each coverage that is refuted gives a lower one to try."""
        spread = self.classes.spreads[level]
        coverage, proof = most_coverage(spread, self.classes), None
        nothing = np.zeros(self.classes.program.size, dtype=np.int64)
        low = 0
        while True:
            self.set_floor(level, coverage)
            answer = self._linear.maximise(nothing)
            if answer.ending is Ending.OPTIMAL:
                break
            if coverage == 0:
                self.set_floor(level, None)
                return None
            found = refutes(self.program(), answer.multipliers) if len(answer.multipliers) else None
            lower = None if found is None else self._refuted_down_to(level, found)
            if lower is None:
                # No ray: halve, and leave the bound without a certificate.
                coverage = (low + coverage) // 2 if coverage - low > 1 else low
                proof = None
            else:
                coverage, proof = lower, found
        self.set_floor(level, None)
        return Bound(value=coverage, tight=True, proof=proof)

    def _refuted_down_to(self, level: int, proof: Proof) -> int | None:
        """The largest coverage that these multipliers do not refute."""
        program, spread = self.program(), self.classes.spreads[level]
        rows = self._rows[level]
        ours = proof.multipliers[rows.start : rows.stop].tolist()
        rest = box_most(program, -combined(program, proof.multipliers))
        others = proof.multipliers.copy()
        others[rows.start : rows.stop] = 0
        fixed = limit_of(program, others) + rest
        low, high = -1, self.floors[level]
        while high - low > 1:
            middle = (low + high) // 2
            needs = spread.needs(middle).tolist()
            if fixed + sum(y * need for y, need in zip(ours, needs, strict=True)) < 0:
                high = middle
            else:
                low = middle
        return low if low >= 0 else None


def most_coverage(spread: Spread, classes: Classes) -> int:
    """The coverage when everybody goes who can be chosen."""
    return min(FULL_COVERAGE, spread.reached(classes.program.upper))


def with_floor(program: Program, classes: Classes, level: int, value: int | None) -> Program:
    """The program with the rows of a floor; without a value they have no limit."""
    if level not in classes.spreads:
        gains = classes.gains[level]
        (columns,) = np.nonzero(gains)
        lower = -NO_LIMIT if value is None else value
        return program.with_row(columns, gains[columns], lower, NO_LIMIT)
    spread = classes.spreads[level]
    needs = np.full(len(spread.groups), -NO_LIMIT) if value is None else spread.needs(value)
    return program.with_rows(spread.starts, spread.columns, spread.weights, needs)


def nothing_gained(classes: Classes) -> Whole:
    """An objective that asks for feasibility alone."""
    return np.zeros(classes.program.size, dtype=np.int64)
