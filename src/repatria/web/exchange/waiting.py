"""How does a page wait for a calculation without keeping anybody waiting?

It waits a moment; what is not there by then is looked at again. One account sees
its own calculations alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repatria.store import jobs
from repatria.store.queries.jobs import newest_of_mine
from repatria.terms import Objection, Refusal
from repatria.web.access import Request
from repatria.wiring.calculations import Calculation, Work, begin, calculation_of
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import now
from repatria.wiring.work_told import as_told

_A_MOMENT_SECONDS = 1.5
LIMITS_SECONDS = (10, 60, 600)


def begin_for(request: Request, matter: str, work: Work) -> Calculation | None:
    """A calculation for the viewer, after a moment's wait; None when too many are running."""
    found = begin(_owner(request), matter, work)
    if found is not None:
        found.wait(_A_MOMENT_SECONDS)
    return found


def known_to(request: Request, matter: str) -> Calculation | None:
    """What the viewer last began in a matter."""
    return calculation_of(_owner(request), matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A job as a page waits for it: what stands on the page of a `Calculation`, and how far it is.

    Attributes:
        value: what is known by now; empty before anything is.
    """

    id: str
    running: bool
    cancelled: bool
    failed: bool
    refusal: Refusal | None
    seconds: int
    percent: int | None
    value: Mapping[str, Any]


def job_of_mine(request: Request, kind: str, about: str) -> Waited | None:
    """The newest job of a kind that the viewer asked for about a subject; None for none."""
    row = newest_of_mine(request.viewer, kind, about)
    return _waited(as_told(installation_here(), row), now()) if row is not None else None


def _waited(row: jobs.Job, at: datetime) -> Waited:
    told = row.result.get("objections", ())
    found = [Objection(code=code, rule=rule, about=tuple(names)) for code, rule, names in told]
    return Waited(
        id=row.id,
        running=row.state in jobs.OPEN,
        cancelled=row.state == jobs.STOPPED,
        failed=row.state == jobs.FAILED,
        refusal=Refusal(*found) if found else None,
        seconds=int(((row.ended_at or at) - row.asked_at).total_seconds()),
        percent=min(100, row.done * 100 // row.total) if row.total else None,
        value=row.result if "plan" in row.result else {},
    )


def patience(request: Request) -> int:
    """For how many seconds the viewer lets it compute."""
    asked = request.POST.get("seconds", "")
    allowed = {str(limit): limit for limit in LIMITS_SECONDS}
    return allowed.get(asked, 60)


def _owner(request: Request) -> str:
    return f"{installation_here().alias} {request.viewer.actor}"
