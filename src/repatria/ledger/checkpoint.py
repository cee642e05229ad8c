"""What did the log look like, signed?

A C2SP tlog-checkpoint: the text `origin`, size, base64 root, followed by a
signature line of a C2SP signed note. One signature stands for every statement
below it. Source: C2SP tlog-checkpoint and signed-note specifications.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.terms.errors import IntegrityError

_NOTE = re.compile(
    r"(?P<origin>[!-~]+)\n(?P<size>0|[1-9][0-9]{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n\n"
    "— (?P<name>[!-~]+) (?P<signature>[A-Za-z0-9+/]+={0,2})\n",
    re.ASCII,
)
_ED25519 = b"\x01"


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


def open_checkpoint(note: str, key: VerifyKey, *, place: str) -> Checkpoint:
    """The checkpoint in a note that this key signed.

    Raises:
        IntegrityError: at `place`: not a checkpoint, another key, bad signature,
            or a second spelling of the same bytes.
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
    spelled = f"{checkpoint.text}\n— {match['name']} {base64.b64encode(line).decode()}\n"
    if spelled != note or len(line) != 4 + SIGNATURE_BYTES:
        raise IntegrityError(place, "checkpoint-malformed")
    if match["name"] != checkpoint.origin or line[:4] != _key_id(match["name"], key):
        raise IntegrityError(place, "checkpoint-wrong-key")
    if not key.verifies(checkpoint.text.encode(), line[4:]):
        raise IntegrityError(place, "checkpoint-bad-signature")
    return checkpoint
