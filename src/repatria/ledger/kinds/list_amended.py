"""A party changes the list it had committed to: the only way, and everybody sees it."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAmended:
    """A commitment in place of the former one, with the reason.

    Attributes:
        party, root, slots, terms: as in `list.committed`.
        reason: why, in words the other party may read.
    """

    round_id: RoundId
    party: PartyCode
    root: str
    slots: int
    terms: str
    reason: str


KIND = Kind(
    name="list.amended",
    payload=ListAmended,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
