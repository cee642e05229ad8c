"""A reader told something about a person; it is recorded as told, and changes no status."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class TipRecorded:
    """What a tip says about one person. No fold of a person's status reads it.

    Attributes:
        reply_id: the tip.
        words: what it says about this person, in the desk's words.
    """

    reply_id: str
    person: PersonId
    words: str


KIND = Kind(
    name="tip.recorded",
    payload=TipRecorded,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.OWN,
    redacted=frozenset({"words"}),
)
