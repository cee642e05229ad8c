"""Where do the speakers contradict each other, or themselves, about a person?

Only words that still stand are set against each other, save where the change of
an answer is the point. Nobody is found right.
"""

from collections.abc import Iterator
from typing import TypeVar

from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.register.held_again import releases_of
from repatria.register.model import Attributed, PersonRecord
from repatria.terms import Finding, LifeStatus, LineId, PartialDate, PartyCode, Severity

_T = TypeVar("_T")

_ADMITTED = frozenset(
    {AnswerCode.HELD, AnswerCode.HELD_BY_ALLY, AnswerCode.CRIMINAL_CHARGE, AnswerCode.DEAD}
)


def contradictions_in(record: PersonRecord) -> tuple[Finding, ...]:
    """Findings in a fixed order; each names the statements that do not agree.

    Codes: `birth-differs`, `category-differs`, `denied-then-admitted`,
    `admitted-then-denied`, `alive-after-death`, `held-by-two`, `held-again`.
    """
    return (
        *_births(record),
        *_categories(record),
        *_answers(record),
        *_lives(record),
        *_holders(record),
        *_held_again(record),
    )


def _births(record: PersonRecord) -> Iterator[Finding]:
    """Two dates differ when no day can be both: "1994" agrees with a day in 1994."""
    standing = [value for value in record.birth if not value.superseded]
    apart = [
        value
        for value in standing
        if any(not _can_be_same(value.value, other.value) for other in standing)
    ]
    if apart:
        yield _finding("birth-differs", record, [value.ref for value in apart])


def _can_be_same(left: PartialDate, right: PartialDate) -> bool:
    if left.about or right.about:
        return abs(left.year - right.year) <= 1  # "about" reaches over a year's end
    return left.earliest <= right.latest and right.earliest <= left.latest


def _categories(record: PersonRecord) -> Iterator[Finding]:
    standing = [value for value in record.categories if not value.superseded]
    if len({value.value for value in standing}) > 1:
        yield _finding("category-differs", record, [value.ref for value in standing])


def _answers(record: PersonRecord) -> Iterator[Finding]:
    """One speaker's answers to one line, in the order of its own log."""
    last: dict[tuple[PartyCode, LineId], tuple[bool, str]] = {}
    for answer in record.answers:
        admits = answer.value.code in _ADMITTED
        if not admits and answer.value.code is not AnswerCode.NOT_HELD:
            continue
        key = (answer.by, answer.value.line_id)
        before, ref = last.get(key, (admits, ""))
        if before != admits:
            code = "denied-then-admitted" if admits else "admitted-then-denied"
            yield _finding(code, record, [ref, answer.ref])
        last[key] = (admits, answer.ref)
    yield from _whereabouts(record)


def _whereabouts(record: PersonRecord) -> Iterator[Finding]:
    """What one speaker said of its own hands, first and later; withheld is no denial."""
    last: dict[PartyCode, tuple[bool, str]] = {}
    for said in record.whereabouts:
        if said.value is Whereabouts.WITHHELD:
            continue
        admits = said.value is Whereabouts.ACKNOWLEDGED
        before, ref = last.get(said.by, (admits, ""))
        if before != admits:
            code = "denied-then-admitted" if admits else "admitted-then-denied"
            yield _finding(code, record, [ref, said.ref])
        last[said.by] = (admits, said.ref)


def _lives(record: PersonRecord) -> Iterator[Finding]:
    """A death, and a sign of life certainly later than it; one finding for each sign."""
    deaths = list(_deaths(record))
    for alive_on, alive_ref in _signs_of_life(record):
        before = [ref for died_on, ref in deaths if died_on.latest < alive_on.earliest]
        if before:
            yield _finding("alive-after-death", record, [*before, alive_ref])


def _deaths(record: PersonRecord) -> Iterator[tuple[PartialDate, str]]:
    for claim in _standing(record.life):
        if claim.value.status is LifeStatus.DEAD:
            yield claim.held_on, claim.ref
    for notice in _standing(record.notices):
        if notice.value.event is CustodyEvent.DIED:
            yield notice.value.on or notice.held_on, notice.ref
    for answer in _standing(record.answers):
        if answer.value.code is AnswerCode.DEAD:
            yield answer.value.on or answer.held_on, answer.ref


def _signs_of_life(record: PersonRecord) -> Iterator[tuple[PartialDate, str]]:
    for claim in _standing(record.life):
        if claim.value.status is LifeStatus.ALIVE:
            yield claim.held_on, claim.ref
    for word in _standing(record.consents):
        yield word.held_on, word.ref
    for visit in _standing(record.visits):
        yield visit.held_on, visit.ref
    for notice in _standing(record.notices):
        if notice.value.event is not CustodyEvent.DIED:
            yield notice.value.on or notice.held_on, notice.ref


def _holders(record: PersonRecord) -> Iterator[Finding]:
    holders = record.custody.holders
    if len(holders) > 1:
        refs = [e.cites[0] for e in record.custody.episodes if e.ended_by is None]
        yield _finding("held-by-two", record, refs)


def _held_again(record: PersonRecord) -> Iterator[Finding]:
    """A release, and words that he is held after it; the release stays what it was."""
    for freed in releases_of(record):
        if freed.held_again:
            yield _finding("held-again", record, [freed.ref, *(each.ref for each in freed.again)])


def _standing(values: tuple[Attributed[_T], ...]) -> Iterator[Attributed[_T]]:
    return (value for value in values if not value.superseded)


def _finding(code: str, record: PersonRecord, refs: list[str]) -> Finding:
    return Finding(
        code=code, severity=Severity.CONTRADICTION, about=(record.person, *dict.fromkeys(refs))
    )
