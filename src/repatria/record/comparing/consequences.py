"""Which findings only say again what another has said?

One disagreement shows in many sums. Somebody who reads a list of findings is told
once, and what follows stands beneath it; nothing is left out.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repatria.record.check import Check, CheckKind
from repatria.record.claims import Claim

_TERM = re.compile(r"[+\-*]")
_PAIRS = frozenset(
    {
        CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE,
        CheckKind.ANSWER_CHANGED,
        CheckKind.COUNTING_RULE_DIFFERS,
        CheckKind.CATEGORY_CONFLICT,
        CheckKind.DIRECTION_CONFLICT,
        CheckKind.SAME_DAY_DIFFERENT_STOCK,
        CheckKind.SAME_EVENT_DIFFERENT_FIGURE,
    }
)
_SUMS = frozenset({CheckKind.COMPOSITION, CheckKind.TOTAL_ACROSS, CheckKind.STOCK_MINUS_RELEASED})
_ROUND_FROM = 1_000
_DIGITS_OF_A_ROUND_NUMBER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A finding with what follows from it, both in the order in which they were given."""

    check: Check
    also: tuple[Check, ...] = ()


def gathered(checks: Iterable[Check], claims: Mapping[str, Claim]) -> tuple[Gathered, ...]:
    """The findings, each once: what follows from another stands with that one.

    Args:
        checks: as `findings` gives them.
        claims: by id, those of which they are.

    Cost: n log n.
    """
    given = tuple(checks)
    among = _Among(given, claims)
    follows: dict[int, int] = {}
    for rule in _RULES:
        for follower, first in rule(among):
            if _root(follows, first) != follower and follower not in follows:
                follows[follower] = first
    also: dict[int, list[Check]] = defaultdict(list)
    for follower in sorted(follows):
        also[_root(follows, follower)].append(given[follower])
    return tuple(
        Gathered(check=check, also=tuple(also[number]))
        for number, check in enumerate(given)
        if number not in follows
    )


def _root(follows: Mapping[int, int], number: int) -> int:
    while number in follows:
        number = follows[number]
    return number


class _Among:
    """The findings by number, with their sides and who spoke."""

    def __init__(self, checks: Sequence[Check], claims: Mapping[str, Claim]) -> None:
        self.checks = checks
        self.claims = claims
        self.sides = [_sides(check) for check in checks]
        self.pairs: dict[frozenset[str], int] = {}
        for number, check in enumerate(checks):
            if check.kind in _PAIRS and len(check.claims) == 2:
                self.pairs.setdefault(frozenset(check.claims), number)

    def of_kind(self, *kinds: CheckKind) -> Iterator[tuple[int, Check]]:
        """The findings of these kinds, each with its number."""
        return ((n, check) for n, check in enumerate(self.checks) if check.kind in kinds)

    def said(self, claim: str) -> tuple[object, ...]:
        """When a claim was surely said, then its place: who comes first is told first."""
        told = self.claims[claim].said_on
        return (told.latest, told.earliest, claim)

    def utterance(self, claim: str) -> tuple[str, str]:
        """Who said it, and when."""
        told = self.claims[claim]
        return " ".join(told.speaker.casefold().split()), str(told.said_on)


def _sides(check: Check) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The claims on each side; where a check does not say, the last stands against the others."""
    if not (check.left_of and check.right_of):
        return tuple(map(str, check.claims[:-1])), tuple(map(str, check.claims[-1:]))
    named = set(map(str, check.claims))
    left, right = (
        tuple(term for term in _TERM.split(side) if term in named) if side not in named else (side,)
        for side in (check.left_of, check.right_of)
    )
    return left, right


def _one_sum_against_several(among: _Among) -> Iterator[tuple[int, int]]:
    """A sum against a second whole, of which it is told already how it stands to the first."""
    groups: dict[object, list[tuple[int, str]]] = defaultdict(list)
    for number, check in among.of_kind(*_SUMS, CheckKind.ANNOUNCED_AND_MOVED):
        left, right = among.sides[number]
        if len(left) == 1 and len(right) > 1 and check.kind in _SUMS:
            groups[check.kind, frozenset(right)].append((number, left[0]))
        elif len(right) == 1 and len(left) > 1:
            groups[check.kind, frozenset(left)].append((number, right[0]))
        elif len(left) == len(right) == 1:
            groups[check.kind, frozenset(right)].append((number, left[0]))
    for same in groups.values():
        if len(same) < 2:
            continue
        best, whole = min(same, key=lambda each: _as_a_whole(among, *each))
        for number, other in same:
            equal = among.claims[other].value == among.claims[whole].value
            told = frozenset((other, whole)) in among.pairs
            if number != best and (equal or told):
                yield number, best


def _as_a_whole(among: _Among, number: int, whole: str) -> tuple[object, ...]:
    """Of several the one that fits; of plans then the first, of totals the nearest."""
    check = among.checks[number]
    planned = check.kind is CheckKind.ANNOUNCED_AND_MOVED
    apart = 0 if planned else abs(check.left - check.right)
    return (not check.holds, apart, among.said(whole))


def _same_numbers_again(among: _Among) -> Iterator[tuple[int, int]]:
    """A whole divided again into the same numbers, whoever they are said to be."""
    first: dict[object, int] = {}
    order = sorted(
        among.of_kind(CheckKind.COMPOSITION, CheckKind.TOTAL_ACROSS),
        key=lambda each: [among.said(str(c)) for c in each[1].claims],
    )
    for number, check in order:
        whole, *parts = sorted(among.sides[number], key=len)
        if len(whole) == 1 and check.holds:
            values = tuple(sorted(among.claims[c].value for c in parts[0]))
            known = first.setdefault((whole[0], values), number)
            if known != number:
                yield number, known


def _other_direction(among: _Among) -> Iterator[tuple[int, int]]:
    """The second direction of two reports of which the first is turned round already."""
    first: dict[object, int] = {}
    turned = sorted(
        among.of_kind(CheckKind.DIRECTION_CONFLICT),
        key=lambda each: [among.said(str(c)) for c in each[1].claims],
    )
    for number, check in turned:
        reports = frozenset(among.utterance(str(c)) for c in check.claims)
        known = first.setdefault(reports, number)
        if known != number:
            yield number, known


def _stale(among: _Among) -> Iterator[tuple[int, int]]:
    """Of an old figure that returns: from where, in whose mouth again, and beside what else."""
    stale = list(among.of_kind(CheckKind.STALE_COPY))
    newest: dict[str, int] = {}
    origin: dict[str, str] = {}
    for number, check in stale:
        copy, other = str(check.claims[0]), str(check.claims[-1])
        if check.left == check.right:
            origin[copy] = other
        else:
            newest.setdefault(copy, number)
    first: dict[str, int] = {}
    for copy in sorted(newest, key=among.said):
        told = first.setdefault(origin.get(copy, copy), newest[copy])
        if told != newest[copy]:
            yield newest[copy], told
    for number, check in stale:
        known = newest.get(str(check.claims[0]))
        if known is not None and known != number:
            yield number, known
    for pair, number in among.pairs.items():
        for copy in sorted(pair & newest.keys()):
            yield number, newest[copy]


def _lookalikes(among: _Among) -> Iterator[tuple[int, int]]:
    """Of numbers that count other people: what the one would be if it counted as the other.

    Where parts of a sum look like something as well, its whole has been named.
    """
    alike = list(among.of_kind(CheckKind.SAME_NUMBER_DIFFERENT_MEANING))
    like_for_like = {str(c.claims[0]): n for n, c in alike if c.left != c.right}
    parts_of: dict[str, set[str]] = defaultdict(set)
    for number, check in among.of_kind(CheckKind.COMPOSITION):
        for side in among.sides[number]:
            if len(side) > 1 and check.holds:
                for part in side:
                    parts_of[part] |= set(map(str, check.claims)) - set(side)
    named: dict[str, int] = {}
    for number, check in alike:
        if check.left == check.right:
            told = like_for_like.get(str(check.claims[0]))
            if told is not None:
                yield number, told
            named.setdefault(str(check.claims[-1]), number)
    for number, check in alike:
        wholes = sorted(parts_of[str(check.claims[-1])] & named.keys())
        if check.left == check.right and wholes:
            yield number, named[wholes[0]]


def _rounded(among: _Among) -> Iterator[tuple[int, int]]:
    """A round figure of a quantity of which an exact one that differs is told, or an exact sum."""
    summed: dict[str, int] = {}
    for number, _check in among.of_kind(CheckKind.TOTAL_ACROSS):
        for whole in min(among.sides[number], key=len):
            summed.setdefault(whole, number)
    heads: dict[str, list[tuple[int, Check]]] = defaultdict(list)
    for number, check in among.of_kind(CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE):
        heads[str(check.claims[0])].append((number, check))
    for same in heads.values():
        exact = [n for n, c in same if not any(_is_round(among.claims[i].value) for i in c.claims)]
        for number, check in same if exact else ():
            if number not in exact and _is_round(among.claims[check.claims[-1]].value):
                yield number, exact[0]
        for number, check in same:
            totals = [i for i in map(str, check.claims) if i in summed]
            if totals and all(_is_round(among.claims[i].value) for i in check.claims):
                yield number, summed[totals[0]]


def _is_round(value: int) -> bool:
    digits = len(str(value).rstrip("0"))
    return value >= _ROUND_FROM and digits <= _DIGITS_OF_A_ROUND_NUMBER


def _gaps(among: _Among) -> Iterator[tuple[int, int]]:
    """Two disagreements by one number: said with the total."""
    for number, check in among.of_kind(CheckKind.CONSTANT_GAP):
        known = among.pairs.get(frozenset(map(str, check.claims[2:])))
        if known is not None:
            yield number, known


_RULES: tuple[Callable[[_Among], Iterator[tuple[int, int]]], ...] = (
    _stale,
    _lookalikes,
    _one_sum_against_several,
    _same_numbers_again,
    _other_direction,
    _rounded,
    _gaps,
)
