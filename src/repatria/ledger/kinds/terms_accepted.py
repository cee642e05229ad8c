"""A party accepts terms, by the digest of their exact text."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAccepted:
    """Acceptance of one version and no other."""

    terms_id: str
    version: int
    digest: str


KIND = Kind(
    name="terms.accepted",
    payload=TermsAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
