"""Which decisions about records cannot all be true together?

If A is B and B is C, then A is C. Decisions that break this are laid side by side with
the chain that leads from one to the other; which of them is wrong is for a person.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ContradictionKind(StrEnum):
    """In which way decisions do not go together."""

    SAME_AND_NOT_SAME = "same_and_not_same"
    TWICE_ON_ONE_LIST = "twice_on_one_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionContradiction:
    """A pair of records with the chain of decisions that makes them one person.

    Attributes:
        left, right: not the same by a decision; or two records of one list that nobody
            has decided to repeat each other.
        chain: records from left to right, each decided to be the same as the next.
    """

    kind: ContradictionKind
    left: str
    right: str
    chain: tuple[str, ...]

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The pairs of the chain, in text order within each pair."""
        return tuple(
            (min(one, other), max(one, other))
            for one, other in zip(self.chain, self.chain[1:], strict=False)
        )

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every pair that takes part: one of them was decided wrongly, or is to be decided."""
        return frozenset((*self.steps, (min(self.left, self.right), max(self.left, self.right))))


def contradictions(
    same: Collection[tuple[str, str]],
    not_same: Iterable[tuple[str, str]],
    list_of: Mapping[str, str],
) -> tuple[DecisionContradiction, ...]:
    """Where decisions contradict each other, by record; each with a shortest chain.

    A chain that makes two records of one list the same person is shown unless records of that
    list alone make them so: either they repeat each other, which is then to be decided, or a
    step of the chain is wrong.

    Args:
        same, not_same: pairs as somebody decided.
        list_of: on which list a record stands; one that is absent stands on none.

    Cost: linear in the decisions for each contradiction found.
    """
    beside = _neighbours(same)
    group = _groups(beside)
    denied = {_in_order(pair) for pair in not_same}
    found = [
        _found(ContradictionKind.SAME_AND_NOT_SAME, left, right, beside)
        for left, right in sorted(denied)
        if left in group and group.get(left) == group.get(right)
    ]
    found += [
        _found(ContradictionKind.TWICE_ON_ONE_LIST, left, right, beside)
        for left, right in _twice_on_one_list(beside, group, list_of)
        if (left, right) not in denied
    ]
    return tuple(found)


def _found(
    kind: ContradictionKind, left: str, right: str, beside: Mapping[str, Collection[str]]
) -> DecisionContradiction:
    chain = _shortest_chain(left, right, beside)
    return DecisionContradiction(kind=kind, left=left, right=right, chain=chain)


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    return min(pair), max(pair)


def _neighbours(same: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in same:
        beside[left].add(right)
        beside[right].add(left)
    return dict(beside)


def _groups(beside: Mapping[str, Collection[str]]) -> Mapping[str, str]:
    """For each record, the first record of those that chains of decisions lead to."""
    group: dict[str, str] = {}
    for first in sorted(beside):
        waiting = [first]
        while waiting:
            record = waiting.pop()
            if record not in group:
                group[record] = first
                waiting.extend(beside[record])
    return group


def _twice_on_one_list(
    beside: Mapping[str, Collection[str]], group: Mapping[str, str], list_of: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The first record of a list in a group, with each that the list itself does not join to it."""
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record, first in sorted(group.items()):
        if record in list_of:
            members[first, list_of[record]].append(record)
    for (_, which), records in sorted(members.items()):
        if len(records) > 1:
            within = {
                record: {o for o in beside[record] if list_of.get(o) == which} for record in records
            }
            apart = sorted(set(_groups(within).values()))
            yield from ((apart[0], other) for other in apart[1:])


def _shortest_chain(
    left: str, right: str, beside: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Records from one to the other by the fewest decisions; the first such in text order."""
    came_from = {left: left}
    waiting = deque([left])
    while right not in came_from:
        record = waiting.popleft()
        for other in sorted(beside[record]):
            if other not in came_from:
                came_from[other] = record
                waiting.append(other)
    chain = [right]
    while chain[-1] != left:
        chain.append(came_from[chain[-1]])
    return tuple(reversed(chain))
