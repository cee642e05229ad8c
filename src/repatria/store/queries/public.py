"""What was said in public, by whom, and does it agree?"""

from collections.abc import Sequence

from repatria.ledger.payload import from_json
from repatria.linkage.search import means
from repatria.record import Check, Claim
from repatria.record.comparing import findings_and_checks
from repatria.store import models
from repatria.store.queries.scope import seen_by
from repatria.terms import NotVisible, Viewer


def claims(viewer: Viewer, *, search: str = "") -> list[models.ClaimRow]:
    """Claims by the day they were made; each id once, as it was first recorded.

    Args:
        viewer: who reads.
        search: words as they are written, a number, or a speaker or outlet in any script.
    """
    rows = seen_by(viewer, models.ClaimRow).order_by("said_on", "subject", "ref")
    found: dict[str, models.ClaimRow] = {}
    text = search.strip().casefold()
    for row in rows:
        words = f"{row.speaker} {row.via} {row.document.get('category', '')}".casefold()
        wanted = (
            not text
            or text in words
            or text == str(row.document.get("value"))
            or any(means(search, said) for said in (row.speaker, row.via))
        )
        # Our own record of a claim stands before a peer's record of the same id.
        if wanted and (row.subject not in found or row.author == viewer.party):
            found[row.subject] = row
    return list(found.values())


def claim(viewer: Viewer, claim_id: str) -> models.ClaimRow:
    """One claim.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.ClaimRow).filter(subject=claim_id).order_by("ref").first()
    if row is None:
        raise NotVisible
    return row


def claims_compared(viewer: Viewer) -> Sequence[Check]:
    """Every comparison that the claims a viewer may read allow."""
    read = [from_json(Claim, row.document, place=f"{row.ref} claim") for row in claims(viewer)]
    return findings_and_checks(read)


def bulletins(viewer: Viewer, *, language: str = "") -> list[models.BulletinRow]:
    """Bulletins, newest first; in one language or in all."""
    rows = seen_by(viewer, models.BulletinRow).order_by("-recorded_at", "subject", "language")
    return list(rows.filter(language=language) if language else rows)


def bulletin(viewer: Viewer, bulletin_id: str, language: str) -> models.BulletinRow:
    """The newest version of a bulletin in a language, else in any.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    rows = seen_by(viewer, models.BulletinRow).filter(subject=bulletin_id).order_by("-version")
    row = rows.filter(language=language).first() or rows.first()
    if row is None:
        raise NotVisible
    return row
