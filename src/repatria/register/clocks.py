"""What does the law ask for a person by which day, and was it done?

The clocks are data: an event that starts one, a time, an article. A clock that starts
anew (weekly health) starts again on the day its duty was last done.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.commission_decided import CommissionDecided, CommissionDecision
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.duty_done import DutyDone
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import PartyCode
from repatria.terms.times import day_of


class Start(StrEnum):
    """What starts a clock."""

    CUSTODY = "custody"
    SERIOUS = "serious"
    COMMISSION_VISIT = "commission_visit"
    TO_BE_REPATRIATED = "to_be_repatriated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One duty with its time.

    Attributes:
        days, months: how long after the start it is due; calendar months.
        again: it is owed anew after each time it is done.
        source: the article.
    """

    duty: str
    start: Start
    source: str
    days: int = 0
    months: int = 0
    again: bool = False


CLOCKS = (
    Clock(duty="capture_card", start=Start.CUSTODY, days=7, source="GC III art. 70"),
    Clock(duty="registration", start=Start.CUSTODY, days=14, source="GC IV art. 136"),
    Clock(
        duty="health_report", start=Start.SERIOUS, days=7, again=True,
        source="GC III art. 122, GC IV art. 138",
    ),
    Clock(
        duty="decision_notified", start=Start.COMMISSION_VISIT, months=1, source="GC III Annex II"
    ),
    Clock(
        duty="decision_executed", start=Start.TO_BE_REPATRIATED, months=3,
        source="GC III Annex II",
    ),
    Clock(
        duty="commission_visit", start=Start.COMMISSION_VISIT, months=6, source="GC III Annex II"
    ),
)  # fmt: skip
"""The clocks as this version knows them; an office that knows better passes its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is owed for one person.

    Attributes:
        done_on: None while it is not done.
        digest: of what was sent.
    """

    duty: str
    source: str
    starts_on: date
    due_on: date
    done_on: date | None = None
    digest: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed and it was not done."""
        return self.done_on is None and today > self.due_on


def duties_of(
    entries: Iterable[Entry], *, holder: PartyCode, clocks: Sequence[Clock] = CLOCKS
) -> tuple[Duty, ...]:
    """What a holder owes for one person, the day due first.

    Args:
        entries: about one person.
        holder: whose duties; only what it says itself starts or ends a clock.
        clocks: which duties there are.
    """
    said = in_order(entries)
    gone = taken_back(said)
    own = [e for e in said if e.origin == holder and e.ref not in gone]
    done: dict[str, list[tuple[date, str]]] = {}
    for entry in own:
        if entry.statement.kind == "duty.done":
            payload = payload_of(entry, DutyDone)
            done.setdefault(payload.duty, []).append((_said_on(entry), payload.digest))
    starts, ends = dict(_starts(own)), _ends(own)
    owed = (
        each
        for clock in clocks
        if clock.start in starts
        for each in _owed(
            clock,
            starts[clock.start],
            sorted(done.get(clock.duty, ())),
            min((day for day in (ends.get(clock.start), ends.get(None)) if day), default=None),
        )
    )
    return tuple(sorted(owed, key=lambda duty: (duty.due_on, duty.duty)))


def _starts(own: Iterable[Entry]) -> Iterator[tuple[Start, date]]:
    """The day each clock starts; later starts of the same clock replace earlier ones.

    Somebody who is found seriously sick again and again is so since the first of these days.
    """
    first_custody: date | None = None
    serious_since: date | None = None
    for entry in own:
        match entry.statement.kind:
            case "custody.noted":
                notice = payload_of(entry, CustodyNoted)
                if notice.event in (CustodyEvent.CAPTURED, CustodyEvent.HELD):
                    day = notice.on.earliest if notice.on is not None else _said_on(entry)
                    first_custody = min(first_custody or day, day)
                    yield Start.CUSTODY, first_custody
            case "health.classed":
                if payload_of(entry, HealthClassed).health != "serious":
                    serious_since = None
                elif serious_since is None:
                    serious_since = _said_on(entry)
                    yield Start.SERIOUS, serious_since
            case "commission.decided":
                decided = payload_of(entry, CommissionDecided)
                yield Start.COMMISSION_VISIT, decided.visited_on.earliest
                if decided.decision is CommissionDecision.REPATRIATE:
                    yield Start.TO_BE_REPATRIATED, decided.visited_on.earliest
            case _:
                pass


def _ends(own: Iterable[Entry]) -> Mapping[Start | None, date | None]:
    """The day from which nothing is owed anew: None for all clocks, when custody ended."""
    over = (CustodyEvent.RELEASED, CustodyEvent.DIED, CustodyEvent.ESCAPED)
    ends: dict[Start | None, date | None] = {}
    for entry in own:
        match entry.statement.kind:
            case "custody.noted":
                notice = payload_of(entry, CustodyNoted)
                day = notice.on.earliest if notice.on is not None else _said_on(entry)
                ends[None] = day if notice.event in over else None
            case "health.classed":
                well = payload_of(entry, HealthClassed).health != "serious"
                ends[Start.SERIOUS] = _said_on(entry) if well else None
            case _:
                pass
    return ends


def _owed(
    clock: Clock, start: date, done: Sequence[tuple[date, str]], ended: date | None
) -> Iterator[Duty]:
    # What was done before a clock started anew was done for the time before.
    done = [(day, digest) for day, digest in done if day >= start]
    for day, digest in done if clock.again else done[:1]:
        yield _duty(clock, start, done_on=day, digest=digest)
        start = day
    if clock.again or not done:
        due = _duty(clock, start)
        if ended is None or due.due_on <= ended:
            yield due


def _duty(clock: Clock, start: date, *, done_on: date | None = None, digest: str = "") -> Duty:
    return Duty(
        duty=clock.duty,
        source=clock.source,
        starts_on=start,
        due_on=_days_after(_months_after(start, clock.months), clock.days),
        done_on=done_on,
        digest=digest,
    )


def _months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= date.max.year:
        return day  # nobody is held that long: a slip of the pen must not stop the others
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days=days) if day.year < date.max.year else day


def _said_on(entry: Entry) -> date:
    return day_of(entry.statement.occurred_at or entry.statement.recorded_at)
