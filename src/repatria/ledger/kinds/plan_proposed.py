"""Who would be exchanged for whom?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PersonId, PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposed:
    """A plan as solved.

    Attributes:
        levels: objective levels in strict order with value, bound and whether proven.
        left_out: eligible for explanation, not selected.
        owed: seriously wounded or sick whom a rule of the terms keeps back.
        reasons: for each person left out: code, rules and sentence.
        digest: SHA-256 of terms digest and selected ids, hexadecimal.
        keyid, signature: a hint which key, and its signature over the document, in base64;
            empty in logs of before there were any.
    """

    plan_id: PlanId
    terms_id: str
    terms_digest: str
    status: str
    selected: tuple[PersonId, ...]
    left_out: tuple[PersonId, ...]
    levels: tuple[Mapping[str, Any], ...]
    reasons: Mapping[str, Any] = field(default_factory=dict)
    digest: str
    owed: tuple[PersonId, ...] = ()
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="plan.proposed",
    payload=PlanProposed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
    redacted=frozenset({"reasons"}),
)
