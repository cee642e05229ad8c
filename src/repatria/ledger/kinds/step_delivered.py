"""A party delivered what a step of a calendar asks of it."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDelivered:
    """A delivery, with the digest of exactly what was delivered.

    Attributes:
        digest: SHA-256 of what was delivered, hexadecimal.
        subject: id of the list concerned, where there is one.
        items: of how many lines it consists.
    """

    calendar_id: str
    step: str
    digest: str
    subject: str = ""
    items: int = 0


KIND = Kind(
    name="step.delivered",
    payload=StepDelivered,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
