"""A party signs that it delivered, or received, something that was promised."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReceipted:
    """One side's receipt for a consideration that is no person; persons have their own.

    Attributes:
        side: `delivered` or `received`.
        on: the day.
        amount: how many; None for what cannot be counted.
        words: what exactly: sheets, sectors, a document.
        digest: SHA-256 of the thing, where it is a file; hexadecimal.
    """

    commitment_id: str
    side: str
    on: PartialDate
    amount: int | None = None
    words: str = ""
    digest: str = ""


KIND = Kind(
    name="commitment.receipted",
    payload=CommitmentReceipted,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
