"""A container of remains went from one hand to another."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsPassed:
    """A step of custody, as one side says it; the other side says its own.

    Attributes:
        giver, receiver: the two hands.
    """

    remains: str
    giver: str
    receiver: str
    on: PartialDate | None = None


KIND = Kind(
    name="remains.passed",
    payload=RemainsPassed,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.PARTIES,
)
