"""What a party says in public, with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import BulletinId


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPublished:
    """A bulletin; a correction is a new version.

    Attributes:
        digest: of the HTML file, hexadecimal SHA-256.
        sealed: the signed bulletin as `record.signed_bulletin` reads it: the same words,
            the figures, the digests of every file, the version before; empty in logs of
            before bulletins were signed.
    """

    bulletin_id: BulletinId
    version: int
    language: str
    document: Mapping[str, Any]
    digest: str
    sealed: Mapping[str, Any] = field(default_factory=dict)


KIND = Kind(
    name="bulletin.published",
    payload=BulletinPublished,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
