"""Whose keyrings does this installation know? Asked without opening any private key."""

from repatria.ledger.keyring import Keyring, read_keyring
from repatria.store.queries.peers import peers
from repatria.terms import ActorId, Role, Viewer
from repatria.wiring.desks import installation_here


def keyrings_here() -> tuple[Keyring, ...]:
    """Our own keyring and those of introduced peers."""
    here = installation_here()
    desk = Viewer(actor=ActorId("public"), role=Role.PRESS, party=here.party)
    known = [read_keyring(row.keyring, place=row.subject) for row in peers(desk) if row.keyring]
    return (here.keyring, *(ring for ring in known if ring.party != here.party))
