"""With which keys does a party speak, up to where in its log, and who says so?

A keyring is a document signed by a threshold of the party's root keys, which are
kept offline and apart. It names node keys and the sizes of the log for which
each may sign: validity in log size, never in time. The next version is believed
when a threshold of the old and a threshold of the new root keys signed it, and
never more than one version at a time (the rule of TUF for its root role,
TUF specification 1.0 section 5.3).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from repatria.ledger.document import (
    Envelope,
    envelope_of,
    payload_in,
    read_envelope,
    signers,
)
from repatria.ledger.sealing import Recipient
from repatria.ledger.signing import VerifyKey
from repatria.terms.errors import IntegrityError
from repatria.terms.parties import PUBLIC, PartyCode

KIND = "keyring"
FORMAT = 1
# Of a party and of a node: they are read out, printed and stand in audiences.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
MAX_ROOTS = 16
MAX_NODES = 256
# Points of small order: a "signature" by such a key fits any message, whoever made it.
# Source: RFC 8032 section 7 (Security Considerations); the eight points, and their other spellings.
_WEAK = frozenset(
    bytes.fromhex(text)
    for text in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKey:
    """The public keys of an installation, and where in the log they count.

    Attributes:
        name: of the installation, such as `node-1`.
        key: signs checkpoints, packages and documents.
        witness: signs receipts for other parties' checkpoints.
        recipient: what is sealed for the installation is sealed for this key.
        from_size: the key may sign checkpoints of more entries than this...
        to_size: ... and of no more than this; None while it is in use.
    """

    name: str
    key: VerifyKey
    witness: VerifyKey
    recipient: Recipient
    from_size: int = 0
    to_size: int | None = None

    def may_sign(self, size: int) -> bool:
        """Whether it may sign a checkpoint of this size; one of nothing counts as the first."""
        size = max(size, 1)
        return self.from_size < size and (self.to_size is None or size <= self.to_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """A party's keys, as its root keys signed them.

    Attributes:
        version: from 1, each replacing the one before.
        threshold: how many root keys have to sign.
        roots: the root keys, in order of their text.
        nodes: installations, in the order in which they were added.
        envelope: the signed document itself.
    """

    party: PartyCode
    version: int
    threshold: int
    roots: tuple[VerifyKey, ...]
    nodes: tuple[NodeKey, ...]
    envelope: Envelope = field(repr=False)

    def signers_at(self, size: int) -> tuple[VerifyKey, ...]:
        """The keys that may sign a checkpoint of this size."""
        return tuple(node.key for node in self.nodes if node.may_sign(size))

    @property
    def current(self) -> NodeKey:
        """The node key in use, the newest one when several are.

        Raises:
            ValueError: none is: the party has ended its log.
        """
        for node in reversed(self.nodes):
            if node.to_size is None:
                return node
        raise ValueError("no node key is in use")

    @property
    def newest(self) -> NodeKey:
        """The node key in use, or the last one that was when the party has ended its log."""
        return next((n for n in reversed(self.nodes) if n.to_size is None), self.nodes[-1])

    @property
    def witnesses(self) -> tuple[VerifyKey, ...]:
        """The keys with which the party signs receipts, those of former nodes included."""
        return tuple(node.witness for node in self.nodes)

    @property
    def digest(self) -> bytes:
        """16 bytes that stand for the root keys and their threshold, whatever the node keys are."""
        told = f"{self.party}\n{self.threshold}\n" + "".join(f"{r.text}\n" for r in self.roots)
        return sha256(b"repatria/roots/v1\n" + told.encode()).digest()[:16]

    @property
    def fingerprint(self) -> str:
        """Eight groups of four hexadecimal digits, to be read aloud at a meeting."""
        text = self.digest.hex()
        return " ".join(text[i : i + 4] for i in range(0, 32, 4))


def keyring_document(
    *,
    party: PartyCode,
    version: int,
    threshold: int,
    roots: Iterable[VerifyKey],
    nodes: Sequence[NodeKey],
) -> Envelope:
    """The unsigned envelope of a keyring."""
    return envelope_of(
        KIND,
        {
            "v": FORMAT,
            "party": party,
            "version": version,
            "threshold": threshold,
            "roots": sorted(root.text for root in roots),
            "nodes": [_node_to_json(node) for node in nodes],
        },
    )


def _node_to_json(node: NodeKey) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": node.name,
        "key": node.key.text,
        "witness": node.witness.text,
        "recipient": node.recipient.text,
        "from_size": node.from_size,
    }
    if node.to_size is not None:
        out["to_size"] = node.to_size
    return out


@lru_cache(maxsize=256)  # asked for with every package, and each costs several signatures
def read_keyring(text: str, *, place: str = "keyring") -> Keyring:
    """The keyring in an envelope that a threshold of its own root keys signed.

    That shows that it is whole, not whose it is: the fingerprint is compared at
    first contact, and `next_keyring` decides about later versions.

    Raises:
        IntegrityError: at `place`: `keyring-malformed`, `keyring-not-signed`.
    """
    keyring = read_unsigned_keyring(text, place=place)
    if len(signers(keyring.envelope, keyring.roots)) < keyring.threshold:
        raise IntegrityError(place, "keyring-not-signed")
    return keyring


def read_unsigned_keyring(text: str, *, place: str = "keyring") -> Keyring:
    """The keyring in an envelope, whoever signed it: for showing it before it is signed.

    Raises:
        IntegrityError: at `place`, `keyring-malformed`.
    """
    try:
        envelope = read_envelope(text, kind=KIND, place=place)
        return _keyring_in(payload_in(envelope, place=place), envelope)
    except (KeyError, TypeError, ValueError, AttributeError, IntegrityError):
        raise IntegrityError(place, "keyring-malformed") from None


def _keyring_in(value: Mapping[str, Any], envelope: Envelope) -> Keyring:
    roots = tuple(VerifyKey.from_text(_text(item)) for item in value["roots"])
    nodes = tuple(_node_in(item) for item in value["nodes"])
    keyring = Keyring(
        party=PartyCode(_text(value["party"])),
        version=_whole(value["version"]),
        threshold=_whole(value["threshold"]),
        roots=roots,
        nodes=nodes,
        envelope=envelope,
    )
    again = keyring_document(
        party=keyring.party,
        version=keyring.version,
        threshold=keyring.threshold,
        roots=roots,
        nodes=nodes,
    )
    sound = (
        again.payload == envelope.payload
        and value["v"] == FORMAT
        and keyring.version >= 1
        and 1 <= keyring.threshold <= len(roots) <= MAX_ROOTS
        and len({root.raw for root in roots}) == len(roots)
        and 1 <= len(nodes) <= MAX_NODES
        and all(_NAME.fullmatch(name) for name in (keyring.party, *(n.name for n in nodes)))
        and keyring.party != PUBLIC
        and _are_apart(roots, nodes)
        and all(node.to_size is None or node.to_size >= node.from_size for node in nodes)
    )
    if not sound:
        raise ValueError
    return keyring


def _are_apart(roots: Sequence[VerifyKey], nodes: Sequence[NodeKey]) -> bool:
    """No key serves twice: a receipt is no checkpoint, a former node no new one, no root a node."""
    keys = [key.raw for node in nodes for key in (node.key, node.witness)]
    keys += [root.raw for root in roots]
    if any(raw[:-1] + bytes([raw[-1] & 0x7F]) in _WEAK for raw in keys):
        return False
    sealed = {node.recipient.text for node in nodes}
    names = {node.name for node in nodes}
    return len(set(keys)) == len(keys) and len(sealed) == len(names) == len(nodes)


def _node_in(value: Mapping[str, Any]) -> NodeKey:
    return NodeKey(
        name=_text(value["name"]),
        key=VerifyKey.from_text(_text(value["key"])),
        witness=VerifyKey.from_text(_text(value["witness"])),
        recipient=Recipient(_text(value["recipient"])),
        from_size=_whole(value["from_size"]),
        to_size=_whole(value["to_size"]) if "to_size" in value else None,
    )


def next_keyring(known: Keyring, coming: Keyring, *, held: int, place: str = "keyring") -> Keyring:
    """The coming keyring, when it may follow the known one.

    Args:
        known: the newest version we believe.
        coming: a keyring that its own roots signed (`read_keyring`).
        held: how many entries of the party's log we hold: no key that signed
            them may lose them afterwards.

    Raises:
        IntegrityError: at `place`: `keyring-other-party`, `keyring-rolled-back`,
            `keyring-version-skipped`, `keyring-not-signed` (by too few of the old
            roots), `keyring-rewrites-history`.
    """
    if coming.version == known.version and coming.envelope.payload == known.envelope.payload:
        return known
    _check_version(known, coming, place)
    if len(signers(coming.envelope, known.roots)) < known.threshold:
        raise IntegrityError(place, "keyring-not-signed")
    check_succession(known, coming, held=held, place=place)
    return coming


def check_succession(known: Keyring, coming: Keyring, *, held: int, place: str = "keyring") -> None:
    """Nothing, when what a keyring says may follow the known one, whoever signed it so far.

    Raises:
        IntegrityError: as `next_keyring`, save `keyring-not-signed`.
    """
    _check_version(known, coming, place)
    if not _keeps_history(known.nodes, coming.nodes, held):
        raise IntegrityError(place, "keyring-rewrites-history")


def _check_version(known: Keyring, coming: Keyring, place: str) -> None:
    if coming.party != known.party:
        raise IntegrityError(place, "keyring-other-party")
    if coming.version <= known.version:
        raise IntegrityError(place, "keyring-rolled-back")
    if coming.version != known.version + 1:
        raise IntegrityError(place, "keyring-version-skipped")


def _keeps_history(old: Sequence[NodeKey], new: Sequence[NodeKey], held: int) -> bool:
    """Former nodes stay as they were; one in use may be ended, not before what we hold."""
    if len(new) < len(old):
        return False
    for before, after in zip(old, new, strict=False):
        same = (before.name, before.key, before.witness, before.recipient, before.from_size)
        if same != (after.name, after.key, after.witness, after.recipient, after.from_size):
            return False
        if before.to_size != after.to_size and (
            before.to_size is not None or after.to_size is None or after.to_size < held
        ):
            return False
    return True


def follow(known: Keyring, envelopes: Iterable[str], *, held: int, place: str) -> Keyring:
    """The newest keyring after each of these was taken in its turn; older ones are passed over.

    Raises:
        IntegrityError: as `read_keyring` and `next_keyring`.
    """
    return (known, *steps(known, envelopes, held=held, place=place))[-1]


def steps(
    known: Keyring, envelopes: Iterable[str], *, held: int, place: str
) -> tuple[Keyring, ...]:
    """Each version that these bring beyond the known one, in order; none when all are older.

    Raises:
        IntegrityError: as `read_keyring` and `next_keyring`.
    """
    found: list[Keyring] = []
    for text in envelopes:
        coming = read_keyring(text, place=place)
        if coming.party != known.party:
            raise IntegrityError(place, "keyring-other-party")
        if coming.version < known.version:
            continue
        after = next_keyring(known, coming, held=held, place=place)
        if after is not known:
            found.append(after)
        known = after
    return tuple(found)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
