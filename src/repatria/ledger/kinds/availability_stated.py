"""Can this person be counted on for the journey? Said without the reason."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityStated:
    """What the intermediary tells the parties of somebody who cannot be planned with.

    One word for all personal grounds (he does not want to go, he cannot be asked, he is
    not well enough to decide), so that nobody learns from it which one it is.

    Source:
        GC III art. 109(3); ICRC practice: what is said in an interview without witness
        is not told to the parties.
    """

    person: PersonId
    available: bool


KIND = Kind(
    name="availability.stated",
    payload=AvailabilityStated,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
