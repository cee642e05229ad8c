"""What happened to a person's custody?"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PartyCode, PersonId


class CustodyEvent(StrEnum):
    """Source: GC III art. 122 (events a bureau must be told of)."""

    CAPTURED = "captured"
    HELD = "held"
    TRANSFERRED = "transferred"
    RELEASED = "released"
    ESCAPED = "escaped"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyNoted:
    """A notice about custody; notices are arranged, never judged.

    Attributes:
        exchange: in which exchange, for a release.
        chain: those through whom the holder has the person, from an ally down to the group that
            guards him; empty when he is in its own hands.
    """

    person: PersonId
    event: CustodyEvent
    holder: PartyCode
    on: PartialDate | None = None
    exchange: str = ""
    chain: tuple[str, ...] = ()


KIND = Kind(
    name="custody.noted",
    payload=CustodyNoted,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
