"""A sealed packet went into other hands, or back to its owner."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


class PacketEvent(StrEnum):
    """What happened to a packet."""

    PASSED_ON = "passed_on"
    RESTORED = "restored"
    SENT_TO_FAMILY = "sent_to_family"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPassed:
    """A step on the way of a packet.

    Attributes:
        seal: as it was found; another than the last one is a finding.
        to: whose hands, in words.
    """

    packet: str
    event: PacketEvent
    seal: str
    to: str = ""


KIND = Kind(
    name="packet.passed",
    payload=PacketPassed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
