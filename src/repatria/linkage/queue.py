"""In which order should somebody look at pairs, so that each look changes most?

A pair that is as good as certain teaches little; one on which other pairs or somebody's
journey hang teaches much. The order is a proposal; every pair stays in the queue.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

# Tuples: thousands are made for each look at the queue, and made much quicker than dataclasses.


class OpenPair(NamedTuple):
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


class Place(NamedTuple):
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
    person, waiting = one_for_all(same), waiting_on or {}
    ends = [(person.get(p.left, p.left), person.get(p.right, p.right)) for p in pairs]
    between: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for pair, (left, right) in zip(pairs, ends, strict=True):
        between[(left, right) if left <= right else (right, left)].append(pair.id)
    towards = _towards(pairs, ends)
    places = []
    for pair, (left, right) in zip(pairs, ends, strict=True):
        twins = between[(left, right) if left <= right else (right, left)]
        rivals = set(twins)
        if pair.left_list != pair.right_list:
            for record, other_list in ((left, pair.right_list), (right, pair.left_list)):
                if other_list and other_list not in with_repeats:
                    rivals.update(towards[record, other_list])
        settled = len(rivals) - 1
        matters = waiting.get(pair.left, 0) + waiting.get(pair.right, 0)
        uncertainty = entropy_bits(pair.score)
        answered = 1 + pair.score * settled + (1 - pair.score) * (len(twins) - 1)
        value = uncertainty * answered * (1 + matters)
        place = Place(pair.id, uncertainty, settled, len(twins) - 1, matters, value)
        places.append((-value, -pair.score, pair.id, place))
    places.sort()  # ids differ, so that places are never compared
    return tuple(map(itemgetter(3), places))


def _towards(
    pairs: Iterable[OpenPair], ends: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], set[str]]:
    """For a person and a list, the pairs that may find the person there."""
    towards: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for pair, (left, right) in zip(pairs, ends, strict=True):
        if pair.left_list != pair.right_list:
            towards[left, pair.right_list].add(pair.id)
            towards[right, pair.left_list].add(pair.id)
    return towards


def one_for_all(same: Iterable[tuple[str, str]]) -> Mapping[str, str]:
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
