"""What happened to a person at the line?"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


class CrossingEvent(StrEnum):
    """What can happen at the line; `returned_to_custody` is not a release."""

    DEPARTED = "departed"
    CROSSED = "crossed"
    REFUSED = "refused"
    RETURNED_TO_CUSTODY = "returned_to_custody"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingRecorded:
    """One event at the crossing, written down as it happens."""

    manifest_id: ManifestId
    person: PersonId
    event: CrossingEvent


KIND = Kind(
    name="crossing.recorded",
    payload=CrossingRecorded,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
