"""Who reads here, and which peers are known?

Accounts of other parties (a guest at the intermediary's desk) make their label
one for which everything is folded.
"""

from collections.abc import Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.access_granted import AccessGranted
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.database import current
from repatria.store.direct import driver_cursor
from repatria.store.projections.projection import Projection
from repatria.terms import PartyCode
from repatria.terms.parties import PUBLIC

_GUESTS = "SELECT DISTINCT party FROM account_row WHERE seen_by = ? AND party NOT IN ('', ?)"


def guest_labels(own: PartyCode) -> tuple[str, ...]:
    """The labels to fold for: our own party's, the guests', the public's."""
    # Asked anew each time, for another process may have granted a role meanwhile.
    with driver_cursor(current()) as (cursor, mark):
        cursor.execute(_GUESTS.replace("?", mark), (own, own))
        guests = {row[0] for row in cursor.fetchall()}
    return (own, *sorted(guests), PUBLIC)


def account_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """An account as last granted."""
    granted = payload_of(entries[-1], AccessGranted)
    return [models.AccountRow(role=granted.role, party=granted.party or "", title=granted.title)]


def peer_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A peer as last introduced."""
    peer = payload_of(entries[-1], PeerIntroduced)
    return [models.PeerRow(title=peer.title, public_key=peer.public_key)]


def package_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A package made or taken in."""
    entry = entries[0]
    if entry.statement.kind == "package.sent":
        sent = payload_of(entry, PackageSent)
        peer, size, bodies, direction = sent.to, sent.size, sent.disclosed, "sent"
    else:
        got = payload_of(entry, PackageReceived)
        peer, size, direction = got.origin, got.size, "received"
        bodies = sum(1 for _ in places_in(got.disclosed))
    return [
        models.PackageRow(
            direction=direction,
            peer=peer,
            size=size,
            bodies=bodies,
            recorded_at=entry.statement.recorded_at,
        )
    ]


def places_in(ranges: str) -> Sequence[int]:
    """The places in a text such as `0-4,7`."""
    out: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        if first:
            out.extend(range(int(first), int(last or first) + 1))
    return out


PROJECTIONS = (
    Projection(
        model=models.AccountRow,
        subject="account",
        kinds=frozenset({"access.granted"}),
        rows=account_rows,
    ),
    Projection(
        model=models.PeerRow,
        subject="peer",
        kinds=frozenset({"peer.introduced"}),
        rows=peer_rows,
    ),
    Projection(
        model=models.PackageRow,
        subject="package",
        kinds=frozenset({"package.sent", "package.received"}),
        rows=package_rows,
    ),
)
