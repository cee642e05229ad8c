"""What speaks for and against each candidate pair of two lists?

Weighs every candidate, and puts the grounds of one pair into words that a page
can show: which part agrees with which, how rare that is, what speaks against.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from repatria.linkage.alignment import Aligned, aligned
from repatria.linkage.birth import BirthComparison, dates_of, full_days
from repatria.linkage.blocking import (
    Progress,
    born_the_same_day,
    near_in_date,
    similar_names,
)
from repatria.linkage.columns import births_of, captures_of, places_of, sexes_of
from repatria.linkage.doubts import Doubt, Doubts, doubts_of
from repatria.linkage.features import name_features
from repatria.linkage.ground import Ground, PlaceComparison, SexComparison, compare_captures
from repatria.linkage.habits import HABITS, LIKELY, NO_SHIFT, PLACES, Figures, HabitShift
from repatria.linkage.model import Comparison, Field, Profile
from repatria.linkage.name_grounds import name_comparisons
from repatria.linkage.name_model import name_model
from repatria.linkage.neighbours import Neighbours, neighbours_of
from repatria.linkage.ranking import (
    ALTOGETHER,
    Dates,
    Found,
    foremost,
    sought,
    valued,
    worth_keeping,
)
from repatria.linkage.vocabulary import Floats, Ints, Vocabulary, vocabulary_of
from repatria.linkage.weighed import WeighedPairs


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTable:
    """Candidate pairs of profiles, each once, with the best agreement of their names.

    Attributes:
        weighed: the pairs, by their places in the two lists, and what they weigh.
        ones, others: places of the names that agree best. Shape: (n_pairs,) int64.
        names: how those names agree; entry k is of pair k.
    """

    weighed: WeighedPairs
    ones: Ints
    others: Ints
    names: Aligned

    @property
    def rows(self) -> Ints:
        """Places in the left list. Shape: (n_pairs,) int64."""
        return self.weighed.rows

    @property
    def columns(self) -> Ints:
        """Places in the right list. Shape: (n_pairs,) int64."""
        return self.weighed.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPair:
    """Two lists made ready for comparison; one list is compared with itself by giving it twice."""

    left: Sequence[Profile]
    right: Sequence[Profile]
    left_names: Vocabulary
    right_names: Vocabulary
    neighbours: Neighbours
    birth: BirthComparison
    sex: SexComparison
    place: PlaceComparison

    @classmethod
    def of(
        cls, left: Sequence[Profile], right: Sequence[Profile], *, foreign: bool = True
    ) -> "ListPair":
        """The pair, with vocabularies and counts taken from both lists; see `neighbours_of`."""
        left_names, right_names = vocabulary_of(left), vocabulary_of(right)
        return cls(
            left=left,
            right=right,
            left_names=left_names,
            right_names=right_names,
            neighbours=neighbours_of(left_names, right_names, foreign=foreign),
            birth=BirthComparison(chain(births_of(left), births_of(right))),
            sex=SexComparison(chain(sexes_of(left), sexes_of(right))),
            place=PlaceComparison(chain(places_of(left), places_of(right))),
        )

    def candidates(
        self, most: int, *, progress: Progress | None = None, within_one: bool = False
    ) -> CandidateTable:
        """The pairs worth weighing, weighed.

        Args:
            most: how many neighbours by name each name gets at most.
            progress: told how much of the search by name is done, and of how much.
            within_one: both lists are one: each pair once, none of a record with itself.
        """
        found = self._bearer_pairs(most, progress)
        if within_one:
            apart = self.left_names.owner[found.ones] != self.right_names.owner[found.others]
            found = found.some(np.flatnonzero(apart))
            either = np.minimum(found.ones, found.others), np.maximum(found.ones, found.others)
            found = replace(found, ones=either[0], others=either[1])
            found = found.each_once(len(self.right_names.bearers))
        return self._foremost_weighed(found, most)

    def weighed(self, ones: Ints, others: Ints, most: int) -> CandidateTable:
        """The foremost of these pairs of names, weighed: the best of each pair of profiles.

        A name of the left list has so many at most as `ranking.ALTOGETHER` says, or `DATED` where
        its date of birth is known. In the order of the profiles.

        Args:
            ones, others: places of names in the two vocabularies; each pair once, in order, and
                all that were found for a left name.
            most: how many a name finds.
        """
        near = sought(self.neighbours)
        found = valued(self.left_names, self.right_names, near, (ones, others))
        return self._foremost_weighed(found, most)

    def _foremost_weighed(self, found: Found, most: int) -> CandidateTable:
        dates = self._dates()
        kept = (
            foremost(found.ones, found.values, ALTOGETHER * most)
            if dates is None
            else worth_keeping(found, (dates[0][found.ones], dates[1][found.others]), most)
        )
        ones, others = found.ones[kept], found.others[kept]
        names = aligned(self.left_names, self.right_names, self.neighbours, (ones, others))
        raw, habits = self._name_weights(ones, others, names)
        best = self._best_of_each(ones, others, raw)
        ones, others, names = ones[best], others[best], names.taken(best)
        rows, columns = self.left_names.owner[ones], self.right_names.owner[others]
        raw, rest = raw[best], self._rest_weights(rows, columns)
        pairs = WeighedPairs(
            rows=rows,
            columns=columns,
            names=raw,
            rest=rest,
            habits=habits[best],
            doubts=self._doubts(
                (ones, others), (rows, columns), names, name_model().floored(raw) + rest
            ),
        )
        return CandidateTable(weighed=pairs, ones=ones, others=others, names=names)

    def _doubts(
        self,
        pairs: tuple[Ints, Ints],
        places: tuple[Ints, Ints],
        names: Aligned,
        weight: Floats,
    ) -> Doubts:
        """What keeps each pair from being a link. Shape: (n_pairs,) int8.

        Args:
            pairs, places: of names, and of the profiles that bear them.
            names: how those agree.
            weight: of everything together; of pairs that little speaks for nothing is asked.
        """
        found = np.full(len(weight), Doubt.NONE, dtype=np.int8)
        likely = np.flatnonzero(weight >= LIKELY)
        births = births_of(self.left), births_of(self.right)
        if all(births):
            apart = self.birth.contradicting(*births, places[0][likely], places[1][likely])
            found[likely[apart]] = Doubt.BORN_APART
        sexes = sexes_of(self.left), sexes_of(self.right)
        if any(sexes[0]) and any(sexes[1]):
            here = places[0][likely], places[1][likely]
            two = _weights_of(self.sex, *sexes, here) < _TWO_SEXES
            found[likely[two]] = Doubt.ANOTHER_SEX
        of_names = doubts_of(
            self.left_names,
            self.right_names,
            self.neighbours,
            (pairs[0][likely], pairs[1][likely]),
            names.taken(likely),
        )
        doubtful = np.flatnonzero(of_names)
        found[likely[doubtful]] = of_names[doubtful]
        return found

    def _name_weights(self, ones: Ints, others: Ints, names: Aligned) -> tuple[Floats, Figures]:
        """Weights of pairs of names before the floor, and the figures of habits.

        Shape: (n_pairs,) float64, (n_pairs, n_habits) int8.
        """
        model = name_model()
        sides = (self.left_names, self.right_names, self.neighbours)
        raw, habits = np.zeros(len(ones)), np.zeros((len(ones), len(HABITS)), dtype=np.int8)
        at = 0
        for chunk in name_features(*sides, (ones, others), names):
            part = slice(at, at + len(chunk))
            raw[part], habits[part] = model.raw(chunk), chunk[:, PLACES]
            at += len(chunk)
        return raw, habits

    def _rest_weights(self, rows: Ints, columns: Ints) -> Floats:
        """Sums of the weights of the grounds beyond names. Shape: (n_pairs,) float64."""
        weight = np.zeros(len(rows))
        births = births_of(self.left), births_of(self.right)
        if all(births):
            weight = self.birth.weights(*births, rows, columns)
        fields: tuple[tuple[Said, Comparing], ...] = (
            (sexes_of, self.sex),
            (captures_of, compare_captures),
            (places_of, self.place),
        )
        for said, compare in fields:
            ones, others = said(self.left), said(self.right)
            if not ones or not others:
                continue
            some = np.fromiter(map(bool, ones), dtype=bool, count=len(ones))[rows]
            some &= np.fromiter(map(bool, others), dtype=bool, count=len(others))[columns]
            at = np.flatnonzero(some)
            weight[at] += _weights_of(compare, ones, others, (rows[at], columns[at]))
        return weight

    def comparisons(
        self, table: CandidateTable, at: int, shift: HabitShift = NO_SHIFT
    ) -> tuple[Comparison, ...]:
        """Every ground of one pair; their weights add up to the weight of the pair."""
        one, other = table.ones[at : at + 1], table.others[at : at + 1]
        sides = (self.left_names, self.right_names, self.neighbours)
        names = table.names.part(slice(at, at + 1))
        features = next(iter(name_features(*sides, (one, other), names)))[0]
        named = name_comparisons(
            self.left_names.bearers[int(one[0])],
            self.right_names.bearers[int(other[0])],
            self.neighbours,
            names,
            features,
            shift,
        )
        row, column = int(table.rows[at]), int(table.columns[at])
        return named + tuple(
            Comparison(
                field=field,
                left=_written(self.left[row], field),
                right=_written(self.right[column], field),
                agreement=ground.agreement,
                match_weight=ground.match_weight,
                code=ground.code,
                values=ground.values,
            )
            for field, ground in self._rest(row, column)
        )

    def _bearer_pairs(self, most: int, progress: Progress | None) -> Found:
        """Pairs of names to be weighed, each once, in order."""
        near, dates = sought(self.neighbours), self._dates()
        sides = (self.left_names, self.right_names, near)
        found = [similar_names(*sides, most=most, dates=dates, progress=progress)]
        if dates is not None:
            found.append(near_in_date(*sides, most=most, dates=dates))
            found.append(
                valued(*sides, born_the_same_day(full_days(dates[0]), full_days(dates[1])))
            )
        return Found.joined(found).each_once(len(self.right_names.bearers))

    def _dates(self) -> Dates | None:
        """Date of birth of the bearer of each name of both lists; None where a list has none."""
        births = births_of(self.left), births_of(self.right)
        if not births[0] or not births[1]:
            return None
        return (
            dates_of(births[0])[self.left_names.owner],
            dates_of(births[1])[self.right_names.owner],
        )

    def _best_of_each(self, ones: Ints, others: Ints, weight: Floats) -> Ints:
        """For each pair of profiles, the place of the pair of names that agrees best."""
        keys = self.left_names.owner[ones] * len(self.right) + self.right_names.owner[others]
        order = np.lexsort((-weight, keys))
        first = np.r_[True, keys[order][1:] != keys[order][:-1]] if len(order) else order
        return np.asarray(order[first])

    def _rest(self, row: int, column: int) -> Iterator[tuple[Field, Ground]]:
        """The grounds beyond names; fields that neither side fills are left out."""
        one, other = self.left[row], self.right[column]
        yield Field.BIRTH, self.birth(one.birth, other.birth)
        if one.sex is not None or other.sex is not None:
            yield Field.SEX, self.sex(one.sex, other.sex)
        if one.captured_on is not None or other.captured_on is not None:
            yield Field.CAPTURED_ON, compare_captures(one.captured_on, other.captured_on)
        if one.place_of_birth or other.place_of_birth:
            yield Field.PLACE_OF_BIRTH, self.place(one.place_of_birth, other.place_of_birth)


# Two sexes weigh at most -2 bits; that there is but one sex in both lists weighs about nought.
_TWO_SEXES = -1.0
Said = Callable[[Sequence[Profile]], Sequence[Any]]
Comparing = Callable[[Any, Any], Ground]


def _weights_of(
    compare: Comparing, ones: Sequence[Any], others: Sequence[Any], pairs: tuple[Ints, Ints]
) -> Floats:
    """Weights of one field; each pair of values is compared once. Shape: (n_pairs,) float64."""
    rows, left = _numbered(ones)
    columns, right = _numbered(others)
    # Two values as one number, so that equal pairs are found without hashing each value again.
    met, where = np.unique(rows[pairs[0]] * len(right) + columns[pairs[1]], return_inverse=True)
    weights = [
        compare(left[pair // len(right)], right[pair % len(right)]).match_weight
        for pair in met.tolist()
    ]
    return np.array(weights, dtype=np.float64)[where]


def _numbered(values: Sequence[Any]) -> tuple[Ints, Sequence[Any]]:
    """For each value its number among the distinct ones, and those."""
    numbers: dict[Any, int] = {}
    found = [numbers.setdefault(value, len(numbers)) for value in values]
    return np.array(found, dtype=np.int64), tuple(numbers)


def _written(profile: Profile, field: Field) -> str:
    """What a profile says in a field, as written; empty when it says nothing."""
    return str(getattr(profile, field.value) or "")
