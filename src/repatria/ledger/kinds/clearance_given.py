"""Is the person fit for this journey? The verdict only."""

from dataclasses import dataclass
from datetime import datetime

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceGiven:
    """The medical verdict, for a mode of travel, until a moment."""

    person: PersonId
    fit_to_travel: bool
    mode: str
    valid_until: datetime


KIND = Kind(
    name="clearance.given",
    payload=ClearanceGiven,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
