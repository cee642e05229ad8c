"""A person is spoken for in a plan or through a channel, so that no other exchanges him too."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLocked:
    """A lock on a line of a list; it holds until the same party opens it.

    Attributes:
        channel: a plan's id, or how another way of exchanging is called.
        opened: the lock no longer holds.

    Source: the plan of September 2020, "no side deals on listed names".
    """

    line_id: LineId
    channel: str
    opened: bool = False


KIND = Kind(
    name="name.locked",
    payload=NameLocked,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
