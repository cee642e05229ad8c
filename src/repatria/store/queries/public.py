"""What was said in public, by whom, and does it agree?"""

from collections.abc import Iterable, Sequence

from repatria.ledger.payload import from_json
from repatria.linkage.search import means
from repatria.operations.commitments import by_due_day
from repatria.record import Check, Claim
from repatria.record.commitments import Commitment
from repatria.record.comparing import Gathered, findings_and_checks, gathered
from repatria.store import models
from repatria.store.queries.scope import Page, one_seen, page_of, seen_by
from repatria.terms import NotVisible, Viewer


def claims(viewer: Viewer, *, search: str = "") -> list[models.ClaimRow]:
    """Claims by the day they were made; each id once.

    Under an id that several parties used, the record of this installation stands, as in all
    that it computes; `records_beside` gives the others.

    Args:
        viewer: who reads.
        search: words as they are written, a number, or a speaker or outlet in any script.
    """
    standing: dict[str, models.ClaimRow] = {}
    for row in seen_by(viewer, models.ClaimRow).order_by("id"):
        standing.setdefault(row.subject, row)  # written in this order, our own first
    found: list[models.ClaimRow] = []
    text = search.strip().casefold()
    for row in sorted(standing.values(), key=lambda one: (one.said_on, one.subject)):
        words = f"{row.speaker} {row.via} {row.document.get('category', '')}".casefold()
        wanted = (
            not text
            or text in words
            or text == str(row.document.get("value"))
            or any(means(search, said) for said in (row.speaker, row.via))
        )
        if wanted:
            found.append(row)
    return found


def claim(viewer: Viewer, claim_id: str) -> models.ClaimRow:
    """One claim.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.ClaimRow).filter(subject=claim_id).order_by("id").first()
    if row is None:
        raise NotVisible
    return row


def records_beside(viewer: Viewer, claim_id: str) -> list[models.ClaimRow]:
    """What other parties recorded under the id of a claim, and what does not stand here."""
    rows = seen_by(viewer, models.ClaimRow).filter(subject=claim_id).order_by("id")
    return [row for row in rows[1:] if row.document != rows[0].document]


def claims_compared(viewer: Viewer) -> Sequence[Check]:
    """Every comparison that the claims a viewer may read allow."""
    return findings_and_checks(_read(viewer))


def findings_told(viewer: Viewer) -> Sequence[Gathered]:
    """The comparisons, each once, with what follows from it."""
    read = _read(viewer)
    return gathered(findings_and_checks(read), {claim.id: claim for claim in read})


def _read(viewer: Viewer) -> list[Claim]:
    return [claim_in(viewer, row) for row in claims(viewer)]


def claim_in(viewer: Viewer, row: models.ClaimRow) -> Claim:
    """The claim of a row, with who recorded it, as this viewer reads it."""
    claim = from_json(Claim, row.document, place=f"{row.ref} claim")
    return claim.recorded(row.author, reader=viewer.party or "")


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


def bulletin_versions(viewer: Viewer, bulletin_id: str) -> list[models.BulletinRow]:
    """Every version of a bulletin in every language, the first version first."""
    rows = seen_by(viewer, models.BulletinRow).filter(subject=bulletin_id)
    return list(rows.order_by("version", "language"))


def bulletin_with(viewer: Viewer, content: str) -> models.BulletinRow:
    """The bulletin whose content has exactly this digest.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.BulletinRow).filter(content=content).order_by("id").first()
    if row is None:
        raise NotVisible
    return row


def claims_among(viewer: Viewer, claim_ids: Iterable[str]) -> set[str]:
    """Which of these ids are claims the viewer may read."""
    subjects = [f"claim:{each}" for each in claim_ids]
    rows = seen_by(viewer, models.ClaimRow).filter(subject__in=subjects)
    return {subject.partition(":")[2] for subject in rows.values_list("subject", flat=True)}


def replies_to(viewer: Viewer, bulletin_id: str) -> list[models.ReplyRow]:
    """Published replies to a bulletin, the oldest first."""
    rows = seen_by(viewer, models.ReplyRow).filter(answers=bulletin_id, state="published")
    return list(rows.order_by("recorded_at", "subject"))


def replies(viewer: Viewer, number: int, *, state: str = "") -> Page[models.ReplyRow]:
    """A page of replies, those that wait longest first."""
    rows = seen_by(viewer, models.ReplyRow).order_by("recorded_at", "subject")
    return page_of(rows.filter(state=state) if state else rows, number)


def reply(viewer: Viewer, reply_id: str) -> models.ReplyRow:
    """One reply.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.ReplyRow, reply_id)


def commitments(viewer: Viewer) -> tuple[Commitment, ...]:
    """Commitments by the day they are due, those without one last."""
    rows = seen_by(viewer, models.CommitmentRow).order_by("subject")
    return by_due_day(
        from_json(Commitment, row.document, place=f"{row.subject} row") for row in rows
    )


def commitment(viewer: Viewer, commitment_id: str) -> Commitment:
    """One commitment.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.CommitmentRow, commitment_id)
    return from_json(Commitment, row.document, place=f"{row.subject} row")


def places(viewer: Viewer) -> list[models.PlaceRow]:
    """Places on the public map, by title."""
    return list(seen_by(viewer, models.PlaceRow).order_by("title", "subject"))
