"""Is the person alive? What all say, and whether a death is open again.

A death is a claim with a method, never the end of a record. A sign of life that is
certainly later reopens it, whatever the method was and whoever said it: the record
stays on every list until somebody has looked.
"""

from dataclasses import dataclass
from enum import StrEnum

from repatria.ledger.kinds.life_stated import LifeStated
from repatria.register.contradictions import contradictions_in
from repatria.register.model import Attributed, PersonRecord
from repatria.terms import LifeStatus


class LifeStanding(StrEnum):
    """How it stands with life and death by all that was said."""

    NOBODY_SAID = "nobody_said"
    ALIVE = "alive"
    DEAD = "dead"
    REOPENED = "reopened"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The claims with what follows from them.

    Attributes:
        claims: standing ones, in the order said; the weakest is not dropped.
        reopened_by: references of signs of life later than a death.
        tests_due: references of claims whose recommended second test is not done.
    """

    standing: LifeStanding
    claims: tuple[Attributed[LifeStated], ...]
    reopened_by: tuple[str, ...]
    tests_due: tuple[str, ...]


def life_of(record: PersonRecord) -> Life:
    """How it stands with a person's life by the statements in a record."""
    claims = tuple(claim for claim in record.life if not claim.superseded)
    said = {claim.value.status for claim in claims}
    reopened = tuple(
        finding.about[-1]
        for finding in contradictions_in(record)
        if finding.code == "alive-after-death"
    )
    if reopened:
        standing = LifeStanding.REOPENED
    elif LifeStatus.DEAD in said:
        standing = LifeStanding.DEAD
    elif LifeStatus.ALIVE in said or record.last_sighting is not None:
        standing = LifeStanding.ALIVE
    else:
        standing = LifeStanding.UNKNOWN if claims else LifeStanding.NOBODY_SAID
    return Life(
        standing=standing,
        claims=claims,
        reopened_by=reopened,
        tests_due=tuple(claim.ref for claim in claims if claim.value.second_test_due),
    )
