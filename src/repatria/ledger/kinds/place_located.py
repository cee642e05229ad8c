"""Where a handover point is, as it was published."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLocated:
    """A point on a public map; to say it in public is a decision of its own.

    Attributes:
        title: as the place is called on manifests and in reports.
        latitude_e4, longitude_e4: WGS 84, in ten-thousandths of a degree (11 m): no finer.
    """

    place_id: str
    title: str
    latitude_e4: int
    longitude_e4: int


KIND = Kind(
    name="place.located",
    payload=PlaceLocated,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
