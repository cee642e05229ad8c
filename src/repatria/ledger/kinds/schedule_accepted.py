"""A party accepts exactly this order of crossing."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleAccepted:
    """Acceptance of a schedule.

    Attributes:
        digest: of the schedule accepted; another digest is another schedule.
        keyid, signature: a hint which key, and its signature over the document, in base64.
    """

    schedule_id: str
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="schedule.accepted",
    payload=ScheduleAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
