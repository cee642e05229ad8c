"""What did the log look like, signed?

A C2SP tlog-checkpoint: the text `origin`, size, base64 root, followed by a
signature line of a C2SP signed note. One signature stands for every statement
below it. Source: C2SP tlog-checkpoint and signed-note specifications.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms.errors import IntegrityError

_NOTE = re.compile(
    r"(?P<origin>[!-~]+)\n(?P<size>0|[1-9][0-9]{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n\n"
    "— (?P<name>[!-~]+) (?P<signature>[A-Za-z0-9+/]+={0,2})\n",
    re.ASCII,
)
_ED25519 = b"\x01"
LINE_BYTES = 4 + SIGNATURE_BYTES


class Signers(Protocol):
    """Whose signature counts: a keyring, or a single key."""

    def signers_at(self, size: int) -> Sequence[VerifyKey]:
        """The keys that may sign a checkpoint of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Size and root of a log.

    Attributes:
        origin: name of the log, `repatria/<party>`.
        size: number of entries.
        root: 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def origin_of(party: str) -> str:
    """The name of a party's log."""
    return f"repatria/{party}"


def _key_id(name: str, key: VerifyKey) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + key.raw).digest()[:4]


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The signed note as text."""
    name = checkpoint.origin
    signature = key.sign(checkpoint.text.encode())
    line = base64.b64encode(_key_id(name, key.verify_key) + signature).decode()
    return f"{checkpoint.text}\n— {name} {line}\n"


def read_note(note: str, *, place: str) -> tuple[Checkpoint, bytes]:
    """The checkpoint in a note and its signature line's bytes; nobody's signature is checked.

    Raises:
        IntegrityError: at `place`: not a checkpoint, or a second spelling of one.
    """
    match = _NOTE.fullmatch(note)
    if match is None:
        raise IntegrityError(place, "checkpoint-malformed")
    try:
        root = base64.b64decode(match["root"], validate=True)
        line = base64.b64decode(match["signature"], validate=True)
    except (ValueError, binascii.Error):
        raise IntegrityError(place, "checkpoint-malformed") from None
    checkpoint = Checkpoint(origin=match["origin"], size=int(match["size"]), root=root)
    if len(line) != LINE_BYTES or write_note(checkpoint, line, name=match["name"]) != note:
        raise IntegrityError(place, "checkpoint-malformed")
    if match["name"] != checkpoint.origin:
        raise IntegrityError(place, "checkpoint-wrong-key")
    return checkpoint, line


def write_note(checkpoint: Checkpoint, line: bytes, *, name: str = "") -> str:
    """The note of a checkpoint with the bytes of its signature line."""
    spelled = base64.b64encode(line).decode()
    return f"{checkpoint.text}\n— {name or checkpoint.origin} {spelled}\n"


def open_checkpoint(note: str, key: Signers, *, place: str) -> Checkpoint:
    """The checkpoint in a note that one of the keys for its size signed.

    Raises:
        IntegrityError: at `place`: not a checkpoint, another key, bad signature,
            or a second spelling of the same bytes.
    """
    checkpoint, line = read_note(note, place=place)
    named = [
        each
        for each in key.signers_at(checkpoint.size)
        if line[:4] == _key_id(checkpoint.origin, each)
    ]
    if not named:
        raise IntegrityError(place, "checkpoint-wrong-key")
    if not any(each.verifies(checkpoint.text.encode(), line[4:]) for each in named):
        raise IntegrityError(place, "checkpoint-bad-signature")
    return checkpoint
