"""As what does somebody describe the person?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import Category, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCategorised:
    """A category as asserted by the speaker."""

    person: PersonId
    category: Category
    wording: str = ""


KIND = Kind(
    name="person.categorised",
    payload=PersonCategorised,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
