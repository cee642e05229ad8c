"""What happened to a person at the line?"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


class CrossingEvent(StrEnum):
    """What can happen at the line; `returned_to_custody` is not a release.

    `locked_out` is turned away at the line: it was closed, or the other side did not open.
    `released_in_error` is let go although he should not have been, on a list or not.
    """

    DEPARTED = "departed"
    LOCKED_OUT = "locked_out"
    CROSSED = "crossed"
    REFUSED = "refused"
    RETURNED_TO_CUSTODY = "returned_to_custody"
    DIED = "died"
    RELEASED_IN_ERROR = "released_in_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingRecorded:
    """One event at the crossing, written down as it happens.

    Attributes:
        event: what happened.
        mode: how he travels, where he departed: `bus`, `ambulance`, `aircraft`, `foot`.
        late: it had happened before it could be written down, so nothing was asked first.
    """

    manifest_id: ManifestId
    person: PersonId
    event: CrossingEvent
    mode: str = ""
    late: bool = False


KIND = Kind(
    name="crossing.recorded",
    payload=CrossingRecorded,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
