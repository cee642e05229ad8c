"""A laboratory says whose remains are in a container, or whose they are not."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


class LaboratoryResult(StrEnum):
    """What a laboratory can say of one container and one person."""

    IS = "is"
    IS_NOT = "is_not"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsExamined:
    """A statement about one container and one person; a container may have several.

    Attributes:
        laboratory: which one; only that of the receiving party identifies.
        method: `dna_direct`, `dna_kinship`, `teeth`, `fingerprints` or words.
        second_test_due: a further test was recommended and is not done.
    """

    remains: str
    person: PersonId
    result: LaboratoryResult
    laboratory: str
    method: str
    second_test_due: bool = False


KIND = Kind(
    name="remains.examined",
    payload=RemainsExamined,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.PARTIES,
)
