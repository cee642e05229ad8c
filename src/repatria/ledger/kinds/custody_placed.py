"""Where is the person held? Withheld from the other party, never from the Agency."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyPlaced:
    """A place of detention.

    Source:
        GC IV art. 137.
    """

    person: PersonId
    place: Place


KIND = Kind(
    name="custody.placed",
    payload=CustodyPlaced,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.AGENCY,
    redacted=frozenset({"place"}),
)
