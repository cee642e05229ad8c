"""Which classes need not be told apart yet?

As long as only the first levels are climbed, classes that look alike to the rules and to
those levels are one: how many of them go together is all that matters, and a hundred
unknowns stand for thousands. Exact, for the sum of whole numbers within limits is any
whole number within the sums of the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.solvers import Program
from repatria.planning.solvers.program import Whole

# A question about the first levels alone is worth its trouble if it has so much fewer classes.
_FEW = 0.7
# Constants by which classes that look alike are found; what is found is verified.
_SEED = 55


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """A question about its first levels alone.

    Attributes:
        classes: the question; only what relaxations need is meaningful.
        place: for each unknown of the whole question the one that stands for it.
        alike: per class the keys of the classes it stands for.
    """

    classes: Classes
    place: Whole
    alike: tuple[tuple[int, ...], ...]

    def spread_out(self, numbers: Whole, whole: Program) -> Whole:
        """Numbers of the whole question that add up to these; which of them is no matter."""
        order = np.argsort(self.place, kind="stable")
        room = (whole.upper - whole.lower)[order]
        places = self.place[order]
        before = np.cumsum(room) - room
        starts = np.searchsorted(places, np.arange(len(numbers)))
        before -= before[starts][places]
        least = np.bincount(self.place, whole.lower, len(numbers)).astype(np.int64)
        found = whole.lower.copy()
        found[order] += np.clip((numbers - least)[places] - before, 0, room)
        return found


def first_levels(classes: Classes, levels: Sequence[int]) -> Merged | None:
    """The question about the levels before coverage; None when it is not much smaller.

    Coverage tells regions apart, and so most classes.

    Args:
        classes: the question.
        levels: those that are climbed next, from the first of the question on.
    """
    first = min(classes.spreads, default=0)
    if not first or not set(range(first)).issubset(levels):
        return None
    fewer = merged(classes, first)
    return fewer if len(fewer.alike) <= _FEW * classes.count else None


def merged(classes: Classes, levels: int) -> Merged:
    """The question about its first levels, all of which count."""
    program = classes.program
    rows = [_dense(program, row) for row in range(program.row_count)]
    rows += classes.gains[:levels]
    chance = np.random.default_rng(_SEED)
    keys = np.zeros(program.size, dtype=np.uint64)
    for row in rows:
        keys += row.astype(np.uint64) * chance.integers(1, 1 << 63, dtype=np.uint64)
    # Rounds stay as they are, after the classes.
    own = keys[: classes.count]
    _, first, place = np.unique(own, return_index=True, return_inverse=True)
    rounds = np.arange(program.size - classes.count)
    first = np.concatenate([first, rounds + classes.count])
    place = np.concatenate([place, rounds + int(place.max(initial=-1)) + 1])
    if any(bool(np.any(row != row[first][place])) for row in rows):
        msg = "two classes that differ have got the same key"
        raise ArithmeticError(msg)
    count = len(first) - len(rounds)
    alike: list[list[int]] = [[] for _ in range(count)]
    for column, target in enumerate(place[: classes.count].tolist()):
        alike[target].append(classes.keys[column])
    fewer = replace(
        classes,
        sizes=np.bincount(place[: classes.count], classes.sizes, count).astype(np.int64),
        persons=classes.persons[first[:count]],
        keys=tuple(keys[0] for keys in alike),
        program=_program(program, first, place),
        gains=tuple(gains[first] for gains in classes.gains[:levels]),
        spreads={},
    )
    return Merged(classes=fewer, place=place, alike=tuple(tuple(keys) for keys in alike))


def _dense(program: Program, row: int) -> Whole:
    part = slice(int(program.starts[row]), int(program.starts[row + 1]))
    dense = np.zeros(program.size, dtype=np.int64)
    dense[program.columns[part]] = program.weights[part]
    return dense


def _program(program: Program, first: Whole, place: Whole) -> Program:
    stands = np.full(program.size, -1, dtype=np.int64)
    stands[first] = np.arange(len(first))
    kept = stands[program.columns] >= 0
    counts = np.bincount(program.row_of_entry()[kept], minlength=program.row_count)
    return Program(
        lower=np.bincount(place, program.lower, len(first)).astype(np.int64),
        upper=np.bincount(place, program.upper, len(first)).astype(np.int64),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=stands[program.columns[kept]],
        weights=program.weights[kept],
        row_lower=program.row_lower,
        row_upper=program.row_upper,
    )
