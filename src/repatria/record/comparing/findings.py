"""What do the claims of a file amount to, taken together?

The answer does not depend on the order of the claims, on their ids, or on what
speakers are called, as long as each keeps his name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from repatria.record.book import ClaimBook
from repatria.record.check import ABOUT_REFERENCES, Check, CheckKind, compared
from repatria.record.claims import Claim, Span
from repatria.record.comparing.alike import same_number_other_people, stale_copies
from repatria.record.comparing.directions import rest_of_an_exchange, turned_round
from repatria.record.comparing.over_time import planned_and_moved, stock_less_moved
from repatria.record.comparing.pairs import constant_gaps, told_differently
from repatria.record.comparing.told import Told, told_of
from repatria.record.comparing.totals import batches, running_totals
from repatria.record.comparing.wholes import remainders, wholes_and_parts
from repatria.record.consistency import RegisterFigures, checks
from repatria.record.meaning import composition_checks, reference_checks

_RECKONED = re.compile(
    r"\b(?:derived|reckoned|calculated|computed|deduced)\D{0,12}(\d+)\s*[-−–]\s*(\d+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d[\d,]*\b")


def findings(claims: Iterable[Claim]) -> tuple[Check, ...]:
    """Every comparison the claims allow, agreeing or not, each once, in a fixed order.

    A claim that its own speaker replaced is compared only with what replaced it, and one
    that only repeats another only with that one.

    Raises:
        Refusal: two different claims have one id (see `ClaimBook.of`).

    Cost: n log n in the number of claims.
    """
    book = ClaimBook.of(claims)
    told = told_of(book.current())
    found = [*composition_checks(book), *reference_checks(book)]
    found += [*_as_worded(told), *_from_words(told)]
    telling = (c for c in found if not _in_a_circle(c, book.by_id))
    return tuple(sorted(_each_once(telling), key=Check.reading_order))


def findings_and_checks(
    claims: Iterable[Claim], *, register: RegisterFigures | None = None
) -> tuple[Check, ...]:
    """The findings, with the checks that claims declare by naming their event or their parts.

    Args:
        claims: all of them.
        register: what our own register counts, to be compared as well.

    Raises:
        Refusal: as `findings`.
    """
    given = tuple(claims)
    both = (*checks(given, register=register), *findings(given))
    return tuple(sorted(_each_once(both), key=Check.reading_order))


def _as_worded(told: Sequence[Told]) -> Iterator[Check]:
    """Each figure against the numbers in its own composition, where it is given in words."""
    for each in told:
        numbers = [int(n.replace(",", "")) for n in _NUMBER.findall(each.claim.composition)]
        if len(numbers) > 1 and numbers[0] == each.value and "=" in each.claim.composition:
            numbers = numbers[1:]
        if len(numbers) > 1:
            total = Span.exactly(sum(numbers))
            yield compared(
                CheckKind.COMPOSITION,
                (each.claim,),
                str(each.span),
                left=each.span,
                right=total,
            )


def _from_words(told: Sequence[Told]) -> Iterator[Check]:
    sums = list(wholes_and_parts(told))
    yield from sums
    yield from remainders(told)
    yield from turned_round(told)
    parts = {
        claim
        for check in sums
        if check.kind is CheckKind.COMPOSITION and len(_right(check)) > 1
        for claim in _right(check)
    }
    differing = list(told_differently(told, parts))
    yield from differing
    yield from constant_gaps(differing, told)
    yield from rest_of_an_exchange(told)
    yield from planned_and_moved(told)
    yield from stock_less_moved(told, parts)
    yield from batches(told)
    yield from running_totals(told)
    yield from stale_copies(told)
    inner = {
        claim for check in sums if check.holds for claim in _right(check) if len(_right(check)) > 1
    }
    yield from same_number_other_people(told, _compositions(sums, told), inner)


def _in_a_circle(check: Check, claims: Mapping[str, Claim]) -> bool:
    """Whether a sum comes out only because a part was reckoned from it, as its note says."""
    if check.kind is not CheckKind.COMPOSITION or not check.holds or len(check.claims) != 3:
        return False
    values = {claims[c].value for c in check.claims}
    return any(
        {int(m[1]), int(m[2])} < values
        for c in check.claims
        for m in _RECKONED.finditer(claims[c].note)
        if int(m[1]) - int(m[2]) == claims[c].value
    )


def _right(check: Check) -> list[str]:
    return check.right_of.split("+")


def _compositions(sums: Sequence[Check], told: Sequence[Told]) -> dict[str, tuple[str, ...]]:
    """Wholes whose own speaker gave the parts, with the first way in which they add up."""
    said_by = {t.id: t.utterance for t in told}
    found: dict[str, tuple[str, ...]] = {}
    for check in sums:
        sum_of_parts = check.kind is CheckKind.COMPOSITION and check.holds
        if sum_of_parts and check.left_of in said_by and _by_one(check, said_by):
            found.setdefault(check.left_of, check.claims[1:])
    return found


def _by_one(check: Check, said_by: Mapping[str, object]) -> bool:
    return len({said_by[c] for c in check.claims}) == 1


def _each_once(found: Iterable[Check]) -> Iterator[Check]:
    """The first of those that compare the same claims to the same end.

    A word on references compares nothing, so it takes no comparison's place.
    """
    seen: set[object] = set()
    for check in found:
        key = (frozenset(check.claims), check.holds, check.kind in ABOUT_REFERENCES)
        if key not in seen:
            seen.add(key)
            yield check
