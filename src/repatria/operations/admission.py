"""May a peer say this here?

A valid signature says who speaks, not that he may say it. A statement that was
never meant for us, whose kind allows nobody's peers to read it (whose key is
whose, who may come in), or that no page could show is refused with its whole
package: no honest installation writes one. What kinds of a newer version say is
kept as it came.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_type_hints

from repatria.ledger.escrow import MAX_SLOTS
from repatria.ledger.kinds import KINDS, payload_of
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.claim_made import ClaimMade
from repatria.ledger.kinds.erasure_acknowledged import ErasureAcknowledged
from repatria.ledger.kinds.line_answered import LineAnswered
from repatria.ledger.kinds.list_amended import ListAmended
from repatria.ledger.kinds.list_committed import ListCommitted
from repatria.ledger.kinds.list_escrowed import ListEscrowed
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_revealed import ListRevealed
from repatria.ledger.kinds.match_proposed import MatchProposed
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.round_both_committed import RoundBothCommitted
from repatria.ledger.kinds.round_opened import RoundOpened
from repatria.ledger.kinds.statement_erased import StatementErased
from repatria.ledger.kinds.statement_lost import StatementLost
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.log import meant_for
from repatria.ledger.payload import from_json
from repatria.ledger.places import Places
from repatria.ledger.statement import Entry
from repatria.lists.openings import commitment_of
from repatria.planning import HealthClass, UnreadableTermsError, terms_from_json
from repatria.record import Claim
from repatria.record.signed_bulletin import signed_bulletin_in
from repatria.terms import (
    BulletinId,
    IntegrityError,
    LineId,
    ListId,
    ManifestId,
    PartialDate,
    PartyCode,
    PersonId,
    PlanId,
    RoundId,
)
from repatria.terms.ids import maker_of

# Ids of these kinds stand in addresses of pages.
_IN_ADDRESSES = {
    PersonId: "person",
    ListId: "list",
    LineId: "line",
    PlanId: "plan",
    ManifestId: "manifest",
    BulletinId: "bulletin",
    RoundId: "round",
}
_NAMED = frozenset(
    {*_IN_ADDRESSES.values(), "commitment", "pair", "place", "reply", "substitution", "tracing"}
)
# What one party makes, under an id that bears its code, and nobody else makes again.
_MADE_BY_ONE = frozenset(
    {
        "bulletin.published",
        "commitment.made",
        "list.line",
        "list.submitted",
        "manifest.frozen",
        "person.registered",
        "place.located",
        "plan.proposed",
        "reply.published",
        "statement.erased",
        "round.opened",
        "tracing.requested",
    }
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,96}", re.ASCII)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # category Cc, not tab and line ends
_BOUNDED = frozenset({NoneType, PartialDate, type})  # hold no text, and no number to be asked about
MAX_COUNT = 2**31 - 1  # what a count or a number can be in every database


def refuse_inadmissible(entry: Entry, to: PartyCode) -> None:
    """Nothing, for a statement that a peer may say to us.

    Args:
        entry: the statement in its place.
        to: whose installation takes it in.

    Raises:
        IntegrityError: naming the statement.
    """
    statement = entry.statement
    if not meant_for(statement, to):
        raise IntegrityError(entry.ref, "statement-not-for-us")
    kind = KINDS.get(statement.kind)
    if kind is None:
        return
    if not kind.admits(statement.audience, entry.origin):
        raise IntegrityError(entry.ref, "statement-for-too-many")
    payload: Any = payload_of(entry, kind.payload)
    if not all(map(_is_id, statement.about)) or not all(
        _is_id(text, kind) for text, kind in _ids_in(payload)
    ):
        raise IntegrityError(entry.ref, "id-malformed")
    if statement.kind in _MADE_BY_ONE and any(
        maker_of(subject) != entry.origin for subject in _made_by(payload, statement.about[0])
    ):
        raise IntegrityError(entry.ref, "made-by-another")
    if isinstance(payload, StatementErased) and _speaks_of_what_is_to_come(payload, entry):
        raise IntegrityError(f"{entry.ref} content", "erasure-beyond-log")
    try:
        fits = _fits(payload, statement.about[0])
    except (IntegrityError, UnreadableTermsError, TypeError, ValueError, KeyError, AttributeError):
        fits = False
    if not fits or not _can_be_kept(payload):
        raise IntegrityError(f"{entry.ref} content", "payload-malformed")
    # A hundred thousand of them wait to be written: what was read here is read again then.
    statement.parsed.clear()


def _speaks_of_what_is_to_come(said: StatementErased, entry: Entry) -> bool:
    try:
        return said.origin == entry.origin and Places.read(said.places).last >= entry.seq
    except ValueError:
        return False  # refused for its spelling


def _made_by(payload: object, subject: str) -> Iterator[str]:
    """The ids of what a statement makes, and of the list to which a line belongs."""
    yield subject
    if isinstance(payload, ListLine):
        yield payload.line_id
        yield payload.list_id


def _is_id(subject: str, kind: str = "") -> bool:
    """Whether this id, if its kind has pages, can stand in an address."""
    named, colon, token = subject.partition(":")
    if kind and named != kind:
        return False
    if named in _NAMED:
        return _TOKEN.fullmatch(token) is not None
    return bool(colon and token) and token.isprintable()


def _ids_in(payload: Any) -> Iterator[tuple[str, str]]:
    """Every id in a payload, with the kind its field is for."""
    kind: Any = type(payload)
    for name, named in _fields_with_ids(kind):
        value = getattr(payload, name)
        for part in value if isinstance(value, tuple) else (value,):
            if part is not None:
                yield from ((part, each) for each in named)
                yield from _ids_in(part)


# What the fields of a class are for is a pure function of it, and costs a hundred
# microseconds to find out: too much to ask of every statement.
@cache
def _fields_with_ids(kind: type) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields that hold ids, or payloads that do, with the kinds of those ids."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    found = []
    for field in fields(kind):
        direct = (hints[field.name], *get_args(hints[field.name]))
        named = tuple(_IN_ADDRESSES[hint] for hint in direct if hint in _IN_ADDRESSES)
        inner = (hint for hint in _hints_in(hints[field.name]) if hint is not kind)
        if named or any(map(_fields_with_ids, inner)):
            found.append((field.name, named))
    return tuple(found)


def _hints_in(hint: Any) -> Iterator[type]:
    """Every class a type hint names."""
    if isinstance(hint, type):
        yield hint
    for part in get_args(hint):
        yield from _hints_in(part)


@cache
def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Gives all values of a payload of this class at once; None for what is no payload."""
    if not is_dataclass(kind):
        return None
    # Asked for one more, it gives a tuple for a class of a single field too.
    return attrgetter(*(field.name for field in fields(kind)), "__class__")


def _can_be_kept(payload: Any) -> bool:
    """Whether every number and text outside a payload's free documents can be kept."""
    texts: list[str] = []
    # A control character is no part of any name or sentence, and one database cannot
    # keep zero.
    return _numbers_fit(payload, texts) and _CONTROL.search("".join(texts)) is None


def _numbers_fit(payload: Any, texts: list[str]) -> bool:
    """Whether every number in a payload can be kept; its texts are added to the list."""
    kind: Any = type(payload)
    values = _values_of(kind)
    for value in values(payload) if values is not None else ():
        for part in value if type(value) is tuple else (value,):
            if isinstance(part, str):
                texts.append(part)
            elif isinstance(part, int):
                if not -MAX_COUNT <= part <= MAX_COUNT:
                    return False
            elif type(part) not in _BOUNDED and not _numbers_fit(part, texts):
                return False
    return True


def _fits(payload: Any, subject: str) -> bool:
    check = _DOCUMENTS.get(type(payload))
    return check is None or check(payload, subject)


def _claim_fits(said: ClaimMade, subject: str) -> bool:
    claim = from_json(Claim, said.document, place="claim")
    return (
        subject == f"claim:{claim.id}"
        and (said.claim_id, said.speaker, said.said_on) == (claim.id, claim.speaker, claim.said_on)
        and claim.value <= MAX_COUNT
    )


def _terms_fit(said: TermsProposed, subject: str) -> bool:
    terms = terms_from_json(said.document)
    return subject == f"terms:{said.terms_id}" and said.terms_id == terms.id


def _plan_fits(said: PlanProposed, _subject: str) -> bool:
    return all(isinstance(reason, Mapping) for reason in said.reasons.values()) and all(
        isinstance(level["id"], str) and level["id"] for level in said.levels
    )


def _pair_fits(said: MatchProposed, _subject: str) -> bool:
    return all(
        isinstance(ground["field"], str) and type(ground["weight_millibits"]) is int
        for ground in said.comparisons
    )


def _answer_fits(said: LineAnswered, _subject: str) -> bool:
    return not said.health or said.health in set(HealthClass)


def _places_fit(said: StatementErased | StatementLost | ErasureAcknowledged, _subject: str) -> bool:
    return len(Places.read(said.places).ranges) > 0


def _bulletin_fits(said: BulletinPublished, subject: str) -> bool:
    if subject != said.bulletin_id or _TOKEN.fullmatch(said.language) is None:
        return False
    if not said.sealed:
        return True
    document = signed_bulletin_in(said.sealed, place="bulletin").document
    return (document["id"], document["version"], document["language"], document["said"]) == (
        said.bulletin_id,
        said.version,
        said.language,
        said.document,
    ) and document["files"].get("html") == said.digest


def _round_fits(said: RoundOpened, subject: str) -> bool:
    return (
        subject == said.round_id
        and len(set(said.parties)) == 2
        and 1 <= said.max_entries <= MAX_SLOTS
        and 0 <= said.step <= MAX_SLOTS
    )


def _commitment_fits(said: ListAmended | ListCommitted, subject: str) -> bool:
    return subject == said.round_id and commitment_of(said) is not None


def _about_round(said: ListEscrowed | ListRevealed | RoundBothCommitted, subject: str) -> bool:
    return subject == said.round_id


_DOCUMENTS: Mapping[type, Callable[[Any, str], bool]] = {
    BulletinPublished: _bulletin_fits,
    ClaimMade: _claim_fits,
    ErasureAcknowledged: _places_fit,
    LineAnswered: _answer_fits,
    ListAmended: _commitment_fits,
    ListCommitted: _commitment_fits,
    ListEscrowed: _about_round,
    ListRevealed: _about_round,
    MatchProposed: _pair_fits,
    PlanProposed: _plan_fits,
    StatementLost: _places_fit,
    StatementErased: _places_fit,
    RoundBothCommitted: _about_round,
    RoundOpened: _round_fits,
    TermsProposed: _terms_fit,
}
