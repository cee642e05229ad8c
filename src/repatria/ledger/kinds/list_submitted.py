"""A party hands over a list of persons."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ListId, PartyCode


class Population(StrEnum):
    """Whose names stand on a list."""

    CLAIMED = "claimed"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSubmitted:
    """A list; its lines are statements of their own.

    Attributes:
        to: the party whose answer is asked, or that is informed.
        lines: how many lines it has.
        digest: SHA-256 of the file it was read from, hexadecimal.
    """

    list_id: ListId
    to: PartyCode
    title: str
    population: Population
    lines: int
    digest: str = ""


KIND = Kind(
    name="list.submitted",
    payload=ListSubmitted,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
