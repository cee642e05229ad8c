"""Who reads here, and which peers are known?

Accounts of other parties (a guest at the intermediary's desk) make their label
one for which everything is folded.
"""

from collections.abc import Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.access_granted import AccessGranted
from repatria.ledger.kinds.checkpoint_cosigned import CheckpointCosigned
from repatria.ledger.kinds.log_forked import LogForked
from repatria.ledger.kinds.package_received import PackageReceived
from repatria.ledger.kinds.package_refused import PackageRefused
from repatria.ledger.kinds.package_revoked import PackageRevoked
from repatria.ledger.kinds.package_sent import PackageSent
from repatria.ledger.kinds.peer_introduced import PeerIntroduced
from repatria.ledger.places import Places
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


def peer_rows(subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A peer as last introduced, with what passed between us and what it receipted."""
    introduced = [e for e in entries if e.statement.kind == "peer.introduced"]
    if not introduced:
        return []
    own, party = introduced[-1].origin, subject.partition(":")[2]
    peer = payload_of(introduced[-1], PeerIntroduced)
    row = models.PeerRow(title=peer.title, public_key=peer.public_key, keyring=peer.keyring)
    for entry in entries:
        match entry.statement.kind:
            case "package.received" if entry.origin == own:
                row.heard_size = payload_of(entry, PackageReceived).size
                row.heard_at = entry.statement.recorded_at
            case "checkpoint.cosigned" if entry.origin == party:
                said = payload_of(entry, CheckpointCosigned)
                if said.origin == own:
                    row.receipted_size = int(said.note.split("\n")[1])
                    row.receipted_at = entry.statement.recorded_at
            case "log.forked":
                forked = payload_of(entry, LogForked)
                if forked.origin == party and not row.evidence:
                    row.evidence = forked.evidence
            case _:
                pass
    return [row]


def package_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A package made, taken in or refused; also what its sender said of it later."""
    row: models.PackageRow | None = None
    revoked_for = refused_for = ""
    for entry in entries:
        match entry.statement.kind:
            case "package.sent":
                sent = payload_of(entry, PackageSent)
                row = models.PackageRow(
                    direction="sent",
                    peer=sent.to,
                    others=list(sent.others),
                    size=sent.size,
                    bodies=sent.disclosed,
                    until=sent.until,
                    recorded_at=entry.statement.recorded_at,
                )
            case "package.received":
                row = _received_row(entry)
            case "package.refused":
                refused = payload_of(entry, PackageRefused)
                refused_for = refused.reason
                row = row or models.PackageRow(
                    direction="refused",
                    peer=refused.origin,
                    size=0,
                    bodies=0,
                    recorded_at=entry.statement.recorded_at,
                )
            case _:
                revoked_for = payload_of(entry, PackageRevoked).reason
    if row is None:
        return []
    row.revoked_for, row.refused_for = revoked_for, refused_for
    return [row]


def _received_row(entry: Entry) -> models.PackageRow:
    got = payload_of(entry, PackageReceived)
    return models.PackageRow(
        direction="received",
        peer=got.origin,
        size=got.size,
        bodies=len(Places.read(got.disclosed)),
        recorded_at=entry.statement.recorded_at,
    )


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
        kinds=frozenset(
            {"peer.introduced", "package.received", "checkpoint.cosigned", "log.forked"}
        ),
        rows=peer_rows,
    ),
    Projection(
        model=models.PackageRow,
        subject="package",
        kinds=frozenset({"package.sent", "package.received", "package.refused", "package.revoked"}),
        rows=package_rows,
    ),
)
