"""What was said about one line of a list, and where does it stand?

Every answer stays; the holder's last one is current. An answer that changed is
shown as changed: denied and later admitted is itself a fact.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from repatria.ledger.kinds import line_answered, line_observed, line_upheld, list_line, payload_of
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.line_observed import LineObserved, ObservationCode
from repatria.ledger.kinds.line_upheld import LineUpheld
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import LineId, PartyCode
from repatria.terms.parties import INTERMEDIARY


class LineStatus(StrEnum):
    """How far the dialogue about a line has come."""

    LISTED = "listed"
    ANSWERED_HELD = "answered_held"
    ANSWERED_HELD_BY_ALLY = "answered_held_by_ally"
    ANSWERED_NOT_HELD = "answered_not_held"
    ANSWERED_DUPLICATE = "answered_duplicate"
    ANSWERED_ALREADY_RELEASED = "answered_already_released"
    ANSWERED_DEAD = "answered_dead"
    ANSWERED_ESCAPED = "answered_escaped"
    ANSWERED_CRIMINAL_CHARGE = "answered_criminal_charge"
    ANSWERED_EXCLUDED = "answered_excluded"
    ANSWERED_DATA_INSUFFICIENT = "answered_data_insufficient"
    ANSWERED_SEARCHING = "answered_searching"


TERMINAL = frozenset(
    {
        LineStatus.ANSWERED_NOT_HELD,
        LineStatus.ANSWERED_DUPLICATE,
        LineStatus.ANSWERED_ALREADY_RELEASED,
        LineStatus.ANSWERED_DEAD,
        LineStatus.ANSWERED_ESCAPED,
        LineStatus.ANSWERED_CRIMINAL_CHARGE,
    }
)
"""Statuses that take a line out of the exchange until another answer is given.

"Excluded" is not among them: it is a position of the holder in a negotiation,
not an end of the person's captivity.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it was given."""

    by: PartyCode
    code: AnswerCode
    payload: LineAnswered
    ref: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What the author of a line said of an answer to it.

    Attributes:
        answer: reference of the answer.
        note: its ground, in words.
    """

    by: PartyCode
    code: ObservationCode
    answer: str
    ref: str
    recorded_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """One line with the dialogue about it.

    Attributes:
        line: as its author last wrote it.
        by: the author of the line.
        answers: oldest first, also those since replaced.
        current: the last answer not taken back.
        changed: whoever gave the current answer once said something else.
        observations: what the author said of answers, oldest first.
        observed: the last one that speaks of the current answer.
        upheld: whoever was asked replied to it by keeping the answer.
    """

    line: ListLine
    ref: str
    by: PartyCode
    answers: tuple[Answer, ...] = ()
    current: Answer | None = None
    changed: bool = False
    observations: tuple[Observation, ...] = ()
    observed: Observation | None = None
    upheld: bool = False

    @property
    def waits_for_reply(self) -> bool:
        """Whether the author disputes the answer, and the other has neither kept nor changed it."""
        return (
            self.observed is not None
            and self.observed.code is not ObservationCode.ACCEPTED
            and not self.upheld
        )


def fold_line(entries: Iterable[Entry], *, asked: PartyCode | None = None) -> LineState | None:
    """The state of the line the entries are about; None when no line was disclosed.

    Neither order of arrival nor repetition changes it. Only answers of the party
    asked can be current, others are kept beside them; when it is not given, it is
    the one to whom, beside the intermediary, the author showed the line.
    """
    said = in_order(entries)
    gone = taken_back(said)
    written = [entry for entry in said if entry.statement.kind == list_line.KIND.name]
    if not written:
        return None
    author = written[0].origin
    line_id = payload_of(written[0], ListLine).line_id
    own = [
        entry
        for entry in written
        if entry.origin == author and payload_of(entry, ListLine).line_id == line_id
    ]
    last = next((entry for entry in reversed(own) if entry.ref not in gone), own[-1])
    answers = tuple(
        answer
        for entry in said
        if entry.statement.kind == line_answered.KIND.name
        and (answer := _answer(entry)).payload.line_id == line_id
    )
    asked = asked or _shown_to(last, author)
    counted = [a for a in answers if a.ref not in gone and asked in (None, a.by)]
    current = counted[-1] if counted else None
    observations = tuple(_observations(said, author, line_id, gone))
    about_current = [o for o in observations if current is not None and o.answer == current.ref]
    observed = about_current[-1] if about_current else None
    return LineState(
        line=payload_of(last, ListLine),
        ref=last.ref,
        by=author,
        answers=answers,
        current=current,
        changed=current is not None
        and any(a.by == current.by and a.code is not current.code for a in answers),
        observations=observations,
        observed=observed,
        upheld=observed is not None and _is_upheld(said, observed, current, gone),
    )


def _observations(
    said: Iterable[Entry], author: PartyCode, line_id: LineId, gone: Collection[str]
) -> Iterator[Observation]:
    """What the author of the line said of answers to it; nobody else observes."""
    for entry in said:
        if entry.statement.kind != line_observed.KIND.name or entry.origin != author:
            continue
        payload = payload_of(entry, LineObserved)
        if payload.line_id == line_id and entry.ref not in gone:
            yield Observation(
                by=entry.origin,
                code=payload.code,
                answer=payload.answer,
                ref=entry.ref,
                recorded_at=entry.statement.recorded_at,
                note=entry.statement.ground.note,
            )


def _is_upheld(
    said: Iterable[Entry], observed: Observation, current: Answer | None, gone: Collection[str]
) -> bool:
    return current is not None and any(
        entry.statement.kind == line_upheld.KIND.name
        and entry.origin == current.by
        and entry.ref not in gone
        and payload_of(entry, LineUpheld).observation == observed.ref
        for entry in said
    )


def _shown_to(line: Entry, author: PartyCode) -> PartyCode | None:
    """The one other party that a line was shown to; None for none or several."""
    shown = line.statement.audience - {author}
    others = shown - {INTERMEDIARY} or shown
    return PartyCode(next(iter(others))) if len(others) == 1 else None


def status_of(state: LineState) -> LineStatus:
    """How far the dialogue about this line has come."""
    if state.current is None:
        return LineStatus.LISTED
    return LineStatus(f"answered_{state.current.code}")


def _answer(entry: Entry) -> Answer:
    payload = payload_of(entry, LineAnswered)
    return Answer(
        by=entry.origin,
        code=payload.code,
        payload=payload,
        ref=entry.ref,
        recorded_at=entry.statement.recorded_at,
    )
