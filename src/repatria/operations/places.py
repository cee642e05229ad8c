"""A handover point is put on the public map by a person, or it is not there.

Where people will cross is nobody's business before they have; a manifest's own
crossing point is never shown to the public from itself.
"""

from repatria.ledger.kinds.place_located import PlaceLocated
from repatria.ledger.statement import Ground
from repatria.operations.desk import Desk
from repatria.terms import Objection, Refusal, Role
from repatria.terms.parties import PUBLIC

RULE = "WGS 84"
_QUARTER, _HALF = 900_000, 1_800_000  # ten-thousandths of a degree


def locate_place(
    desk: Desk, *, title: str, latitude_e4: int, longitude_e4: int, source: str
) -> str:
    """The id of a place that is on the public map from now on.

    Raises:
        Refusal: `place-incomplete`, `place-not-on-earth`.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY)
    objections = []
    if not (title.strip() and source.strip()):
        objections.append(Objection(code="place-incomplete", rule=RULE))
    if abs(latitude_e4) > _QUARTER or abs(longitude_e4) > _HALF:
        objections.append(Objection(code="place-not-on-earth", rule=RULE))
    Refusal.unless_empty(objections)
    with desk.log.exclusive():
        place = PlaceLocated(
            place_id=desk.new_id("place"),
            title=title.strip(),
            latitude_e4=latitude_e4,
            longitude_e4=longitude_e4,
        )
        desk.log.append(
            [
                desk.state(
                    place,
                    about=(place.place_id,),
                    audience={desk.party, PUBLIC},
                    ground=Ground(basis="publication", source=source.strip()),
                )
            ]
        )
    return place.place_id
