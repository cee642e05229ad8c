"""A party accepts a plan, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccepted:
    """Acceptance of exactly these persons."""

    plan_id: PlanId
    digest: str


KIND = Kind(
    name="plan.accepted",
    payload=PlanAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
