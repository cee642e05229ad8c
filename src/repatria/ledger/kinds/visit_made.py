"""A neutral visitor saw a person. That it happened, never what was said."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMade:
    """A visit. There is no field for its content, and none may be added.

    Attributes:
        in_private: the interview was without witnesses.
        repeated: the same visitor has seen the person before.

    Source: GC III art. 126, GC IV art. 143 (interviews without witnesses).
    """

    person: PersonId
    on: PartialDate
    in_private: bool
    repeated: bool = False


KIND = Kind(
    name="visit.made",
    payload=VisitMade,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
