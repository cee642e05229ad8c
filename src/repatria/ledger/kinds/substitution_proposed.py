"""One person for another on a frozen manifest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionProposed:
    """A signed change; in force once both sides accept it.

    Attributes:
        reason: `no_medical_clearance`, `refused`, `died`, `withdrawn_by_holder`.
        code: of the incoming person's card.
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    manifest_id: ManifestId
    substitution_id: str
    outgoing: PersonId
    incoming: PersonId
    reason: str
    code: str
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="substitution.proposed",
    payload=SubstitutionProposed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"reason"}),
)
