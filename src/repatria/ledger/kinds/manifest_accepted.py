"""A party signs the manifest, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestAccepted:
    """Acceptance of exactly these lines."""

    manifest_id: ManifestId
    digest: str


KIND = Kind(
    name="manifest.accepted",
    payload=ManifestAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
