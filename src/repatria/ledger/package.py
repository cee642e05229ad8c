"""What travels between installations, and is it whole and for us?

A file: a header line naming sender and key, 64 bytes of Ed25519 signature,
compressed canonical JSON. The signature covers header and compressed bytes and
is checked before anything is unpacked; then size limits, then parsing, then
every commitment, the root and each body. Only `IntegrityError` escapes, and
nothing is taken in before all checks are done. Format: `docs/formats/package.md`.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from repatria.ledger.canonical import decode, encode
from repatria.ledger.checkpoint import Checkpoint, open_checkpoint, origin_of
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.log import Arrival, Disclosed, Log
from repatria.ledger.merkle import EMPTY_ROOT, Frontier
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.ledger.statement import Statement, read_statement
from repatria.terms import IntegrityError, PartyCode

_HEADER = re.compile(rb"repatria-package/1 ([!-~]{1,64}) ([A-Za-z0-9+/]{43}=)\n")
MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_CONTENT_BYTES = 1024 * 1024 * 1024
MAX_ENTRIES = 5_000_000
_TAG = b"\x00repatria/package/v1\x00"
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package as its signed content says; not yet compared with our mirror.

    Attributes:
        digest: SHA-256 of the whole file, hexadecimal.
        seen: heads of other logs as the sender holds them: `{party: [size, root]}`.
    """

    digest: str
    sender: PartyCode
    recipient: PartyCode
    key: VerifyKey
    have: int
    note: str
    checkpoint: Checkpoint
    commitments: tuple[bytes, ...]
    bodies: tuple[tuple[Disclosed, Statement], ...]
    seen: Mapping[str, tuple[int, str]]


def make_package(
    log: Log, *, to: PartyCode, have: int, key: SigningKey, seen: Mapping[str, Checkpoint]
) -> bytes:
    """The file that brings a recipient from size `have` to our head.

    It holds every commitment, and the bodies meant for the recipient, no others.

    Args:
        log: ours.
        to: the recipient; stands inside the signed part.
        have: size of our log the recipient is known to hold.
        key: our signing key.
        seen: heads of the peers' logs as we hold them (our acknowledgement).
    """
    content: dict[str, Any] = {
        "v": 1,
        "from": log.party,
        "to": to,
        "have": have,
        "checkpoint": log.signed_head(),
        "commitments": _b64(b"".join(log.commitments(log.party, have))),
        "bodies": [[d.seq, _b64(d.salt), d.body.decode("utf-8")] for d in log.bodies_for(to, have)],
        "seen": {party: [head.size, head.root.hex()] for party, head in sorted(seen.items())},
    }
    packed = zlib.compress(encode(content), 6)
    header = f"repatria-package/1 {log.party} {key.verify_key.text}\n".encode()
    return header + key.sign(_TAG + header + packed) + packed


def sender_of(raw: bytes, *, place: str = "package") -> tuple[PartyCode, VerifyKey]:
    """Whom the header names as sender, and with which key: a claim, for looking the key up.

    Raises:
        IntegrityError: this is not a package.
    """
    header = _HEADER.match(raw)
    if header is None:
        raise IntegrityError(place, "not-a-package")
    try:
        return PartyCode(header[1].decode()), VerifyKey.from_text(header[2].decode())
    except ValueError:
        raise IntegrityError(place, "not-a-package") from None


def open_package(raw: bytes, *, key: VerifyKey | None, place: str = "package") -> Package:
    """The content of a package file after every check that needs no mirror.

    Args:
        raw: the file.
        key: the sender's key as we know it. None: the key named inside is used,
            which shows that the file is whole, not who made it; the caller must
            compare its fingerprint.
        place: how errors name the file.

    Raises:
        IntegrityError: anything is not as the sender signed it.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise IntegrityError(place, "package-too-large")
    sender, named = sender_of(raw, place=place)
    start = raw.index(b"\n") + 1
    header, signature = raw[:start], raw[start : start + SIGNATURE_BYTES]
    packed = raw[start + SIGNATURE_BYTES :]
    if key not in (None, named) or not named.verifies(_TAG + header + packed, signature):
        raise IntegrityError(f"{place} signature", "package-bad-signature")
    content = decode(_inflate(packed, place), place=f"{place} content")
    try:
        if content["from"] != sender:
            raise ValueError
        return _read(content, sha256(raw).hexdigest(), named, place)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise IntegrityError(f"{place} content", "package-malformed") from None


def _inflate(packed: bytes, place: str) -> bytes:
    engine = zlib.decompressobj()
    try:
        content = engine.decompress(packed, MAX_CONTENT_BYTES)
    except zlib.error:
        raise IntegrityError(place, "package-not-readable") from None
    if engine.unconsumed_tail:
        raise IntegrityError(place, "package-too-large")
    if not engine.eof or engine.unused_data:
        raise IntegrityError(place, "package-not-readable")
    return content


def _read(content: Mapping[str, Any], digest: str, key: VerifyKey, place: str) -> Package:
    sender, recipient, have = content["from"], content["to"], content["have"]
    joined = _unb64(content["commitments"])
    numbers = (content["v"], have)
    if numbers[0] != 1 or any(type(n) is not int or n < 0 for n in numbers):
        raise IntegrityError(f"{place} content", "package-malformed")
    if not isinstance(sender, str) or not isinstance(recipient, str) or not sender:
        raise IntegrityError(f"{place} content", "package-malformed")
    if len(joined) % _HASH_BYTES or len(joined) > MAX_ENTRIES * _HASH_BYTES:
        raise IntegrityError(f"{place} commitments", "package-malformed")
    commitments = tuple(joined[i : i + _HASH_BYTES] for i in range(0, len(joined), _HASH_BYTES))
    note = content["checkpoint"]
    checkpoint = _open_head(note, sender, key, place)
    if checkpoint.size != have + len(commitments):
        raise IntegrityError(f"{place} checkpoint", "checkpoint-size-differs")
    return Package(
        digest=digest,
        sender=PartyCode(sender),
        recipient=PartyCode(recipient),
        key=key,
        have=have,
        note=note,
        checkpoint=checkpoint,
        commitments=commitments,
        bodies=_read_bodies(content["bodies"], sender, have, commitments, place),
        seen={
            party: (_whole(size), bytes.fromhex(root).hex())
            for party, (size, root) in content["seen"].items()
        },
    )


def _open_head(note: Any, sender: str, key: VerifyKey, place: str) -> Checkpoint:
    if not isinstance(note, str):
        raise IntegrityError(f"{place} checkpoint", "checkpoint-malformed")
    if note == "":
        return Checkpoint(origin=origin_of(sender), size=0, root=EMPTY_ROOT)
    checkpoint = open_checkpoint(note, key, place=f"{place} checkpoint")
    if checkpoint.origin != origin_of(sender):
        raise IntegrityError(f"{place} checkpoint", "checkpoint-other-log")
    return checkpoint


def _read_bodies(
    rows: Sequence[Any], sender: str, have: int, commitments: Sequence[bytes], place: str
) -> tuple[tuple[Disclosed, Statement], ...]:
    bodies = []
    last = have - 1
    for row in rows:
        seq, salt_text, text = row
        salt, body = _unb64(salt_text), text.encode("utf-8")
        if type(seq) is not int or not last < seq < have + len(commitments):
            raise IntegrityError(f"{place} bodies", "body-out-of-place")
        last = seq
        where = f"{place} {sender}/{seq}"
        if len(salt) != SALT_BYTES or commitment(salt, body) != commitments[seq - have]:
            raise IntegrityError(where, "body-not-as-committed")
        statement = read_statement(body, place=where)
        if statement.by != sender:
            raise IntegrityError(where, "body-by-another-party")
        bodies.append((Disclosed(seq=seq, salt=salt, body=body), statement))
    return tuple(bodies)


def arrival_of(package: Package, log: Log, *, place: str = "package") -> Arrival | None:
    """What the package adds to our mirror; None when we hold all of it already.

    Raises:
        IntegrityError: for another party, a gap, or a log that is not the
            continuation of the one we hold (a fork).
    """
    if package.recipient != log.party:
        raise IntegrityError(place, "package-for-another-party")
    ours = log.head(package.sender)
    if package.have > ours.size:
        raise IntegrityError(place, "package-gap")
    held = log.commitments(package.sender)
    overlap = min(ours.size, package.checkpoint.size)
    if held[package.have : overlap] != package.commitments[: max(0, overlap - package.have)]:
        raise IntegrityError(f"{place} commitments", "log-forked")
    frontier = Frontier()
    for entry in (*held[: package.have], *package.commitments):
        frontier.append(entry)
    if frontier.root() != package.checkpoint.root:
        raise IntegrityError(f"{place} checkpoint", "root-differs")
    if package.checkpoint.size <= ours.size:
        return None
    return Arrival(
        origin=package.sender,
        checkpoint=package.checkpoint,
        note=package.note,
        have=package.have,
        commitments=package.commitments,
        bodies=package.bodies,
    )


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if _b64(raw) != text:
        raise ValueError("not the one spelling")
    return raw


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
