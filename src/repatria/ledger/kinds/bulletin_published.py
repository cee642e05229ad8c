"""What a party says in public, with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import BulletinId


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPublished:
    """A bulletin; a correction is a new version."""

    bulletin_id: BulletinId
    version: int
    language: str
    document: Mapping[str, Any]
    digest: str


KIND = Kind(
    name="bulletin.published",
    payload=BulletinPublished,
    sensitivity=Sensitivity.PUBLIC,
    readers=Readers.PUBLIC,
)
