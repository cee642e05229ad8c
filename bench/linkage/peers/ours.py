"""How far does this project get?"""

from collections.abc import Sequence

from cases import Pairs, Row

from peers.model import Settings
from repatria.linkage import MatchSettings, Profile, score_lists
from repatria.terms import PartialDate, PersonName

# Everything that was looked at, so that the best threshold may be low; links are as by default.
_SHOWN = MatchSettings(show_at=1e-6)


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:  # noqa: ARG001 -- all engines are asked alike
    """Candidate pairs with the engine's own decisions."""
    found = score_lists(_profiles(left), _profiles(right), settings=_SHOWN)
    places = [{row.id: at for at, row in enumerate(side)} for side in (left, right)]
    here = [[places[0][i] for i in found.left_ids], [places[1][j] for j in found.right_ids]]
    return Pairs(
        rows=_taken(here[0], found.rows),
        columns=_taken(here[1], found.columns),
        score=found.score,
        linked=found.linked,
    )


def _taken(places: list[int], at):
    """Places in the file of places in the engine's order."""
    import numpy as np

    return np.array(places, dtype=np.int64)[at]


def _profiles(rows: Sequence[Row]) -> list[Profile]:
    return [
        Profile(
            id=row.id,
            names=(PersonName(text=row.name),),
            birth=PartialDate.parse(row.dob) if row.dob else None,
        )
        for row in rows
    ]
