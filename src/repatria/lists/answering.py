"""May this answer to a line be given?

All reasons against it are given at once. What an answer says about the world is
its speaker's matter; only whether it can be understood is judged.
"""

from collections.abc import Iterator

from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.lists.line import LineState
from repatria.terms import LineId, Objection, PartyCode

_ASKED = "GC III art. 122, GC IV art. 137: the party asked answers every enquiry"
_IDENTITY = "GC III art. 122: particulars that make the person identifiable"
_REPEAT = "procedure: a repeat points to the line it repeats, in the same list"
_RELEASED = "procedure: an earlier release names its exchange"
_RETAINED = "GC III art. 115, 119: whoever is kept for proceedings is named to the other side"
_CHANGE = "procedure: a new answer says something new"


def objections_to_answer(
    line: LineState | None,
    answer: LineAnswered,
    *,
    by: PartyCode,
    asked: PartyCode,
    person_known: bool,
    person_already_answers: LineId | None,
    duplicate_line: LineState | None,
    note: str = "",
) -> tuple[Objection, ...]:
    """Every reason against this answer.

    `asked` is the party the list was submitted to; `person_known` says whether
    the named person is in the answering party's register;
    `person_already_answers` is the line of this list that already has him;
    `duplicate_line` is the line the answer calls the original, if it exists;
    `note` is the ground of the answer in words.

    Source: GC III art. 122; GC IV art. 137 (answering enquiries).
    """
    found: list[Objection] = []
    if line is None or line.line.list_id != answer.list_id:
        found.append(_objection("line-unknown", _ASKED, answer.line_id))
    if by != asked:
        found.append(_objection("line-not-addressed-to-you", _ASKED, answer.line_id))
    if answer.code is AnswerCode.HELD and answer.person is None:
        found.append(_objection("held-needs-person", _IDENTITY, answer.line_id))
    if answer.person is not None:
        if not person_known:
            found.append(_objection("person-unknown", _IDENTITY, answer.person))
        if person_already_answers not in (None, answer.line_id):
            found.append(
                _objection("person-answers-another-line", _IDENTITY, answer.person, answer.line_id)
            )
    if answer.code is AnswerCode.DUPLICATE:
        found.extend(_objections_to_duplicate(answer, duplicate_line))
    if answer.code is AnswerCode.ALREADY_RELEASED and not answer.exchange:
        found.append(_objection("released-needs-exchange", _RELEASED, answer.line_id))
    if answer.retained:
        if answer.code not in (AnswerCode.HELD, AnswerCode.HELD_BY_ALLY):
            found.append(_objection("retained-not-held", _RETAINED, answer.line_id))
        if not note.strip():
            found.append(_objection("retained-without-ground", _RETAINED, answer.line_id))
    current = line.current if line is not None else None
    if current is not None and current.by == by and current.payload == answer:
        found.append(_objection("answer-unchanged", _CHANGE, answer.line_id))
    return tuple(found)


def _objections_to_duplicate(
    answer: LineAnswered, original: LineState | None
) -> Iterator[Objection]:
    if answer.duplicate_of is None:
        yield _objection("duplicate-needs-line", _REPEAT, answer.line_id)
    elif answer.duplicate_of == answer.line_id:
        yield _objection("duplicate-of-itself", _REPEAT, answer.line_id)
    elif original is None:
        yield _objection("line-unknown", _REPEAT, answer.duplicate_of)
    elif original.line.list_id != answer.list_id:
        yield _objection("duplicate-of-other-list", _REPEAT, answer.line_id, answer.duplicate_of)
    elif original.current is not None and original.current.code is AnswerCode.DUPLICATE:
        yield _objection("duplicate-of-duplicate", _REPEAT, answer.line_id, answer.duplicate_of)


def _objection(code: str, rule: str, *about: str) -> Objection:
    return Objection(code=code, rule=rule, about=about)
