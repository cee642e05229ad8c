"""A provisional number was joined to the permanent one; both stay valid for finding a person."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberJoined:
    """The permanent number beside the provisional one."""

    person: PersonId
    tag: str
    permanent: str


KIND = Kind(
    name="number.joined",
    payload=NumberJoined,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
)
