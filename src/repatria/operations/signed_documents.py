"""Which documents do the parties sign together, who has signed, and who has not?

A document is made from the statement that proposes it; the signatures stand in the
statements by which each party proposes or accepts it. A signature counts only under
a key that the party's keyring has at that place of its log. What an older version
accepted without a signature was said, and is shown so; it counts for nothing that
needs a signature.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from repatria.ledger.document import Envelope, key_id, pae
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.log import Log
from repatria.ledger.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from repatria.ledger.statement import Entry
from repatria.operations.access import keyring_of
from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    TermsDocument,
    envelope_for,
    kind_of_document,
    manifest_document,
    plan_document,
    receipt_document,
    substitution_document,
    terms_document,
)
from repatria.terms import ActorId, Audience, Objection, PartyCode, Refusal

_PROPOSING: Mapping[str, type] = {
    "terms.proposed": TermsProposed,
    "plan.proposed": PlanProposed,
    "manifest.frozen": ManifestFrozen,
    "substitution.proposed": SubstitutionProposed,
    "receipt.given": ReceiptGiven,
}
_ACCEPTING: Mapping[str, type] = {
    "terms.accepted": TermsAccepted,
    "plan.accepted": PlanAccepted,
    "manifest.accepted": ManifestAccepted,
    "substitution.accepted": SubstitutionAccepted,
}
SIGNING_KINDS: Mapping[str, type] = {**_PROPOSING, **_ACCEPTING}
KeysOf = Callable[[PartyCode, int], Sequence[VerifyKey]]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a document has come.

    Attributes:
        required: who has to sign.
        signed: whose signature holds; also of one who need not.
        said_only: who accepted it without a signature, as older versions did.
        broken: statements whose signature does not hold; it counts for nothing.
        envelope: the document with the signatures that hold.
    """

    required: frozenset[PartyCode]
    signed: frozenset[PartyCode]
    said_only: frozenset[PartyCode]
    broken: tuple[Said, ...]
    envelope: Envelope

    @property
    def missing(self) -> frozenset[PartyCode]:
        """Who has yet to sign."""
        return self.required - self.signed

    @property
    def complete(self) -> bool:
        """Whether all who have to have signed."""
        return not self.missing


def signature_under(key: SigningKey, document: Document) -> dict[str, Any]:
    """The fields `keyid` and `signature` of a statement that signs a document."""
    envelope = envelope_for(document)
    made = key.sign(pae(envelope.payload_type, envelope.payload))
    return {"keyid": key_id(key.verify_key), "signature": base64.b64encode(made).decode()}


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


def keys_known(log: Log, own: VerifyKey | None = None) -> KeysOf:
    """With which keys may a party have signed a statement at a place of its log?

    Args:
        log: whose notes of keyrings are believed.
        own: our own key, for a log that holds no note of our keyring.
    """
    rings = {}

    def keys(party: PartyCode, seq: int) -> Sequence[VerifyKey]:
        if party not in rings:
            rings[party] = keyring_of(log, party)
        ring = rings[party]
        if ring is None:
            return (own,) if own is not None and party == log.party else ()
        return ring.signers_at(seq + 1)

    return keys


def holds(said: Said, envelope: Envelope, keys: KeysOf) -> bool:
    """Whether the signature of a statement is over this document, under a key it may use."""
    if said.signature is None:
        return False
    hint, signature = said.signature
    message = pae(envelope.payload_type, envelope.payload)
    return any(
        key_id(key) == hint and key.verifies(message, signature)
        for key in keys(said.party, said.seq)
    )


def standing_of(signed: SignedDocument, keys: KeysOf) -> Standing:
    """Who has to sign a document, who has, who only said so, and which signature fails."""
    good = [each for each in signed.said if holds(each, signed.envelope, keys)]
    bad = [
        each
        for each in signed.said
        if each.signature is not None and not any(holds(each, e, keys) for e in signed.siblings)
    ]
    parties = frozenset(each.party for each in good)
    accepted = {
        each.party
        for each in signed.said
        if each.signature is None
        and (not each.proposes or signed.kind in (DocumentKind.RECEIPT, DocumentKind.SUBSTITUTION))
    }
    return Standing(
        required=signed.required,
        signed=parties,
        said_only=frozenset(accepted & signed.required) - parties,
        broken=tuple(bad),
        envelope=signed.envelope.with_signatures(
            each.signature for each in good if each.signature is not None
        ),
    )


def documents_of(log: Log) -> tuple[SignedDocument, ...]:
    """Every document of an exchange that we hold."""
    return documents_in(log.of_kind(*SIGNING_KINDS))


def find_document(log: Log, subject: str, kind: DocumentKind | None = None) -> SignedDocument:
    """The newest document of a subject, or the one whose digest begins so.

    Args:
        log: what we hold.
        subject: `terms:...`, `plan:...`, `manifest:...`, `substitution:...`, or at
            least eight digits of a digest.
        kind: only of this kind: a manifest and its receipts share their subject.

    Raises:
        Refusal: `document-unknown`.
    """
    found = [
        each
        for each in documents_of(log)
        if kind in (None, each.kind)
        and (
            (each.subject == subject and (kind or each.kind is not DocumentKind.RECEIPT))
            or (len(subject) >= 8 and each.digest.startswith(subject))
        )
    ]
    if not found:
        raise Refusal(Objection(code="document-unknown", rule="documents"))
    return max(found, key=version_of)


def version_of(signed: SignedDocument) -> int:
    """The version of terms; 0 of everything else, which has one version only."""
    if not isinstance(signed.document, TermsDocument):
        return 0
    version = signed.document.terms.get("version")
    return version if isinstance(version, int) else 0


def document_of(log: Log, subject: str) -> Envelope:
    """A document with all signatures that hold.

    Raises:
        Refusal: `document-unknown`.
    """
    return standing(log, subject).envelope


def standing(
    log: Log, subject: str, kind: DocumentKind | None = None, *, own: VerifyKey | None = None
) -> Standing:
    """How far the document of a subject has come.

    Args:
        log: what we hold.
        subject: as for `find_document`.
        kind: as for `find_document`.
        own: as for `keys_known`.

    Raises:
        Refusal: `document-unknown`.
    """
    return standing_of(find_document(log, subject, kind), keys_known(log, own))


def proposed_at(log: Log, ref: str) -> SignedDocument:
    """The document that a statement proposes.

    Raises:
        Refusal: `document-unknown`.
    """
    for each in documents_of(log):
        if ref in each.refs:
            return each
    raise Refusal(Objection(code="document-unknown", rule="documents"))


def unsigned_by(
    log: Log, refs: Iterable[str], own: VerifyKey
) -> Iterator[tuple[SignedDocument, PartyCode]]:
    """The documents that these statements propose, with each party whose signature they lack."""
    wanted, keys = frozenset(refs), keys_known(log, own)
    for signed in documents_of(log):
        if wanted.intersection(signed.refs):
            for party in sorted(standing_of(signed, keys).missing):
                yield signed, party
