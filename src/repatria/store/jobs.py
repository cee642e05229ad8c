"""How is work shared out so that none is lost, and none done by two at once?

One row a job. A worker takes a job by writing its name and a time into the row, if the
row is still as it was read (compare and swap), and renews the time while it works. When
it is killed the time runs out, and whoever looks next takes the job over. Whoever lost
his lease finds that out at his next beat, and stops.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from repatria.store import models

Job = models.Job

WAITING, RUNNING, DONE, REFUSED, FAILED, STOPPED = (
    "waiting", "running", "done", "refused", "failed", "stopped",
)  # fmt: skip
OPEN = (WAITING, RUNNING)
LEASE = timedelta(seconds=45)
"""For how long nobody else takes a job; longer than one transaction of it can last."""

MOST_ATTEMPTS = 5
"""How often a job is taken: one that kills its worker each time is given up."""

KEPT = timedelta(days=7)

PLAN = "plan"
COMPUTED = frozenset(
    {PLAN, "plan-trial", "plan-check", "plan-why", "plan-disputed", "plan-schedule"}
)
"""Kinds that write nothing: what they find names persons by their ids, and waits in the row for
whoever asked, and for nobody else. A solver can take minutes for one."""


def ask(
    job_id: str,
    *,
    kind: str,
    about: str,
    actor: str,
    role: str,
    asked: Mapping[str, Any],
    asked_at: datetime,
) -> Job:
    """The job as it waits; the same that waits or runs already, if there is one.

    Jobs that ended long ago are forgotten on this occasion.
    """
    job = Job(
        id=job_id,
        kind=kind,
        about=about,
        actor=actor,
        role=role,
        asked=dict(asked),
        asked_at=asked_at,
    )
    Job.objects.filter(ended_at__lt=job.asked_at - KEPT).delete()
    same = Job.objects.filter(kind=job.kind, about=job.about, state__in=OPEN)
    for each in same:
        if each.asked == job.asked and each.actor == job.actor:
            return each
    job.save(force_insert=True)
    return job


def only(job: Job) -> None:
    """Forget what else the same account asked of the same kind: only its newest counts.

    The worker of one that runs hears of it at its next beat.
    """
    older = Job.objects.filter(kind=job.kind, about=job.about, actor=job.actor)
    older.exclude(id=job.id).delete()


def take(
    worker: str, at: datetime, *, only: Collection[str] = (), apart: Collection[str] = ()
) -> Job | None:
    """The oldest job that waits, or whose worker is gone, now this worker's; None if none is.

    Args:
        worker: its name; what runs under the same name was left by its predecessor, which a
            keeper saw die.
        at: now.
        only: kinds it takes; all when empty.
        apart: kinds it leaves to others.
    """
    free = Q(state=WAITING) | Q(state=RUNNING) & (Q(leased_until__lt=at) | Q(worker=worker))
    if only:
        free &= Q(kind__in=only)
    for job in Job.objects.filter(free).exclude(kind__in=apart).order_by("asked_at", "id"):
        as_read = Job.objects.filter(id=job.id, state=job.state, leased_until=job.leased_until)
        if job.attempts >= MOST_ATTEMPTS:
            as_read.update(state=FAILED, ended_at=at, result=_why(code="job-given-up"))
            continue
        taken = as_read.update(
            state=RUNNING,
            worker=worker,
            leased_until=at + LEASE,
            attempts=job.attempts + 1,
            stage="",
            done=0,
            total=0,
        )
        if taken:
            return Job.objects.get(id=job.id)
    return None


def _why(*, code: str) -> dict[str, str]:
    return {"code": code}


def beat(
    job_id: str,
    worker: str,
    at: datetime,
    *,
    stage: str = "",
    done: int = 0,
    total: int = 0,
    found: Mapping[str, Any] | None = None,
) -> bool:
    """Whether the job is still this worker's; if so, for a while longer, with how far it is.

    Args:
        found: what would be the result if it were stopped now; as before when None.
    """
    mine = Job.objects.filter(id=job_id, worker=worker, state=RUNNING)
    told: dict[str, Any] = {"stage": stage, "done": done, "total": total}
    if found is not None:
        told["result"] = dict(found)
    return bool(mine.update(leased_until=at + LEASE, **told))


def end(job_id: str, worker: str, at: datetime, state: str, result: Mapping[str, Any]) -> bool:
    """Whether the end was noted; not when somebody stopped the job or took it over."""
    mine = Job.objects.filter(id=job_id, worker=worker, state=RUNNING)
    return bool(mine.update(state=state, ended_at=at, result=dict(result), leased_until=None))


def stop(job_id: str, at: datetime) -> bool:
    """Whether a job that waited or ran was stopped; its worker hears of it at its next beat."""
    running = Job.objects.filter(id=job_id, state__in=OPEN)
    return bool(running.update(state=STOPPED, ended_at=at, leased_until=None))


def forget_persons() -> None:
    """Let go of all that names persons by their ids, on the occasion of an erasure.

    What runs was asked before it, and is lost to its worker.
    """
    Job.objects.filter(kind__in=COMPUTED).delete()
