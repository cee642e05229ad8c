"""Which units need not be told apart any more?

Classes that differ only in when they were ready are alike once the tranches in which
they could still differ are shut. As one class they leave a solver a third fewer
unknowns, and none of the ways to exchange them for each other, in which it loses itself.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repatria.planning.solvers import Program
from repatria.planning.solvers.program import Whole
from repatria.planning.staging.building import StagingModel


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """A program in which classes alike are one.

    Attributes:
        program: the program.
        kept: its unknowns, as places in the program before.
        alike: for each class that stands for several, the places of their moves before: one
            row for each class, one column for each tranche, the first row is kept.
        counts: units of each of those classes that are still to be moved.
    """

    program: Program
    kept: Whole
    alike: tuple[Whole, ...]
    counts: tuple[Whole, ...]

    def apart(self, numbers: Whole, size: int) -> Whole:
        """Numbers of the program before that add up to these; earlier moves to the first class."""
        whole = np.zeros(size, dtype=np.int64)
        whole[self.kept] = numbers
        for places, counts in zip(self.alike, self.counts, strict=True):
            total = whole[places[0]]
            ends = np.cumsum(counts)
            sent = np.cumsum(total)
            for row, (places_of, end) in enumerate(zip(places, ends.tolist(), strict=True)):
                begun = end - int(counts[row])
                upto = np.clip(sent, begun, end)
                whole[places_of] = np.diff(upto, prepend=begun)
        return whole


def merged(program: Program, model: StagingModel, left: Whole) -> Merged:
    """The program with classes alike as one.

    Args:
        program: what is open; the first rows are those of the classes.
        model: where it comes from.
        left: its unknowns, as places in the model.
    """
    (moves,) = np.nonzero(left < model.moves)
    of_class: defaultdict[int, list[int]] = defaultdict(list)
    for place in moves.tolist():
        of_class[int(model.unit_class[left[place]])].append(place)
    looks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, places in of_class.items():
        each = model.question.classes[number]
        tranches = tuple(model.tranche[left[places]].tolist())
        looks[
            each.holder, each.claimant, each.site, each.tier, each.value, each.size, tranches
        ].append(number)
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    most, keep = program.upper.copy(), np.ones(program.size, dtype=bool)
    alike: list[Whole] = []
    counts: list[Whole] = []
    for numbers in looks.values():
        if len(numbers) == 1 or bool(np.any(program.lower[of_class[numbers[0]]])):
            continue
        place_of = np.array([of_class[number] for number in numbers], dtype=np.int64)
        alike.append(place_of)
        counts.append(lower[numbers])
        first, others = numbers[0], numbers[1:]
        lower[first], upper[first] = int(np.sum(lower[numbers])), int(np.sum(upper[numbers]))
        lower[others] = upper[others] = 0
        most[place_of[0]] = np.sum(program.upper[place_of], axis=0)
        keep[place_of[1:]] = False
    return Merged(
        program=_only(replace(program, upper=most, row_lower=lower, row_upper=upper), keep),
        kept=np.nonzero(keep)[0],
        alike=tuple(alike),
        counts=tuple(counts),
    )


def _only(program: Program, keep: NDArray[np.bool_]) -> Program:
    place = np.cumsum(keep) - 1
    entries = keep[program.columns]
    counts = np.bincount(program.row_of_entry()[entries], minlength=program.row_count)
    return replace(
        program,
        lower=program.lower[keep],
        upper=program.upper[keep],
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=place[program.columns[entries]].astype(np.int64),
        weights=program.weights[entries],
    )
