"""What a holder's own list says of detention; never for the other party."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId, ListId


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDetained:
    """Place of detention and health as the list words them.

    Source:
        GC IV art. 137 (withheld from the Power of origin, never from the Agency).
    """

    list_id: ListId
    line_id: LineId
    held_at: str = ""
    health: str = ""


KIND = Kind(
    name="line.detained",
    payload=LineDetained,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.AGENCY,
    redacted=frozenset({"health", "held_at"}),
)
