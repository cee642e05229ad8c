"""The intermediary holds both openings, and both are what was committed to."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedAt:
    """One party's commitment, and where it stands.

    Attributes:
        root, slots: of the commitment.
        ref: the statement that made it, such as `north/17`.
        log_size, log_root: head of that party's log as the intermediary held it.
    """

    party: PartyCode
    root: str
    slots: int
    ref: str
    log_size: int
    log_root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBothCommitted:
    """Nobody reveals before this is held.

    Attributes:
        terms: digest of the terms of the round.
        stands: both commitments.
    """

    round_id: RoundId
    terms: str
    stands: tuple[CommittedAt, ...]


KIND = Kind(
    name="round.both_committed",
    payload=RoundBothCommitted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
