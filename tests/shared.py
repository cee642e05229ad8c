"""What is made once for a whole run of tests, however many processes share the work."""

import fcntl
import os
import pickle
import shutil


def made_once(tmp_path_factory, name, make):
    """What `make(folder)` gave, made by the process that asked first; to be copied, not changed.

    Others that ask meanwhile wait. What it gives is pickled, so that it is the same
    for everybody, and each caller has an object of its own.
    """
    base = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder inside that of the whole run.
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, kept = base / "shared" / name, base / "shared" / f"{name}.pickle"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            unfinished = kept.with_suffix(".unfinished")
            unfinished.write_bytes(pickle.dumps(make(folder)))
            unfinished.rename(kept)
        return pickle.loads(kept.read_bytes())  # noqa: S301 -- written by this run
