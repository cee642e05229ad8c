"""Does what was held, less what went, give what is said to remain?

Across speakers too, and then marked as derived. Only where the order of days
is certain; a figure that counts people the holder does not acknowledge is
never set off against one that does not.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from repatria.record.book import ClaimBook, saying_order, surely_before
from repatria.record.check import Check, CheckKind, compared
from repatria.record.claims import FLOWS, STOCKS, Claim, Measure, Span
from repatria.terms import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What is claimed of one event for one population and holder.

    Attributes:
        on: the day, as narrowly as the first claim or any `as_of` gives it.
        claims: everybody's claims of it, in order of saying.
    """

    on: PartialDate
    claims: tuple[Claim, ...]

    @property
    def span(self) -> Span:
        """From the lowest to the highest count claimed: no claim is preferred."""
        spans = [c.span for c in self.claims]
        highs = [s.high for s in spans if s.high is not None]
        return Span(
            low=min(s.low for s in spans),
            high=max(highs) if len(highs) == len(spans) else None,
            about=any(s.about for s in spans),
            value=min(s.value for s in spans),
        )


def stock_checks(book: ClaimBook) -> Iterator[Check]:
    """Every comparison of stocks with each other and with movements between them.

    Cost: stocks of one population and holder, squared, times its events.
    """
    movements = movements_in(book)
    for key, stocks in _stocks(book).items():
        for earlier, later in combinations(stocks, 2):
            if _one_day(earlier, later):
                yield compared(
                    CheckKind.SAME_DAY_DIFFERENT_STOCK,
                    (earlier, later),
                    str(earlier.span),
                    left=earlier.span,
                    right=later.span,
                )
        for remaining in stocks:
            if remaining.measure is Measure.REMAINING:
                yield from _remainders(remaining, stocks, movements.get(key[:2], []))


def movements_in(book: ClaimBook) -> dict[tuple[str, str], list[Movement]]:
    """Events with a name, by population and holder, earliest first."""
    events: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in book.wholes():
        if claim.event and claim.measure in FLOWS:
            events[claim.population, claim.holder, claim.event].append(claim)
    found: dict[tuple[str, str], list[Movement]] = defaultdict(list)
    for (population, holder, _), claims in events.items():
        claims.sort(key=saying_order)
        dated = [c.as_of for c in claims if c.as_of is not None]
        on = min(dated, key=lambda d: (d.latest - d.earliest, d.earliest), default=None)
        found[population, holder].append(Movement(on=on or claims[0].said_on, claims=tuple(claims)))
    for movements in found.values():
        movements.sort(key=lambda m: (m.on.earliest, m.claims[0].id))
    return found


def order_with(stock: Claim, movement: Movement) -> int | None:
    """-1 if the stock is from before the movement, 1 if after, None if that is not certain.

    What "remains" is counted after the movements of its own day.
    """
    if surely_before(stock.when, movement.on):
        return -1
    if surely_before(movement.on, stock.when):
        return 1
    same_day = stock.when.earliest >= movement.on.latest
    return 1 if same_day and stock.measure is Measure.REMAINING else None


def _stocks(book: ClaimBook) -> dict[tuple[str, str, bool], list[Claim]]:
    found: dict[tuple[str, str, bool], list[Claim]] = defaultdict(list)
    for claim in book.wholes():
        if claim.measure in STOCKS:
            apart = book.counts_unacknowledged(claim)
            found[claim.population, claim.holder, apart].append(claim)
    for stocks in found.values():
        stocks.sort(key=lambda c: (c.when.earliest, c.when.latest, c.id))
    return found


def _one_day(left: Claim, right: Claim) -> bool:
    """The same measure on the same known dates, with no category setting them apart.

    One speaker who uses two wordings on one day speaks of a whole and a part of it.
    """
    comparable = left.categories == right.categories or not (left.categories and right.categories)
    if left.speaker == right.speaker and left.category != right.category:
        comparable = False
    return comparable and left.measure is right.measure and left.when == right.when


def _remainders(
    remaining: Claim, stocks: list[Claim], movements: list[Movement]
) -> Iterator[Check]:
    """One check for each speaker's last stock from before a movement."""
    last: dict[str, tuple[Claim, list[Movement]]] = {}
    for stock in stocks:
        between = _between(stock, remaining, movements)
        if between:
            last[stock.speaker] = (stock, between)
    for stock, between in last.values():
        left = stock.span
        for movement in between:
            left -= movement.span
        claims = (stock, *(c for m in between for c in m.claims), remaining)
        formula = " - ".join([str(stock.span), *(str(m.span) for m in between)])
        yield compared(
            CheckKind.STOCK_MINUS_RELEASED,
            claims,
            formula,
            left=left,
            right=remaining.span,
            derived=len({c.speaker for c in claims}) > 1,
        )


def _between(stock: Claim, remaining: Claim, movements: list[Movement]) -> list[Movement]:
    """Movements surely after the one and before the other; none if any order is unsure."""
    if not surely_before(stock.when, remaining.when):
        return []
    found = []
    for movement in movements:
        orders = order_with(stock, movement), order_with(remaining, movement)
        if None in orders:
            return []
        if orders == (-1, 1):
            found.append(movement)
    return found
