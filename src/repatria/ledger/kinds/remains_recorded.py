"""Human remains in a container were recorded. Whose they are is not known by that."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonId, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsRecorded:
    """One container. Several may hold parts of one person, one may hold parts of several.

    Attributes:
        label: as written on the container.
        holder: in whose hands it is, as said by the speaker.
        found_on, found_at: where known.
        said_to_be: whom the giver names; a claim, never an identification.

    Source: GC III art. 120; GC I art. 16-17.
    """

    remains: str
    label: str
    holder: str
    found_on: PartialDate | None = None
    found_at: Place | None = None
    said_to_be: tuple[PersonId, ...] = ()


KIND = Kind(
    name="remains.recorded",
    payload=RemainsRecorded,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.PARTIES,
    redacted=frozenset({"found_at"}),
)
