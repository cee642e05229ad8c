"""What was said in public, and what families asked?"""

from collections.abc import Sequence

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.claim_made import ClaimMade
from repatria.ledger.kinds.family_notified import FamilyNotified
from repatria.ledger.kinds.tracing_requested import TracingRequested
from repatria.ledger.order import taken_back
from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.projections.projection import Projection


def claim_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A claim; the first record of it that was not put right stands, others are not shown."""
    gone = taken_back(entries)
    standing = next((entry for entry in entries if entry.ref not in gone), None)
    if standing is None:
        return []
    claim = payload_of(standing, ClaimMade)
    return [
        models.ClaimRow(
            author=standing.origin,
            speaker=claim.speaker,
            via=claim.via,
            said_on=str(claim.said_on),
            document=dict(claim.document),
            ref=standing.ref,
        )
    ]


def bulletin_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Every version and language of a bulletin."""
    rows = []
    for entry in entries:
        bulletin = payload_of(entry, BulletinPublished)
        rows.append(
            models.BulletinRow(
                version=bulletin.version,
                author=entry.origin,
                language=bulletin.language,
                document=dict(bulletin.document),
                digest=bulletin.digest,
                recorded_at=entry.statement.recorded_at,
            )
        )
    return rows


def tracing_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A tracing request with the notices its family was given."""
    asked = [e for e in entries if e.statement.kind == "tracing.requested"]
    if not asked:
        return []
    request = payload_of(asked[0], TracingRequested)
    notices = [
        {"what": notice.what, "code": notice.code, "ref": entry.ref}
        for entry in entries
        if entry.statement.kind == "family.notified"
        for notice in [payload_of(entry, FamilyNotified)]
    ]
    return [
        models.TracingRow(
            sought=request.sought.text,
            birth=str(request.birth or ""),
            relation=request.relation,
            notices=notices,
            recorded_at=asked[0].statement.recorded_at,
        )
    ]


PROJECTIONS = (
    Projection(
        model=models.ClaimRow,
        subject="claim",
        kinds=frozenset({"claim.made"}),
        rows=claim_rows,
    ),
    Projection(
        model=models.BulletinRow,
        subject="bulletin",
        kinds=frozenset({"bulletin.published"}),
        rows=bulletin_rows,
    ),
    Projection(
        model=models.TracingRow,
        subject="tracing",
        kinds=frozenset({"tracing.requested", "family.notified"}),
        rows=tracing_rows,
    ),
)
