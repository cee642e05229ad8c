"""What can no plan exceed, level by level?

A chain of relaxations: the best of each level in real numbers, rounded down by
an exact bound, is taken as reached and becomes a row for the next. Usually all
of it is reached by one plan, and then everything is proven at once. Where it is not,
`branching` splits on sums, each a row of the same chain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from repatria.planning.classes import Classes, Spread
from repatria.planning.exact import (
    DENOMINATORS,
    Proof,
    bound_of,
    box_most,
    combined,
    limit_of,
    refutes,
    rounded_multipliers,
)
from repatria.planning.forms import Form, Forms, Key
from repatria.planning.instance import FULL_COVERAGE
from repatria.planning.rows import Rows
from repatria.planning.solvers import (
    NO_LIMIT,
    Ending,
    LinearAnswer,
    Program,
    SolverFaultError,
)
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]

# Beyond every margin of coverage, in thousandths.
_WIDE = 1_000_000
_MARGIN_SLACK = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bound:
    """What no plan exceeds at a level, when those above are as good as assumed.

    Attributes:
        value: the bound, a whole number.
        tight: whether the relaxation reaches it without rounding down.
        shown: multipliers by the names of their rows, or a tree of cases, as in a
            certificate; None when it is trivial, or the solver's word.
        numbers: whole numbers that reach it, if the relaxation came upon some.
    """

    value: int
    tight: bool
    shown: Json | None
    numbers: Whole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One side of a split: a sum is at most so much, or more.

    Attributes:
        form: the sum.
        at: the number.
        below: whether this is the side of those at most `at`.
    """

    form: Form
    at: int
    below: bool


Path = tuple[Cut, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Chain:
    """The relaxations of one question, with the floors and cuts assumed so far.

    Attributes:
        classes: the question.
        alike: per class the keys of those it stands for, if it stands for several.
        floors: what levels must reach.
        path: the cuts that hold.
        told: how much splitting on a sum has told so far: mean, and number of tries.
    """

    classes: Classes
    alike: tuple[tuple[int, ...], ...] = ()
    floors: dict[int, int] = field(default_factory=dict)
    path: Path = ()
    told: dict[Key, tuple[float, int]] = field(default_factory=dict)
    _rows: Rows = field(init=False)
    _margins: dict[int, int] = field(init=False, default_factory=dict)
    _gains: dict[int, Whole] = field(init=False, default_factory=dict)
    _forms: Forms | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._rows = Rows(self.classes)

    @property
    def forms(self) -> Forms:
        """The sums that can be split on."""
        if self._forms is None:
            self._forms = Forms(self.classes, self.alike)
        return self._forms

    def set_floor(self, level: int, value: int | None) -> None:
        """Assume that a level reaches a value; None takes the assumption back."""
        if value is None and level not in self._rows.of:
            return
        if level in self.classes.spreads:
            spread = self.classes.spreads[level]
            if level not in self._rows.of:
                self._add_groups(level, spread)
            needs = [-NO_LIMIT] * len(spread.groups)
            if value is not None:
                needs = spread.needs(value).tolist()
            for row, need in zip(self._rows.of[level], needs, strict=True):
                self._rows.limit(row, need, NO_LIMIT)
        else:
            if level not in self._rows.of:
                (columns,) = np.nonzero(self.classes.gains[level])
                weights = self.classes.gains[level][columns]
                name = f"level:{self.classes.instance.levels[level].id}"
                self._rows.add(level, [(name, columns, weights)])
            self._rows.limit(
                self._rows.of[level][0], -NO_LIMIT if value is None else value, NO_LIMIT
            )
        if value is None:
            self.floors.pop(level, None)
        else:
            self.floors[level] = value

    def oblige(self, column: int, least: int) -> None:
        """At least so many of a class must go."""
        self._rows.oblige(column, least)

    def follow(self, path: Path) -> None:
        """Keep these cuts and no others."""
        limits: dict[Key, tuple[int, int]] = {
            cut.form.key: (-NO_LIMIT, NO_LIMIT) for cut in self.path
        }
        for cut in path:
            self._know(cut.form)
            low, high = limits.get(cut.form.key, (-NO_LIMIT, NO_LIMIT))
            side = (low, min(high, cut.at)) if cut.below else (max(low, cut.at + 1), high)
            limits[cut.form.key] = side
        for key, (low, high) in limits.items():
            self._rows.limit(self._rows.of[key][0], low, high)
        self.path = path

    def try_each(
        self, level: int, path: Path, cuts: Sequence[Cut]
    ) -> Iterator[tuple[Path, LinearAnswer]]:
        """The answers with each of these cuts after a path, all begun from the same place."""
        for cut in cuts:
            self._know(cut.form)
        self.follow(path)
        self.ask(level)
        place = self._rows.linear.remember()
        for cut in cuts:
            self.follow((*path, cut))
            self._rows.linear.return_to(place)
            yield self.path, self.ask(level)

    def ask(self, level: int) -> LinearAnswer:
        """The largest of a level in real numbers.

        For coverage: by how much the coverage of its floor can be exceeded, in
        thousandths; below 0 if the floor cannot be kept.
        """
        margin = self._margins.get(level)
        if level in self.classes.spreads and margin is None:
            msg = "coverage is asked for without a floor"
            raise SolverFaultError(msg)
        if margin is None:
            answer = self._rows.linear.maximise(self.classes.gains[level])
        else:
            self._rows.linear.limit_column(margin, -_WIDE, _WIDE)
            answer = self._rows.linear.maximise(self._gains[margin])
            self._rows.linear.limit_column(margin, 0, 0)
        if answer.ending is Ending.STOPPED:
            msg = "a relaxation did not end"
            raise SolverFaultError(msg)
        return replace(answer, numbers=answer.numbers[: self.classes.program.size])

    def proven(self, level: int, answer: LinearAnswer) -> tuple[int, Json | None]:
        """What an answer under the floors and the path proves, and how: nothing exceeds it.

        -1 for what is refuted altogether, without a proof when it is the solver's word;
        for coverage its floor, without a proof, when it can be kept.

        Raises:
            SolverFaultError: the multipliers give no bound.
        """
        if level in self.classes.spreads:
            return self._proven_coverage(level, answer)
        answer = self._padded(answer)
        if answer.ending is Ending.INFEASIBLE:
            refuted = refutes(self.program(), answer.multipliers)
            return -1, None if refuted is None else self._named(refuted.multipliers)
        near = int(np.floor(answer.value + 1e-6 * max(1.0, abs(answer.value)) ** 0.5))
        gains = self.classes.gains[level]
        proof = _found(bound_of(self.program(), gains, answer.multipliers, near))
        shown = self._named(proof.multipliers)
        own = f"level:{self.classes.instance.levels[level].id}"
        used = shown["multipliers"]
        used[own] = used.get(own, 0) - proof.denominator
        return proof.bound, shown

    def bound(self, level: int) -> Bound | None:
        """The bound of a level under the floors; None when nothing keeps the floors.

        Raises:
            SolverFaultError: the relaxation did not end.
        """
        if level in self.classes.spreads:
            return self._bound_spread(level)
        answer = self.ask(level)
        if answer.ending is Ending.INFEASIBLE:
            return None
        value, shown = self.proven(level, answer)
        tight = abs(answer.value - value) < 1e-6
        return Bound(value=value, tight=tight, shown=shown, numbers=self.whole(answer))

    def refutation(self) -> Json | None:
        """Multipliers that show that nothing keeps the floors; None when there are none."""
        answer = self._rows.linear.maximise(nothing_gained(self.classes))
        if answer.ending is not Ending.INFEASIBLE or not len(answer.multipliers):
            return None
        proof = refutes(self.program(), answer.multipliers)
        return None if proof is None else self._named(proof.multipliers)

    def whole(self, answer: LinearAnswer) -> Whole | None:
        """The answer's numbers if they are whole and keep all that is assumed."""
        if answer.ending is not Ending.OPTIMAL:
            return None
        numbers = np.rint(answer.numbers)
        if bool(np.any(np.abs(answer.numbers - numbers) > 1e-6)):
            return None
        found = numbers.astype(np.int64)
        return found if self.program().is_kept_by(found) else None

    def program(self) -> Program:
        """The program with the floors and the path, rows in the order of the chain."""
        return self._rows.program()

    def _bound_spread(self, level: int) -> Bound | None:
        """From above: each coverage that is refuted gives a lower one to try."""
        coverage, shown = most_coverage(self.classes.spreads[level], self.classes), None
        # Without rounding up first: that is near already.
        self.set_floor(level, 0)
        answer = self.ask(level)
        if answer.ending is Ending.OPTIMAL and answer.value < coverage:
            coverage, shown = self._down_from(level, answer, coverage)
        while coverage >= 0:
            self.set_floor(level, coverage)
            answer = self.ask(level)
            down, how = self.proven(level, answer)
            if down == coverage:
                break
            coverage, shown = down, how
        self.set_floor(level, None)
        if coverage < 0:
            return None
        return Bound(value=coverage, tight=True, shown=shown, numbers=self.whole(answer))

    def _proven_coverage(self, level: int, answer: LinearAnswer) -> tuple[int, Json | None]:
        possible = answer.ending is Ending.OPTIMAL
        floor = self.floors[level]
        if possible and answer.value >= -_MARGIN_SLACK:
            return floor, None
        down, shown = self._down_from(level, answer, floor)
        if down < floor:
            return down, shown
        # Too near to be told apart by rounded multipliers: it may be kept.
        return (floor if possible else -1), None

    def _down_from(self, level: int, answer: LinearAnswer, highest: int) -> tuple[int, Json | None]:
        """The largest coverage up to the highest that multipliers do not refute, and how."""
        answer = self._padded(answer)
        best, shown = highest, None
        scale = float(np.max(np.abs(answer.multipliers), initial=0.0))
        if scale <= 0:
            return best, shown
        wanted = -1.0 if answer.ending is Ending.INFEASIBLE else self.floors[level] + answer.value
        for denominator in DENOMINATORS:
            multipliers = rounded_multipliers(
                self.program(), answer.multipliers / scale, denominator
            )
            if multipliers is None:
                continue
            down = self._refuted_down_to(level, multipliers)
            if down < best:
                best, shown = down, self._named(multipliers)
            if best <= wanted + _MARGIN_SLACK:
                break
        return best, shown

    def _padded(self, answer: LinearAnswer) -> LinearAnswer:
        """The answer with no multiplier for rows that came later."""
        missing = self._rows.count - len(answer.multipliers)
        return replace(answer, multipliers=np.append(answer.multipliers, np.zeros(missing)))

    def _refuted_down_to(self, level: int, multipliers: Whole) -> int:
        """The largest coverage that these multipliers do not refute; -1 if they refute all."""
        program, spread = self.program(), self.classes.spreads[level]
        rows = self._rows.of[level]
        ours = multipliers[rows.start : rows.stop].tolist()
        others = multipliers.copy()
        others[rows.start : rows.stop] = 0
        fixed = limit_of(program, others) + box_most(program, -combined(program, multipliers))
        low, high = -1, FULL_COVERAGE + 1
        while high - low > 1:
            middle = (low + high) // 2
            needs = spread.needs(middle).tolist()
            if fixed + sum(y * need for y, need in zip(ours, needs, strict=True)) < 0:
                high = middle
            else:
                low = middle
        return low

    def _named(self, multipliers: Whole) -> Json:
        """The multipliers by the names of their rows, those of cuts by their place."""
        places = {key: rows.start for key, rows in self._rows.of.items() if isinstance(key, tuple)}
        sides: dict[tuple[int, bool], str] = {}
        tightest: dict[tuple[int, bool], int] = {}
        for depth, cut in enumerate(self.path):
            side = (places[cut.form.key], cut.below)
            worth = -cut.at if cut.below else cut.at
            if side not in tightest or worth >= tightest[side]:
                sides[side], tightest[side] = f"#{depth}", worth
        used: dict[str, int] = {}
        for row in np.nonzero(multipliers)[0].tolist():
            y = int(multipliers[row])
            name = self._rows.names[row] or sides[row, y > 0]
            used[name] = used.get(name, 0) + y
        return {"multipliers": used}

    def _know(self, form: Form) -> None:
        if form.key not in self._rows.of:
            self._rows.add(form.key, [("", form.columns, form.weights)])

    def _add_groups(self, level: int, spread: Spread) -> None:
        own = self.classes.instance.levels[level].id
        ends = zip(spread.starts[:-1].tolist(), spread.starts[1:].tolist(), strict=True)
        parts = [slice(start, end) for start, end in ends]
        names = [f"group:{own}:{group}" for group in spread.groups]
        rows = [
            (name, spread.columns[part], spread.weights[part])
            for name, part in zip(names, parts, strict=True)
        ]
        self._rows.add(level, rows)
        places = np.array(self._rows.of[level], dtype=np.int64)
        shares = -spread.totals.astype(np.float64) / FULL_COVERAGE
        margin = self._rows.linear.add_column(places, shares)
        gains = np.zeros(margin + 1, dtype=np.int64)
        gains[margin] = 1
        self._margins[level], self._gains[margin] = margin, gains


def _found(proof: Proof | None) -> Proof:
    if proof is None:
        msg = "the multipliers of a relaxation prove nothing"
        raise SolverFaultError(msg)
    return proof


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
