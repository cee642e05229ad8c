"""What the law asks for a person by a certain day was done."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDone:
    """A duty done: a capture card sent, a person registered, a report of health given.

    Attributes:
        duty: code of the clock; see `register.clocks`.
        digest: SHA-256 of what was sent, where something was.
    """

    person: PersonId
    duty: str
    digest: str = ""


KIND = Kind(
    name="duty.done",
    payload=DutyDone,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.AGENCY,
)
