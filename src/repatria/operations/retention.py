"""Whom does a holder keep for criminal proceedings or a sentence, on what ground, since when?

The names of those who are kept back are owed to the other side. They are told in
two ways, and both are read here: by an answer to a list line, and by ending a line
of an exchange. That somebody is kept is the holder's claim; it is cleared when the
holder answers otherwise, or the person leaves its hands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from repatria.ledger.kinds import line_closed, payload_of
from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.line_closed import ClosingReason, LineClosed
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.lists import fold_line
from repatria.register import PersonRecord, fold_person
from repatria.terms import ManifestId, PartyCode, PersonId
from repatria.terms.times import day_of


class RetainedBy(StrEnum):
    """By which words a person was named as kept back."""

    ANSWER = "proceedings"
    CHARGE = "criminal_charge"
    CLOSED_LINE = "line_closed"


class Cleared(StrEnum):
    """Why he is on the list no more."""

    ANSWERED = "answered_otherwise"
    CLOSED = "closed_otherwise"
    RELEASED = "released"
    ESCAPED = "escaped"
    DIED = "died"


_ENDS = {
    CustodyEvent.RELEASED: Cleared.RELEASED,
    CustodyEvent.ESCAPED: Cleared.ESCAPED,
    CustodyEvent.DIED: Cleared.DIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One naming of somebody as kept back.

    Attributes:
        by: the speaker; `holder` is in whose hands he is.
        ground: in words: which proceedings, which sentence; empty where none was given.
        source: the line or the manifest that was spoken of.
        since: the day it was first said without a break.
        cleared, cleared_on: None while it stands.
    """

    how: RetainedBy
    holder: PartyCode
    by: PartyCode
    person: PersonId | None
    ground: str
    source: str
    since: date
    ref: str
    cleared: Cleared | None = None
    cleared_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftHands:
    """That a person left the hands of whoever kept him."""

    holder: PartyCode
    how: Cleared
    on: date
    ref: str


def retained_by_answers(entries: Sequence[Entry]) -> Retention | None:
    """The last naming by answers to the line the entries are about; None without one.

    Source: GC III art. 115, 119.
    """
    state = fold_line(entries)
    if state is None or state.current is None:
        return None
    said = {entry.ref: entry for entry in entries}
    found: Retention | None = None
    for answer in state.answers:
        if answer.by != state.current.by:
            continue
        entry, payload = said[answer.ref], answer.payload
        how = _named_by(payload)
        if how is None:
            if found is not None and found.cleared is None:
                found = replace(found, cleared=Cleared.ANSWERED, cleared_on=_day(entry))
            continue
        goes_on = found is not None and found.cleared is None
        found = Retention(
            how=how,
            holder=answer.by,
            by=answer.by,
            person=payload.person or (found.person if found else None),
            ground=entry.statement.ground.note or (found.ground if found and goes_on else ""),
            source=payload.line_id,
            since=found.since if found and goes_on else _day(entry),
            ref=answer.ref,
        )
    return found


def _named_by(answer: LineAnswered) -> RetainedBy | None:
    if answer.retained:
        return RetainedBy.ANSWER
    return RetainedBy.CHARGE if answer.code is AnswerCode.CRIMINAL_CHARGE else None


def retained_by_closing(person: PersonId, entries: Sequence[Entry]) -> tuple[Retention, ...]:
    """Each naming by the end of a line of an exchange, one for each manifest and speaker."""
    said = in_order(entries)
    gone = taken_back(said)
    record = fold_person(person, said)
    last: dict[tuple[ManifestId, PartyCode], Retention] = {}
    for entry in said:
        if entry.statement.kind != line_closed.KIND.name or entry.ref in gone:
            continue
        closed = payload_of(entry, LineClosed)
        if closed.person != person:
            continue
        place = (closed.manifest_id, entry.origin)
        before = last.get(place)
        if closed.why is ClosingReason.RETAINED:
            stands = before is not None and before.cleared is None
            last[place] = Retention(
                how=RetainedBy.CLOSED_LINE,
                holder=_holder(record, entry.origin),
                by=entry.origin,
                person=person,
                ground=closed.note,
                source=closed.manifest_id,
                since=before.since if before and stands else _day(entry),
                ref=entry.ref,
            )
        elif before is not None and before.cleared is None:
            last[place] = replace(before, cleared=Cleared.CLOSED, cleared_on=_day(entry))
    ends = tuple(left_hands(record))
    return tuple(_until(each, ends) for _, each in sorted(last.items()))


def _until(naming: Retention, ends: Sequence[LeftHands]) -> Retention:
    """The naming, cleared by the first end of custody that comes after it began."""
    if naming.cleared is not None:
        return naming
    for end in ends:
        if end.holder == naming.holder and end.on >= naming.since:
            return replace(naming, cleared=end.how, cleared_on=end.on)
    return naming


def was_ever_retained(person: PersonId, entries: Sequence[Entry]) -> bool:
    """Whether any answer that names the person calls him kept back."""
    return any(
        payload.person == person and _named_by(payload) is not None
        for entry in entries
        if entry.statement.kind == "line.answered"
        for payload in (payload_of(entry, LineAnswered),)
    )


def left_hands(record: PersonRecord) -> Iterator[LeftHands]:
    """Every time the person left a holder's hands, by day."""
    notices = [n for n in record.notices if not n.superseded and n.value.event in _ENDS]
    days = [(notice.value.on or notice.held_on).latest for notice in notices]
    for on, notice in sorted(zip(days, notices, strict=True), key=lambda e: (e[0], e[1].ref)):
        yield LeftHands(
            holder=notice.value.holder, how=_ENDS[notice.value.event], on=on, ref=notice.ref
        )


def _holder(record: PersonRecord, speaker: PartyCode) -> PartyCode:
    """In whose hands he is as he is named: the neutral who ends a line holds nobody."""
    holders = record.custody.holders
    return speaker if speaker in holders or not holders else holders[0]


def _day(entry: Entry) -> date:
    return day_of(entry.statement.occurred_at or entry.statement.recorded_at)
