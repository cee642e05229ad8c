"""A family's request is linked to somebody; the two are never made one."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


class TracingLink(StrEnum):
    """How a request and a record go together, as somebody at a desk says."""

    POSSIBLE = "possible"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingLinked:
    """A link between a request and a person or a line of a list; the last one said stands.

    Attributes:
        record: id of the person or the line.
    """

    request: str
    record: str
    link: TracingLink


KIND = Kind(
    name="tracing.linked",
    payload=TracingLinked,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.AGENCY,
)
