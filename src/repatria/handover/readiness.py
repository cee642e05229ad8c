"""May this person travel, and does he want to?

Only verdicts are read, never findings, and only of those whose duty it is to
give them. When speakers differ the answer that protects the person stands: one
valid "not fit" and one "I will not go" are enough. Validity is judged at a
moment given by the caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from repatria.handover.duty import may_clear
from repatria.ledger.kinds import (
    availability_stated,
    clearance_given,
    consent_stated,
    payload_of,
    refusal_overridden,
)
from repatria.ledger.kinds.availability_stated import AvailabilityStated
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.refusal_overridden import RefusalOverridden
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.statement import Entry
from repatria.terms import Objection, PartyCode, PersonId
from repatria.terms.parties import INTERMEDIARY

_FITNESS = "GC III art. 109 and 110: those fit to travel are sent back"
_WILL = "GC III art. 109, third paragraph: nobody against his will"
_PRIVACY = "ICRC practice: the wish is asked in an interview without witness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What stands for or against the journey.

    Attributes:
        cleared: the medical verdict, None when nobody gave one.
        clearance_valid_until: of that verdict.
        consents: what the person last said; None when not asked.
        consented_in_private: some word of consent that still counts was said alone, to the
            intermediary.
        at_the_line: what was said at the line; None when not asked there yet.
        available: the intermediary has not said that he cannot be counted on.
        overridden_by: the authority that sends him although he refused; empty when nobody
            does, or when he refused again since.
        reasons: codes of what forbids departing at the moment asked for.
    """

    person: PersonId
    cleared: bool | None = None
    clearance_valid_until: datetime | None = None
    consents: bool | None = None
    consented_in_private: bool = False
    at_the_line: bool | None = None
    available: bool = True
    overridden_by: str = ""
    reasons: tuple[str, ...] = ()


def readiness_of(
    person: PersonId, entries: Iterable[Entry], at: datetime, *, mode: str | None = None
) -> Readiness:
    """What was said about the person's fitness and will, judged at a moment.

    Only clearances for this mode of travel count; without a mode, the best one
    does. To ask what was known earlier, pass the entries known then.
    """
    said = in_order(entries)
    gone = taken_back(said)
    said = tuple(entry for entry in said if entry.ref not in gone)
    cleared, until = _clearance(person, said, at, mode)
    words = _last_words(person, said)
    line = [word for (_, occasion), word in words.items() if occasion is Occasion.AT_THE_LINE]
    # What is said at the line is the last word; before that, the interviews.
    heard = line or list(words.values())
    found = Readiness(
        person=person,
        cleared=cleared,
        clearance_valid_until=until,
        consents=all(word.willing for word in heard) if heard else None,
        # Only the neutral asks without witness; a party that says so is itself a witness.
        consented_in_private=any(
            word.willing and word.in_private
            for (speaker, _), word in words.items()
            if speaker == INTERMEDIARY
        ),
        at_the_line=all(word.willing for word in line) if line else None,
        available=available_by(person, said),
        overridden_by=_overridden(person, said),
    )
    return replace(found, reasons=tuple(o.code for o in objections_to_travel(found, at)))


def objections_to_travel(readiness: Readiness, at: datetime) -> tuple[Objection, ...]:
    """Why this person may not be moved now.

    Source: GC III art. 109 and 110 (fitness), art. 109 third paragraph (will).
    """
    codes: list[tuple[str, str]] = []
    until = readiness.clearance_valid_until
    if readiness.cleared is None:
        codes.append(("no-medical-clearance", _FITNESS))
    elif not readiness.cleared:
        codes.append(("not-fit", _FITNESS))
    elif until is not None and until < at:
        codes.append(("clearance-expired", _FITNESS))
    # Overridden, his no stays to be seen, and who answers for sending him is named.
    if not readiness.overridden_by:
        codes += _against_his_will(readiness)
    return tuple(Objection(code=code, rule=rule, about=(readiness.person,)) for code, rule in codes)


def _clearance(
    person: PersonId, said: Iterable[Entry], at: datetime, mode: str | None
) -> tuple[bool | None, datetime | None]:
    """The verdict and until when; each speaker's last one for each mode counts."""
    latest: dict[tuple[str, PartyCode], ClearanceGiven] = {}
    for entry in said:
        if entry.statement.kind == clearance_given.KIND.name:
            given = payload_of(entry, ClearanceGiven)
            mine = given.person == person and mode in (None, given.mode)
            if mine and may_clear(person, entry.origin, fit=given.fit_to_travel):
                latest[given.mode, entry.origin] = given
    verdicts: list[tuple[bool, bool, datetime]] = []
    for one_mode in {m for m, _ in latest}:
        given_for_it = [given for (m, _), given in latest.items() if m == one_mode]
        valid = [given for given in given_for_it if given.valid_until >= at]
        counted = valid or given_for_it
        fit = all(given.fit_to_travel for given in counted)
        verdicts.append((bool(valid), fit, max(given.valid_until for given in counted)))
    if not verdicts:
        return None, None
    # A verdict that still holds comes before one that lapsed; then the better one.
    _, fit, until = max(verdicts)
    return fit, until


def available_by(person: PersonId, said: Iterable[Entry]) -> bool:
    """Whether the intermediary's last word is that he can be counted on; so without a word."""
    available = True
    for entry in said:
        if entry.statement.kind == availability_stated.KIND.name and entry.origin == INTERMEDIARY:
            word = payload_of(entry, AvailabilityStated)
            available = word.available if word.person == person else available
    return available


def _overridden(person: PersonId, said: Iterable[Entry]) -> str:
    """Who sends him although he refused; his next no needs another decision."""
    authority = ""
    for entry in said:
        kind = entry.statement.kind
        if kind == refusal_overridden.KIND.name and entry.origin == INTERMEDIARY:
            decided = payload_of(entry, RefusalOverridden)
            authority = decided.authority if decided.person == person else authority
        elif kind == consent_stated.KIND.name:
            word = payload_of(entry, ConsentStated)
            if word.person == person:
                authority = ""
        elif kind == availability_stated.KIND.name and entry.origin == INTERMEDIARY:
            stated = payload_of(entry, AvailabilityStated)
            if stated.person == person:
                authority = ""
    return authority


def _last_words(
    person: PersonId, said: Iterable[Entry]
) -> dict[tuple[PartyCode, Occasion], ConsentStated]:
    words: dict[tuple[PartyCode, Occasion], ConsentStated] = {}
    for entry in said:
        if entry.statement.kind == consent_stated.KIND.name:
            word = payload_of(entry, ConsentStated)
            if word.person == person:
                words[entry.origin, word.occasion] = word
    return words


def _against_his_will(readiness: Readiness) -> list[tuple[str, str]]:
    if readiness.consents is False:
        return [("refused-to-go", _WILL)]
    if not readiness.available:
        return [("not-available", _PRIVACY)]
    if readiness.consents is None:
        return [("no-consent", _WILL)]
    return [] if readiness.consented_in_private else [("consent-not-in-private", _PRIVACY)]
