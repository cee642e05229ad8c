"""A person was given a tag with a provisional number, perhaps by a unit with no connection."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class TagGiven:
    """A tag. Its number is on all three parts: on the person, with the unit, on the property.

    Attributes:
        number: such as `00417-K`, the serial number and its check character.
        block: from which it was taken.
    """

    person: PersonId
    number: str
    block: str
    on: PartialDate | None = None


KIND = Kind(
    name="tag.given",
    payload=TagGiven,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
)
