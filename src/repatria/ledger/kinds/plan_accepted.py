"""A party accepts a plan, by digest."""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccepted:
    """Acceptance of exactly these persons.

    Attributes:
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    plan_id: PlanId
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="plan.accepted",
    payload=PlanAccepted,
    sensitivity=Sensitivity.PROCEDURAL,
    readers=Readers.PARTIES,
)
