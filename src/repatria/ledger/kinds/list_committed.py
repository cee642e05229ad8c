"""A party binds itself to a list that nobody else can read yet."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCommitted:
    """The commitment; it says how long the list is to a power of two, and nothing else.

    Attributes:
        party: whose list it is; the party that speaks.
        root: Merkle root over the slots, hexadecimal.
        slots: how many there are, with those where nobody stands.
        terms: digest of the terms of the round that are accepted by this.
    """

    round_id: RoundId
    party: PartyCode
    root: str
    slots: int
    terms: str


KIND = Kind(
    name="list.committed",
    payload=ListCommitted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
