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
    """

    person: PersonId
    event: CustodyEvent
    holder: PartyCode
    on: PartialDate | None = None
    exchange: str = ""


KIND = Kind(
    name="custody.noted",
    payload=CustodyNoted,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
