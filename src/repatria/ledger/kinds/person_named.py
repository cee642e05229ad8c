"""What is the person called?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId, PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNamed:
    """A name, as its source writes it."""

    person: PersonId
    name: PersonName


KIND = Kind(
    name="person.named",
    payload=PersonNamed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"name"}),
)
