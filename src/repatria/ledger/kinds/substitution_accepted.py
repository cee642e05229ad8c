"""A party accepts a substitution, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionAccepted:
    """Acceptance of exactly this change.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    manifest_id: ManifestId
    substitution_id: str
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="substitution.accepted",
    payload=SubstitutionAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
