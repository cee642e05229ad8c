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
    """A human decision, kept for ever and never overwritten by a comparison.

    Attributes:
        left, right: line or person ids, in text order.
        evidence: references of statements, digests of files, or words.
        left_words, right_words: digests of what the two lines said when it was decided.
    """

    left: str
    right: str
    decision: MatchDecision
    reason: str
    evidence: tuple[str, ...] = ()
    left_words: str = ""
    right_words: str = ""


KIND = Kind(
    name="match.decided",
    payload=MatchDecided,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
    redacted=frozenset({"evidence", "left_words", "reason", "right_words"}),
)
