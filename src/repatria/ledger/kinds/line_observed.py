"""The party that asked says what it thinks of an answer."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import LineId, ListId


class ObservationCode(StrEnum):
    """What the party that asked can say of an answer.

    Source: the round of observations of the Stockholm mechanism of December 2018.
    """

    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    MORE_GIVEN = "more_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineObserved:
    """An observation; it is about one answer, and the ground is in words beside it.

    Attributes:
        answer: reference of the answer it speaks of, such as `north/17`.
    """

    list_id: ListId
    line_id: LineId
    answer: str
    code: ObservationCode


KIND = Kind(
    name="line.observed",
    payload=LineObserved,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
