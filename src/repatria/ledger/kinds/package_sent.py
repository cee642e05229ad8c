"""What was handed to whom? Noted before the file leaves the house."""

from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSent:
    """A package was made.

    Attributes:
        to: the recipient, the first of several.
        digest: SHA-256 of the file, hexadecimal.
        have: size the recipient was known to hold.
        size: size of our log in the package.
        disclosed: how many bodies it holds.
        others: further recipients of the same file.
        until: moment after which it should not be accepted any more.
    """

    to: PartyCode
    digest: str
    have: int
    size: int
    disclosed: int
    others: tuple[PartyCode, ...] = ()
    until: datetime | None = None


KIND = Kind(
    name="package.sent",
    payload=PackageSent,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
