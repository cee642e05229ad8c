"""Do the speakers give the same count, kind and direction of one movement?

Only claims of the same event are compared. A receipt of one side against the
list of the other is not compared here: that is done line by line in `handover`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from repatria.record.book import ClaimBook, saying_order, with_the_first
from repatria.record.check import Check, CheckKind, compared, flagged
from repatria.record.claims import FLOWS, Claim, Measure
from repatria.terms import Category, Severity

_FIRST = 8


def movement_checks(book: ClaimBook) -> Iterator[Check]:
    """Every comparison of claims about one event, in no promised order.

    Cost: linear, after sorting.
    """
    moved = _by_event(book, FLOWS)
    announced = _by_event(book, {Measure.ANNOUNCED})
    for group in (*moved.values(), *announced.values()):
        for left, right in with_the_first(sorted(group, key=saying_order)):
            if left.population == right.population:
                yield _same_event(book, left, right, group)
    for event, group in announced.items():
        promises = sorted(group, key=saying_order)
        carried_out = sorted(moved.get(event, ()), key=saying_order)
        for number, promise in enumerate(promises):
            # Each of a handful with each; of many, with who said first what moved.
            for claim in carried_out if number < _FIRST else carried_out[:_FIRST]:
                if promise.population == claim.population:
                    yield _pair(CheckKind.ANNOUNCED_AND_MOVED, promise, claim)


def _by_event(book: ClaimBook, measures: Iterable[Measure]) -> dict[str, list[Claim]]:
    wanted = frozenset(measures)
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.wholes():
        if claim.event and claim.measure in wanted:
            found[claim.event].append(claim)
    return found


def _same_event(book: ClaimBook, left: Claim, right: Claim, group: list[Claim]) -> Check:
    if _reversed(left, right):
        formula = f"{left.holder} → {left.to_party} / {right.holder} → {right.to_party}"
        return flagged(
            CheckKind.DIRECTION_CONFLICT, (left, right), formula, severity=Severity.CONTRADICTION
        )
    kinds = book.categories(left), book.categories(right)
    if all(kinds) and kinds[0] != kinds[1]:
        return _different_wording(left, right, kinds)
    check = _pair(CheckKind.SAME_EVENT_DIFFERENT_FIGURE, left, right)
    if not check.holds and _figure_of_the_way_back(left, right, group):
        return _pair(CheckKind.DIRECTION_CONFLICT, left, right)
    return check


def _different_wording(
    left: Claim, right: Claim, kinds: tuple[frozenset[Category], frozenset[Category]]
) -> Check:
    """One number for two sets of people, or two numbers that may both be true.

    The narrower wording may count fewer; more it cannot count.
    """
    if left.value == right.value:
        return flagged(
            CheckKind.CATEGORY_CONFLICT,
            (left, right),
            f"{left.value} {_named(kinds[0])} ≠ {right.value} {_named(kinds[1])}",
            severity=Severity.CONTRADICTION,
        )
    narrow, wide = (left, right) if kinds[0] < kinds[1] else (right, left)
    nested = kinds[0] < kinds[1] or kinds[1] < kinds[0]
    possible = not nested or wide.span.high is None or narrow.span.low <= wide.span.high
    return flagged(
        CheckKind.SAME_EVENT_DIFFERENT_FIGURE,
        (left, right),
        f"{left.value} {_named(kinds[0])} / {right.value} {_named(kinds[1])}",
        holds=possible,
        severity=Severity.WARNING if possible else Severity.CONTRADICTION,
    )


def _pair(kind: CheckKind, left: Claim, right: Claim) -> Check:
    return compared(kind, (left, right), str(left.span), left=left.span, right=right.span)


def _reversed(left: Claim, right: Claim) -> bool:
    """The same people cannot be released by both sides in one event."""
    ways = (left.holder, left.to_party), (right.to_party, right.holder)
    return all(ways[0]) and ways[0] == ways[1]


def _figure_of_the_way_back(left: Claim, right: Claim, group: list[Claim]) -> bool:
    """Whether one of the two numbers is what the other speaker said of the other direction."""
    return any(
        other.population != left.population
        and (
            (other.speaker == left.speaker and other.value == right.value)
            or (other.speaker == right.speaker and other.value == left.value)
        )
        for other in group
    )


def _named(kinds: frozenset[Category]) -> str:
    return "{" + ", ".join(sorted(kinds)) + "}"
