"""What does the register hold about a person?

Values with their speakers, side by side; never one merged truth. None and the
empty tuple mean that nobody has said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.commission_decided import CommissionDecided
from repatria.ledger.kinds.consent_stated import ConsentStated
from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.person_described import PersonDescribed
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.terms import Category, LineId, PartialDate, PartyCode, PersonId, PersonName

T_co = TypeVar("T_co", covariant=True)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed(Generic[T_co]):
    """One value, as one speaker gave it.

    Attributes:
        as_of: the date the value holds for, where the speaker gave one.
        held_on: the claimed day: `as_of`, else when it happened, else when written.
        superseded: its speaker has since said otherwise; kept, not current.
    """

    value: T_co
    by: PartyCode
    ref: str
    recorded_at: datetime
    as_of: PartialDate | None = None
    held_on: PartialDate
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyNotice:
    """One notice about custody, as one party wrote it.

    Attributes:
        holder: the power it speaks of, which may be another than the speaker.
        on: the day it claims, None when not said.
        chain: through whom the holder has the person; see `custody.noted`.
    """

    event: CustodyEvent
    holder: PartyCode
    by: PartyCode
    ref: str
    recorded_at: datetime
    on: PartialDate | None = None
    exchange: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEpisode:
    """A stretch of time in one holder's hands.

    Attributes:
        since, until: None when no notice gives the day.
        ended_by: None while nobody has reported an end.
        cites: references of the notices it rests on, in reading order.
        chain: through whom the holder last said it has the person.
    """

    holder: PartyCode
    since: PartialDate | None
    until: PartialDate | None = None
    ended_by: CustodyEvent | None = None
    exchange: str = ""
    cites: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyTimeline:
    """Episodes by first day, and the notices that fit none."""

    episodes: tuple[CustodyEpisode, ...] = ()
    loose_ends: tuple[CustodyNotice, ...] = ()

    @property
    def holders(self) -> tuple[PartyCode, ...]:
        """Those in whose hands he is now by the notices; more than one contradict."""
        return tuple(sorted({e.holder for e in self.episodes if e.ended_by is None}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of "who said what": `on` is the claimed time, else the time written."""

    on: datetime
    ref: str
    by: PartyCode
    kind: str
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """All that was said about a person, each value with its speaker.

    Attributes:
        names: from the register first, then from list lines that were answered
            with this person.
        answers: answers that name the person, and all others to the same lines.
        lines: list lines that were answered with this person.
        whereabouts: acknowledged, denied or withheld, as each speaker said.
        particulars: the fields of the treaties that have no column of their own.
        visits: that a neutral visitor saw the person; never what was said.
        decisions: of mixed medical commissions.
        numbers: provisional and permanent, both kept.
        last_sighting: the last day a neutral intermediary says it saw him alive.
        said: by claimed time.
    """

    person: PersonId
    names: tuple[Attributed[PersonName], ...] = ()
    birth: tuple[Attributed[PartialDate], ...] = ()
    father: tuple[Attributed[str], ...] = ()
    sex: tuple[Attributed[str], ...] = ()
    rank: tuple[Attributed[str], ...] = ()
    reference: tuple[Attributed[str], ...] = ()
    notes: tuple[Attributed[str], ...] = ()
    categories: tuple[Attributed[Category], ...] = ()
    custody: CustodyTimeline
    places: tuple[Attributed[str], ...] = ()
    health: tuple[Attributed[str], ...] = ()
    life: tuple[Attributed[LifeStated], ...] = ()
    clearances: tuple[Attributed[ClearanceGiven], ...] = ()
    consents: tuple[Attributed[ConsentStated], ...] = ()
    answers: tuple[Attributed[LineAnswered], ...] = ()
    notices: tuple[Attributed[CustodyNotice], ...] = ()
    whereabouts: tuple[Attributed[Whereabouts], ...] = ()
    particulars: tuple[Attributed[PersonDescribed], ...] = ()
    visits: tuple[Attributed[VisitMade], ...] = ()
    decisions: tuple[Attributed[CommissionDecided], ...] = ()
    numbers: tuple[Attributed[str], ...] = ()
    lines: tuple[LineId, ...] = ()
    last_sighting: Attributed[date] | None = None
    said: tuple[Said, ...] = ()


def display_name(record: PersonRecord) -> PersonName | None:
    """The first name still current; None when no name was disclosed."""
    return next((name.value for name in record.names if not name.superseded), None)


def current(values: Sequence[Attributed[V]]) -> V | None:
    """The last value its speaker has not replaced; None when nobody has said."""
    return next((v.value for v in reversed(values) if not v.superseded), None)
