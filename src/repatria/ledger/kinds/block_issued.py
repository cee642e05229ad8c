"""A unit is given numbers for tags, so that it can work with no connection."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockIssued:
    """A block of numbers; no two blocks of a party overlap.

    Attributes:
        unit: to whom it is given, in words.
        first, count: the serial numbers, from 1.
    """

    block: str
    unit: str
    first: int
    count: int


KIND = Kind(
    name="block.issued",
    payload=BlockIssued,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.AGENCY,
)
