"""Does what was held, less what went, give what is said to remain?

Across speakers too, and then marked as derived. Only where the order of days
is certain; a figure that counts people the holder does not acknowledge is
never set off against one that does not.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from repatria.record.book import ClaimBook, saying_order, surely_before, with_the_first
from repatria.record.check import Check, CheckKind, compared
from repatria.record.claims import FLOWS, STOCKS, Claim, Measure, Span
from repatria.terms import PartialDate

_LOOK_BACK = 24
_MOST_MOVEMENTS = 24


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

    Cost: n log n; only the last few dozen stocks and movements are looked back at.
    """
    movements = {key: Calendar.of(events) for key, events in movements_in(book).items()}
    for key, stocks in _stocks(book).items():
        days: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for stock in stocks:
            days[stock.measure, stock.when].append(stock)
        for same_day in days.values():
            for earlier, later in with_the_first(same_day):
                if _one_day(earlier, later):
                    yield compared(
                        CheckKind.SAME_DAY_DIFFERENT_STOCK,
                        (earlier, later),
                        str(earlier.span),
                        left=earlier.span,
                        right=later.span,
                    )
        calendar = movements.get(key[:2])
        if calendar is not None:
            yield from _after_movements(stocks, calendar)


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
    """Of two of one measure and day: whether no category sets them apart.

    One speaker who uses two wordings on one day speaks of a whole and a part of it.
    """
    comparable = left.categories == right.categories or not (left.categories and right.categories)
    if left.speaker == right.speaker and left.category != right.category:
        comparable = False
    return comparable


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Movements of one population and holder, to be asked for a stretch of time.

    Attributes:
        of_a_day: those whose day is known, by day.
        of_a_time: the others, by first day.
        longest: of the times of the others.
    """

    of_a_day: tuple[Movement, ...]
    of_a_time: tuple[Movement, ...]
    longest: timedelta

    @classmethod
    def of(cls, movements: Iterable[Movement]) -> "Calendar":
        """The calendar of movements, earliest first."""
        given = tuple(movements)
        vague = tuple(m for m in given if m.on.earliest != m.on.latest)
        return cls(
            of_a_day=tuple(m for m in given if m.on.earliest == m.on.latest),
            of_a_time=vague,
            longest=max((m.on.latest - m.on.earliest for m in vague), default=timedelta()),
        )

    def touching(self, first: date, last: date) -> list[Movement] | None:
        """The movements that can fall into these days; None when nobody could add them up."""
        found: list[Movement] = []
        for movements, start in ((self.of_a_day, first), (self.of_a_time, first - self.longest)):
            begin = bisect_left(movements, start, key=lambda m: m.on.earliest)
            end = bisect_right(movements, last, lo=begin, key=lambda m: m.on.earliest)
            if end - begin > _MOST_MOVEMENTS:
                return None
            found.extend(movements[begin:end])
        return sorted(found, key=lambda m: (m.on.earliest, m.claims[0].id))


def _after_movements(stocks: Sequence[Claim], calendar: Calendar) -> Iterator[Check]:
    starts = [s.when.earliest for s in stocks]
    for remaining in stocks:
        if remaining.measure is Measure.REMAINING:
            end = bisect_left(starts, remaining.when.earliest)
            yield from _remainders(remaining, stocks[max(0, end - _LOOK_BACK) : end], calendar)


def _remainders(remaining: Claim, stocks: Sequence[Claim], calendar: Calendar) -> Iterator[Check]:
    """One check for each speaker's last stock from before a movement."""
    last: dict[str, tuple[Claim, list[Movement]]] = {}
    for stock in stocks:
        between = _between(stock, remaining, calendar)
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


def _between(stock: Claim, remaining: Claim, calendar: Calendar) -> list[Movement]:
    """Movements surely after the one and before the other; none if any order is unsure."""
    if not surely_before(stock.when, remaining.when):
        return []
    found = []
    for movement in calendar.touching(stock.when.earliest, remaining.when.latest) or ():
        orders = order_with(stock, movement), order_with(remaining, movement)
        if None in orders:
            return []
        if orders == (-1, 1):
            found.append(movement)
    return found
