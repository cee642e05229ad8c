"""What did packages of format 1 say?

They were signed and not sealed: a header line naming sender and key, 64 bytes of
Ed25519 signature, compressed canonical JSON. None are made any more; whatever
was once signed must stay readable. Format: `docs/formats/package-1.md`.
"""

import re
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from repatria.ledger.canonical import decode
from repatria.ledger.checkpoint import Checkpoint, open_checkpoint, origin_of
from repatria.ledger.merkle import EMPTY_ROOT
from repatria.ledger.package_content import Package, read_bodies, read_commitments, whole
from repatria.ledger.signing import SIGNATURE_BYTES, VerifyKey
from repatria.terms import IntegrityError, PartyCode

_HEADER = re.compile(rb"repatria-package/1 ([!-~]{1,64}) ([A-Za-z0-9+/]{43}=)\n")
_TAG = b"\x00repatria/package/v1\x00"
MAX_CONTENT_BYTES = 1024 * 1024 * 1024


def is_format_1(raw: bytes) -> bool:
    """Whether the bytes begin as a package of format 1 does."""
    return raw.startswith(b"repatria-package/1 ")


def open_package_1(raw: bytes, *, place: str = "package") -> Package:
    """The content of a file of format 1 after every check that needs no mirror.

    Raises:
        IntegrityError: anything is not as the key named inside signed it.
    """
    match = _HEADER.match(raw)
    if match is None:
        raise IntegrityError(place, "not-a-package")
    try:
        sender, key = PartyCode(match[1].decode()), VerifyKey.from_text(match[2].decode())
    except ValueError:
        raise IntegrityError(place, "not-a-package") from None
    signature = raw[match.end() : match.end() + SIGNATURE_BYTES]
    packed = raw[match.end() + SIGNATURE_BYTES :]
    if not key.verifies(_TAG + match[0] + packed, signature):
        raise IntegrityError(f"{place} signature", "package-bad-signature")
    content = decode(_inflate(packed, place), place=f"{place} content")
    try:
        if content["from"] != sender or content["v"] != 1 or type(content["v"]) is not int:
            raise ValueError
        return _read(content, sha256(raw).hexdigest(), key, place)
    except (KeyError, TypeError, ValueError, AttributeError):
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
    sender, recipient, have = content["from"], content["to"], whole(content["have"])
    if not isinstance(recipient, str):
        raise IntegrityError(f"{place} content", "package-malformed")
    commitments = read_commitments(content["commitments"], place=f"{place} commitments")
    checkpoint = _open_head(content["checkpoint"], sender, key, place)
    if checkpoint.size != have + len(commitments):
        raise IntegrityError(f"{place} checkpoint", "checkpoint-size-differs")
    return Package(
        digest=digest,
        sender=PartyCode(sender),
        recipients=(PartyCode(recipient),),
        key=key,
        have=have,
        note=content["checkpoint"],
        checkpoint=checkpoint,
        commitments=commitments,
        bodies=read_bodies(content["bodies"], sender, have, commitments, place=place),
        seen={
            party: (whole(size), bytes.fromhex(root).hex())
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
