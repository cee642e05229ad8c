"""What did we take in, and up to where do we now hold the sender's log?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReceived:
    """A package was taken in; also our anchor of the sender's log.

    Attributes:
        origin: the sender.
        digest: SHA-256 of the file, hexadecimal.
        size, root: head of the sender's log, root in hexadecimal.
        disclosed: places of the bodies received, as ranges `0-4,7`.
        holds: in notes of packages of format 1: size of our log that the sender held.
    """

    origin: PartyCode
    digest: str
    size: int
    root: str
    disclosed: str
    holds: int = 0


KIND = Kind(
    name="package.received",
    payload=PackageReceived,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.OWN,
)
