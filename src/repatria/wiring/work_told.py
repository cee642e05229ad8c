"""How far is work, while the database lets nobody write that down?

An embedded database has one writer. While a job writes what it has worked out, in one
transaction so that nobody ever sees half of it, how far it is stands in a small file
beside the database: replaced as a whole, read by the pages, worth nothing once it ended.
"""

import json
from contextlib import suppress
from pathlib import Path

from repatria.store import jobs
from repatria.wiring.installation import Installation


class ToldBeside:
    """Where a worker tells how far its job is; nowhere, where the database can be told always.

    Args:
        installation: whose job it is.
        job_id: which.
        worker: who works it: what another one told before is not taken for his.
    """

    def __init__(self, installation: Installation, job_id: str, worker: str) -> None:
        self._path = _path(installation, job_id) if installation.is_embedded else None
        self._worker = worker

    def tell(self, stage: str, done: int, total: int) -> None:
        """Write down how far it is; a full disk is no reason to stop the work."""
        if self._path is None:
            return
        coming = self._path.with_suffix(".new")
        with suppress(OSError):
            coming.write_text(json.dumps([self._worker, stage, done, total]), "utf-8")
            coming.replace(self._path)

    def forget(self) -> None:
        """The work has ended."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def as_told(installation: Installation, job: jobs.Job) -> jobs.Job:
    """The job with how far its worker is now, where he could not write it into the database."""
    if job.state != jobs.RUNNING or not installation.is_embedded:
        return job
    try:
        worker, stage, done, total = json.loads(_path(installation, job.id).read_text("utf-8"))
    except (OSError, ValueError):
        return job
    if worker == job.worker:
        job.stage, job.done, job.total = str(stage), int(done), int(total)
    return job


def _path(installation: Installation, job_id: str) -> Path:
    return installation.folder / f".at-work-{job_id}.json"
