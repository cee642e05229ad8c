"""Which records of one list are one person, as far as the other list shows?

Two records of a person are no rivals for the records of that person in the other list. Without
this, each of two entries on one side and each of two on the other would take half of the
chance from the next, and somebody who is certainly on both lists would be linked to nobody.

Only records that fit the same record of the other list are looked at, so that the cost lies with
the repeats and not with the length of the lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from repatria.linkage.birth import BirthComparison
from repatria.linkage.columns import births_of, captures_of, places_of, sexes_of
from repatria.linkage.doubts import Doubt, Doubts
from repatria.linkage.ground import PlaceComparison, SexComparison
from repatria.linkage.grounds import ListPair
from repatria.linkage.model import Profile
from repatria.linkage.neighbours import neighbours_of
from repatria.linkage.vocabulary import Floats, Ints, vocabulary_of
from repatria.linkage.weighed import WeighedPairs

# What each field beside the names can say at most, in bits, so that pairs which nothing could make
# certain are not looked at; and who has a birthday in common and little of a name is another.
_BIRTH, _CAPTURE, _PLACE, _SEX = 14.0, 5.0, 8.0, 2.0
_LEAST_NAMED = 6.0
# Lists of prisoners that were checked had up to a quarter of their lines twice, most have hardly
# any: a judgement between them, and few of many to one record can be looked at one with another.
_REPEATED = 0.05
_CERTAIN = 0.98
# Short lists are drawn from the same families as long ones: namesakes are not rarer in them.
_LEAST_SIZE = 1_000
_MOST_OF_ONE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """For each record the number of its person: the place of that person's first record.

    Attributes:
        left, right: of the records of both lists. Shape: (n_left,) and (n_right,) int64.
    """

    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Candidate pairs of persons, of whom each has one counterpart at most.

    Attributes:
        rows, columns: numbers of the two persons. Shape: (n_person_pairs,) int64.
        weight: the greatest of any two records of theirs, log2. Shape: likewise, float64.
        below: by how much each pair of records weighs less than that. Shape: (n_pairs,) float64.
        which: the pair of persons of each pair of records; None where each record is a person.
    """

    rows: Ints
    columns: Ints
    weight: Floats
    below: Floats
    which: Ints | None

    @classmethod
    def of(cls, pairs: tuple[Ints, Ints], weight: Floats, persons: Persons | None) -> "Rivals":
        """The rivals among these pairs of records; each record a person of its own without any."""
        if persons is None:
            nothing = np.zeros(0)
            return cls(rows=pairs[0], columns=pairs[1], weight=weight, below=nothing, which=None)
        width = len(persons.right)
        keys = persons.left[pairs[0]] * width + persons.right[pairs[1]]
        once, which = np.unique(keys, return_inverse=True)
        best = np.full(len(once), -np.inf)
        np.maximum.at(best, which, weight)
        return cls(
            rows=once // width,
            columns=once % width,
            weight=best,
            below=best[which] - weight,
            which=which,
        )

    def of_records(self, scores: Floats) -> Floats:
        """The chance of each pair of records, from that of each pair of persons.

        A pair of records that weighs less than the best of its persons has lower odds by as much.
        """
        if self.which is None:
            return scores
        certain = np.minimum(scores, 1 - 1e-12)
        odds = (certain / (1 - certain))[self.which] * np.exp2(-self.below)
        return np.asarray(odds / (1 + odds))


def persons_of(
    table: WeighedPairs,
    weight: Floats,
    prior: float,
    lists: tuple[Sequence[Profile], Sequence[Profile]],
) -> Persons | None:
    """Which records of each list are taken for one person; None where each record is another's.

    Two records are, if both fit one record of the other list better than not, and the chance that
    they are one person, weighed against each other, is 0.98 at least. What their names have
    in common counts for no more than what they share with that record, which is where it is known
    how rare those names are. Of three records each two must be.

    Args:
        table: candidate pairs of the two lists.
        weight: of each pair altogether, log2. Shape: (n_pairs,) float64.
        prior: prior odds of a pair, log2.
        lists: the profiles, in the order that the table counts.

    Cost: nothing to speak of without repeats.
    """
    fitting = np.flatnonzero(weight + prior >= 0)
    named = (weight - table.rest)[fitting]
    rows, columns = table.rows[fitting], table.columns[fitting]
    left = _labels(lists[0], *_sharing(rows, columns, named))
    right = _labels(lists[1], *_sharing(columns, rows, named))
    if all((side == np.arange(len(side))).all() for side in (left, right)):
        return None
    return Persons(left=left, right=right)


def _sharing(records: Ints, others: Ints, named: Floats) -> tuple[Ints, Ints, Floats]:
    """Each two records that fit one of the other list, and what names speak for them at most."""
    order = np.lexsort((records, -named, others))
    records, others, named = records[order], others[order], named[order]
    parts = []
    for step in range(1, _MOST_OF_ONE):
        same = np.flatnonzero(others[step:] == others[:-step])
        one, other = records[same], records[same + step]
        # In falling order of the names: the second is the weaker of the two.
        parts.append((np.minimum(one, other), np.maximum(one, other), named[same + step]))
    ones, twos, bits = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((-bits, twos, ones))
    ones, twos, bits = ones[order], twos[order], bits[order]
    first = np.ones(len(ones), dtype=bool)
    first[1:] = (ones[1:] != ones[:-1]) | (twos[1:] != twos[:-1])
    return ones[first], twos[first], bits[first]


def _labels(profiles: Sequence[Profile], ones: Ints, others: Ints, bits: Floats) -> Ints:
    """The number of each record's person. Shape: (n_profiles,) int64."""
    labels = np.arange(len(profiles), dtype=np.int64)
    needed = np.log2(_CERTAIN / (1 - _CERTAIN)) - np.log2(
        2 * _REPEATED / max(len(labels), _LEAST_SIZE)
    )
    some = np.flatnonzero((bits >= _LEAST_NAMED) & (bits + _most_beside(profiles) >= needed))
    if not len(some):
        return labels
    ones, others, bits = ones[some], others[some], bits[some]
    named, rest, doubts = _weights(profiles, ones, others, bits)
    sure = (named >= _LEAST_NAMED) & (named + rest >= needed) & (doubts == Doubt.NONE)
    return _put_together(labels, ones[sure], others[sure])


def _most_beside(profiles: Sequence[Profile]) -> float:
    """What everything but the names can say at most of two records of these, bits."""
    fields = (
        (births_of, _BIRTH),
        (captures_of, _CAPTURE),
        (places_of, _PLACE),
        (sexes_of, _SEX),
    )
    return sum(bits for said, bits in fields if any(said(profiles)))


def _weights(
    profiles: Sequence[Profile], ones: Ints, others: Ints, bits: Floats
) -> tuple[Floats, Floats, Doubts]:
    """What names and the rest speak for each two records of a list being one person, and doubts.

    Shape: (n_pairs,) each.
    """
    places = np.unique(np.r_[ones, others])
    some = [profiles[int(at)] for at in places]
    # Counted among these few, every name would be a common one. How rare it is in the whole list
    # is in `bits`; here it only shows whether the two contradict each other.
    names = replace(vocabulary_of(some), size=len(profiles))
    lists = ListPair(
        left=some,
        right=some,
        left_names=names,
        right_names=names,
        neighbours=neighbours_of(names, names),
        birth=BirthComparison(births_of(some)),
        sex=SexComparison(sexes_of(some)),
        place=PlaceComparison(places_of(some)),
    )
    rows, columns = np.searchsorted(places, ones), np.searchsorted(places, others)
    # Names of one person stand together.
    starts = np.searchsorted(names.owner, np.arange(len(some) + 1)).tolist()
    pairs = [
        (one, other)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        for one in range(starts[row], starts[row + 1])
        for other in range(starts[column], starts[column + 1])
    ]
    left, right = np.array(sorted(pairs), dtype=np.int64).T
    table = lists.weighed(left, right, len(pairs)).weighed
    width = len(some)
    at = np.searchsorted(table.rows * width + table.columns, rows * width + columns)
    rest = table.rest[at]
    return np.minimum(table.weight()[at] - rest, bits), rest, table.doubts[at]


def _put_together(labels: Ints, ones: Ints, others: Ints) -> Ints:
    """Records of which each two are one person get one number, the least of theirs."""
    together = set(zip(ones.tolist(), others.tolist(), strict=True))
    members: dict[int, list[int]] = {}
    for one, other in sorted(together):
        first = members.setdefault(int(labels[one]), [one])
        second = members.setdefault(int(labels[other]), [other])
        if first is not second and all(
            (min(a, b), max(a, b)) in together for a in first for b in second
        ):
            gone = int(labels[other])
            first.extend(second)
            labels[second] = labels[one]
            members[int(labels[one])] = first
            del members[gone]
    return labels
