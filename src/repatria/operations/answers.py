"""Every line of a list gets an answer from the party it was put to.

Answers are never changed; a new one supersedes the former, and both stay to be
seen. What a holder says of a person it holds goes with the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_submitted import ListSubmitted
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.lists import LineState, fold_line, objections_to_answer
from repatria.operations.desk import Desk
from repatria.register import PersonRecord, current, fold_person
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is to be said of one line.

    Attributes:
        person: our record, when held.
        duplicate_of: the line it repeats.
        exchange, on: of an earlier release.
        note: ground in words.
    """

    line: LineId
    code: AnswerCode
    person: PersonId | None = None
    duplicate_of: LineId | None = None
    exchange: str = ""
    on: PartialDate | None = None
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
    with desk.log.exclusive():
        taken = _persons_answered(desk)
        objections: list[Objection] = []
        said: list[Statement] = []
        for done, answer in enumerate(answers, start=1):
            state = _line(desk, answer.line)
            addressee, author = _parties_of(desk, state.line.list_id)
            payload = _payload(desk, answer, state)
            objections.extend(_objections(desk, payload, state, addressee, taken))
            if not objections:
                said.append(_statement(desk, payload, state, author, answer.note))
            if answer.person is not None:
                taken[answer.person] = answer.line
            if progress is not None:
                progress(done, len(answers))
        Refusal.unless_empty(objections)
        return desk.log.append(said)


def _line(desk: Desk, line: LineId) -> LineState:
    state = fold_line(desk.log.about(line))
    if state is None:
        raise NotVisible
    return state


def _parties_of(desk: Desk, list_id: ListId) -> tuple[PartyCode, PartyCode]:
    """The party asked and the party that asks."""
    for entry in desk.log.about(list_id):
        if entry.statement.kind == "list.submitted":
            return payload_of(entry, ListSubmitted).to, entry.origin
    raise NotVisible


def _persons_answered(desk: Desk) -> dict[PersonId, LineId]:
    """Which of our persons stand in which answer already; a later answer replaces an earlier."""
    current: dict[LineId, LineAnswered] = {}
    for entry in desk.log.of_kind("line.answered"):
        if entry.origin == desk.party:
            answered = payload_of(entry, LineAnswered)
            current[answered.line_id] = answered
    return {a.person: line for line, a in current.items() if a.person is not None}


def _objections(
    desk: Desk,
    answer: LineAnswered,
    state: LineState,
    addressee: PartyCode,
    taken: Mapping[PersonId, LineId],
) -> Sequence[Objection]:
    other = (
        fold_line(desk.log.about(answer.duplicate_of)) if answer.duplicate_of is not None else None
    )
    answers = taken.get(answer.person) if answer.person is not None else None
    return objections_to_answer(
        state,
        answer,
        by=desk.party,
        asked=addressee,
        person_known=answer.person is not None and desk.log.is_named(answer.person),
        person_already_answers=answers,
        duplicate_line=other,
    )


def _statement(
    desk: Desk, answer: LineAnswered, state: LineState, author: PartyCode, note: str
) -> Statement:
    former = state.current
    about = (answer.line_id, answer.list_id, *((answer.person,) if answer.person else ()))
    return desk.state(
        answer,
        about=about,
        audience=desk.with_parties(author),
        ground=Ground(basis="register", note=note),
        supersedes=(former.ref,) if former is not None and former.by == desk.party else (),
    )


def _payload(desk: Desk, answer: Answer, state: LineState) -> LineAnswered:
    """What the answer says, with what our register says of a person that it names."""
    bare = LineAnswered(
        list_id=state.line.list_id,
        line_id=answer.line,
        code=answer.code,
        person=answer.person,
        duplicate_of=answer.duplicate_of,
        exchange=answer.exchange,
        on=answer.on,
    )
    if answer.person is None:
        return bare
    return _with_facts(bare, fold_person(answer.person, desk.log.about(answer.person)))


def _with_facts(answer: LineAnswered, record: PersonRecord) -> LineAnswered:
    """The answer with what the holder's own register says, for the party that asks."""
    category, birth = current(record.categories), current(record.birth)
    sex, health = current(record.sex), current(record.health)
    captured = [e.since for e in record.custody.episodes if e.since is not None]
    return replace(
        answer,
        category=category,
        captured_on=min(captured, key=lambda d: d.earliest, default=None),
        birth=birth,
        sex=Sex(sex) if sex else None,
        health=health or "",
    )


def released_earlier(entries: Sequence[Entry]) -> CustodyNoted | None:
    """The release that a person's entries tell of, the last one; None when there is none."""
    notices = [payload_of(e, CustodyNoted) for e in entries if e.statement.kind == "custody.noted"]
    released = [n for n in notices if n.event is CustodyEvent.RELEASED]
    return released[-1] if released else None
