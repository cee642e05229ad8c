"""A party opens a record for a person."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered:
    """A record; everything known of the person is said separately."""

    person: PersonId
    line_id: LineId | None = None
    reference: str = ""


KIND = Kind(
    name="person.registered",
    payload=PersonRegistered,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
)
