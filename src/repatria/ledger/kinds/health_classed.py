"""Does the person fall under GC III art. 109-110?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthClassed:
    """A class, never a diagnosis: `fit`, `sick`, `serious`.

    Source:
        GC III art. 109, 110.
    """

    person: PersonId
    health: str


KIND = Kind(
    name="health.classed",
    payload=HealthClassed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"health"}),
)
