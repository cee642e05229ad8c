"""Whose keys are whose, as everybody at a first meeting signed it?

A DSSE document of type `peers`: each party with its title and its keyring, signed
with each party's node key. Who signs it says: this is my keyring, and I heard the
others read out theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from repatria.ledger.document import Envelope, envelope_of, payload_in, read_envelope, signers
from repatria.ledger.keyring import Keyring, read_keyring
from repatria.terms.errors import IntegrityError
from repatria.terms.parties import PartyCode

KIND = "peers"
FORMAT = 1
MAX_PARTIES = 16
MAX_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersEntry:
    """One party at the meeting.

    Attributes:
        title: as people call it.
        keyring: its own, as it brought it.
    """

    title: str
    keyring: Keyring

    @property
    def party(self) -> PartyCode:
        """Whose it is."""
        return self.keyring.party


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersDocument:
    """Everybody at the meeting.

    Attributes:
        entries: in order of party code.
        envelope: with the signatures made so far.
    """

    entries: tuple[PeersEntry, ...]
    envelope: Envelope = field(repr=False)

    @property
    def unsigned(self) -> tuple[PartyCode, ...]:
        """The parties that have not signed with a node key that is in use."""
        return tuple(e.party for e in self.entries if not _has_signed(e.keyring, self.envelope))

    def of(self, party: PartyCode) -> PeersEntry | None:
        """What is said of a party."""
        return next((entry for entry in self.entries if entry.party == party), None)


def _has_signed(keyring: Keyring, envelope: Envelope) -> bool:
    in_use = [node.key for node in keyring.nodes if node.to_size is None]
    return bool(signers(envelope, in_use))


def peers_document(entries: Iterable[PeersEntry]) -> PeersDocument:
    """The document of these parties, signed by nobody yet.

    Raises:
        ValueError: fewer than two parties, too many, one twice, or without a title.
    """
    ordered = tuple(sorted(entries, key=lambda entry: entry.party))
    if not _is_sound(ordered):
        raise ValueError("a meeting of two parties or more, each once, each with a title")
    parties = [
        {
            "party": entry.party,
            "title": entry.title,
            "roots": entry.keyring.digest.hex(),
            "keyring": entry.keyring.envelope.text,
        }
        for entry in ordered
    ]
    envelope = envelope_of(KIND, {"v": FORMAT, "parties": parties})
    return PeersDocument(entries=ordered, envelope=envelope)


def _is_sound(entries: tuple[PeersEntry, ...]) -> bool:
    return (
        2 <= len(entries) <= MAX_PARTIES
        and len({entry.party for entry in entries}) == len(entries)
        and all(_is_title(entry.title) for entry in entries)
    )


def _is_title(title: str) -> bool:
    """Whether it can be shown as it is: nothing in it moves a cursor or hides a letter."""
    return 0 < len(title) <= MAX_TITLE and title.isprintable() and title == title.strip()


def read_peers(text: str, *, place: str = "peers") -> PeersDocument:
    """The document in a text; each keyring in it is signed by its own roots.

    Raises:
        IntegrityError: at `place`, `peers-malformed`.
    """
    try:
        envelope = read_envelope(text, kind=KIND, place=place)
        entries = [_entry(item, place) for item in payload_in(envelope, place=place)["parties"]]
        document = peers_document(entries)
        if document.envelope.payload != envelope.payload:
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, IntegrityError):
        raise IntegrityError(place, "peers-malformed") from None
    return PeersDocument(entries=document.entries, envelope=envelope)


def _entry(item: Mapping[str, Any], place: str) -> PeersEntry:
    title = item["title"]
    if not isinstance(title, str):
        raise TypeError
    return PeersEntry(title=title, keyring=read_keyring(item["keyring"], place=place))
