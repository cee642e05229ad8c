"""A party accepts a substitution, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionAccepted:
    """Acceptance of exactly this change."""

    manifest_id: ManifestId
    substitution_id: str
    digest: str


KIND = Kind(
    name="substitution.accepted",
    payload=SubstitutionAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
