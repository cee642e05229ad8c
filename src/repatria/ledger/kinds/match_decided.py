"""A person decides whether two records are the same person."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


class MatchDecision(StrEnum):
    """What a person can decide."""

    SAME = "same"
    NOT_SAME = "not_same"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDecided:
    """A human decision, kept for ever and never overwritten by a comparison."""

    left: str
    right: str
    decision: MatchDecision
    reason: str


KIND = Kind(
    name="match.decided",
    payload=MatchDecided,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"reason"}),
)
