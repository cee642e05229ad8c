"""The opening of a committed list: for the party itself and the intermediary alone."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEscrowed:
    """Everything that is needed to open a commitment.

    Attributes:
        salts: of every slot, 16 bytes each, joined, in base64.
        places: the slots where somebody stands, ascending.
        entries: canonical text of the entry at each of these places.
    """

    round_id: RoundId
    party: PartyCode
    salts: str
    places: tuple[int, ...]
    entries: tuple[str, ...]


KIND = Kind(
    name="list.escrowed",
    payload=ListEscrowed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"entries", "salts"}),
)
