"""A person said no, and a named authority sends him all the same."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalOverridden:
    """Who answers for sending somebody who refused; it never turns his no into a yes.

    Attributes:
        authority: office and name of whoever decided.
        reason: on what it rests, in words.

    Source:
        GC III art. 109, third paragraph, forbids it for the wounded and sick while the
        hostilities last.
    """

    manifest_id: ManifestId
    person: PersonId
    authority: str
    reason: str


KIND = Kind(
    name="refusal.overridden",
    payload=RefusalOverridden,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"reason"}),
)
