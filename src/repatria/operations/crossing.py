"""From fitness and will to the far side of the line, person by person.

Only the verdict leaves the medical role; only yes or no leaves the interview.
Each event at the line is written down by itself, durably, as it happens.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from repatria.handover import (
    Manifest,
    compare_receipts,
    fold_gate,
    objections_to_crossing,
    objections_to_late_event,
    objections_to_receipt,
    objections_to_speaker,
    readiness_of,
)
from repatria.handover.readiness import available_by
from repatria.ledger.kinds.availability_stated import AvailabilityStated
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.health_examined import HealthExamined
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.log import Log, Receipt
from repatria.ledger.statement import Ground, Statement
from repatria.operations.desk import Desk
from repatria.operations.document_kinds import DocumentKind, ReceiptDocument, receipt_document
from repatria.operations.four_eyes import objections_to_signing
from repatria.operations.manifests import crossing_of, manifest_of
from repatria.operations.signed_documents import signature_under, unsigned_by
from repatria.terms import ManifestId, Objection, PartyCode, PersonId, Refusal, Role

_EXAMINED = Ground(basis="examination")
_PROCEDURE = Ground(basis="procedure")
_INTERVIEWED = Ground(basis="interview", note="without witness")
_SIGNED = "documents: every party signs with its key"
_SEEN = Ground(basis="scan", note="at the line")


def record_examination(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    person: PersonId,
    fit_to_travel: bool,
    mode: str,
    valid_until: datetime,
    finding: str,
) -> Receipt:
    """The receipt of an examination: the finding for the medical role, the verdict for all.

    Raises:
        Refusal: `role-may-not`, `not-on-manifest`.
    """
    desk.require(Role.MEDICAL)
    with desk.log.exclusive():
        parties = _parties(desk, manifest_id, person)
        found = desk.state(
            HealthExamined(person=person, finding=finding),
            about=(person,),
            audience={f"{desk.party}.medical"},
            ground=_EXAMINED,
        )
        verdict = desk.state(
            ClearanceGiven(
                person=person, fit_to_travel=fit_to_travel, mode=mode, valid_until=valid_until
            ),
            about=(person, manifest_id),
            audience=desk.with_parties(*parties),
            ground=_EXAMINED,
        )
        return desk.log.append((found, verdict))


def state_consent(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    person: PersonId,
    willing: bool,
    occasion: Occasion,
    may_be_named: bool = False,
) -> Receipt:
    """The receipt of what the person said about going, to the intermediary, alone.

    A yes is told to the parties. A no of the interview stays with the intermediary, and
    the parties hear no more than that the person is not available; at the line all
    see who turns back.

    Raises:
        Refusal: `role-may-not`, `not-on-manifest`.
    """
    desk.require(Role.INTERMEDIARY)
    with desk.log.exclusive():
        parties = _parties(desk, manifest_id, person)
        kept = not willing and occasion is Occasion.INTERVIEW
        said = desk.state(
            ConsentStated(
                person=person,
                willing=willing,
                occasion=occasion,
                in_private=True,
                may_be_named=may_be_named,
            ),
            about=(person, manifest_id),
            audience=frozenset({desk.party}) if kept else desk.with_parties(*parties),
            ground=_INTERVIEWED,
        )
        available = available_by(person, desk.log.about(person))
        if available is not kept:
            return desk.log.append((said,))
        return desk.log.append(
            (said, _availability(desk, manifest_id, person, parties, available=not kept))
        )


def state_availability(
    desk: Desk, *, manifest_id: ManifestId, person: PersonId, available: bool
) -> Receipt:
    """The receipt of whether somebody can be counted on; the reason is not asked.

    For whatever personal ground: the parties are told one thing for all of them.

    Raises:
        Refusal: `role-may-not`, `not-on-manifest`.
    """
    desk.require(Role.INTERMEDIARY)
    with desk.log.exclusive():
        parties = _parties(desk, manifest_id, person)
        return desk.log.append(
            (_availability(desk, manifest_id, person, parties, available=available),)
        )


def _availability(
    desk: Desk,
    manifest_id: ManifestId,
    person: PersonId,
    parties: frozenset[PartyCode],
    *,
    available: bool,
) -> Statement:
    # Its ground is no interview: it must not be told from a word about anything else.
    return desk.state(
        AvailabilityStated(person=person, available=available),
        about=(person, manifest_id),
        audience=desk.with_parties(*parties),
        ground=_PROCEDURE,
    )


def _parties(desk: Desk, manifest_id: ManifestId, person: PersonId) -> frozenset[PartyCode]:
    manifest = manifest_of(desk.log, manifest_id)
    proposed = {s.incoming for s in manifest.substitutions}
    if manifest.line_of(person) is None and person not in proposed:
        raise Refusal(Objection(code="not-on-manifest", rule="handover", about=(person,)))
    return manifest.parties


def record_crossing(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    person: PersonId,
    event: CrossingEvent,
    occurred_at: datetime | None = None,
    mode: str = "",
    late: bool = False,
) -> Receipt:
    """The receipt of one event at the line.

    Args:
        desk: of whoever saw it.
        manifest_id: the list.
        person: to whom it happened.
        event: what happened.
        occurred_at: when it happened, if not just now.
        mode: of travel, for a departure; only a clearance for it counts.
        late: it has happened and nobody could ask here first; then only what cannot be
            is refused, and what was neglected is flagged.

    Raises:
        Refusal: all that forbids it, each with its rule.
    """
    desk.require(*_tellers(event))
    with desk.log.exclusive():
        now = desk.clock()
        at = occurred_at or now
        manifest = manifest_of(desk.log, manifest_id)
        state = crossing_of(desk.log, manifest_id, person)
        found = list(objections_to_speaker(event, person, desk.party))
        if late:
            found += objections_to_late_event(manifest, person, event, state, at, now)
        else:
            about = desk.log.about(person)
            travels = mode or state.mode or None
            found += objections_to_crossing(
                manifest,
                person,
                event,
                readiness_of(person, about, at, mode=travels),
                state,
                at,
                gate=fold_gate(person, about, manifest_id=manifest_id),
            )
            found += _unsigned(desk, manifest)
        Refusal.unless_empty(found)
        happened = desk.state(
            CrossingRecorded(
                manifest_id=manifest_id, person=person, event=event, mode=mode, late=late
            ),
            about=(person, manifest_id),
            audience=desk.with_parties(*manifest.parties),
            ground=_SEEN,
            occurred_at=at,
        )
        return desk.log.append((happened,))


def _tellers(event: CrossingEvent) -> tuple[Role, ...]:
    if event is CrossingEvent.DIED:
        return (Role.MEDICAL, Role.INTERMEDIARY)
    if event is CrossingEvent.REFUSED:
        return (Role.INTERMEDIARY,)
    return (Role.HANDOVER_OFFICER, Role.INTERMEDIARY)


def _unsigned(desk: Desk, manifest: Manifest) -> Iterator[Objection]:
    """What all accepted and somebody did not sign: the manifest, or a change in force."""
    refs = (manifest.ref, *(s.ref for s in manifest.substitutions if s.in_force))
    for signed, party in unsigned_by(desk.log, refs, desk.key.verify_key):
        if signed.kind is DocumentKind.SUBSTITUTION:
            about = (signed.subject, party)
            yield Objection(code="substitution-not-signed", rule=_SIGNED, about=about)
        elif party in manifest.accepted_by:
            yield Objection(code="manifest-not-signed", rule=_SIGNED, about=(party,))


def draft_receipt(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    handed_over: Collection[PersonId],
    received: Collection[PersonId],
    incident: str = "",
) -> ReceiptDocument:
    """Our receipt as it would be signed, for the manifest as it stands.

    Raises:
        Refusal: what `handover.objections_to_receipt` says.
    """
    manifest = manifest_of(desk.log, manifest_id)
    states = {
        line.person: crossing_of(desk.log, manifest_id, line.person) for line in manifest.lines
    }
    Refusal.unless_empty(objections_to_receipt(manifest, desk.party, handed_over, received, states))
    said = ReceiptGiven(
        manifest_id=manifest_id,
        digest=manifest.digest_as_amended,
        handed_over=tuple(sorted(handed_over)),
        received=tuple(sorted(received)),
        incident=incident,
    )
    return receipt_document(said, desk.party)


def give_receipt(
    desk: Desk,
    *,
    manifest_id: ManifestId,
    handed_over: Collection[PersonId],
    received: Collection[PersonId],
    incident: str = "",
    shown: str = "",
) -> Receipt:
    """The receipt of our receipt, line by line, for the manifest as it stands.

    Args:
        desk: of whoever signs.
        manifest_id: the manifest it is for.
        handed_over: whom our side gave.
        received: whom our side got.
        incident: what happened, in our words.
        shown: digest of the document that he saw; empty when he names the lines alone.

    Raises:
        Refusal: what `handover.objections_to_receipt` says; then what
            `four_eyes.objections_to_signing` says.
    """
    desk.require(Role.HANDOVER_OFFICER, Role.REGISTRAR)
    with desk.log.exclusive():
        document = draft_receipt(
            desk,
            manifest_id=manifest_id,
            handed_over=handed_over,
            received=received,
            incident=incident,
        )
        Refusal.unless_empty(objections_to_signing(desk, document, shown))
        parties = manifest_of(desk.log, manifest_id).parties
        given = desk.state(
            ReceiptGiven(
                manifest_id=manifest_id,
                digest=document.manifest_digest,
                handed_over=document.handed_over,
                received=document.received,
                incident=incident,
                **signature_under(desk.key, document),
            ),
            about=(manifest_id, *sorted({*handed_over, *received})),
            audience=desk.with_parties(*parties),
            ground=Ground(basis="handover"),
        )
        return desk.log.append((given,))


def crossed_by_both_receipts(
    log: Log, manifest_id: ManifestId
) -> tuple[Manifest, frozenset[PersonId]]:
    """The manifest and the persons both sides' receipts confirm."""
    manifest = manifest_of(log, manifest_id)
    return manifest, compare_receipts(manifest, log.about(manifest_id)).confirmed
