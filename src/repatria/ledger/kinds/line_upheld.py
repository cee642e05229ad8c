"""The party asked keeps its answer after an observation: its final reply to the line."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId, ListId


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUpheld:
    """A final reply that changes nothing; one that changes something is another answer.

    Attributes:
        observation: reference of the observation it replies to.
    """

    list_id: ListId
    line_id: LineId
    observation: str


KIND = Kind(
    name="line.upheld",
    payload=LineUpheld,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
