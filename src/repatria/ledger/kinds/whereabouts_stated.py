"""Does the holder say where the person is, deny it, or withhold it?"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


class Whereabouts(StrEnum):
    """What a power says of whether it has the person; the place itself is `custody.placed`."""

    ACKNOWLEDGED = "acknowledged"
    DENIED = "denied"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsStated:
    """A statement of the speaker about its own hands, never a fact.

    Source: GC IV art. 137 (what is withheld from a Power is not withheld from the Agency).
    """

    person: PersonId
    says: Whereabouts


KIND = Kind(
    name="whereabouts.stated",
    payload=WhereaboutsStated,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
