"""Is the person alive? Always a claim with a method."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LifeStatus, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStated:
    """A claim about life or death; a later sign of life reopens a death."""

    person: PersonId
    status: LifeStatus
    method: str


KIND = Kind(
    name="life.stated",
    payload=LifeStated,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
