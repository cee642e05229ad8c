"""A party looked through a list before signing it, or on receiving it, and what it found."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId, ListId


class FoundCode(StrEnum):
    """What a check can find of a line."""

    REPEAT = "repeat"
    RELEASED = "released"
    KNOWN = "known"
    TOO_LITTLE = "too_little"
    OUTSIDE = "outside"
    NOT_DECIDABLE = "not_decidable"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFound:
    """One thing found of one line.

    Attributes:
        other: the line it repeats, or the line that tells of the release or the person.
        score_ppm: how likely both are one person, in millionths.
    """

    line_id: LineId
    code: FoundCode
    other: str = ""
    score_ppm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChecked:
    """A check of a list; for the party that made it alone.

    Attributes:
        words: digest of the lines that were looked through.
        against: the lists whose lines tell of releases and of persons held.
    """

    list_id: ListId
    words: str
    lines: int
    found: tuple[LineFound, ...] = ()
    against: tuple[str, ...] = ()
    engine: str = ""


KIND = Kind(
    name="list.checked",
    payload=ListChecked,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.OWN,
    redacted=frozenset({"found"}),
)
