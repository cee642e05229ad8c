"""Somebody said in public that a promise was kept, or was not."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentTold:
    """A claim about a commitment; it changes nothing about what was signed for.

    Attributes:
        says: `kept`, `partly`, `broken`, `denied` (that it was ever promised) or `withdrawn`.
        words: as the speaker put it.
    """

    commitment_id: str
    speaker: str
    via: str
    said_on: PartialDate
    says: str
    words: str = ""


KIND = Kind(
    name="commitment.told",
    payload=CommitmentTold,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
