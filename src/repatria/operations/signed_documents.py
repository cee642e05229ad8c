"""Which documents do the parties sign together, who has signed, and who has not?

A document is made from the statement that proposes it; the signatures stand in the
statements by which each party proposes or accepts it. A signature counts only under
a key that the party's keyring has at that place of its log. What an older version
accepted without a signature was said, and is shown so; it counts for nothing that
needs a signature.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from repatria.ledger.document import Envelope, key_id, pae
from repatria.ledger.log import Log
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.operations.access import keyring_of
from repatria.operations.document_kinds import (
    Document,
    DocumentKind,
    TermsDocument,
    envelope_for,
)
from repatria.operations.document_statements import (
    SIGNING_KINDS,
    Said,
    SignedDocument,
    documents_in,
)
from repatria.terms import Objection, PartyCode, Refusal

KeysOf = Callable[[PartyCode, int], Sequence[VerifyKey]]


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
