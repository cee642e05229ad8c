"""A family asks for somebody."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingRequested:
    """A tracing request; linked to persons, never merged with them."""

    request: str
    sought: PersonName
    birth: PartialDate | None = None
    relation: str = ""
    note: str = ""


KIND = Kind(
    name="tracing.requested",
    payload=TracingRequested,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.FAMILY,
    redacted=frozenset({"birth", "note", "relation", "sought"}),
)
