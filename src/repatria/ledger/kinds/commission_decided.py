"""A mixed medical commission decided about a person; the medical ground stays with it."""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartialDate, PersonId


class CommissionDecision(StrEnum):
    """Source: GC III Annex I and the certificate of Annex IV E."""

    REPATRIATE = "repatriate"
    NEUTRAL_COUNTRY = "neutral_country"
    EXAMINE_AGAIN = "examine_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionDecided:
    """A decision, without its ground.

    Attributes:
        visited_on: the day of the visit, from which the clocks run.
    """

    person: PersonId
    decision: CommissionDecision
    visited_on: PartialDate


KIND = Kind(
    name="commission.decided",
    payload=CommissionDecided,
    sensitivity=Sensitivity.RESTRICTED,
    readers=Readers.AGENCY,
    redacted=frozenset({"decision"}),
)
