"""How does a page wait for a computation without keeping anybody waiting?

It asks for a job and answers; what is not there by then is looked at again. One account
sees its own computations alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from repatria.store import jobs
from repatria.store.queries.jobs import newest_of_mine
from repatria.terms import Objection, Refusal
from repatria.web.access import Request
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import now
from repatria.wiring.jobs import ask_anew
from repatria.wiring.work_told import as_told

_A_MOMENT_SECONDS, _LOOK_SECONDS = 1.5, 0.1
LIMITS_SECONDS = (10, 60, 600)
_ENDED_WITH_NOTHING = (jobs.REFUSED, jobs.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """A job as a page waits for it.

    Attributes:
        asked: what was asked.
        seconds: for how long it goes on, or went on.
        percent: how far it is; None while nobody knows.
        value: what is known by now; empty before anything is.
        at: when it ended; None while it has not.
    """

    id: str
    asked: Mapping[str, Any]
    running: bool
    cancelled: bool
    failed: bool
    refusal: Refusal | None
    seconds: int
    percent: int | None
    value: Mapping[str, Any]
    at: datetime | None


def ask(request: Request, kind: str, about: str, asked: Mapping[str, Any]) -> None:
    """Ask for a computation; an older one of the viewer's about the same is forgotten."""
    ask_anew(request.viewer, kind, about=about, asked=asked)


def wait_a_moment(request: Request, kind: str, about: str) -> None:
    """Wait for a quick answer, where the page's script asks: what it shows does not flicker."""
    until = monotonic() + _A_MOMENT_SECONDS
    while "HX-Request" in request.headers and monotonic() < until:
        known = job_of_mine(request, kind, about)
        if known is None or not known.running:
            return
        sleep(_LOOK_SECONDS)


def stop(known: Waited | None) -> None:
    """Stop a computation; what it had found by its last beat is kept."""
    if known is not None:
        jobs.stop(known.id, now())


def job_of_mine(request: Request, kind: str, about: str) -> Waited | None:
    """The newest job of a kind that the viewer asked for about a subject; None for none."""
    row = newest_of_mine(request.viewer, kind, about)
    return _waited(as_told(installation_here(), row), now()) if row is not None else None


def _waited(row: jobs.Job, at: datetime) -> Waited:
    refused = row.result["objections"] if row.state == jobs.REFUSED else ()
    found = [Objection(code=code, rule=rule, about=tuple(names)) for code, rule, names in refused]
    return Waited(
        id=row.id,
        asked=row.asked,
        running=row.state in jobs.OPEN,
        cancelled=row.state == jobs.STOPPED,
        failed=row.state == jobs.FAILED,
        refusal=Refusal(*found) if found else None,
        seconds=int(((row.ended_at or at) - row.asked_at).total_seconds()),
        percent=min(100, row.done * 100 // row.total) if row.total else None,
        value={} if row.state in _ENDED_WITH_NOTHING else row.result,
        at=row.ended_at,
    )


def patience(request: Request) -> int:
    """For how many seconds the viewer lets it compute."""
    asked = request.POST.get("seconds", "")
    allowed = {str(limit): limit for limit in LIMITS_SECONDS}
    return allowed.get(asked, 60)
