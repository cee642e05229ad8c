"""By which day is what due, and was it delivered?

Every step has an explicit start: the agreed event, or the day the step before it was
delivered. The planned day is counted from the start alone; the due day moves when a
step before it came late. What was delivered is known by its digest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from repatria.ledger.kinds import calendar_opened, payload_of, step_delivered
from repatria.ledger.kinds.calendar_opened import CalendarOpened, CalendarStep
from repatria.ledger.kinds.step_delivered import StepDelivered
from repatria.ledger.order import in_order
from repatria.ledger.statement import Entry
from repatria.terms import PartialDate, PartyCode
from repatria.terms.times import day_of

STOCKHOLM = (
    CalendarStep(step="lists", days=7),
    CalendarStep(step="answers", days=7),
    CalendarStep(step="observations", days=7),
    CalendarStep(step="final_replies", days=7),
    CalendarStep(step="preparation", days=10),
    CalendarStep(step="exchange", days=1),
)
"""Seven days for lists, answers, observations and final replies, ten for interviews and
medical checks, and the exchange on the day after.

Source: Stockholm mechanism of December 2018, as the press quoted it: from 11 to 13 December
it gives 19 to 21 January. The steps are data: a calendar is opened with any others.
"""


class Standing(StrEnum):
    """How it stands with an obligation on a day."""

    DELIVERED = "delivered"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What one party owes at one step.

    Attributes:
        by: who owes it; empty where nobody was named.
        starts_on: the day its time began; later than planned when the step before came late.
        planned_on, due_on: see the module.
        delivered_on, digest, ref: of the delivery; None and empty when there is none.
    """

    step: str
    by: PartyCode | None
    start_event: str
    starts_on: date
    planned_on: date
    due_on: date
    delivered_on: date | None = None
    digest: str = ""
    subject: str = ""
    items: int = 0
    ref: str = ""

    def standing(self, today: date) -> Standing:
        """How it stands on a day."""
        if self.delivered_on is not None:
            return Standing.LATE if self.delivered_on > self.due_on else Standing.DELIVERED
        return Standing.OVERDUE if today > self.due_on else Standing.WAITING

    def days_over(self, today: date) -> int:
        """How many days after the due day it came, or has not come; 0 when in time."""
        return max(0, ((self.delivered_on or today) - self.due_on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar with what each party owes at each step, in order."""

    calendar_id: str
    title: str
    start_event: str
    starts_on: PartialDate
    parties: tuple[PartyCode, ...]
    obligations: tuple[Obligation, ...]

    def due(self, step: str) -> date:
        """The last day on which a step is due."""
        return max(o.due_on for o in self.obligations if o.step == step)


def fold_calendar(entries: Iterable[Entry]) -> Calendar | None:
    """The calendar the entries are about; None when it was not disclosed.

    The first delivery of a step by a party counts; a later one is a correction.
    """
    said = in_order(entries)
    opened = [e for e in said if e.statement.kind == calendar_opened.KIND.name]
    if not opened:
        return None
    plan = payload_of(opened[0], CalendarOpened)
    delivered: dict[tuple[str, PartyCode], Entry] = {}
    for entry in said:
        if entry.statement.kind == step_delivered.KIND.name:
            step = payload_of(entry, StepDelivered)
            if step.calendar_id == plan.calendar_id:
                delivered.setdefault((step.step, entry.origin), entry)
    return Calendar(
        calendar_id=plan.calendar_id,
        title=plan.title,
        start_event=plan.start_event,
        starts_on=plan.starts_on,
        parties=plan.parties,
        obligations=tuple(_obligations(plan, delivered)),
    )


def _obligations(
    plan: CalendarOpened, delivered: Mapping[tuple[str, PartyCode], Entry]
) -> Iterable[Obligation]:
    planned = starts = plan.starts_on.earliest
    event = plan.start_event
    for step in plan.steps:
        planned = days_after(planned, step.days)
        due = days_after(starts, step.days)
        came: list[date] = []
        owing = step.by or plan.parties
        for party in owing:
            entry = delivered.get((step.step, party))
            one = _obligation(step, party, event, starts, planned, due, entry)
            if one.delivered_on is not None:
                came.append(one.delivered_on)
            yield one
        if not owing:
            yield _obligation(step, None, event, starts, planned, due, None)
        # Whoever delivers early gives the others no less time than was agreed.
        starts = max(planned, *came) if owing and len(came) == len(owing) else due
        event = step.step


def days_after(day: date, days: int) -> date:
    """The day so many days later; the last or first day there is where there is none such."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _obligation(
    step: CalendarStep,
    party: PartyCode | None,
    event: str,
    starts: date,
    planned: date,
    due: date,
    entry: Entry | None,
) -> Obligation:
    said = payload_of(entry, StepDelivered) if entry is not None else None
    return Obligation(
        step=step.step,
        by=party,
        start_event=event,
        starts_on=starts,
        planned_on=planned,
        due_on=due,
        delivered_on=_delivered_on(entry) if entry is not None else None,
        digest=said.digest if said is not None else "",
        subject=said.subject if said is not None else "",
        items=said.items if said is not None else 0,
        ref=entry.ref if entry is not None else "",
    )


def _delivered_on(entry: Entry) -> date:
    return day_of(entry.statement.occurred_at or entry.statement.recorded_at)
