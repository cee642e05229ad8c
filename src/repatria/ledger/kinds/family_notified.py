"""The family was told, before anybody else."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNotified:
    """A notice to a family.

    Attributes:
        what: `acknowledged`, `cleared`, `crossed`, `died`.
        code: lets the family check that the notice is ours.
    """

    person: PersonId
    what: str
    request: str = ""
    code: str = ""


KIND = Kind(
    name="family.notified",
    payload=FamilyNotified,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.FAMILY,
)
