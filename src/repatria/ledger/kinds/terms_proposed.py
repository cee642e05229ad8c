"""Under which rules are persons exchanged?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsProposed:
    """Terms, versioned; the document is what planning reads.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    terms_id: str
    version: int
    document: Mapping[str, Any]
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="terms.proposed",
    payload=TermsProposed,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
