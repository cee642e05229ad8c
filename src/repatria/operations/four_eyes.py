"""Have two people of the party looked at what it signs?

Where the terms ask for it, one person approves exactly this document and another
signs it. An approval is for a digest: when the document changes it is stale. Nobody
approves what he wrote himself, and whoever approved does not sign.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.approval_given import ApprovalGiven
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.log import Log, Receipt
from repatria.ledger.payload import to_json
from repatria.ledger.statement import Entry, Ground
from repatria.operations.desk import Desk
from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    ManifestDocument,
    PlanDocument,
    ReceiptDocument,
    ScheduleDocument,
    SubstitutionDocument,
    TermsDocument,
    envelope_for,
    kind_of_document,
)
from repatria.operations.signed_documents import documents_of, find_document, signature_under
from repatria.planning import UnreadableTermsError, terms_from_json
from repatria.terms import ActorId, ManifestId, Objection, Refusal, Role

APPROVES = (Role.NEGOTIATOR, Role.REGISTRAR, Role.HANDOVER_OFFICER)
_RULE = "four eyes: one person approves, another signs"
_READ = Ground(basis="reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That somebody of the party has approved a document.

    Attributes:
        actor: the account.
        at: when.
        digest: of what was approved.
        content: of what was approved, where no statement holds it yet.
        stale: it was of another state of the document than the one now asked about.
    """

    actor: ActorId
    at: datetime
    digest: str
    content: Mapping[str, Any]
    stale: bool


def needs_four_eyes(log: Log, document: Document) -> bool:
    """Whether the terms under which a document stands ask for two people in each party.

    Where those terms are not here, or cannot be read, they are taken to ask for it.
    """
    terms = _terms_of(log, document)
    if terms is None:
        return True
    try:
        return kind_of_document(document) in terms_from_json(terms).four_eyes
    except UnreadableTermsError:
        return True


def _terms_of(log: Log, document: Document) -> Mapping[str, Any] | None:
    """The document of the terms under which a document stands; None when it is not here."""
    match document:
        case TermsDocument():
            return document.terms
        case PlanDocument():
            return _terms_with(log, document.terms_id, document.terms_digest)
        case ManifestDocument() | ScheduleDocument():
            return _terms_of_plan(log, document.plan_id)
        case SubstitutionDocument() | ReceiptDocument():
            for entry in log.about(document.manifest_id):
                if entry.statement.kind == "manifest.frozen":
                    return _terms_of_plan(log, payload_of(entry, ManifestFrozen).plan_id)
    return None


def _terms_of_plan(log: Log, plan_id: str) -> Mapping[str, Any] | None:
    for entry in log.about(plan_id):
        if entry.statement.kind == "plan.proposed":
            plan = payload_of(entry, PlanProposed)
            return _terms_with(log, plan.terms_id, plan.terms_digest)
    return None


def _terms_with(log: Log, terms_id: str, digest: str) -> Mapping[str, Any] | None:
    for entry in log.about(f"terms:{terms_id}"):
        if entry.statement.kind == "terms.proposed":
            terms = payload_of(entry, TermsProposed)
            if terms.digest == digest:
                return terms.document
    return None


def approvals_of(log: Log, document: Document) -> tuple[Approval, ...]:
    """Who of our party has approved this document, or an earlier state of it, in order."""
    kind, digest = kind_of_document(document), envelope_for(document).digest
    found = []
    for entry in log.about(document.subject):
        if entry.statement.kind != "approval.given" or entry.origin != log.party:
            continue
        given = payload_of(entry, ApprovalGiven)
        if given.document == kind and given.subject == document.subject:
            found.append(_approval(entry, given, stale=given.digest != digest))
    return tuple(found)


def prepared_receipts(log: Log, manifest_id: ManifestId, *, digest: str) -> tuple[Approval, ...]:
    """Receipts that our party prepared for a manifest as it stands, newest first.

    Args:
        log: what we hold.
        manifest_id: the manifest.
        digest: of its lines as amended: what was prepared for another state is passed over.
    """
    found = []
    for entry in log.about(manifest_id):
        if entry.statement.kind == "approval.given" and entry.origin == log.party:
            given = payload_of(entry, ApprovalGiven)
            if given.content.get("manifest_digest") == digest:
                found.append(_approval(entry, given, stale=False))
    return tuple(reversed(found))


def _approval(entry: Entry, given: ApprovalGiven, *, stale: bool) -> Approval:
    return Approval(
        actor=entry.statement.actor,
        at=entry.statement.recorded_at,
        digest=given.digest,
        content=given.content,
        stale=stale,
    )


def authors_of(log: Log, document: Document) -> frozenset[ActorId]:
    """The accounts of our party that proposed this document."""
    digest = envelope_for(document).digest
    return frozenset(
        said.actor
        for each in documents_of(log)
        if each.digest == digest and each.kind is not DocumentKind.RECEIPT
        for said in each.said
        if said.proposes and said.party == log.party
    )


def approve(desk: Desk, *, kind: DocumentKind, subject: str, digest: str) -> Receipt:
    """The receipt of our approval of a document that is proposed; once is enough.

    Args:
        desk: of whoever has read it.
        kind: of the document; a receipt is approved by `approve_document`.
        subject: which one, as for `find_document`.
        digest: of what was read.

    Raises:
        Refusal: `document-unknown`, or what `approve_document` says.
    """
    desk.require(*APPROVES)
    with desk.log.exclusive():
        found = find_document(desk.log, subject, kind)
        return approve_document(desk, found.document, digest=digest)


def approve_document(desk: Desk, document: Document, *, digest: str) -> Receipt:
    """The receipt of our approval of exactly this document.

    Raises:
        Refusal: `role-may-not`, or all of `not-a-party`, `approval-of-own`,
            `document-changed`.
    """
    desk.require(*APPROVES)
    with desk.log.exclusive():
        Refusal.unless_empty(_objections_to_approval(desk, document, digest))
        own = [a for a in approvals_of(desk.log, document) if a.actor == desk.actor]
        if any(not each.stale for each in own):
            return desk.log.append(())
        kept = to_json(document) if isinstance(document, ReceiptDocument) else {}
        given = desk.state(
            ApprovalGiven(
                document=kind_of_document(document),
                subject=document.subject,
                digest=digest,
                content=kept,
            ),
            about=(document.subject,),
            audience={desk.party},
            ground=_READ,
        )
        return desk.log.append((given,))


def _objections_to_approval(desk: Desk, document: Document, digest: str) -> Iterator[Objection]:
    about = (document.subject,)
    if desk.party not in document.parties:
        yield Objection(code="not-a-party", rule=_RULE, about=about)
    if desk.actor in authors_of(desk.log, document):
        yield Objection(code="approval-of-own", rule=_RULE, about=about)
    if digest != envelope_for(document).digest:
        yield Objection(code="document-changed", rule=_RULE, about=about)


def objections_to_signing(desk: Desk, document: Document, shown: str) -> Iterator[Objection]:
    """Every reason against this person signing this document now.

    Args:
        desk: of whoever signs.
        document: what would be signed.
        shown: digest of what he saw; empty when he names the document alone.
    """
    about = (document.subject,)
    if shown and shown != envelope_for(document).digest:
        yield Objection(code="document-changed", rule="a party signs what it saw", about=about)
    if not needs_four_eyes(desk.log, document):
        return
    approvals = approvals_of(desk.log, document)
    current = {each.actor for each in approvals if not each.stale}
    if current - {desk.actor}:
        return
    if current:
        yield Objection(code="four-eyes-same-person", rule=_RULE, about=about)
    elif approvals:
        yield Objection(code="approval-stale", rule=_RULE, about=about)
    else:
        yield Objection(code="four-eyes-missing", rule=_RULE, about=about)


def signature_of_author(desk: Desk, document: Document, *, signs: bool = False) -> dict[str, Any]:
    """The signature fields of a proposal; empty where proposing may not sign for the party.

    Whoever is no party of the document signs what he proposes as its author. A party
    signs by accepting, and by proposing only where that is its acceptance (`signs`)
    and one person may do it.
    """
    is_party = desk.party in document.parties
    if is_party and (not signs or needs_four_eyes(desk.log, document)):
        return {}
    return signature_under(desk.key, document)
