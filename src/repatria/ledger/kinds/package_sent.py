"""What was handed to whom? Noted before the file leaves the house."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSent:
    """A package was made.

    Attributes:
        digest: SHA-256 of the file, hexadecimal.
        have: size the recipient was known to hold.
        size: size of our log in the package.
        disclosed: how many bodies it holds.
    """

    to: PartyCode
    digest: str
    have: int
    size: int
    disclosed: int


KIND = Kind(
    name="package.sent",
    payload=PackageSent,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
