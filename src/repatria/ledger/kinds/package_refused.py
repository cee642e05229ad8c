"""A package that waited was not taken in, and why."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRefused:
    """Somebody looked at a package and said no; it can still be taken in later.

    Attributes:
        origin: whose package.
        digest: SHA-256 of the file, hexadecimal.
        reason: in words.
    """

    origin: PartyCode
    digest: str
    reason: str


KIND = Kind(
    name="package.refused",
    payload=PackageRefused,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
    redacted=frozenset({"reason"}),
)
