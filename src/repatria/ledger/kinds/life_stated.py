"""Is the person alive? Always a claim with a method."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LifeStatus, PersonId


class Strength(StrEnum):
    """How strong a ground for life or death is, from least to most."""

    HEARSAY = "hearsay"
    WITNESS = "witness"
    DOCUMENT = "document"
    KINSHIP_DNA = "kinship_dna"
    IDENTIFIED = "identified"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStated:
    """A claim about life or death; a later sign of life reopens a death.

    Attributes:
        method: how it is known, in words.
        strength: None where nobody has weighed it.
        second_test_due: a further test was recommended and is not done.
    """

    person: PersonId
    status: LifeStatus
    method: str
    strength: Strength | None = None
    second_test_due: bool = False


KIND = Kind(
    name="life.stated",
    payload=LifeStated,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
