"""A party signs the manifest, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestAccepted:
    """Acceptance of exactly these lines.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    manifest_id: ManifestId
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="manifest.accepted",
    payload=ManifestAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
