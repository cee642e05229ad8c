"""What exactly does a party sign: terms, a plan, a schedule, a manifest, a change, a receipt?

Each is a document of its own, whole in itself: nothing has to be looked up to know
what was signed, and it names the parties that sign. Its canonical bytes, with its
type, are what every signature is over (DSSE). The statements hold the same facts;
each party makes the document from them for itself and signs what it made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repatria.ledger.document import Envelope, envelope_of, payload_in, read_envelope, type_of
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.kinds.schedule_proposed import ScheduleLine, ScheduleProposed
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.payload import from_json, to_json
from repatria.terms import IntegrityError, ManifestId, PartyCode, PersonId, PlanId
from repatria.terms.parties import INTERMEDIARY

FORMAT = 1


class DocumentKind(StrEnum):
    """The kinds of documents that parties sign together."""

    TERMS = "terms"
    PLAN = "plan"
    SCHEDULE = "schedule"
    MANIFEST = "manifest"
    SUBSTITUTION = "substitution"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDocument:
    """The rules of an exchange; `terms` is what planning reads."""

    v: int
    parties: tuple[PartyCode, ...]
    terms: Mapping[str, Any]

    @property
    def subject(self) -> str:
        """Which one it is."""
        return f"terms:{self.terms.get('id', '')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """The final list: who goes, under which terms."""

    v: int
    plan_id: PlanId
    terms_id: str
    terms_digest: str
    parties: tuple[PartyCode, ...]
    persons: tuple[PersonId, ...]

    @property
    def subject(self) -> str:
        """Which one it is."""
        return self.plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDocument:
    """Who of a plan crosses on which day, where; `solved` is the digest of how it was found."""

    v: int
    schedule_id: str
    plan_id: PlanId
    plan_digest: str
    terms_digest: str
    parties: tuple[PartyCode, ...]
    most_ahead: int
    lines: tuple[ScheduleLine, ...]
    solved: str

    @property
    def subject(self) -> str:
        """Which one it is."""
        return self.schedule_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestDocument:
    """Who is handed over to whom, and where. Source: GC III art. 46."""

    v: int
    manifest_id: ManifestId
    plan_id: PlanId
    crossing_point: str
    lines: tuple[ManifestLine, ...]

    @property
    def subject(self) -> str:
        """Which one it is."""
        return self.manifest_id

    @property
    def parties(self) -> tuple[PartyCode, ...]:
        """Every giver and receiver."""
        return _in_order(code for line in self.lines for code in (line.giver, line.receiver))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionDocument:
    """One person in another's place; `manifest_digest` is of the lines as frozen."""

    v: int
    manifest_id: ManifestId
    manifest_digest: str
    substitution_id: str
    parties: tuple[PartyCode, ...]
    outgoing: PersonId
    incoming: PersonId
    code: str
    reason: str

    @property
    def subject(self) -> str:
        """Which one it is."""
        return self.substitution_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDocument:
    """What one side confirms; `manifest_digest` is of the lines as amended."""

    v: int
    manifest_id: ManifestId
    manifest_digest: str
    party: PartyCode
    handed_over: tuple[PersonId, ...]
    received: tuple[PersonId, ...]
    incident: str

    @property
    def subject(self) -> str:
        """Which one it is: the manifest's; what tells receipts apart is their digest."""
        return self.manifest_id

    @property
    def parties(self) -> tuple[PartyCode, ...]:
        """Whose receipt it is: a side signs its own, and "released" needs both."""
        return (self.party,)


Document = (
    TermsDocument
    | PlanDocument
    | ScheduleDocument
    | ManifestDocument
    | SubstitutionDocument
    | ReceiptDocument
)
_FORMS: Mapping[DocumentKind, type[Document]] = {
    DocumentKind.TERMS: TermsDocument,
    DocumentKind.PLAN: PlanDocument,
    DocumentKind.SCHEDULE: ScheduleDocument,
    DocumentKind.MANIFEST: ManifestDocument,
    DocumentKind.SUBSTITUTION: SubstitutionDocument,
    DocumentKind.RECEIPT: ReceiptDocument,
}
_KIND_OF: Mapping[type, DocumentKind] = {form: kind for kind, form in _FORMS.items()}


def parties_told(audience: Iterable[str]) -> tuple[PartyCode, ...]:
    """The parties a proposal is put to: its audience without the intermediary."""
    return _in_order(PartyCode(label) for label in audience if label != INTERMEDIARY)


def terms_document(said: TermsProposed, audience: Iterable[str]) -> TermsDocument:
    """The document of proposed terms, to be signed by the parties they are put to."""
    return TermsDocument(v=FORMAT, parties=parties_told(audience), terms=said.document)


def plan_document(said: PlanProposed, audience: Iterable[str]) -> PlanDocument:
    """The document of a plan: the persons, not how they were found."""
    return PlanDocument(
        v=FORMAT,
        plan_id=said.plan_id,
        terms_id=said.terms_id,
        terms_digest=said.terms_digest,
        parties=parties_told(audience),
        persons=tuple(sorted(said.selected)),
    )


def schedule_document(said: ScheduleProposed, audience: Iterable[str]) -> ScheduleDocument:
    """The document of a schedule: who crosses when and where, and how far anybody is ahead."""
    most = said.schedule.get("E")
    return ScheduleDocument(
        v=FORMAT,
        schedule_id=said.schedule_id,
        plan_id=said.plan_id,
        plan_digest=said.plan_digest,
        terms_digest=said.terms_digest,
        parties=parties_told(audience),
        most_ahead=most if isinstance(most, int) else 0,
        lines=said.lines,
        solved=said.digest,
    )


def manifest_document(said: ManifestFrozen) -> ManifestDocument:
    """The document of a frozen manifest."""
    return ManifestDocument(
        v=FORMAT,
        manifest_id=said.manifest_id,
        plan_id=said.plan_id,
        crossing_point=said.crossing_point,
        lines=tuple(sorted(said.lines, key=lambda line: (line.number, line.person))),
    )


def substitution_document(
    said: SubstitutionProposed, frozen: ManifestFrozen
) -> SubstitutionDocument:
    """The document of a change, bound to the manifest it changes."""
    return SubstitutionDocument(
        v=FORMAT,
        manifest_id=said.manifest_id,
        manifest_digest=frozen.digest,
        substitution_id=said.substitution_id,
        parties=manifest_document(frozen).parties,
        outgoing=said.outgoing,
        incoming=said.incoming,
        code=said.code,
        reason=said.reason,
    )


def receipt_document(said: ReceiptGiven, party: PartyCode) -> ReceiptDocument:
    """The document of one side's receipt."""
    return ReceiptDocument(
        v=FORMAT,
        manifest_id=said.manifest_id,
        manifest_digest=said.digest,
        party=party,
        handed_over=tuple(sorted(said.handed_over)),
        received=tuple(sorted(said.received)),
        incident=said.incident,
    )


def envelope_for(document: Document) -> Envelope:
    """The envelope of a document that nobody signed yet."""
    return envelope_of(kind_of_document(document), to_json(document))


def kind_of_document(document: Document) -> DocumentKind:
    """Its kind."""
    return _KIND_OF[type(document)]


def kind_of_envelope(text: str, *, place: str) -> DocumentKind:
    """The kind that the text of an envelope says it is.

    Raises:
        IntegrityError: at `place`, `envelope-malformed`: of no kind known here.
    """
    for kind in DocumentKind:
        if f'"payloadType":"{type_of(kind)}"' in text:
            return kind
    raise IntegrityError(place, "envelope-malformed")


def read_document(text: str, *, place: str) -> tuple[Document, Envelope]:
    """A document and its envelope, from a file; whose signatures they are is still to be asked.

    Raises:
        IntegrityError: at `place`: `envelope-malformed`, `document-malformed`, or
            `not-canonical`.
    """
    kind = kind_of_envelope(text, place=place)
    envelope = read_envelope(text, kind=kind, place=place)
    return document_in(envelope, kind, place=place), envelope


def document_in(envelope: Envelope, kind: DocumentKind, *, place: str) -> Document:
    """The document in an envelope of this kind.

    Raises:
        IntegrityError: at `place`, `document-malformed`: it holds less, or more, than
            such a document of a format known here: nobody signs what is not shown.
    """
    value = payload_in(envelope, place=place)
    if not isinstance(value, dict):
        raise IntegrityError(place, "document-malformed")
    try:
        document = from_json(_FORMS[kind], value, place=place)
    except IntegrityError:
        raise IntegrityError(place, "document-malformed") from None
    if document.v != FORMAT or to_json(document) != value:
        raise IntegrityError(place, "document-malformed")
    return document


def spoken(digest: str) -> str:
    """A digest in sixteen groups of four digits, to be compared aloud."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


def _in_order(codes: Iterable[PartyCode]) -> tuple[PartyCode, ...]:
    return tuple(sorted(set(codes)))
