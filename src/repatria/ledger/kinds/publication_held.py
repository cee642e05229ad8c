"""Until when is nothing said in public about a handover, or about some of its persons?"""

from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ManifestId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationHeld:
    """An embargo on which a side insists; its next statement replaces it.

    Attributes:
        until: nothing is published before; a time that has passed lifts the embargo.
        persons: only about these; nobody here means the whole handover.
        reason: why, for the other desks.
    """

    manifest_id: ManifestId
    until: datetime
    persons: tuple[PersonId, ...] = ()
    reason: str = ""


KIND = Kind(
    name="publication.held",
    payload=PublicationHeld,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
