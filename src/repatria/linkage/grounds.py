"""What speaks for and against each candidate pair of two lists?

Weighs every candidate, and puts the grounds of one pair into words that a page
can show: which part agrees with which, how rare that is, what speaks against.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from repatria.linkage.alignment import Aligned, aligned
from repatria.linkage.birth import BirthComparison
from repatria.linkage.blocking import Progress, born_the_same_day, similar_names
from repatria.linkage.features import name_features
from repatria.linkage.ground import Ground, PlaceComparison, SexComparison, compare_captures
from repatria.linkage.model import Comparison, Field, Profile
from repatria.linkage.name_grounds import name_comparisons
from repatria.linkage.name_model import name_model
from repatria.linkage.neighbours import Neighbours, neighbours_of
from repatria.linkage.vocabulary import Floats, Ints, Vocabulary, vocabulary_of
from repatria.terms import PartialDate, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTable:
    """Candidate pairs of profiles, each once, with the best agreement of their names.

    Attributes:
        rows, columns: places of the profiles in the two lists. Shape: (n_pairs,) int64.
        ones, others: places of the names that agree best. Shape: (n_pairs,) int64.
        names: how those names agree; entry k is of pair k.
        weight: match weight of everything together, log2. Shape: (n_pairs,) float64.
    """

    rows: Ints
    columns: Ints
    ones: Ints
    others: Ints
    names: Aligned
    weight: Floats


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
    def of(cls, left: Sequence[Profile], right: Sequence[Profile]) -> "ListPair":
        """The pair, with vocabularies and counts taken from both lists."""
        left_names, right_names = vocabulary_of(left), vocabulary_of(right)
        everybody = [*left, *right]
        return cls(
            left=left,
            right=right,
            left_names=left_names,
            right_names=right_names,
            neighbours=neighbours_of(left_names, right_names),
            birth=BirthComparison(profile.birth for profile in everybody),
            sex=SexComparison(profile.sex for profile in everybody),
            place=PlaceComparison(profile.place_of_birth for profile in everybody),
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
        ones, others = self._bearer_pairs(most, progress)
        if within_one:
            once = self.left_names.owner[ones] < self.right_names.owner[others]
            ones, others = ones[once], others[once]
        return self.weighed(ones, others)

    def weighed(self, ones: Ints, others: Ints) -> CandidateTable:
        """These pairs of names, weighed: the best of each pair of profiles, in their order.

        Args:
            ones, others: places of names in the two vocabularies; each pair once, in order.
        """
        names = aligned(self.left_names, self.right_names, self.neighbours, (ones, others))
        weight = self._name_weights(ones, others, names)
        best = self._best_of_each(ones, others, weight)
        ones, others, names = ones[best], others[best], names.taken(best)
        rows, columns = self.left_names.owner[ones], self.right_names.owner[others]
        return CandidateTable(
            rows=rows,
            columns=columns,
            ones=ones,
            others=others,
            names=names,
            weight=weight[best] + self._rest_weights(rows, columns),
        )

    def _name_weights(self, ones: Ints, others: Ints, names: Aligned) -> Floats:
        """Match weights of pairs of names. Shape: (n_pairs,) float64."""
        model = name_model()
        sides = (self.left_names, self.right_names, self.neighbours)
        raw = [model.raw(chunk) for chunk in name_features(*sides, (ones, others), names)]
        return model.floored(np.concatenate(raw)) if raw else np.zeros(0)

    def _rest_weights(self, rows: Ints, columns: Ints) -> Floats:
        """Sums of the weights of the grounds beyond names. Shape: (n_pairs,) float64."""
        weight = self.birth.weights(
            [profile.birth for profile in self.left],
            [profile.birth for profile in self.right],
            rows,
            columns,
        )
        fields: tuple[tuple[Said, Comparing], ...] = (
            (_sex, self.sex),
            (_captured, compare_captures),
            (_place, self.place),
        )
        for said, compare in fields:
            ones = [said(profile) for profile in self.left]
            others = [said(profile) for profile in self.right]
            some = np.array([bool(one) for one in ones], dtype=bool)[rows]
            some &= np.array([bool(other) for other in others], dtype=bool)[columns]
            at = np.flatnonzero(some)
            weight[at] += _weights_of(compare, ones, others, (rows[at], columns[at]))
        return weight

    def comparisons(self, table: CandidateTable, at: int) -> tuple[Comparison, ...]:
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

    def _bearer_pairs(self, most: int, progress: Progress | None) -> tuple[Ints, Ints]:
        """Pairs of names to be weighed, each once, in order."""
        alike = similar_names(
            self.left_names, self.right_names, self.neighbours, most=most, progress=progress
        )
        same_day = born_the_same_day(
            [self.left[owner] for owner in self.left_names.owner.tolist()],
            [self.right[owner] for owner in self.right_names.owner.tolist()],
        )
        width = len(self.right_names.bearers)
        keys = np.unique(np.r_[alike[0] * width + alike[1], same_day[0] * width + same_day[1]])
        return keys // width, keys % width

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


Said = Callable[[Profile], Any]
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


def _sex(profile: Profile) -> Sex | None:
    return profile.sex


def _captured(profile: Profile) -> PartialDate | None:
    return profile.captured_on


def _place(profile: Profile) -> str:
    return profile.place_of_birth


def _written(profile: Profile, field: Field) -> str:
    """What a profile says in a field, as written; empty when it says nothing."""
    return str(getattr(profile, field.value) or "")
