"""How did an agreed line end that never came to the line?"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


class ClosingReason(StrEnum):
    """Why nobody comes any more on this line."""

    WITHDRAWN = "withdrawn_by_holder"
    RETAINED = "retained"
    NOT_FOUND = "not_found"
    DUPLICATE = "duplicate"
    ALREADY_RELEASED = "already_released"
    ELSEWHERE = "exchanged_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineClosed:
    """A line is ended by its giver or by the intermediary, with a ground.

    Attributes:
        why: which end.
        note: in words: which proceedings, which exchange.
        other: the person of whom this one is a duplicate, or the manifest he went with.

    Source:
        GC III art. 115 and 119 (those retained are named to the other side).
    """

    manifest_id: ManifestId
    person: PersonId
    why: ClosingReason
    note: str = ""
    other: str = ""


KIND = Kind(
    name="line.closed",
    payload=LineClosed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"note"}),
)
