"""Somebody promised somebody something, by a day, in a joint statement or in terms."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMade:
    """A promise as it was recorded, with where it was made in the statement's ground.

    Attributes:
        promised_by, promised_to: codes of parties, or names of others.
        what: `release`, `withdraw`, `deliver`, `drop_objection`, `sign` or `other`.
        words: as the text says it.
        amount, unit: how many of what; no amount where nothing can be counted.
        due: by when; None when the text names no day.
    """

    commitment_id: str
    promised_by: str
    promised_to: str
    what: str
    words: str
    amount: int | None = None
    unit: str = ""
    due: PartialDate | None = None


KIND = Kind(
    name="commitment.made",
    payload=CommitmentMade,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
