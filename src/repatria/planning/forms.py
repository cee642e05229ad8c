"""Which sums over persons are whole in every plan, and worth splitting on?

A relaxation gives half a person here and there. To split on a single class says
little: the other half goes elsewhere. Sums say more: how many one party gives, how
many of them are convicted, how many of a region go. Each sum here is the row of a
rule or a level, or such a row divided by a number and rounded down class by class,
which is how the parts of a rule are told apart without knowing what it means.

Source: rounded combinations of rows are those of Chvatal, "Edmonds polytopes and a
hierarchy of combinatorial problems", Discrete Mathematics 4 (1973); splitting on
them, Karamanov and Cornuejols, "Branching on general disjunctions", Mathematical
Programming 128 (2011).
"""

from dataclasses import dataclass

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.instance import LevelKind
from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import Whole

# How many parts of one rule are told apart; rules with a number for each person have many.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """A sum over classes and rounds that is a whole number in every plan.

    Attributes:
        names: of its row: `rule:ID`, `level:ID`, `group:ID:GROUP`, `arc:FROM>TO`;
            `class:KEY` of classes that are not told apart; `round:A>B` of a round.
        sign, by: what each class adds is floor(sign * its coefficient / by).
        columns, weights: what one of each unknown adds.
    """

    names: tuple[str, ...]
    sign: int
    by: int
    columns: Whole
    weights: Whole

    @property
    def key(self) -> "Key":
        """What tells it from others."""
        return self.names, self.sign, self.by


Key = tuple[tuple[str, ...], int, int]


class Forms:
    """All sums of a question, and their values together.

    Args:
        classes: the question.
        alike: per class the keys of those it stands for, if it stands for several.
    """

    def __init__(self, classes: Classes, alike: tuple[tuple[int, ...], ...] = ()) -> None:
        self._classes, self._alike = classes, alike
        self._seen: set[bytes] = set()
        self.all: list[Form] = []
        for name, columns, weights in _rows(classes):
            self._take(Form(names=(name,), sign=1, by=1, columns=columns, weights=weights))
            self._take_parts(name, columns, weights)
        for number, ring in enumerate(classes.cycles):
            self._take(_single((f"round:{'>'.join(ring)}",), classes.count + number))
        lengths = [len(form.columns) for form in self.all]
        nothing = np.zeros(0, dtype=np.int64)
        self._starts = np.cumsum([0, *lengths])[:-1].astype(np.int64)
        self._columns = np.concatenate([nothing, *(form.columns for form in self.all)])
        self._weights = np.concatenate([nothing, *(form.weights for form in self.all)])

    def values(self, numbers: Real) -> Real:
        """What each sum adds up to."""
        if not self.all:
            return np.zeros(0)
        return np.add.reduceat(self._weights * numbers[self._columns], self._starts)

    def single(self, column: int) -> Form:
        """The sum that is one class alone."""
        keys = self._alike[column] if self._alike else (self._classes.keys[column],)
        return _single(tuple(f"class:{key}" for key in keys), column)

    def _take_parts(self, name: str, columns: Whole, weights: Whole) -> None:
        sizes = np.abs(weights)
        found, places = np.unique(sizes, return_inverse=True)
        if len(found) < 2 and (len(found) == 0 or bool(np.all(weights > 0))):
            return
        often = np.bincount(places, self._classes.program.upper[columns], len(found))
        common = found[np.argsort(-often, kind="stable")][:_MOST_PARTS].tolist()
        for by in sorted({one + 1 for one in common} | {one for one in common if one > 1}):
            for sign in (1, -1):
                parts = sign * weights // by
                used = parts != 0
                self._take(
                    Form(
                        names=(name,), sign=sign, by=by, columns=columns[used], weights=parts[used]
                    )
                )

    def _take(self, form: Form) -> None:
        if not len(form.columns):
            return
        # A sum and its opposite split the same way.
        sign = 1 if form.weights[0] > 0 else -1
        look = form.columns.tobytes() + (sign * form.weights).tobytes()
        if look not in self._seen:
            self._seen.add(look)
            self.all.append(form)


def _single(names: tuple[str, ...], column: int) -> Form:
    one = np.ones(1, dtype=np.int64)
    return Form(names=names, sign=1, by=1, columns=one * column, weights=one)


def _rows(classes: Classes) -> list[tuple[str, Whole, Whole]]:
    """Names, unknowns and weights of all rows; of ways the persons alone."""
    program, instance = classes.program, classes.instance
    names = [f"rule:{rule.id}" for rule in instance.rules]
    names += [f"arc:{giver}>{taker}" for giver, taker in classes.ways]
    rows = []
    for row, name in enumerate(names):
        part = slice(int(program.starts[row]), int(program.starts[row + 1]))
        columns, weights = program.columns[part], program.weights[part]
        persons = columns < classes.count
        rows.append((name, columns[persons], weights[persons]))
    for number, level in enumerate(instance.levels[: len(classes.gains)]):
        if level.kind is LevelKind.COUNT:
            (columns,) = np.nonzero(classes.gains[number])
            rows.append((f"level:{level.id}", columns, classes.gains[number][columns]))
    for number, spread in classes.spreads.items():
        own = instance.levels[number].id
        for place, group in enumerate(spread.groups):
            part = slice(int(spread.starts[place]), int(spread.starts[place + 1]))
            name = f"group:{own}:{group}"
            rows.append((name, spread.columns[part], spread.weights[part]))
    return rows
