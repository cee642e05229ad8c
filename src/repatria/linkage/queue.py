"""In which order should somebody look at pairs, so that each look changes most?

A pair that is as good as certain teaches little; one on which other pairs or somebody's
journey hang teaches much. The order is a proposal; every pair stays in the queue.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPair:
    """A pair that nobody has decided.

    Attributes:
        left_list, right_list: the lists the two records stand on; empty when not known.
        score: probability that both are one person.
    """

    id: str
    left: str
    right: str
    left_list: str
    right_list: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A pair's place in the queue, with what it rests on.

    Attributes:
        pair: id of the pair.
        uncertainty: entropy of the score in bits, from 0 (certain) to 1 (even).
        settles_if_same: other open pairs that "the same" would answer too.
        settles_if_not: other open pairs that "not the same" would answer too.
        waiting_on: persons, plans or handovers that rest on one of the two records.
        value: what a look is worth; see `ordered`.
    """

    pair: str
    uncertainty: float
    settles_if_same: int
    settles_if_not: int
    waiting_on: int
    value: float


def entropy_bits(score: float) -> float:
    """The uncertainty of a yes-or-no question, in bits. Source: Shannon 1948, section 6."""
    if not 0 < score < 1:
        return 0.0
    return -score * math.log2(score) - (1 - score) * math.log2(1 - score)


def ordered(
    pairs: Sequence[OpenPair],
    *,
    same: Iterable[tuple[str, str]] = (),
    with_repeats: Collection[str] = frozenset(),
    waiting_on: Mapping[str, int] | None = None,
) -> tuple[Place, ...]:
    """The pairs, the one whose decision changes most first; equal ones likeliest first.

    The value of a look is what its answer tells (entropy of the pair) times the number of
    questions it is expected to answer (itself, and those that fall with either answer, by their
    chance), times one more than what waits on its records. The entropy of an answer that is given
    without error is its expected information; that questions saved and matters waiting multiply
    it is a judgement of this project.

    Args:
        pairs: each once.
        same: pairs somebody decided are one person; their records are one in what follows.
        with_repeats: lists on which a person may stand twice: there a link excludes no other.
        waiting_on: for a record, how many matters rest on it; none when it is absent.

    Source: Howard 1966, "Information value theory", for asking by what an answer changes.
    Cost: linear in the pairs, but for the rivals of one record, which are few.
    """
    person = _persons(same)
    waiting = waiting_on or {}
    between: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    towards: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        between[_ends(pair, person)].add(pair.id)
        if pair.left_list != pair.right_list:
            towards[_of(pair.left, person), pair.right_list].add(pair.id)
            towards[_of(pair.right, person), pair.left_list].add(pair.id)
    places = []
    for pair in pairs:
        twins = between[_ends(pair, person)]
        rivals: set[str] = set()
        if pair.left_list != pair.right_list:
            for record, other_list in (
                (pair.left, pair.right_list),
                (pair.right, pair.left_list),
            ):
                if other_list and other_list not in with_repeats:
                    rivals |= towards[_of(record, person), other_list]
        if_same, if_not = len((twins | rivals) - {pair.id}), len(twins) - 1
        matters = waiting.get(pair.left, 0) + waiting.get(pair.right, 0)
        uncertainty = entropy_bits(pair.score)
        answered = 1 + pair.score * if_same + (1 - pair.score) * if_not
        places.append(
            Place(
                pair=pair.id,
                uncertainty=uncertainty,
                settles_if_same=if_same,
                settles_if_not=if_not,
                waiting_on=matters,
                value=uncertainty * answered * (1 + matters),
            )
        )
    scores = {pair.id: pair.score for pair in pairs}
    return tuple(sorted(places, key=lambda p: (-p.value, -scores[p.pair], p.pair)))


def _persons(same: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """For each record that was decided to be another too, one record that stands for all."""
    leader: dict[str, str] = {}

    def find(record: str) -> str:
        while leader.setdefault(record, record) != record:
            leader[record] = leader[leader[record]]
            record = leader[record]
        return record

    for left, right in same:
        one, other = sorted((find(left), find(right)))
        leader[other] = one
    return {record: find(record) for record in leader}


def _of(record: str, person: Mapping[str, str]) -> str:
    return person.get(record, record)


def _ends(pair: OpenPair, person: Mapping[str, str]) -> tuple[str, str]:
    one, other = sorted((_of(pair.left, person), _of(pair.right, person)))
    return one, other
