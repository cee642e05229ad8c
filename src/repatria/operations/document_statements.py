"""Which statements make a document, and which sign it?

A document is made from the statement that proposes it. A statement accepts it by
naming the same subject and the same digest of it, and signs it with two fields.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from repatria.ledger.document import Envelope
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.kinds.schedule_accepted import ScheduleAccepted
from repatria.ledger.kinds.schedule_proposed import ScheduleProposed
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.signing import SIGNATURE_BYTES
from repatria.ledger.statement import Entry
from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    envelope_for,
    kind_of_document,
    manifest_document,
    plan_document,
    receipt_document,
    schedule_document,
    substitution_document,
    terms_document,
)
from repatria.terms import ActorId, Audience, PartyCode

_PROPOSING: Mapping[str, type] = {
    "terms.proposed": TermsProposed,
    "plan.proposed": PlanProposed,
    "schedule.proposed": ScheduleProposed,
    "manifest.frozen": ManifestFrozen,
    "substitution.proposed": SubstitutionProposed,
    "receipt.given": ReceiptGiven,
}
_ACCEPTING: Mapping[str, type] = {
    "terms.accepted": TermsAccepted,
    "plan.accepted": PlanAccepted,
    "schedule.accepted": ScheduleAccepted,
    "manifest.accepted": ManifestAccepted,
    "substitution.accepted": SubstitutionAccepted,
}
SIGNING_KINDS: Mapping[str, type] = {**_PROPOSING, **_ACCEPTING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement by which a party proposes or accepts a document.

    Attributes:
        party, seq: where it stands.
        actor: the account that said it.
        at: when it was written down.
        proposes: it brings the document, rather than accepting it.
        signature: key id and signature; None when the statement has none.
    """

    party: PartyCode
    seq: int
    actor: ActorId
    at: datetime
    proposes: bool
    signature: tuple[str, bytes] | None

    @property
    def ref(self) -> str:
        """The reference of the statement."""
        return f"{self.party}/{self.seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDocument:
    """A document with everything that was said to it.

    Attributes:
        kind, document: what it is.
        envelope: of it, without a signature.
        by: who proposed it.
        audience: for whom it is meant.
        refs: the statements that propose exactly this document.
        key: what those have in common with the statements that accept it.
        said: by whom it was proposed and accepted, in order.
        siblings: the documents that the same acceptances may be of: where one is
            proposed twice, to other parties or with another reason.
    """

    kind: DocumentKind
    document: Document
    envelope: Envelope
    by: PartyCode
    audience: Audience
    refs: tuple[str, ...]
    key: tuple[str, ...]
    said: tuple[Said, ...]
    siblings: tuple[Envelope, ...] = ()

    @property
    def subject(self) -> str:
        """Which one: id of the terms, plan, manifest or substitution; a receipt's manifest."""
        return self.document.subject

    @property
    def digest(self) -> str:
        """What people compare, hexadecimal."""
        return self.envelope.digest

    @property
    def required(self) -> frozenset[PartyCode]:
        """Who has to sign: every party of the document."""
        return frozenset(self.document.parties)


def signature_in(payload: Any) -> tuple[str, bytes] | None:
    """Key id and signature of a statement; None when it has none.

    Raises:
        ValueError: what stands there is no signature.
    """
    if not payload.signature and not payload.keyid:
        return None
    try:
        raw = base64.b64decode(payload.signature, validate=True)
    except binascii.Error:
        raise ValueError from None
    if base64.b64encode(raw).decode() != payload.signature or len(raw) != SIGNATURE_BYTES:
        raise ValueError("not the one spelling of a signature")
    return payload.keyid, raw


def documents_in(entries: Iterable[Entry]) -> tuple[SignedDocument, ...]:
    """Every document these statements propose, by log and place, with who said what to it.

    Neither the order of the statements nor repetition changes it.
    """
    once = {(e.origin, e.seq): e for e in entries if e.statement.kind in SIGNING_KINDS}
    said = [once[place] for place in sorted(once)]
    frozen: dict[str, ManifestFrozen] = {}
    for entry in said:
        if entry.statement.kind == "manifest.frozen":
            manifest = payload_of(entry, ManifestFrozen)
            frozen.setdefault(manifest.manifest_id, manifest)
    voices: dict[tuple[str, ...], list[Said]] = {}
    found: dict[str, SignedDocument] = {}
    for entry in said:
        payload: Any = payload_of(entry, SIGNING_KINDS[entry.statement.kind])
        key = _key(payload, entry)
        voices.setdefault(key, []).append(_said(payload, entry))
        document = _document(payload, entry, frozen)
        if document is None:
            continue
        envelope = envelope_for(document)
        before = found.get(envelope.digest)
        found[envelope.digest] = SignedDocument(
            kind=kind_of_document(document),
            document=document,
            envelope=envelope,
            by=before.by if before else entry.origin,
            audience=entry.statement.audience | (before.audience if before else frozenset()),
            refs=(*(before.refs if before else ()), entry.ref),
            key=key,
            said=(),
        )
    siblings: dict[tuple[str, ...], list[Envelope]] = {}
    for each in found.values():
        siblings.setdefault(each.key, []).append(each.envelope)
    return tuple(
        replace(each, said=tuple(voices[each.key]), siblings=tuple(siblings[each.key]))
        for each in found.values()
    )


def _document(
    payload: object, entry: Entry, frozen: Mapping[str, ManifestFrozen]
) -> Document | None:
    """The document a statement proposes; None when the manifest it changes is not here."""
    match payload:
        case TermsProposed():
            return terms_document(payload, entry.statement.audience)
        case PlanProposed():
            return plan_document(payload, entry.statement.audience)
        case ScheduleProposed():
            return schedule_document(payload, entry.statement.audience)
        case ManifestFrozen():
            return manifest_document(payload)
        case SubstitutionProposed() if payload.manifest_id in frozen:
            return substitution_document(payload, frozen[payload.manifest_id])
        case ReceiptGiven():
            return receipt_document(payload, entry.origin)
        case _:
            return None


def _key(payload: Any, entry: Entry) -> tuple[str, ...]:
    """What a proposal and its acceptances have in common: the subject and its digest there."""
    match payload:
        case TermsProposed() | TermsAccepted():
            return ("terms", payload.terms_id, str(payload.version), payload.digest)
        case PlanProposed() | PlanAccepted():
            return ("plan", payload.plan_id, payload.digest)
        case ScheduleProposed() | ScheduleAccepted():
            return ("schedule", payload.schedule_id, payload.digest)
        case ManifestFrozen() | ManifestAccepted():
            return ("manifest", payload.manifest_id, payload.digest)
        case SubstitutionProposed() | SubstitutionAccepted():
            change = (payload.manifest_id, payload.substitution_id, payload.digest)
            return ("substitution", *change)
        case _:
            return ("receipt", entry.ref)


def _said(payload: Any, entry: Entry) -> Said:
    try:
        signature = signature_in(payload)
    except ValueError:
        signature = (str(payload.keyid), b"")
    return Said(
        party=entry.origin,
        seq=entry.seq,
        actor=entry.statement.actor,
        at=entry.statement.recorded_at,
        proposes=entry.statement.kind in _PROPOSING,
        signature=signature,
    )
