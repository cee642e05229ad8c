"""What did the medical assessor find? Never leaves the medical role."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthExamined:
    """An examination.

    Attributes:
        finding: coded ground or free text of the assessor.
    """

    person: PersonId
    finding: str
    advice: str = ""


KIND = Kind(
    name="health.examined",
    payload=HealthExamined,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.MEDICAL,
    redacted=frozenset({"advice", "finding"}),
)
