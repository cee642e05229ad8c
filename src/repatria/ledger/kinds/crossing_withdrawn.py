"""Something written down at the line did not happen so: it is taken back, and stays to be seen."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingWithdrawn:
    """The event that compensates another; only its own speaker takes an event back.

    Attributes:
        ref: of the statement that is taken back.
        reason: why, in words that name nobody.
    """

    manifest_id: ManifestId
    person: PersonId
    ref: str
    reason: str


KIND = Kind(
    name="crossing.withdrawn",
    payload=CrossingWithdrawn,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"reason"}),
)
