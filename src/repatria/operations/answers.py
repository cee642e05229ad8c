"""Every line of a list gets an answer from the party it was put to.

Answers are never changed; a new one supersedes the former, and both stay to be
seen. What a holder says of a person it holds goes with the answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_submitted import ListSubmitted
from repatria.ledger.kinds.person_described import Property
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.lists import LineState, fold_line, objections_to_answer
from repatria.operations.desk import Desk, halves
from repatria.register import PersonRecord, current, fold_person, releases_of
from repatria.terms import (
    LineId,
    ListId,
    NotVisible,
    Objection,
    PartialDate,
    PartyCode,
    PersonId,
    Refusal,
    Role,
    Sex,
)

Progress = Callable[[int, int], None]
Known = Mapping[str, Sequence[Entry]]
# All that an answer rests on: the line, former answers, and what our register says of the person.
_TOLD = (
    "list.line",
    "line.answered",
    "person.registered",
    "person.described",
    "person.categorised",
    "custody.noted",
    "health.classed",
    "crossing.recorded",
    "receipt.given",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is to be said of one line.

    Attributes:
        person: our record, when held.
        duplicate_of: the line it repeats.
        exchange, on: of an earlier release.
        retained: kept for criminal proceedings or a sentence; which, the note says.
        note: ground in words.
    """

    line: LineId
    code: AnswerCode
    person: PersonId | None = None
    duplicate_of: LineId | None = None
    exchange: str = ""
    on: PartialDate | None = None
    retained: bool = False
    note: str = ""


def answer_line(desk: Desk, answer: Answer) -> Receipt:
    """The receipt of one answer; see `answer_lines`."""
    return answer_lines(desk, (answer,))


def answer_lines(
    desk: Desk, answers: Sequence[Answer], *, progress: Progress | None = None
) -> Receipt:
    """The receipt of all answers, written together or not at all.

    Raises:
        Refusal: with the objections to every answer, each naming its line.
        NotVisible: a line that we do not hold.
    """
    desk.require(Role.REGISTRAR)

    judging, writing = halves(progress)
    # Until all is written: the same statements are folded then, and need not be read again.
    read: list[Known] = []

    def judged() -> Sequence[Statement]:
        known = desk.log.about_each(_subjects_of(answers), *_TOLD)
        read[:] = [known]
        addressees = _addressees(desk)
        taken = _persons_answered(desk)
        objections: list[Objection] = []
        said: list[Statement] = []
        for done, answer in enumerate(answers, start=1):
            state = _line(known, answer.line)
            asked = addressees.get((state.line.list_id, state.by))
            if asked is None:
                raise NotVisible
            payload = _payload(known, answer, state)
            objections.extend(_objections(desk, known, payload, state, asked, taken, answer.note))
            if not objections:
                said.append(_statement(desk, payload, state, answer.note))
            if answer.person is not None:
                taken[answer.person] = answer.line
            judging(done, len(answers))
        Refusal.unless_empty(objections)
        return said

    return desk.append_computed(judged, progress=writing)


def _subjects_of(answers: Iterable[Answer]) -> Iterator[str]:
    """All that has to be read to judge the answers."""
    for answer in answers:
        yield answer.line
        if answer.duplicate_of is not None:
            yield answer.duplicate_of
        if answer.person is not None:
            yield answer.person


def _line(known: Known, line: LineId) -> LineState:
    state = fold_line(known.get(line, ()))
    if state is None:
        raise NotVisible
    return state


def _addressees(desk: Desk) -> Mapping[tuple[ListId, PartyCode], PartyCode]:
    """The party each list was put to, by the list and its author: nobody else says so."""
    submitted = (
        (entry.origin, payload_of(entry, ListSubmitted))
        for entry in desk.log.of_kind("list.submitted")
    )
    return {(said.list_id, author): said.to for author, said in submitted}


def _persons_answered(desk: Desk) -> dict[PersonId, LineId]:
    """Which of our persons stand in which answer already; a later answer replaces an earlier."""
    latest: dict[LineId, LineAnswered] = {}
    for entry in desk.log.of_kind("line.answered"):
        if entry.origin == desk.party:
            answered = payload_of(entry, LineAnswered)
            latest[answered.line_id] = answered
    return {a.person: line for line, a in latest.items() if a.person is not None}


def _objections(
    desk: Desk,
    known: Known,
    answer: LineAnswered,
    state: LineState,
    asked: PartyCode,
    taken: Mapping[PersonId, LineId],
    note: str,
) -> Sequence[Objection]:
    original = answer.duplicate_of
    return objections_to_answer(
        state,
        answer,
        by=desk.party,
        asked=asked,
        person_known=answer.person is not None and answer.person in known,
        person_already_answers=_stands_in(known, answer.person, taken),
        duplicate_line=fold_line(known.get(original, ())) if original is not None else None,
        note=note,
    )


def _stands_in(
    known: Known, person: PersonId | None, taken: Mapping[PersonId, LineId]
) -> LineId | None:
    """The line that has the person already; none when he was released after that answer.

    Whoever is held again is asked for anew, on another line, and the old line stays as it is.
    """
    line = taken.get(person) if person is not None else None
    if person is None or line is None:
        return None
    record = fold_person(person, known.get(person, ()))
    freed = releases_of(record)
    told = [answer.held_on for answer in record.answers if answer.value.line_id == line]
    over = freed and told and max(day.latest for day in told) <= freed[-1].on.latest
    return None if over else line


def _statement(desk: Desk, answer: LineAnswered, state: LineState, note: str) -> Statement:
    former = state.current
    about = (answer.line_id, answer.list_id, *((answer.person,) if answer.person else ()))
    return desk.state(
        answer,
        about=about,
        audience=desk.with_parties(state.by),
        ground=Ground(basis="register", note=note),
        supersedes=(former.ref,) if former is not None and former.by == desk.party else (),
    )


def _payload(known: Known, answer: Answer, state: LineState) -> LineAnswered:
    """What the answer says, with what our register says of a person that it names."""
    bare = LineAnswered(
        list_id=state.line.list_id,
        line_id=answer.line,
        code=answer.code,
        person=answer.person,
        duplicate_of=answer.duplicate_of,
        exchange=answer.exchange,
        on=answer.on,
        retained=answer.retained,
    )
    if answer.person is None:
        return bare
    return _with_facts(bare, fold_person(answer.person, known.get(answer.person, ())))


def _with_facts(answer: LineAnswered, record: PersonRecord) -> LineAnswered:
    """The answer with what the holder's own register says, for the party that asks."""
    category, birth = current(record.categories), current(record.birth)
    sex, health = current(record.sex), current(record.health)
    # Whoever is held again is held since then, not since the detention that a release ended.
    episodes = [e for e in record.custody.episodes if e.ended_by is None] or record.custody.episodes
    captured = [e.since for e in episodes if e.since is not None]
    return replace(
        answer,
        category=category,
        captured_on=min(captured, key=lambda d: d.earliest, default=None),
        birth=birth,
        sex=Sex(sex) if sex else None,
        health=health or "",
        region=_particular(record, Property.REGION),
        unit=_particular(record, Property.UNIT),
    )


def _particular(record: PersonRecord, which: Property) -> str:
    """What the register says last of a property without a column of its own."""
    said = [each for each in record.particulars if each.value.property is which]
    found = current(said)
    return found.value if found is not None else ""


def released_earlier(entries: Sequence[Entry]) -> CustodyNoted | None:
    """The release that a person's entries tell of, the last one; None when there is none."""
    notices = [payload_of(e, CustodyNoted) for e in entries if e.statement.kind == "custody.noted"]
    released = [n for n in notices if n.event is CustodyEvent.RELEASED]
    return released[-1] if released else None
