"""Do equal numbers mean the same people, and is a repeated figure still current?

A number that returns with another meaning is flagged, never joined. People whom
the holder does not acknowledge are shown apart and never added to those he does.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from repatria.record.book import ClaimBook, saying_order, surely_before, with_the_first
from repatria.record.check import Check, CheckKind, compared, flagged
from repatria.record.claims import FLOWS, STOCKS, Claim, Measure, Span
from repatria.record.stocks import Movement, movements_in, order_with
from repatria.terms import Severity

_LOOKED_AT = 24


def composition_checks(book: ClaimBook) -> Iterator[Check]:
    """Each sum against its parts, as its speaker put it together."""
    for whole in book.by_id.values():
        parts = [book.by_id[p] for p in whole.parts if p in book.by_id]
        if not parts or len(parts) != len(whole.parts):
            continue
        left = sum((p.span for p in parts), start=Span.exactly(0))
        yield compared(
            CheckKind.COMPOSITION,
            (*parts, whole),
            " + ".join(str(p.span) for p in parts),
            left=left,
            right=whole.span,
            derived=any(p.speaker != whole.speaker for p in parts),
        )


def same_number_checks(book: ClaimBook) -> Iterator[Check]:
    """Pairs of equal numbers of one population that count different people.

    An event says whom its figures mean: two ways to divide one event up are no conflict.

    Cost: n log n.
    """
    groups: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    counted: set[tuple[str, int, str]] = set()
    # wholes first, so that a part never stands for its event
    for claim in sorted(book.current(), key=lambda c: (c.id in book.components, saying_order(c))):
        key = claim.population, claim.value, claim.event
        if not claim.event or key not in counted:
            # the first speaker stands for all who count that event alike
            groups[claim.population, claim.value].append(claim)
            counted.add(key)
    for group in groups.values():
        for left, right in with_the_first(group):
            inner = left.id in book.components and right.id in book.components
            if not inner and _means_something_else(book, left, right):
                formula = f"{_described(book, left)} ≢ {_described(book, right)}"
                yield flagged(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, (left, right), formula)


def unacknowledged_checks(book: ClaimBook) -> Iterator[Check]:
    """Each figure of people the holder does not acknowledge, and each sum that holds one."""
    for claim in book.wholes():
        hidden = [c for c in book.leaves(claim) if c.measure is Measure.UNACKNOWLEDGED]
        if claim.measure is Measure.UNACKNOWLEDGED:
            yield flagged(CheckKind.UNACKNOWLEDGED_APART, (claim,), str(claim.span), holds=True)
        elif hidden:
            inside = " + ".join(str(c.span) for c in hidden)
            yield flagged(
                CheckKind.UNACKNOWLEDGED_APART,
                (claim, *hidden),
                f"{claim.span} ∋ {inside}",
                holds=True,
            )


def reference_checks(book: ClaimBook) -> Iterator[Check]:
    """References to claims nobody has or in a circle, replaced answers, and stale copies."""
    for circle in book.circles:
        named_in_it = [book.by_id[key] for key in circle.claims]
        yield flagged(CheckKind.REFERENCE_CIRCLE, named_in_it, circle.reference.value)
    movements = movements_in(book)
    replaced_by = {
        c.supersedes: c
        for c in book.by_id.values()
        if c.supersedes in book.superseded and c.replaces(book.by_id[c.supersedes])
    }
    for claim in book.by_id.values():
        named = (*claim.parts, claim.supersedes, claim.copy_of)
        if any(n and n not in book.by_id for n in named):
            yield flagged(CheckKind.BROKEN_REFERENCE, (claim,), "")
        earlier = book.by_id.get(claim.supersedes)
        if earlier is not None:
            yield _replacement(earlier, claim)
        original = book.by_id.get(claim.copy_of)
        if original is not None:
            yield compared(
                CheckKind.COPY_DIFFERS,
                (original, claim),
                str(original.span),
                left=original.span,
                right=claim.span,
            )
            between = movements.get((original.population, original.holder), [])
            newer = _outdated_by(original, claim, replaced_by.get(original.id), between)
            if newer is not None:
                formula = f"{original.when} < {newer.when} < {claim.said_on}"
                yield flagged(CheckKind.STALE_COPY, (original, newer, claim), formula)


def _replacement(earlier: Claim, later: Claim) -> Check:
    if not later.replaces(earlier):
        return flagged(CheckKind.BROKEN_REFERENCE, (earlier, later), "")
    changed = earlier.span != later.span
    return flagged(
        CheckKind.ANSWER_CHANGED,
        (earlier, later),
        f"{earlier.span} → {later.span}",
        holds=not changed,
        severity=Severity.WARNING if changed else Severity.NOTE,
    )


def _outdated_by(
    original: Claim, copy: Claim, replaced_by: Claim | None, movements: list[Movement]
) -> Claim | None:
    """What had overtaken the original when it was repeated; None if nothing surely had."""
    if replaced_by is not None and surely_before(replaced_by.said_on, copy.said_on):
        return replaced_by
    if original.measure not in STOCKS:
        return None
    after = bisect_right(movements, original.when.latest, key=lambda m: m.on.earliest)
    for movement in movements[after : after + _LOOKED_AT]:
        if order_with(original, movement) == -1 and surely_before(movement.on, copy.said_on):
            return movement.claims[0]
    return None


def _means_something_else(book: ClaimBook, left: Claim, right: Claim) -> bool:
    if left.id in right.parts or right.id in left.parts:
        return False
    if _family(left) != _family(right) or bool(left.event and right.event):
        return True
    if book.counts_unacknowledged(left) != book.counts_unacknowledged(right):
        return True
    divided = book.composition(left), book.composition(right)
    one_count = left.speaker == right.speaker and left.when == right.when
    return all(divided) and divided[0] != divided[1] and not one_count


def _family(claim: Claim) -> str:
    if claim.measure in STOCKS:
        return "stock"
    if claim.measure in FLOWS or claim.measure is Measure.ANNOUNCED:
        return "movement"
    return claim.measure.value


def _described(book: ClaimBook, claim: Claim) -> str:
    leaves = book.leaves(claim)
    inside = "" if leaves == (claim,) else f" = {' + '.join(str(c.span) for c in leaves)}"
    return f"{claim.measure} {claim.when}: {claim.span}{inside}"
