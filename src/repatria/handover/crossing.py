"""What has happened to this person at the line?

Events come late and out of order from people who were busy. They are all kept,
read by the time they are said to have happened, and flagged where they do not
follow from each other; none is refused here. What it is not for the speaker to
say, and what he took back, changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from repatria.handover.duty import may_tell
from repatria.ledger.kinds import crossing_recorded, payload_of
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import Finding, ManifestId, PartyCode, PersonId, Severity


class CrossingStatus(StrEnum):
    """Where the person stands; put back into a cell is not released, nor turned away."""

    WAITING = "waiting"
    DEPARTED = "departed"
    LOCKED_OUT = "locked_out"
    CROSSED = "crossed"
    REFUSED = "refused"
    RETURNED_TO_CUSTODY = "returned_to_custody"
    DIED = "died"
    RELEASED_IN_ERROR = "released_in_error"


FINAL = frozenset(
    {
        CrossingStatus.CROSSED,
        CrossingStatus.REFUSED,
        CrossingStatus.DIED,
        CrossingStatus.RELEASED_IN_ERROR,
    }
)
"""After these nothing more can happen at the line. Who was put back may depart again."""
ON_THE_WAY = frozenset({CrossingStatus.DEPARTED, CrossingStatus.LOCKED_OUT})
"""From these a person can cross: the line may open again for whoever was turned away."""

_ORDER = tuple(CrossingEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event as one party wrote it down."""

    event: CrossingEvent
    occurred_at: datetime
    recorded_at: datetime
    by: PartyCode
    ref: str
    mode: str = ""
    late: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingState:
    """What was said about one person's crossing.

    Attributes:
        events: all of them, by the time they are said to have happened; what was taken
            back, or is not for its speaker to say, does not count.
        attempt: events since he last departed anew; each counts once in an attempt.
        departed_at, crossed_at: of the present attempt.
        mode: of travel, of the present attempt; empty when not said.
    """

    person: PersonId
    state: CrossingStatus = CrossingStatus.WAITING
    events: tuple[Happening, ...] = ()
    attempt: frozenset[CrossingEvent] = frozenset()
    departed_at: datetime | None = None
    crossed_at: datetime | None = None
    mode: str = ""
    findings: tuple[Finding, ...] = field(default=())


def fold_crossing(
    person: PersonId, entries: Iterable[Entry], *, manifest_id: ManifestId | None = None
) -> CrossingState:
    """What is recorded about this person, on this manifest or on any.

    The same event told by another party confirms it and changes nothing. Of
    two endings that exclude each other the earlier stands, with a finding.
    """
    said = in_order(entries)
    gone = taken_back(said)
    told: list[Happening] = []
    findings: list[Finding] = []
    latest: dict[PartyCode, datetime] = {}
    for entry in said:
        if entry.statement.kind != crossing_recorded.KIND.name:
            continue
        payload = payload_of(entry, CrossingRecorded)
        if payload.person != person or manifest_id not in (None, payload.manifest_id):
            continue
        occurred_at = entry.statement.occurred_at or entry.statement.recorded_at
        counts = entry.ref not in gone and may_tell(payload.event, person, entry.origin)
        if entry.ref in gone:
            findings.append(_finding("event-taken-back", Severity.NOTE, person, entry.ref))
        elif not counts:
            findings.append(_finding("said-without-duty", Severity.WARNING, person, entry.ref))
        behind = occurred_at < latest.get(entry.origin, occurred_at)
        if counts and (payload.late or behind):
            findings.append(_finding("recorded-late", Severity.NOTE, person, entry.ref))
        if counts:
            latest[entry.origin] = max(latest.get(entry.origin, occurred_at), occurred_at)
        told.append(
            Happening(
                event=payload.event,
                occurred_at=occurred_at,
                recorded_at=entry.statement.recorded_at,
                by=entry.origin,
                ref=entry.ref,
                mode=payload.mode,
                late=payload.late,
                counts=counts,
            )
        )
    told.sort(key=lambda h: (h.occurred_at, _ORDER.index(h.event)))  # stable: else log order
    return _walk(person, tuple(told), findings)


def _walk(
    person: PersonId, events: tuple[Happening, ...], findings: list[Finding]
) -> CrossingState:
    state = CrossingStatus.WAITING
    attempt: dict[CrossingEvent, datetime] = {}
    mode = ""
    for happening in events:
        event = happening.event
        if not happening.counts:
            continue
        anew = state is CrossingStatus.RETURNED_TO_CUSTODY and event is CrossingEvent.DEPARTED
        if event in attempt and not anew:
            continue
        if state in FINAL:
            code, severity = (
                ("event-out-of-order", Severity.WARNING)
                if event is CrossingEvent.DEPARTED
                else ("crossing-contradicted", Severity.CONTRADICTION)
            )
            findings.append(_finding(code, severity, person, happening.ref))
            continue
        if event is CrossingEvent.CROSSED and state not in ON_THE_WAY:
            findings.append(
                _finding("crossed-without-departure", Severity.WARNING, person, happening.ref)
            )
        if event is CrossingEvent.DEPARTED:
            attempt, mode = ({}, happening.mode) if anew else (attempt, happening.mode)
        attempt[event] = happening.occurred_at
        state = CrossingStatus(event)
    return CrossingState(
        person=person,
        state=state,
        events=events,
        attempt=frozenset(attempt),
        departed_at=attempt.get(CrossingEvent.DEPARTED),
        crossed_at=attempt.get(CrossingEvent.CROSSED),
        mode=mode,
        findings=tuple(findings),
    )


def _finding(code: str, severity: Severity, person: PersonId, ref: str) -> Finding:
    return Finding(code=code, severity=severity, about=(person, ref))
