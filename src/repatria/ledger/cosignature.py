"""Who else has seen this head of a log, and when did he say so?

A C2SP tlog-cosignature (v1, Ed25519): "this is the largest consistent head of
this log that I have seen, at this time". It is a party's receipt for a package:
whoever gave it can no longer say that he had not received what is below it. It
is made with a key of its own, never with the one that signs the party's own log.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from repatria.ledger.checkpoint import Checkpoint, open_checkpoint, origin_of
from repatria.ledger.keyring import Keyring
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms.errors import IntegrityError

_COSIGNATURE = b"\x04"
_LINE = re.compile(r"— (?P<name>[!-~]+) (?P<signature>[A-Za-z0-9+/]+={0,2})\n", re.ASCII)
_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A receipt that was checked.

    Attributes:
        name: of who gave it, `repatria/<party>`.
        at: the moment he claims.
    """

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A head of a log, and who else has seen it."""

    checkpoint: Checkpoint
    cosignature: Cosignature


def cosign(checkpoint: Checkpoint, *, name: str, key: SigningKey, at: datetime) -> str:
    """The signature line, as it is appended to the checkpoint's note.

    Args:
        name: of who gives it, `repatria/<party>`.
        key: his witness key.
        at: the present moment; whole seconds are kept.
    """
    seconds = int(at.timestamp())
    signature = key.sign(_message(checkpoint, seconds))
    line = _key_id(name, key.verify_key) + seconds.to_bytes(8, "big") + signature
    return f"— {name} {base64.b64encode(line).decode()}\n"


def open_cosignature(
    line: str, checkpoint: Checkpoint, keys: Iterable[VerifyKey], *, place: str
) -> Cosignature:
    """The receipt in a line, if one of these witness keys gave it for this checkpoint.

    Raises:
        IntegrityError: at `place`: `cosignature-malformed`, `cosignature-bad-signature`.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise IntegrityError(place, "cosignature-malformed")
    try:
        raw = base64.b64decode(match["signature"], validate=True)
    except (ValueError, binascii.Error):
        raise IntegrityError(place, "cosignature-malformed") from None
    again = base64.b64encode(raw).decode()
    if again != match["signature"] or len(raw) != 12 + SIGNATURE_BYTES:
        raise IntegrityError(place, "cosignature-malformed")
    seconds = int.from_bytes(raw[4:12], "big")
    if seconds > _LATEST:
        raise IntegrityError(place, "cosignature-malformed")
    for key in keys:
        named = raw[:4] == _key_id(match["name"], key)
        if named and key.verifies(_message(checkpoint, seconds), raw[12:]):
            return Cosignature(name=match["name"], at=datetime.fromtimestamp(seconds, UTC))
    raise IntegrityError(place, "cosignature-bad-signature")


def open_receipt(text: str, log: Keyring, witness: Keyring, *, place: str = "receipt") -> Receipt:
    """The receipt in a file: a signed note with one line more, the cosignature.

    Args:
        log: keyring of the party whose log it is.
        witness: keyring of the other party that gave the receipt.

    Raises:
        IntegrityError: at `place`: the note is not his, or the line not of the other.
    """
    head, _, line = text.removesuffix("\n").rpartition("\n")
    checkpoint = open_checkpoint(head + "\n", log, place=place)
    if checkpoint.origin != origin_of(log.party):
        raise IntegrityError(place, "checkpoint-other-log")
    line += "\n" if text.endswith("\n") else ""
    cosignature = open_cosignature(line, checkpoint, witness.witnesses, place=place)
    if cosignature.name != origin_of(witness.party) or witness.party == log.party:
        raise IntegrityError(place, "cosignature-bad-signature")
    return Receipt(checkpoint=checkpoint, cosignature=cosignature)


def _message(checkpoint: Checkpoint, seconds: int) -> bytes:
    """Source: C2SP tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.text}".encode()


def _key_id(name: str, key: VerifyKey) -> bytes:
    return sha256(name.encode() + b"\n" + _COSIGNATURE + key.raw).digest()[:4]
