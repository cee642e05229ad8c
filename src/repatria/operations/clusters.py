"""Which records of a list with repeats belong together, and what holds them?

Pairs are joined to clusters while the evidence between two clusters is for one person.
What somebody decided comes first: two records that are not the same never stand in one
cluster, however many likely pairs lead from one to the other.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What it says against two records that the comparison did not put before us as a pair: odds of
# one to two. A judgement: candidates were looked for, and this pair was not among them.
ABSENT_BITS = -1.0
_MOST_BITS = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A pair as scored."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Records that are taken for one person.

    Attributes:
        records: at least two, in text order.
        weakest: the pair without which the cluster would fall in two; None where decisions
            of a person hold all of it.
    """

    records: tuple[str, ...]
    weakest: Likeness | None


def clusters(
    scored: Iterable[Likeness],
    *,
    same: Iterable[tuple[str, str]] = (),
    not_same: Iterable[tuple[str, str]] = (),
) -> tuple[Cluster, ...]:
    """Clusters of two records or more, largest first; every record is in one at most.

    Two clusters are joined, the likeliest first, while the log-odds of all pairs between them
    sum to more than nought. Pairs that somebody decided are the same are joined before, unless
    a pair that is not the same would come to stand together.

    Source: Bansal, Blum and Chawla 2004, "Correlation clustering" (the problem); Keuper et al.
    2015, "Efficient decomposition of image and mesh graphs by lifted multicuts", algorithm 1
    (greedy additive edge contraction).
    Cost: about linear in the pairs times the logarithm of their number; clusters are small.
    """
    likely = list(scored)
    joining = _Joining(likely, not_same)
    decided = sorted({(min(pair), max(pair)) for pair in same})
    for left, right in decided:
        joining.join_decided(left, right)
    joining.join_likely()
    members: defaultdict[str, list[str]] = defaultdict(list)
    for record in joining.leader:
        members[joining.find(record)].append(record)
    inside: defaultdict[str, list[Likeness]] = defaultdict(list)
    for pair in likely:
        if joining.find(pair.left) == joining.find(pair.right):
            inside[joining.find(pair.left)].append(pair)
    found = [
        Cluster(records=tuple(sorted(records)), weakest=_weakest(records, inside[first], decided))
        for first, records in members.items()
        if len(records) > 1
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.records), c.records)))


class _Joining:
    """Clusters while they grow: their leaders, and what is between each two of them."""

    def __init__(self, likely: Sequence[Likeness], not_same: Iterable[tuple[str, str]]) -> None:
        self.leader: dict[str, str] = {}
        self._size: dict[str, int] = {}
        self._bits: defaultdict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for pair in likely:
            for record in (pair.left, pair.right):
                self._enter(record)
            known = self._bits[pair.left].get(pair.right, (0.0, 0))
            between = (known[0] + _bits(pair.score), known[1] + 1)
            self._bits[pair.left][pair.right] = self._bits[pair.right][pair.left] = between
        for left, right in not_same:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def _enter(self, record: str) -> None:
        self.leader.setdefault(record, record)
        self._size.setdefault(record, 1)

    def find(self, record: str) -> str:
        """The record that stands for the cluster of a record."""
        self._enter(record)
        while self.leader[record] != record:
            self.leader[record] = self.leader[self.leader[record]]
            record = self.leader[record]
        return record

    def join_decided(self, left: str, right: str) -> None:
        """Join what somebody decided is one person, unless that would break a "not the same"."""
        one, other = self.find(left), self.find(right)
        if one != other and other not in self._apart[one]:
            self._join(one, other)

    def join_likely(self) -> None:
        """Join whatever is for one person, the strongest first."""
        heap = [
            (-gain, one, other)
            for one, others in self._bits.items()
            for other in others
            if one < other and (gain := self._gain(one, other)) > 0
        ]
        heapq.heapify(heap)
        while heap:
            expected, one, other = heapq.heappop(heap)
            if self.leader[one] != one or self.leader[other] != other:
                continue
            gain = self._gain(one, other)
            if gain <= 0 or -gain != expected:
                continue  # it has changed since; its new value was put in then
            kept = self._join(one, other)
            for third in sorted(self._bits[kept]):
                gain = self._gain(kept, third)
                if gain > 0:
                    heapq.heappush(heap, (-gain, min(kept, third), max(kept, third)))

    def _gain(self, one: str, other: str) -> float:
        if other in self._apart[one]:
            return -math.inf
        bits, pairs = self._bits[one].get(other, (0.0, 0))
        return bits + ABSENT_BITS * max(0, self._size[one] * self._size[other] - pairs)

    def _join(self, one: str, other: str) -> str:
        kept, gone = sorted((one, other))
        self.leader[gone] = kept
        self._size[kept] += self._size.pop(gone)
        self._bits[kept].pop(gone, None)
        for third, (bits, pairs) in self._bits.pop(gone, {}).items():
            self._bits[third].pop(gone, None)
            if third != kept:
                known = self._bits[kept].get(third, (0.0, 0))
                between = (known[0] + bits, known[1] + pairs)
                self._bits[kept][third] = self._bits[third][kept] = between
        for third in self._apart.pop(gone, ()):
            self._apart[third].discard(gone)
            self._apart[third].add(kept)
            self._apart[kept].add(third)
        return kept


def _bits(score: float) -> float:
    if score <= 0:
        return -_MOST_BITS
    if score >= 1:
        return _MOST_BITS
    return max(-_MOST_BITS, min(_MOST_BITS, math.log2(score / (1 - score))))


def _weakest(
    records: Iterable[str], inside: Iterable[Likeness], decided: Iterable[tuple[str, str]]
) -> Likeness | None:
    """The least pair of a strongest tree that spans the cluster (Kruskal 1956)."""
    leader = {record: record for record in records}

    def find(record: str) -> str:
        while leader[record] != record:
            leader[record] = leader[leader[record]]
            record = leader[record]
        return record

    for left, right in decided:
        if left in leader and right in leader:
            leader[find(left)] = find(right)
    last: Likeness | None = None
    for pair in sorted(inside, key=lambda p: (-p.score, p.left, p.right)):
        one, other = find(pair.left), find(pair.right)
        if one != other:
            leader[one] = other
            last = pair
    return last


def repeats_in(found: Iterable[Cluster]) -> int:
    """How many records are too many: all of each cluster but one."""
    return sum(len(cluster.records) - 1 for cluster in found)
