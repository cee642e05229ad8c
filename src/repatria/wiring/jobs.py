"""How is long work done beside the pages, so that a kill or a power loss loses none of it?

A page asks for a job and answers at once; a process of its own works it, and renews its
lease from a thread beside. Each kind of job can be worked again from what was asked:
what was written before the kill is found and not written twice.
"""

import secrets
import traceback
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from django.db import OperationalError, connections

from repatria.operations.desk import Desk
from repatria.store import jobs
from repatria.terms import NotVisible, Refusal, Viewer
from repatria.wiring.installation import Clock, Installation, now
from repatria.wiring.viewers import viewer_of_account
from repatria.wiring.work_told import ToldBeside

Progress = Callable[[int, int], None]
Result = Mapping[str, Any]
BEAT_SECONDS, LOOK_SECONDS = 1.0, 1.0
_PATIENCE_MILLISECONDS = 200


class JobLostError(Exception):
    """The job was stopped, or is another worker's by now."""


@dataclass(slots=True, kw_only=True)
class Told:
    """How far a job is, as its work tells it; the thread beside writes it down.

    Attributes:
        found: what is to be kept if it is stopped now; None for nothing.
        lost: set when the job is no longer ours.
    """

    stage: str = ""
    done: int = 0
    total: int = 0
    found: Result | None = None
    lost: Event = field(default_factory=Event)

    def at_stage(self, stage: str) -> Progress:
        """Begin a stage; gives what to tell of it.

        Raises:
            JobLostError: from what is given, as soon as the job is no longer ours.
        """
        self.stage, self.done, self.total = stage, 0, 0

        def tell(done: int, total: int) -> None:
            self.done, self.total = done, total
            if self.lost.is_set():
                raise JobLostError

        tell(0, 0)
        return tell


Work = Callable[[Desk, jobs.Job, Told], Result]


def ask_for(
    viewer: Viewer, kind: str, *, about: str, asked: Mapping[str, Any], clock: Clock = now
) -> jobs.Job:
    """A job of this desk, waiting; the same if the same was asked for already.

    Args:
        kind: one of the kinds that the worker knows.
        about: the subject it is about.
        asked: all that the work needs; no name of a person, nothing secret.
    """
    return jobs.ask(
        secrets.token_hex(10),
        kind=kind,
        about=about,
        actor=viewer.actor,
        role=viewer.role,
        asked=asked,
        asked_at=clock(),
    )


def ask_anew(
    viewer: Viewer, kind: str, *, about: str, asked: Mapping[str, Any], clock: Clock = now
) -> jobs.Job:
    """As `ask_for`, for a question of which only the newest counts: older ones are forgotten."""
    made = ask_for(viewer, kind, about=about, asked=asked, clock=clock)
    jobs.only(made)
    return made


def stop_if_free(installation: Installation, job_id: str, *, clock: Clock = now) -> bool:
    """Whether a job that waited or ran was stopped; not while it is being written down.

    An embedded database has one writer: a stop would wait for the whole of what is written, and
    then come too late. Only inside `installation.open()`.
    """
    if not installation.is_embedded:
        return jobs.stop(job_id, clock())
    with connections[installation.alias].cursor() as cursor:
        [(patience,)] = cursor.execute("PRAGMA busy_timeout").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MILLISECONDS}")
        try:
            return jobs.stop(job_id, clock())
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(patience)}")


def work_once(
    installation: Installation,
    kinds: Mapping[str, Work],
    *,
    worker: str,
    clock: Clock = now,
    only: Collection[str] = (),
    apart: Collection[str] = (),
) -> jobs.Job | None:
    """The job that was worked to its end, whatever the end; None when none waited.

    Args:
        installation: whose.
        kinds: how each kind is worked.
        worker: the name under which a lease is held.
        clock: of the leases.
        only: kinds that are looked for; all when empty.
        apart: kinds that are left to others.
    """
    with installation.open():
        job = jobs.take(worker, clock(), only=only, apart=apart)
        if job is None:
            return None
        told = Told()
        ended = Event()
        beside = Thread(
            target=_beat, args=(installation, job.id, worker, told, ended, clock), daemon=True
        )
        beside.start()
        try:
            state, result = _outcome(installation, kinds, job, told, clock)
        except JobLostError:
            return job
        finally:
            ended.set()
            beside.join()
        jobs.end(job.id, worker, clock(), state, result)
        return job


def _outcome(
    installation: Installation,
    kinds: Mapping[str, Work],
    job: jobs.Job,
    told: Told,
    clock: Clock,
) -> tuple[str, Result]:
    viewer = viewer_of_account(job.actor)
    work = kinds.get(job.kind)
    if work is None or not viewer.at_a_desk or viewer.party != installation.party:
        return jobs.FAILED, {"code": "job-not-possible"}
    try:
        # The role as it is now: it may have been taken since he asked.
        desk = installation.desk(viewer.actor, viewer.role, clock=clock)
        return jobs.DONE, work(desk, job, told)
    except Refusal as refusal:
        found = [[each.code, each.rule, list(each.about)] for each in refusal.objections[:200]]
        return jobs.REFUSED, {"objections": found}
    except NotVisible:
        return jobs.FAILED, {"code": "job-not-possible"}
    except JobLostError:
        raise
    except Exception:  # noqa: BLE001 -- one broken job must not end the worker
        traceback.print_exc()
        return jobs.FAILED, {"code": "job-broke"}


def _beat(
    installation: Installation,
    job_id: str,
    worker: str,
    told: Told,
    ended: Event,
    clock: Clock,
) -> None:
    """Renew the lease and write down how far it is, until the work has ended."""
    written: Result | None = None
    beside = ToldBeside(installation, job_id, worker)
    with installation.open():
        if installation.is_embedded:
            # While the work itself writes, nobody else can: the next beat tries again.
            with connections[installation.alias].cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MILLISECONDS}")
        while not ended.wait(BEAT_SECONDS):
            beside.tell(told.stage, told.done, told.total)
            found = told.found
            # The lease is longer than the work may write at a time.
            with suppress(OperationalError):
                kept = jobs.beat(
                    job_id,
                    worker,
                    clock(),
                    stage=told.stage,
                    done=told.done,
                    total=told.total,
                    found=None if found is written else found,
                )
                written = found
                if not kept:
                    told.lost.set()
                    break
        connections[installation.alias].close()
    beside.forget()
