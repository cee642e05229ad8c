"""On which day does who cross where?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import PartyCode, PersonId, PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """Those who cross one way at one site on one day.

    Attributes:
        day: from 1.
        on: the day, `YYYY-MM-DD`; empty where the terms name none.
    """

    day: int
    on: str
    site: str
    giver: PartyCode
    receiver: PartyCode
    persons: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleProposed:
    """A schedule for a plan.

    Attributes:
        plan_digest: of exactly the persons it is for.
        terms_digest: of exactly the terms it keeps to.
        lines: by day, site, giver and receiver.
        schedule: as it was solved: question, exposure, what each has if it stops, proofs.
        digest: SHA-256 of all of it, hexadecimal.
        keyid, signature: a hint which key, and its signature over the document, in base64.
    """

    schedule_id: str
    plan_id: PlanId
    plan_digest: str
    terms_digest: str
    lines: tuple[ScheduleLine, ...]
    schedule: Mapping[str, Any]
    digest: str
    keyid: str = ""
    signature: str = ""


KIND = Kind(
    name="schedule.proposed",
    payload=ScheduleProposed,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.PARTIES,
)
