"""By which day must who deliver what? The calendar of a dialogue, as agreed."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarStep:
    """One step, and how many days after the step before it is due.

    Attributes:
        step: such as `lists` or `answers`.
        by: who delivers; empty for all parties.
    """

    step: str
    days: int
    by: tuple[PartyCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOpened:
    """The steps in their order, counted from a named event.

    Attributes:
        start_event: what starts the clock, in words: "signature of the mechanism".
        starts_on: the day of it.
    """

    calendar_id: str
    title: str
    start_event: str
    starts_on: PartialDate
    steps: tuple[CalendarStep, ...]
    parties: tuple[PartyCode, ...] = ()


KIND = Kind(
    name="calendar.opened",
    payload=CalendarOpened,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
