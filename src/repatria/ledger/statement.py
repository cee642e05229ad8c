"""Who says what, about whom, on what ground, as of when, for whom?

The unit of everything: attribution, disclosure, erasure. A statement is never
changed; a later one may supersede it. Its bytes are kept as they came, so a
newer party's unknown kinds and keys survive with an older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from repatria.ledger.canonical import decode, encode, parse
from repatria.terms import ActorId, Audience, IntegrityError, PartialDate, PartyCode
from repatria.terms.times import read_instant, write_instant

FORMAT = 1
_LONG = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """On what a statement rests.

    Attributes:
        basis: `list-file`, `interview`, `examination`, `register`, `witness`,
            `publication`, `agreement`, `comparison`, `scan`...
        source: what to look up: digest of a file, reference of a statement, address.
        note: in words.
    """

    basis: str
    source: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        """Its JSON object; what is not said is left out."""
        out = {"basis": self.basis}
        if self.source:
            out["source"] = self.source
        if self.note:
            out["note"] = self.note
        return out


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Statement:
    """One attributed statement.

    Attributes:
        kind: name of the kind, such as `line.answered`.
        about: ids of its subjects, the main one first; never empty.
        by: the party that speaks.
        actor: the account that spoke for it.
        recorded_at: our clock when it was written down.
        occurred_at: the claimed time of what it tells, None when not said.
        as_of: the date its content holds for, where that is another one.
        ground: on what it rests.
        audience: labels of those it is meant for.
        supersedes: references (`north/17`) of statements it replaces.
        content: the payload as JSON.
        unknown: keys of a newer format, kept.
        parsed: the typed payload once somebody asked for it; see `kinds.payload_of`.
    """

    kind: str
    about: tuple[str, ...]
    by: PartyCode
    actor: ActorId
    recorded_at: datetime
    audience: Audience
    ground: Ground
    content: Mapping[str, Any]
    occurred_at: datetime | None = None
    as_of: PartialDate | None = None
    supersedes: tuple[str, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)
    parsed: list[object] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def body(self) -> bytes:
        """Its canonical bytes: what is committed to."""
        out: dict[str, Any] = dict(self.unknown)
        out |= {
            "v": FORMAT,
            "kind": self.kind,
            "about": self.about,
            "by": self.by,
            "actor": self.actor,
            "recorded_at": write_instant(self.recorded_at),
            "audience": sorted(self.audience),
            "ground": self.ground.as_json(),
            "content": self.content,
        }
        if self.occurred_at is not None:
            out["occurred_at"] = write_instant(self.occurred_at)
        if self.as_of is not None:
            out["as_of"] = str(self.as_of)
        if self.supersedes:
            out["supersedes"] = self.supersedes
        return encode(out)


_KNOWN = frozenset(
    {
        "v",
        "kind",
        "about",
        "by",
        "actor",
        "recorded_at",
        "audience",
        "ground",
        "content",
        "occurred_at",
        "as_of",
        "supersedes",
    }
)


_GROUND = frozenset({"basis", "source", "note"})
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, RecursionError, IntegrityError)


def read_statement(body: bytes, *, place: str) -> Statement:
    """The statement in canonical bytes that came from elsewhere.

    Its own `body` is these bytes, and no others are taken for it.

    Raises:
        IntegrityError: at `place`, when the bytes are not canonical or not a statement.
    """
    value = decode(body, place=place)
    try:
        _refuse_another_spelling(value)
        return _statement_in(value)
    except _MALFORMED:
        raise IntegrityError(place, "statement-malformed") from None


def speaker_in(body: bytes, *, place: str) -> PartyCode:
    """The party that makes the statement in canonical bytes, after every check of `read_statement`.

    For whoever asks nothing else of it: the typed statement is not made.

    Raises:
        IntegrityError: as `read_statement` does.
    """
    value = decode(body, place=place)
    try:
        _refuse_another_spelling(value)
    except _MALFORMED:
        raise IntegrityError(place, "statement-malformed") from None
    return PartyCode(value["by"])


def _refuse_another_spelling(value: Mapping[str, Any]) -> None:
    """Raise unless this value is what `Statement.body` writes for the statement in it.

    The value is known to be canonical. That leaves the parts that are written in a
    form of their own, and those that are left out when there is nothing to say.
    """
    if type(value["v"]) is not int or value["v"] != FORMAT:
        raise ValueError("another format")
    audience, ground = _list(value["audience"]), value["ground"]
    # To join them tells whether all are texts, faster than to ask each.
    "".join((value["kind"], value["by"], value["actor"], *_list(value["about"]), *audience))
    if not value["about"] or not audience or audience != sorted(set(audience)):
        raise ValueError("nobody, or not in order")
    _mapping(value["content"])
    read_instant(value["recorded_at"])
    "".join(ground.values())
    if "basis" not in ground or not _GROUND.issuperset(ground):
        raise ValueError("not a ground")
    if ground.get("source") == "" or ground.get("note") == "":
        raise ValueError("an empty part of the ground")
    if "occurred_at" in value:
        read_instant(value["occurred_at"])
    if "as_of" in value and str(PartialDate.parse(value["as_of"])) != value["as_of"]:
        raise ValueError("another spelling of a date")
    if "supersedes" in value:
        "".join(_list(value["supersedes"]))
        if not value["supersedes"]:
            raise ValueError("nothing superseded")


def reread_statement(body: str, *, place: str) -> Statement:
    """The statement in bytes that were checked when they were written.

    Whether they are the one spelling is not asked again. `verify` does ask.

    Raises:
        IntegrityError: at `place`, when the bytes are not a statement.
    """
    try:
        return _statement_in(parse(body))
    except _MALFORMED:
        raise IntegrityError(place, "statement-malformed") from None


def _statement_in(value: Mapping[str, Any]) -> Statement:
    if value["v"] != FORMAT:
        raise ValueError("another format")
    return Statement(
        kind=intern(value["kind"]),
        about=_texts(value["about"]),
        by=PartyCode(intern(value["by"])),
        actor=ActorId(intern(value["actor"])),
        recorded_at=read_instant(value["recorded_at"]),
        audience=_audience(_texts(value["audience"])),
        ground=_ground(value["ground"]),
        content=_mapping(value["content"]),
        occurred_at=read_instant(value["occurred_at"]) if "occurred_at" in value else None,
        as_of=PartialDate.parse(value["as_of"]) if "as_of" in value else None,
        supersedes=_texts(value["supersedes"]) if "supersedes" in value else (),
        unknown=_unknown(value),
    )


def _unknown(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if _KNOWN.issuperset(value):
        return {}
    return {key: item for key, item in value.items() if key not in _KNOWN}


# The same few grounds and audiences stand in all statements: one of each will do.
@lru_cache(maxsize=1_024)
def _audience(labels: tuple[str, ...]) -> Audience:
    return frozenset(labels)


def _ground(value: Any) -> Ground:
    # By hand: it stands in every statement, and the general way takes five times as long.
    source, note = value.get("source", ""), value.get("note", "")
    if note or len(source) > _LONG:  # words about a person, which are not to be kept here
        return Ground(basis=_text(value["basis"]), source=_text(source), note=_text(note))
    return _one_ground(_text(value["basis"]), _text(source))


@lru_cache(maxsize=1_024)
def _one_ground(basis: str, source: str) -> Ground:
    return Ground(basis=basis, source=source)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    "".join(_list(value))  # raises TypeError where one is no text, faster than asking each
    return tuple(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


class Entry(NamedTuple):
    """A statement in its place in a log.

    Attributes:
        origin: whose log.
        seq: place in it, from 0.
        statement: what was said there.
    """

    origin: PartyCode
    seq: int
    statement: Statement

    @property
    def ref(self) -> str:
        """How other statements and people refer to it: `north/17`."""
        return f"{self.origin}/{self.seq}"
