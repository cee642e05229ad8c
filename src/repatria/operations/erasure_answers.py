"""What do we answer a peer that erased statements it had given us?

That we hold none of them any more: in the same import in which they went.
"""

from collections.abc import Collection, Iterator

from repatria.ledger.erasure import what_is_erased
from repatria.ledger.kinds.erasure_acknowledged import ErasureAcknowledged
from repatria.ledger.log import Arrival
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.desk import Desk
from repatria.terms import PartyCode


def acknowledgements(
    desk: Desk, sender: PartyCode, arrival: Arrival, fresh: Collection[int]
) -> Iterator[Statement]:
    """One statement for each erasure that the sender made of its own log.

    Args:
        arrival: what the package brings.
        fresh: places of bodies that come for the first time.
    """
    new = frozenset(fresh)
    for disclosed, statement in arrival.bodies:
        if disclosed.seq not in new:
            continue
        entry = Entry(sender, disclosed.seq, statement)
        found = what_is_erased(entry, desk.party)
        if found is None or found.origin != sender:
            continue
        yield desk.state(
            ErasureAcknowledged(origin=sender, places=str(found.places), erasure=entry.ref),
            about=statement.about[:1],
            audience={desk.party, sender},
            ground=Ground(basis="erasure", source=entry.ref),
        )
