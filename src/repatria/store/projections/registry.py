"""Which projections are there?

In no particular order: none reads another.
"""

from repatria.store.projections import (
    access,
    bureau,
    calendars,
    exchange,
    owed,
    people,
    public,
    rounds,
)
from repatria.store.projections.projection import Projection

PROJECTIONS: tuple[Projection, ...] = (
    *access.PROJECTIONS,
    *people.PROJECTIONS,
    *exchange.PROJECTIONS,
    *public.PROJECTIONS,
    *rounds.PROJECTIONS,
    *calendars.PROJECTIONS,
    *bureau.PROJECTIONS,
    *owed.PROJECTIONS,
)
