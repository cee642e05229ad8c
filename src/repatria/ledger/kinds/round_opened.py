"""Two parties are asked to commit to lists before either reads the other's."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, RoundId


class Reveals(StrEnum):
    """What is revealed once both have committed."""

    WHOLE = "whole"
    MATCHED = "matched"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened:
    """The terms of a round; to commit is to accept exactly these.

    Attributes:
        parties: the two whose lists they are.
        with_intermediary: whether openings are sealed to the intermediary, who
            checks both before anything is revealed.
        reveals: all entries, or only persons that both lists name; nothing in a private round,
            whose two lists are compared hidden.
        max_entries: the longest list that is admitted.
        step: without an intermediary, how many slots are opened at a turn; 0: all at once.
    """

    round_id: RoundId
    title: str
    parties: tuple[PartyCode, ...]
    with_intermediary: bool
    reveals: Reveals
    max_entries: int
    step: int = 0


KIND = Kind(
    name="round.opened",
    payload=RoundOpened,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
