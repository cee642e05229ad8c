"""What was said in public, and what families asked?"""

from collections.abc import Sequence

from repatria.ledger.kinds import payload_of, payloads_in
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.claim_made import ClaimMade
from repatria.ledger.kinds.family_notified import FamilyNotified
from repatria.ledger.kinds.place_located import PlaceLocated
from repatria.ledger.kinds.tracing_answered import TracingAnswered
from repatria.ledger.kinds.tracing_requested import TracingRequested
from repatria.ledger.order import taken_back
from repatria.ledger.payload import to_json
from repatria.ledger.statement import Entry
from repatria.operations.commitments import fold_commitment
from repatria.operations.replies import fold_reply
from repatria.operations.tracing import links_in
from repatria.record.signed_bulletin import signed_bulletin_in
from repatria.store import models
from repatria.store.projections.people import search_rows
from repatria.store.projections.projection import Projection


def claim_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A claim as each party that recorded one under this id has it, our own first.

    Of each party the first record stands that it has not put right.
    """
    gone = taken_back(entries)
    standing: dict[str, Entry] = {}
    for entry in entries:
        if entry.ref not in gone:
            standing.setdefault(entry.origin, entry)
    return [_claim_row(entry) for entry in standing.values()]


def _claim_row(entry: Entry) -> models.ClaimRow:
    claim = payload_of(entry, ClaimMade)
    return models.ClaimRow(
        author=entry.origin,
        speaker=claim.speaker,
        via=claim.via,
        said_on=str(claim.said_on),
        document=dict(claim.document),
        ref=entry.ref,
    )


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
                sealed=dict(bulletin.sealed),
                content=_content_digest(entry, bulletin),
                recorded_at=entry.statement.recorded_at,
            )
        )
    return rows


def _content_digest(entry: Entry, bulletin: BulletinPublished) -> str:
    """What identifies exactly this content; of the HTML file where nothing else was signed."""
    if not bulletin.sealed:
        return bulletin.digest
    return signed_bulletin_in(bulletin.sealed, place=f"{entry.ref} content").digest


def tracing_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A tracing request with the notices its family was given."""
    asked = next(payloads_in(entries, TracingRequested), None)
    if asked is None:
        return []
    entry, request = asked
    notices = [
        {
            "person": notice.person,
            "what": notice.what,
            "code": notice.code,
            "ref": entry.ref,
        }
        for entry, notice in payloads_in(entries, FamilyNotified)
    ]
    answers = [
        {
            "answer": said.answer,
            "searched": said.searched,
            "code": said.code,
            "ref": entry.ref,
        }
        for entry, said in payloads_in(entries, TracingAnswered)
    ]
    links = links_in(request.request, entries)
    return [
        models.TracingRow(
            sought=request.sought.text,
            birth=str(request.birth or ""),
            relation=request.relation,
            notices=notices,
            recorded_at=entry.statement.recorded_at,
            answer=str(answers[-1]["answer"]) if answers else "",
            answers=answers,
            links=[{"record": record, "link": str(link)} for record, link in links.items()],
        )
    ]


def tracing_keys(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """Under which keys a request is found by the name that is sought."""
    return search_rows("tracing", [payload_of(e, TracingRequested).sought for e in entries], ())


def reply_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A reply: what the label's reader may know of it, never how to reach the writer."""
    reply = fold_reply(entries)
    first = min((e for e in entries if e.statement.kind.startswith("reply.")), default=None)
    if reply is None or first is None:
        return []
    given, said = reply.given, reply.given or reply.published
    if said is None:
        return []
    return [
        models.ReplyRow(
            answers=_subject_in(said.answers),
            purpose=given.purpose if given else "reply",
            name=said.name,
            text=said.text,
            state=reply.state,
            has_contact=bool(given and given.contact),
            persons=list(reply.persons),
            ref=first.ref,
            recorded_at=first.statement.recorded_at,
        )
    ]


def _subject_in(text: str) -> str:
    """An id as a column can hold it; a peer's text that is none is as good as nothing."""
    return text if len(text) <= 128 else ""


def commitment_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A commitment with its receipts and what was said about it."""
    commitment = fold_commitment(entries)
    if commitment is None:
        return []
    made = min(e for e in entries if e.statement.kind == "commitment.made")
    return [
        models.CommitmentRow(
            author=commitment.recorded_by,
            promised_by=commitment.promised_by,
            promised_to=commitment.promised_to,
            what=commitment.what,
            document=to_json(commitment),
            due=str(commitment.due or ""),
            recorded_at=made.statement.recorded_at,
        )
    ]


def place_rows(_subject: str, entries: Sequence[Entry]) -> Sequence[models.Seen]:
    """A place on the public map, as it was located last."""
    last = max(entries)
    place = payload_of(last, PlaceLocated)
    return [
        models.PlaceRow(
            title=place.title,
            latitude_e4=place.latitude_e4,
            longitude_e4=place.longitude_e4,
            source=last.statement.ground.source,
            ref=last.ref,
        )
    ]


PROJECTIONS = (
    Projection(
        model=models.ReplyRow,
        subject="reply",
        kinds=frozenset({"reply.given", "reply.reviewed", "reply.published", "tip.recorded"}),
        rows=reply_rows,
    ),
    Projection(
        model=models.CommitmentRow,
        subject="commitment",
        kinds=frozenset({"commitment.made", "commitment.receipted", "commitment.told"}),
        rows=commitment_rows,
    ),
    Projection(
        model=models.PlaceRow,
        subject="place",
        kinds=frozenset({"place.located"}),
        rows=place_rows,
    ),
    Projection(
        model=models.ClaimRow,
        subject="claim",
        kinds=frozenset({"claim.made"}),
        rows=claim_rows,
        own_first=True,
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
        kinds=frozenset(
            {"tracing.requested", "family.notified", "tracing.answered", "tracing.linked"}
        ),
        rows=tracing_rows,
    ),
    Projection(
        model=models.SearchKey,
        subject="tracing",
        kinds=frozenset({"tracing.requested"}),
        rows=tracing_keys,
    ),
)
