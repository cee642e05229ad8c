"""What does a package say, once its signature was checked?

The parts that every format of packages shares: what is read from it, and how
each body is compared with its commitment.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from repatria.ledger.checkpoint import Checkpoint
from repatria.ledger.commitment import SALT_BYTES, commitment
from repatria.ledger.log import Disclosed
from repatria.ledger.merkle import HASH_BYTES, root_of
from repatria.ledger.signing import VerifyKey
from repatria.ledger.statement import Statement, read_statement
from repatria.terms import IntegrityError, PartyCode

MAX_ENTRIES = 5_000_000
Bodies = tuple[tuple[Disclosed, Statement], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The recipient's own log as the sender mirrors it, to heal what was lost.

    Attributes:
        have: size the commitments start at.
        note: the newest checkpoint the sender holds, signed by the recipient.
        commitments: entries `have` to there.
        bodies: those the sender was given.
    """

    have: int
    note: str
    commitments: tuple[bytes, ...]
    bodies: Bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package as its signed content says; not yet compared with our mirror.

    Attributes:
        digest: SHA-256 of the whole file as it travelled, hexadecimal.
        recipients: whom it is for; it stands inside the signed part.
        key: that signed it; whether it may is asked with the sender's keyring.
        have: size the recipients are said to hold.
        base: the sender's signed checkpoint of size `have`; empty when not told.
        note, checkpoint: the head of the sender's log, signed.
        commitments: entries `have` to the head.
        attachments: files that disclosed statements name, by SHA-256.
        keyrings: envelopes of the sender's keyring versions the recipients may not know.
        until: moment after which the sender does not want it accepted any more.
        returned: the recipient's own log, if the sender gives it back.
        seen: in packages of format 1: heads of other logs as the sender holds them.
    """

    digest: str
    sender: PartyCode
    recipients: tuple[PartyCode, ...]
    key: VerifyKey
    have: int
    note: str
    checkpoint: Checkpoint
    commitments: tuple[bytes, ...]
    bodies: Bodies
    base: str = ""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    keyrings: tuple[str, ...] = ()
    until: datetime | None = None
    returned: Returned | None = None
    seen: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def read_commitments(text: object, *, place: str) -> tuple[bytes, ...]:
    """The entries in base64.

    Raises:
        IntegrityError: at `place`, `package-malformed`.
    """
    joined = unb64(text)
    if len(joined) % HASH_BYTES or len(joined) > MAX_ENTRIES * HASH_BYTES:
        raise IntegrityError(place, "package-malformed")
    return tuple(joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES))


def read_bodies(
    rows: object,
    author: str,
    have: int,
    commitments: Sequence[bytes],
    *,
    place: str,
) -> Bodies:
    """The bodies, each in its place, as committed to, and by their author.

    Raises:
        IntegrityError: naming the statement.
        TypeError, ValueError: the rows are not such rows.
    """
    if not isinstance(rows, list):
        raise TypeError
    bodies = []
    last, end = have - 1, have + len(commitments)
    for seq, salt_text, text in rows:
        if type(seq) is not int or not last < seq < end:
            raise IntegrityError(f"{place} bodies", "body-out-of-place")
        if not isinstance(text, str):
            raise TypeError
        salt, body = unb64(salt_text), text.encode("utf-8")
        last = seq
        where = f"{place} {author}/{seq}"
        if len(salt) != SALT_BYTES or commitment(salt, body) != commitments[seq - have]:
            raise IntegrityError(where, "body-not-as-committed")
        statement = read_statement(body, place=where)
        if statement.by != author:
            raise IntegrityError(where, "body-by-another-party")
        bodies.append((Disclosed(seq=seq, salt=salt, body=body), statement))
    return tuple(bodies)


def check_root(package: Package, *, place: str) -> None:
    """Nothing, when the entries of a package from the beginning make the root that was signed.

    Taking a package in compares the root with the mirror (`arriving`); this is for
    whoever looks at a file alone.

    Raises:
        IntegrityError: at `place`, `root-differs`.
    """
    if package.have == 0 and root_of(package.commitments) != package.checkpoint.root:
        raise IntegrityError(f"{place} checkpoint", "root-differs")


def b64(raw: bytes) -> str:
    """Base64 as it stands in packages."""
    return base64.b64encode(raw).decode()


def unb64(text: object) -> bytes:
    """The bytes of base64 in its one spelling.

    Raises:
        ValueError: for anything else (`binascii.Error` is one).
        TypeError: it is no text.
    """
    if not isinstance(text, str):
        raise TypeError
    raw = base64.b64decode(text, validate=True)
    if b64(raw) != text:
        raise ValueError("not the one spelling")
    return raw


def whole(value: object) -> int:
    """The value, if it is a whole number that is not negative; else TypeError."""
    if type(value) is not int or value < 0:
        raise TypeError
    return value
