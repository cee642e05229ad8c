"""What travels between installations, and is it whole and for us?

A file in the age format, sealed for its recipients; inside it a header line
naming the sender, his key, 64 bytes of Ed25519 signature, compressed canonical
JSON, and zeros that hide how much it holds. The signature covers all of that and
is checked before anything is unpacked; then limits of size, then parsing, then
every commitment and body. Only `IntegrityError` escapes, and nothing is taken in
before all checks are done. Format: `docs/formats/package.md`.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from repatria.ledger.canonical import decode, encode
from repatria.ledger.checkpoint import (
    LINE_BYTES,
    Checkpoint,
    open_checkpoint,
    origin_of,
    read_note,
    write_note,
)
from repatria.ledger.keyring import Keyring, follow
from repatria.ledger.log import Disclosed, Log
from repatria.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from repatria.ledger.node import NodeSecrets
from repatria.ledger.package_1 import is_format_1, open_package_1
from repatria.ledger.package_content import (
    Package,
    Returned,
    b64,
    read_bodies,
    read_commitments,
    unb64,
    whole,
)
from repatria.ledger.sealing import Identity, Recipient, is_sealed, seal
from repatria.ledger.signing import SIGNATURE_BYTES, VerifyKey
from repatria.terms import IntegrityError, PartyCode
from repatria.terms.times import read_instant, write_instant

_HEADER = re.compile(rb"repatria-package/2 ([!-~]{1,64})\n")
_TAG = b"\x00repatria/package/v2\x00"
_KEY_BYTES = 32
_COMMITMENTS = re.compile(rb'"commitments":"([^"]*)"')
_NEXT_ROW = re.compile(rb'\],\[[0-9]+,"')
MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_CONTENT_BYTES = 256 * 1024 * 1024
# Statements hold random bytes, so they never compress as far as this; a bomb does.
MAX_RATIO = 64
_SLACK = 64 * 1024
# What is sealed has one of these sizes, so that a finder learns little from the file's:
# a single statement (the file is 1 KB at most), one with our receipt (fits the largest
# QR code), a handful, and above that at most 12 % more than it needs (Padmé, Nikitin
# et al. 2019, section 4).
_SMALL, _WITH_RECEIPT, _HANDFUL = 768, 2048, 32 * 1024
QR_BYTES = 1024
_ATTEMPTS = 40


def make_package(
    log: Log,
    *,
    to: Sequence[PartyCode],
    have: int,
    node: NodeSecrets,
    recipients: Sequence[Recipient],
    keyrings: Sequence[str] = (),
    until: datetime | None = None,
    returned: Returned | None = None,
) -> bytes:
    """The file that brings recipients from size `have` to our head.

    It holds every commitment, and the bodies meant for every one of the
    recipients, no others.

    Args:
        log: ours.
        to: the recipients' codes; they stand inside the signed part.
        have: size of our log that each of them is known to hold.
        node: our secrets; the key that signed the head must sign the package.
        recipients: the recipients' keys for sealing.
        keyrings: envelopes of our keyring that they may not know yet.
        until: moment after which it should not be accepted any more.
        returned: the recipient's own log, given back to heal it.
    """
    bodies = _bodies_for(log, to, have)
    attachments = log.attachments_of([d.seq for d in bodies])
    content: dict[str, Any] = {
        "v": 2,
        "from": log.party,
        "to": sorted(to),
        "have": have,
        "head": _pack(log.signed_head()),
        "commitments": b64(b"".join(log.commitments(log.party, have))),
        "bodies": _rows(bodies),
    }
    if have and (base := log.note(log.party, have)):
        content["base"] = _pack(base)
    if attachments:
        content["attachments"] = [[digest, len(raw)] for digest, raw in attachments.items()]
    if keyrings:
        content["keyrings"] = list(keyrings)
    if until is not None:
        content["until"] = write_instant(until)
    if returned is not None:
        content["returned"] = {
            "have": returned.have,
            "note": returned.note,
            "commitments": b64(b"".join(returned.commitments)),
            "bodies": _rows([d for d, _ in returned.bodies]),
        }
    files = b"".join(attachments.values())
    packed = zlib.compress(encode(content) + (b"\n" + files if files else b""), 6)
    return _sealed(_signed(log.party, packed, node), recipients)


def _bodies_for(log: Log, to: Sequence[PartyCode], have: int) -> tuple[Disclosed, ...]:
    """Bodies that may be given to all of them."""
    first, *others = sorted(to)
    bodies = log.bodies_for(PartyCode(first), have)
    for party in others:
        allowed = {d.seq for d in log.bodies_for(PartyCode(party), have)}
        bodies = tuple(d for d in bodies if d.seq in allowed)
    return bodies


def _rows(bodies: Sequence[Disclosed]) -> list[list[Any]]:
    return [[d.seq, b64(d.salt), d.body.decode("utf-8")] for d in bodies]


def _signed(sender: PartyCode, packed: bytes, node: NodeSecrets) -> bytes:
    header = f"repatria-package/2 {sender}\n".encode() + node.signing.verify_key.raw
    size = len(header) + SIGNATURE_BYTES + len(packed)
    padded = packed + bytes(padded_size(size) - size)
    return header + node.signing.sign(_TAG + header + padded) + padded


def padded_size(size: int) -> int:
    """The size that something of this size is padded to before it is sealed.

    Source:
        Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
        Communication with PURBs", PETS 2019, section 4 (Padmé).
    """
    for bucket in (_SMALL, _WITH_RECEIPT, _HANDFUL):
        if size <= bucket:
            return bucket
    exponent = size.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-size // step) * step


def _sealed(plain: bytes, recipients: Sequence[Recipient]) -> bytes:
    sealed = seal(plain, recipients)
    if len(plain) == _SMALL and len(recipients) == 1:
        # Age writers add a stanza of random length; sealing anew draws another.
        for _ in range(_ATTEMPTS):
            if len(sealed) <= QR_BYTES:
                break
            sealed = seal(plain, recipients)
    return sealed


def opened(raw: bytes, identity: Identity | None, *, place: str = "package") -> bytes:
    """The signed inside of a package file; a file that was opened before is given back.

    Raises:
        IntegrityError: it is not for us, too large, or no package.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise IntegrityError(place, "package-too-large")
    if is_sealed(raw):
        if identity is None:
            raise IntegrityError(place, "not-sealed-for-us")
        return identity.open(raw, place=place)
    if _HEADER.match(raw) or is_format_1(raw):
        return raw
    raise IntegrityError(place, "not-a-package")


def open_package(raw: bytes, *, identity: Identity | None, place: str = "package") -> Package:
    """The content of a package file after every check that needs neither keyring nor mirror.

    The key that signed it is the one named inside: this shows that the file is
    whole, and `trust` whether its sender made it.

    Args:
        raw: the file as it travelled, or as it was opened before.
        identity: opens what is sealed for us.
        place: how errors name the file.

    Raises:
        IntegrityError: anything is not as it was signed.
    """
    plain = opened(raw, identity, place=place)
    if is_format_1(plain):
        return open_package_1(plain, place=place)
    match = _HEADER.match(plain)
    if match is None:
        raise IntegrityError(place, "not-a-package")
    signed_from = match.end() + _KEY_BYTES
    header = plain[:signed_from]
    signature = plain[signed_from : signed_from + SIGNATURE_BYTES]
    padded = plain[signed_from + SIGNATURE_BYTES :]
    try:
        key = VerifyKey(header[match.end() :])
    except ValueError:
        raise IntegrityError(place, "not-a-package") from None
    if not key.verifies(_TAG + header + padded, signature):
        raise IntegrityError(f"{place} signature", "package-bad-signature")
    text, files = _split(_inflate(padded, place))
    _refuse_surplus(text, place)
    content = decode(text, place=f"{place} content")
    try:
        if content["from"] != match[1].decode() or content["v"] != 2:
            raise ValueError
        return _read(content, files, sha256(raw).hexdigest(), key, place)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise IntegrityError(f"{place} content", "package-malformed") from None


def _inflate(padded: bytes, place: str) -> bytes:
    engine = zlib.decompressobj()
    limit = min(MAX_CONTENT_BYTES, MAX_RATIO * len(padded) + _SLACK)
    try:
        content = engine.decompress(padded, limit)
    except zlib.error:
        raise IntegrityError(place, "package-not-readable") from None
    if engine.unconsumed_tail:
        raise IntegrityError(place, "package-too-large")
    if not engine.eof or engine.unused_data.strip(b"\0"):
        raise IntegrityError(place, "package-not-readable")
    return content


def _refuse_surplus(text: bytes, place: str) -> None:
    """Refuse more bodies than commitments before a million lists are made of them.

    In canonical bytes a row of `bodies` begins as nothing else does: a quotation mark
    within a text always follows a backslash.
    """
    # Those of a log that is given back count as well: it has bodies of its own.
    letters = sum(match.end(1) - match.start(1) for match in _COMMITMENTS.finditer(text))
    entries = letters * 3 // 4 // HASH_BYTES
    rows = sum(1 for _ in _NEXT_ROW.finditer(text))
    if rows > entries:
        raise IntegrityError(f"{place} bodies", "body-out-of-place")


def _split(content: bytes) -> tuple[bytes, bytes]:
    """The JSON, which holds no line end, and the files behind it."""
    text, _, files = content.partition(b"\n")
    return text, files


def _read(
    content: Mapping[str, Any], files: bytes, digest: str, key: VerifyKey, place: str
) -> Package:
    sender, have = content["from"], whole(content["have"])
    commitments = read_commitments(content["commitments"], place=f"{place} commitments")
    size = have + len(commitments)
    note = _unpack(content["head"], sender, size)
    checkpoint = _open_head(note, sender, size, key, place)
    base = _unpack(content["base"], sender, have) if "base" in content else ""
    return Package(
        digest=digest,
        sender=PartyCode(sender),
        recipients=_recipients(content["to"]),
        key=key,
        have=have,
        base=base,
        note=note,
        checkpoint=checkpoint,
        commitments=commitments,
        bodies=read_bodies(content["bodies"], sender, have, commitments, place=place),
        attachments=_attachments(content.get("attachments", []), files),
        keyrings=_keyrings(content.get("keyrings", [])),
        until=read_instant(content["until"]) if "until" in content else None,
        returned=_returned(content["returned"], content["to"], place)
        if "returned" in content
        else None,
    )


def _keyrings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _recipients(value: Any) -> tuple[PartyCode, ...]:
    out = tuple(PartyCode(_text(item)) for item in value)
    if not isinstance(value, list) or not out or list(out) != sorted(set(out)):
        raise ValueError
    return out


def _open_head(note: str, sender: str, size: int, key: VerifyKey, place: str) -> Checkpoint:
    if note == "":
        if size:
            raise IntegrityError(f"{place} checkpoint", "checkpoint-size-differs")
        return Checkpoint(origin=origin_of(sender), size=0, root=EMPTY_ROOT)
    return open_checkpoint(note, key, place=f"{place} checkpoint")


def _returned(value: Mapping[str, Any], to: Sequence[str], place: str) -> Returned:
    """Somebody's own log given back: only to him alone."""
    if len(to) != 1:
        raise ValueError
    have, where = whole(value["have"]), f"{place} returned"
    commitments = read_commitments(value["commitments"], place=where)
    note = _text(value["note"])
    head, _ = read_note(note, place=where)
    if head.origin != origin_of(to[0]) or head.size != have + len(commitments):
        raise IntegrityError(where, "checkpoint-size-differs")
    bodies = read_bodies(value["bodies"], to[0], have, commitments, place=where)
    return Returned(have=have, note=note, commitments=commitments, bodies=bodies)


def _attachments(rows: Any, files: bytes) -> Mapping[str, bytes]:
    """The files by digest: a file has no name but the hash of its content."""
    if not isinstance(rows, list):
        raise TypeError
    out: dict[str, bytes] = {}
    start = 0
    for digest, size in rows:
        raw = files[start : start + whole(size)]
        start += size
        if digest in out or sha256(raw).hexdigest() != digest:
            raise ValueError
        out[digest] = raw
    if start != len(files):
        raise ValueError
    return out


def trust(package: Package, known: Keyring, *, held: int, place: str = "package") -> Keyring:
    """The sender's keyring after what the package says of it, if its key may sign it.

    Args:
        known: the newest keyring of the sender that we believe.
        held: how many entries of his log we hold.

    Raises:
        IntegrityError: at `place`: somebody else made it, or with a key that has
            no say at this size of the log.
    """
    keyring = follow(known, package.keyrings, held=held, place=f"{place} keyring")
    if package.sender != known.party or package.key not in keyring.signers_at(
        package.checkpoint.size
    ):
        raise IntegrityError(f"{place} signature", "package-bad-signature")
    if package.base:
        open_checkpoint(package.base, keyring, place=f"{place} base")
    return keyring


def _pack(note: str) -> str:
    """A note without what the reader knows already: its root and its signature line."""
    if not note:
        return ""
    checkpoint, line = read_note(note, place="our checkpoint")
    return b64(checkpoint.root + line)


def _unpack(text: Any, sender: str, size: int) -> str:
    if text == "":
        return ""
    raw = unb64(text)
    if len(raw) != HASH_BYTES + LINE_BYTES:
        raise ValueError
    head = Checkpoint(origin=origin_of(sender), size=size, root=raw[:HASH_BYTES])
    return write_note(head, raw[HASH_BYTES:])


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value
