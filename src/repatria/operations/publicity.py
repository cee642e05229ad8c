"""What others said in public is recorded; what we say rests on both receipts.

A claim keeps its speaker. A bulletin is composed from receipts and claims, and
refuses to be more than they support.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from repatria.handover import Manifest, compare_receipts, fold_crossing
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.bulletin_published import BulletinPublished
from repatria.ledger.kinds.claim_made import ClaimMade
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.log import Log, Receipt
from repatria.ledger.order import in_order, taken_back
from repatria.ledger.payload import from_json, to_json
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.operations.bulletin_versions import (
    Published,
    VersionBefore,
    published_in,
    version_before,
)
from repatria.operations.desk import Desk
from repatria.operations.manifests import manifest_of
from repatria.record import (
    Check,
    Claim,
    ClaimBook,
    ConfirmedFigures,
    DerivedFigure,
    HealthConclusion,
    LineDisclosure,
    ReceiptFigure,
    ReceiptSide,
    SignedReceipt,
    checks,
    compose_bulletin,
    derived_remainders,
    objections_to_publishing_release,
)
from repatria.record.comparing import findings_and_checks
from repatria.record.references import objections_to_circles
from repatria.terms import (
    BulletinId,
    LineId,
    ManifestId,
    Objection,
    PartialDate,
    PartyCode,
    Refusal,
    Role,
)
from repatria.terms.parties import INTERMEDIARY, PUBLIC
from repatria.terms.times import day_of


def record_claims(desk: Desk, claims: Sequence[Claim]) -> Receipt:
    """The receipt of public claims; one that is recorded already is passed over.

    Raises:
        Refusal: `claim-differs` for a known id with another content; `claim-id-used-twice`;
            what `objections_to_circles` says of references that lead back to themselves.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
    with desk.log.exclusive():
        known = {claim.id: claim for claim in claims_known(desk.log)}
        Refusal.unless_empty(
            Objection(code="claim-differs", rule="a claim is never changed", about=(claim.id,))
            for claim in claims
            if claim.id in known and known[claim.id] != claim
        )
        ClaimBook.of(claims)
        Refusal.unless_empty(objections_to_circles(known.values(), claims))
        return desk.log.append(
            [statement_of_claim(desk, claim) for claim in claims if claim.id not in known]
        )


def statement_of_claim(desk: Desk, claim: Claim, *, supersedes: tuple[str, ...] = ()) -> Statement:
    """A public claim as this desk states it, not yet written."""
    return desk.state(
        ClaimMade(
            claim_id=claim.id,
            speaker=claim.speaker,
            via=claim.via,
            said_on=claim.said_on,
            document=to_json(claim),
        ),
        about=(f"claim:{claim.id}",),
        audience={desk.party, PUBLIC},
        ground=Ground(basis="publication", source=claim.via),
        as_of=claim.as_of,
        supersedes=supersedes,
    )


def claims_known(log: Log) -> tuple[Claim, ...]:
    """Every claim we hold, by id; our own record of an id stands before a peer's."""
    found: dict[str, Claim] = {}
    # A peer must not be able to replace what our own bulletins rest on.
    entries = sorted(log.of_kind("claim.made"), key=lambda e: (e.origin != log.party, e))
    gone = taken_back(entries)
    for entry in (e for e in entries if e.ref not in gone):
        made = payload_of(entry, ClaimMade)
        found.setdefault(made.claim_id, from_json(Claim, made.document, place=f"{entry.ref} claim"))
    return tuple(found[claim_id] for claim_id in sorted(found))


def check_claims(log: Log) -> tuple[Check, ...]:
    """Every comparison the recorded claims allow, agreeing or not."""
    return findings_and_checks(claims_known(log))


def receipt_figures(
    log: Log, manifest: Manifest, *, event: str, populations: Mapping[PartyCode, str]
) -> ConfirmedFigures:
    """What the receipts of a manifest say, one direction for each giver.

    Args:
        event: key under which claims count this handover.
        populations: giver -> key of whose persons it held.
    """
    receivers = {line.giver: line.receiver for line in manifest.lines}
    entries = in_order(log.about(manifest.manifest_id))
    unsound = {*compare_receipts(manifest, entries).wrong_digest, *taken_back(entries)}
    receipts = [
        (entry, payload_of(entry, ReceiptGiven))
        for entry in entries
        if entry.statement.kind == "receipt.given" and entry.ref not in unsound
    ]
    return ConfirmedFigures(
        directions=tuple(
            ReceiptFigure(
                event=event,
                population=populations[giver],
                holder=giver,
                to_party=receiver,
                on=_day_of(log, manifest, giver),
                receipts=tuple(_signed(receipts, manifest, giver)),
            )
            for giver, receiver in sorted(receivers.items())
        )
    )


def _signed(
    receipts: Iterable[tuple[Entry, ReceiptGiven]], manifest: Manifest, giver: PartyCode
) -> Iterable[SignedReceipt]:
    # A person stands once on a manifest, so his id names his line.
    going = frozenset(line.person for line in manifest.lines if line.giver == giver)
    for entry, receipt in receipts:
        own_side = entry.origin == giver
        named = receipt.handed_over if own_side else receipt.received
        yield SignedReceipt(
            ref=entry.ref,
            side=ReceiptSide.HANDED_OVER if own_side else ReceiptSide.RECEIVED,
            signed_by=entry.origin,
            lines=frozenset(LineId(person) for person in named if person in going),
        )


def _day_of(log: Log, manifest: Manifest, giver: PartyCode) -> PartialDate:
    """The day the last person of a direction crossed; the day of freezing if none did."""
    days = [
        day_of(state.crossed_at)
        for line in manifest.lines
        if line.giver == giver
        for state in [
            fold_crossing(line.person, log.about(line.person), manifest_id=manifest.manifest_id)
        ]
        if state.crossed_at is not None
    ]
    frozen = next(e for e in log.about(manifest.manifest_id) if e.ref == manifest.ref)
    return PartialDate.on(max(days, default=day_of(frozen.statement.recorded_at)))


def publish_bulletin(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    event: str,
    populations: Mapping[PartyCode, str],
    issued_by: str,
    health_speaker: str,
    languages: Sequence[str],
    labels: Mapping[str, Mapping[str, str]],
    embargo_until: datetime | None = None,
    says_released: bool = False,
    corrects: BulletinId | None = None,
    reason: str = "",
    printed: bool = False,
) -> tuple[Published, ...]:
    """The bulletin in each language, composed, signed, written down and ready to be put out.

    It counts and names nobody, so that it need not wait for each family; an
    embargo that the parties agreed on holds for it.

    Args:
        says_released: it is put out to say that persons were released: refused unless
            both receipts of each direction say so. Otherwise it says what is confirmed,
            which may be nothing.
        corrects: the bulletin of which it is the next version, for a reason.
        printed: with a PDF file.

    Raises:
        Refusal: what `record.objections_to_publishing_release`,
            `record.compose_bulletin` and `bulletin_versions.version_before` say.
    """
    desk.require(Role.PRESS, Role.INTERMEDIARY)
    with desk.log.exclusive():
        now = desk.clock()
        before = version_before(desk, corrects, reason=reason, languages=languages)
        manifest = manifest_of(desk.log, manifest_id)
        figures = receipt_figures(desk.log, manifest, event=event, populations=populations)
        Refusal.unless_empty(
            _objections_to_release(figures, now, embargo_until, says_released=says_released)
        )
        today = day_of(now)
        # A bulletin knows what was said up to its day, and nothing later.
        said_by_then = [c for c in claims_known(desk.log) if c.said_on.latest <= today]
        bulletin = compose_bulletin(
            id=before.id,
            version=before.version + 1,
            issued_by=issued_by,
            issued_on=PartialDate.on(today),
            figures=figures,
            claims=said_by_then,
            checks=checks(said_by_then),
            health_conclusion=_health(desk.log, manifest, health_speaker),
        )
        published = [
            published_in(
                desk,
                bulletin,
                language,
                labels=labels.get(language),
                at=now,
                reason=reason,
                previous=before.digests.get(language, ""),
                printed=printed,
            )
            for language in languages
        ]
        desk.log.append([_said(desk, each, before, manifest_id) for each in published])
    return tuple(published)


def _said(
    desk: Desk, published: Published, before: VersionBefore, manifest_id: ManifestId
) -> Statement:
    bulletin, language = published.bulletin, published.language
    replaced = before.entries.get(language)
    return desk.state(
        BulletinPublished(
            bulletin_id=bulletin.id,
            version=bulletin.version,
            language=language,
            document=published.signed.document["said"],
            digest=published.digest,
            sealed=published.signed.as_json,
        ),
        about=(bulletin.id,),
        audience={desk.party, PUBLIC},
        ground=Ground(basis="both receipts", source=manifest_id),
        supersedes=(replaced.ref,) if replaced is not None else (),
    )


def _objections_to_release(
    figures: ConfirmedFigures,
    at: datetime,
    embargo_until: datetime | None,
    *,
    says_released: bool,
) -> Iterator[Objection]:
    """What forbids calling the lines that both receipts confirm released, now."""
    for direction in figures.directions:
        if direction.confirmed or says_released:
            yield from objections_to_publishing_release(
                receipts=direction,
                lines=[LineDisclosure(line=line) for line in direction.confirmed],
                at=at,
                embargo_until=embargo_until,
            )


def _health(log: Log, manifest: Manifest, speaker: str) -> HealthConclusion | None:
    """The examiners' conclusion on everybody on the manifest as it stands."""
    verdicts: list[tuple[bool, Entry]] = []
    for line in manifest.lines:
        given = [
            e
            for e in log.about(line.person)
            if e.statement.kind == "clearance.given" and e.origin == INTERMEDIARY
        ]
        if not given:
            return None
        verdicts.append((payload_of(given[-1], ClearanceGiven).fit_to_travel, given[-1]))
    if not verdicts:
        return None
    last = max(verdicts, key=lambda pair: pair[1].seq)[1]
    return HealthConclusion(
        speaker=speaker,
        ref=last.ref,
        on=PartialDate.on(day_of(last.statement.recorded_at)),
        all_fit=all(fit for fit, _ in verdicts),
    )


def remaining(
    log: Log, manifest_id: ManifestId, *, event: str, populations: Mapping[PartyCode, str]
) -> tuple[DerivedFigure, ...]:
    """What remains of each speaker's count after the crossings both receipts confirm.

    Derived, and marked so: nobody counted it.
    """
    manifest = manifest_of(log, manifest_id)
    figures = receipt_figures(log, manifest, event=event, populations=populations)
    return derived_remainders(ClaimBook.of(claims_known(log)), figures)
