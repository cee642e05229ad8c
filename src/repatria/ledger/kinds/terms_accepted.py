"""A party accepts terms, by the digest of their exact text."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAccepted:
    """Acceptance of one version and no other.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    terms_id: str
    version: int
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="terms.accepted",
    payload=TermsAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
