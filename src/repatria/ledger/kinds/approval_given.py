"""Somebody of the party has read a document, so that another may sign it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven:
    """The first pair of eyes; worthless once the document is another one.

    Attributes:
        document: kind of the document, such as `manifest`.
        subject: which one: the id of the terms, plan, manifest, substitution, or of
            the manifest for a receipt.
        digest: of exactly what was read, hexadecimal.
        content: the document itself where no statement holds it yet: a receipt.
    """

    document: str
    subject: str
    digest: str
    content: Mapping[str, Any] = field(default_factory=dict)


KIND = Kind(
    name="approval.given",
    payload=ApprovalGiven,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.OWN,
    redacted=frozenset({"content"}),
)
