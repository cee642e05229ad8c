"""A family's request has an answer; that nothing is known is one, with where was searched."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


class TracingAnswer(StrEnum):
    """What a family can be told of its request."""

    RECEIVED = "received"
    SEARCHING = "searching"
    NOT_FOUND = "not_found"
    FOUND = "found"
    DEAD = "dead"
    CLOSED_BY_FAMILY = "closed_by_family"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingAnswered:
    """An answer; a later one follows it and both stay.

    Attributes:
        searched: where was searched, in words the family may read.
        code: by which the family can check that the answer is ours.

    Source: GC III art. 122, GC IV art. 137 (every enquiry is answered).
    """

    request: str
    answer: TracingAnswer
    searched: str = ""
    code: str = ""


KIND = Kind(
    name="tracing.answered",
    payload=TracingAnswered,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.FAMILY,
    redacted=frozenset({"searched"}),
)
