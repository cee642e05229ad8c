"""A package that was made should not be taken in any more."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRevoked:
    """Its sender takes it back; whoever took it in already keeps what it brought.

    Attributes:
        digest: SHA-256 of the file, hexadecimal.
        reason: in words.
    """

    digest: str
    reason: str


KIND = Kind(
    name="package.revoked",
    payload=PackageRevoked,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
