"""What follows on an answer: observations, final replies, and the list that all sign.

The author of a line says what it thinks of an answer; whoever was asked answers anew
or keeps its answer; when every line has its answer, both sides sign the same table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.line_observed import LineObserved, ObservationCode
from repatria.ledger.kinds.line_upheld import LineUpheld
from repatria.ledger.kinds.list_checked import FoundCode, ListChecked
from repatria.ledger.kinds.list_signed import ListSigned
from repatria.ledger.kinds.list_submitted import ListSubmitted
from repatria.ledger.log import Receipt
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.lists import LineState, final_table, fold_line
from repatria.lists.final import FinalTable, objections_to_signing
from repatria.operations.desk import Desk
from repatria.operations.list_check import last_check
from repatria.terms import LineId, ListId, NotVisible, Objection, PartyCode, Refusal, Role
from repatria.terms.parties import INTERMEDIARY

DIALOGUE = ("list.line", "line.answered", "line.observed", "line.upheld")
_ROUND = "Stockholm mechanism, December 2018: observations on the statements, and a final reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of the current answer to one line."""

    line: LineId
    code: ObservationCode
    note: str = ""


def observe_answers(desk: Desk, remarks: Sequence[Remark]) -> Receipt:
    """The receipt of observations on answers to our own lines, written together or not at all.

    Raises:
        Refusal: `line-unknown`, `line-not-yours-to-observe`, `answer-missing`, `reason-missing`,
            `observation-unchanged`.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        states = _states(desk, [remark.line for remark in remarks])
        Refusal.unless_empty(
            objection
            for remark in remarks
            for objection in _objections_to_remark(desk, states.get(remark.line), remark)
        )
        asked = _asked(desk)
        return desk.log.append(
            [_observation(desk, states[remark.line], remark, asked) for remark in remarks]
        )


def _objections_to_remark(
    desk: Desk, state: LineState | None, remark: Remark
) -> Iterable[Objection]:
    if state is None:
        yield Objection(code="line-unknown", rule=_ROUND, about=(remark.line,))
        return
    if state.by != desk.party:
        yield Objection(code="line-not-yours-to-observe", rule=_ROUND, about=(remark.line,))
    if state.current is None:
        yield Objection(code="answer-missing", rule=_ROUND, about=(remark.line,))
    if remark.code is not ObservationCode.ACCEPTED and not remark.note.strip():
        yield Objection(code="reason-missing", rule=_ROUND, about=(remark.line,))
    former = state.observed
    if former is not None and (former.code, former.note) == (remark.code, remark.note):
        yield Objection(code="observation-unchanged", rule=_ROUND, about=(remark.line,))


def _observation(
    desk: Desk, state: LineState, remark: Remark, asked: Mapping[tuple[str, str], PartyCode]
) -> Statement:
    if state.current is None:  # pragma: no cover -- objected to before
        raise NotVisible
    line = state.line
    return desk.state(
        LineObserved(
            list_id=line.list_id,
            line_id=line.line_id,
            answer=state.current.ref,
            code=remark.code,
        ),
        about=(line.line_id, line.list_id),
        audience=desk.with_parties(asked.get((line.list_id, state.by), state.current.by)),
        ground=Ground(basis="family", note=remark.note) if remark.note else Ground(basis="list"),
    )


def uphold_answers(desk: Desk, lines: Sequence[LineId], *, note: str) -> Receipt:
    """The receipt of final replies that keep our answers; written together or not at all.

    Raises:
        Refusal: `line-unknown`, `line-not-addressed-to-you`, `nothing-to-reply-to`,
            `reason-missing`.
    """
    desk.require(Role.REGISTRAR)
    with desk.log.exclusive():
        states = _states(desk, lines)
        found: list[Objection] = []
        if not note.strip():
            found.append(Objection(code="reason-missing", rule=_ROUND))
        for line in lines:
            state = states.get(line)
            if state is None:
                found.append(Objection(code="line-unknown", rule=_ROUND, about=(line,)))
            elif state.current is None or state.current.by != desk.party:
                code = "line-not-addressed-to-you"
                found.append(Objection(code=code, rule=_ROUND, about=(line,)))
            elif not state.waits_for_reply:
                found.append(Objection(code="nothing-to-reply-to", rule=_ROUND, about=(line,)))
        Refusal.unless_empty(found)
        return desk.log.append([_reply(desk, states[line], note) for line in lines])


def _reply(desk: Desk, state: LineState, note: str) -> Statement:
    if state.observed is None:  # pragma: no cover -- objected to before
        raise NotVisible
    line = state.line
    return desk.state(
        LineUpheld(list_id=line.list_id, line_id=line.line_id, observation=state.observed.ref),
        about=(line.line_id, line.list_id),
        audience=desk.with_parties(state.by),
        ground=Ground(basis="register", note=note),
    )


def _states(desk: Desk, lines: Iterable[str]) -> Mapping[str, LineState]:
    known = desk.log.about_each(lines, *DIALOGUE)
    folded = {line: fold_line(entries) for line, entries in known.items()}
    return {line: state for line, state in folded.items() if state is not None}


def _asked(desk: Desk) -> Mapping[tuple[str, str], PartyCode]:
    """The party each list was put to, by the list and its author."""
    submitted = (
        (entry.origin, payload_of(entry, ListSubmitted))
        for entry in desk.log.of_kind("list.submitted")
    )
    return {(said.list_id, author): said.to for author, said in submitted}


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalList:
    """A list as it would be signed now.

    Attributes:
        parties: who signs it: its author, whoever was asked, and the intermediary.
        signatures: party -> digest of the table it signed last.
        states: its lines, by number.
    """

    table: FinalTable
    parties: tuple[PartyCode, ...]
    signatures: Mapping[PartyCode, str]
    states: tuple[LineState, ...]

    @property
    def signed_by(self) -> tuple[PartyCode, ...]:
        """Who has signed this very table."""
        return tuple(p for p in self.parties if self.signatures.get(p) == self.table.digest)

    @property
    def is_signed_by_all(self) -> bool:
        """Whether all have."""
        return len(self.signed_by) == len(self.parties)


def final_list(desk: Desk, list_id: str) -> FinalList:
    """The list as it would be signed now, from what we hold.

    Raises:
        NotVisible: there is no such list here.
    """
    entries = desk.log.about(list_id)
    submitted = [e for e in entries if e.statement.kind == "list.submitted"]
    if not submitted:
        raise NotVisible
    author, to = submitted[-1].origin, payload_of(submitted[-1], ListSubmitted).to
    by_line: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.statement.kind in DIALOGUE:
            by_line.setdefault(entry.statement.content["line_id"], []).append(entry)
    states = [fold_line(said, asked=to) for said in by_line.values()]
    signatures = {
        entry.origin: payload_of(entry, ListSigned).digest
        for entry in entries
        if entry.statement.kind == "list.signed"
    }
    known = tuple(sorted((s for s in states if s is not None), key=lambda s: s.line.number))
    return FinalList(
        table=final_table(ListId(list_id), known),
        parties=tuple(dict.fromkeys((author, to, INTERMEDIARY))),
        signatures=signatures,
        states=known,
    )


def sign_list(desk: Desk, list_id: str, *, digest: str) -> Receipt:
    """The receipt of our signature under the final list.

    Both parties look through the list first; the intermediary signs what both have signed.

    Args:
        digest: of the table that was shown.

    Raises:
        Refusal: `not-a-party`, `list-digest-differs`, `list-signed-already`, `list-lines-open`,
            `list-observations-open`, `list-not-checked`, `repeat-not-answered`,
            `release-not-answered`, `list-not-signed-by-both`.
        NotVisible: there is no such list here.
    """
    desk.require(Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)
    with desk.log.exclusive():
        final = final_list(desk, list_id)
        table = final.table
        check = last_check(desk, list_id)
        neutral = desk.party == INTERMEDIARY
        found = [
            *objections_to_signing(
                table,
                by=desk.party,
                parties=final.parties,
                digest=digest,
                checked=neutral or check is not None,
                repeats=_found(check, FoundCode.REPEAT),
                released=_found(check, FoundCode.RELEASED),
                signed=desk.party in final.signed_by,
            )
        ]
        if neutral and not set(final.parties) - {INTERMEDIARY} <= set(final.signed_by):
            found.append(Objection(code="list-not-signed-by-both", rule=_ROUND, about=(list_id,)))
        Refusal.unless_empty(found)
        count = table.answered
        return desk.log.append(
            [
                desk.state(
                    ListSigned(
                        list_id=table.list_id,
                        digest=table.digest,
                        lines=table.lines,
                        repeats=count.get(AnswerCode.DUPLICATE, 0),
                        released=count.get(AnswerCode.ALREADY_RELEASED, 0),
                        held=count.get(AnswerCode.HELD, 0),
                    ),
                    about=(table.list_id,),
                    audience=desk.with_parties(*final.parties),
                    ground=Ground(basis="register"),
                )
            ]
        )


def _found(check: ListChecked | None, code: FoundCode) -> frozenset[LineId]:
    found = check.found if check is not None else ()
    return frozenset(each.line_id for each in found if each.code is code)
