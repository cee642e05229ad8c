"""Was this person named as held again after a release, by whom, and since when?

A release is never undone by it: what was handed over and received stays so. What
comes after is a new detention, put beside the release that it follows. As
everywhere nobody is found right: a word that somebody is held is its speaker's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from repatria.ledger.kinds.custody_noted import CustodyEvent
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.register.model import PersonRecord
from repatria.terms import PartialDate, PartyCode

_SAY_HELD = frozenset({AnswerCode.HELD, AnswerCode.HELD_BY_ALLY, AnswerCode.CRIMINAL_CHARGE})
# A move alone begins no detention: whoever received him may move him too.
_IN_HANDS = frozenset({CustodyEvent.CAPTURED, CustodyEvent.HELD})


class Words(StrEnum):
    """By which kind of words somebody was named as held."""

    NOTICE = "notice"
    ANSWER = "answer"
    WHEREABOUTS = "whereabouts"


class Ending(StrEnum):
    """How a detention after a release ended, as far as anybody said."""

    RELEASED = "released"
    ESCAPED = "escaped"
    DIED = "died"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One word that the person is held.

    Attributes:
        holder: in whose hands; he need not be the speaker.
        on: the day it speaks of.
    """

    words: Words
    holder: PartyCode
    by: PartyCode
    on: PartialDate
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """A release, and what was said of the person after it until the next one.

    Attributes:
        by: who released him.
        exchange: in which, where that was said.
        again: words that he is held, by the day they speak of; empty while there is none.
        ending: how the new detention ended; None while it stands, or there is none.
        ended_on: the day of that.
    """

    by: PartyCode
    on: PartialDate
    exchange: str
    ref: str
    again: tuple[Naming, ...] = ()
    ending: Ending | None = None
    ended_on: PartialDate | None = None

    @property
    def held_again(self) -> bool:
        """Whether anybody said after the release that he is held."""
        return bool(self.again)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Release:
    by: PartyCode
    on: PartialDate
    exchange: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Over:
    """A word that he is in somebody's hands no more, other than by a release."""

    ending: Ending
    holder: PartyCode
    on: PartialDate
    ref: str


def releases_of(record: PersonRecord) -> tuple[Freed, ...]:
    """Every release of the person, the first one first, with what was said after it.

    Neither the order in which the words came nor repetition changes it. A word
    counts as said after a release when the day it speaks of is certainly later
    than that of the release: nobody is called held again for a notice of his
    first capture that came late. An answer to a list and a word about whereabouts
    speak of the day they were given.

    Source: GC III art. 117, 122 (what happens to a person after he was repatriated is an event
    of its own).
    """
    found: list[Freed] = []
    for each in sorted({w.ref: w for w in _words(record)}.values(), key=_reading_order):
        last = found[-1] if found else None
        match each:
            case _Release():
                if last is not None and last.held_again and last.ending is None:
                    found[-1] = replace(last, ending=Ending.RELEASED, ended_on=each.on)
                elif last is not None and not last.held_again and last.by == each.by:
                    # The same release told twice: by its holder, and by both receipts.
                    found[-1] = replace(last, exchange=last.exchange or each.exchange)
                    continue
                found.append(Freed(by=each.by, on=each.on, exchange=each.exchange, ref=each.ref))
            case Naming() if last is not None and last.on.latest < each.on.earliest:
                found[-1] = replace(last, again=(*last.again, each), ending=None, ended_on=None)
            case _Over() if last is not None and last.held_again and last.ending is None:
                if any(each.holder == naming.holder for naming in last.again):
                    found[-1] = replace(last, ending=each.ending, ended_on=each.on)
            case Naming() | _Over():
                pass
            case _:
                assert_never(each)
    return tuple(found)


def _words(record: PersonRecord) -> Iterator[_Release | Naming | _Over]:
    """All that was said of release, custody and its end, and is still said."""
    answered = {answer.ref for answer in record.answers}
    for notice in record.notices:
        if notice.superseded or notice.ref in answered:
            continue
        said, on = notice.value, notice.value.on or notice.held_on
        if said.event is CustodyEvent.RELEASED:
            yield _Release(by=said.holder, on=on, exchange=said.exchange, ref=notice.ref)
        elif said.event in _IN_HANDS:
            yield Naming(
                words=Words.NOTICE, holder=said.holder, by=notice.by, on=on, ref=notice.ref
            )
        elif said.event is not CustodyEvent.TRANSFERRED:
            yield _Over(ending=Ending(said.event), holder=said.holder, on=on, ref=notice.ref)
    for answer in record.answers:
        if answer.superseded or answer.value.person != record.person:
            continue
        if answer.value.code in _SAY_HELD:
            yield Naming(
                words=Words.ANSWER,
                holder=answer.by,
                by=answer.by,
                on=answer.held_on,
                ref=answer.ref,
            )
    for word in record.whereabouts:
        if word.superseded or word.value is Whereabouts.WITHHELD:
            continue
        if word.value is Whereabouts.ACKNOWLEDGED:
            yield Naming(
                words=Words.WHEREABOUTS, holder=word.by, by=word.by, on=word.held_on, ref=word.ref
            )
        else:
            yield _Over(ending=Ending.DENIED, holder=word.by, on=word.held_on, ref=word.ref)


def _reading_order(each: _Release | Naming | _Over) -> tuple[date, int, str]:
    """By day; on one day who is named as held is so before he is released."""
    match each:
        case _Release():
            return (each.on.latest, 2, each.ref)
        case Naming():
            return (each.on.earliest, 0, each.ref)
        case _Over():
            return (each.on.latest, 1, each.ref)
