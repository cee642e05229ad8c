"""The process that does long work beside the pages; started with them, ended with them.

`python -m repatria.cli.worker` keeps a process that works and starts it again when it
dies. Whoever started the keeper holds the other end of its standard input: when that
closes, be it by a kill, both end.
"""

import os
import subprocess
import sys
import time
from collections.abc import Collection
from threading import Event, Thread

_WORK = "--work"
_PAUSE_SECONDS = 1.0
_COMPUTING = 2  # as many plans at once, and as many questions; each in a process of its own
_SOON_SECONDS = 0.25  # somebody waits at the page


def keep() -> None:
    """Keep a working process alive until our own standard input closes."""
    ended = _ends_with_input()
    # One name for all that follow each other: what one left in the middle, the next takes over
    # at once. Another keeper waits until the lease has run out.
    name = f"{os.getpid()}-{os.urandom(6).hex()}"
    while not ended.is_set():
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-m", "repatria.cli.worker", _WORK, name], stdin=subprocess.PIPE
        )
        while child.poll() is None and not ended.wait(_PAUSE_SECONDS / 5):
            pass
        if child.stdin is not None:
            child.stdin.close()
        child.wait()
        ended.wait(_PAUSE_SECONDS)


def _ends_with_input() -> Event:
    ended = Event()

    def watch() -> None:
        while os.read(0, 64):
            pass
        ended.set()

    Thread(target=watch, daemon=True).start()
    return ended


def work(name: str) -> None:
    """Do one job after the other until our standard input closes.

    A job in the middle of which that happens is worked again by whoever comes next.
    """
    ended = _ends_with_input()
    Thread(target=lambda: (ended.wait(), os._exit(0)), daemon=True).start()

    from django.db import OperationalError  # noqa: PLC0415 -- not in the keeper

    from repatria.wiring.desks import installation_here  # noqa: PLC0415 -- same
    from repatria.wiring.django_ready import ready  # noqa: PLC0415 -- same

    ready()
    from repatria.store.jobs import COMPUTED, PLAN  # noqa: PLC0415 -- needs Django set up
    from repatria.wiring.job_kinds import KINDS  # noqa: PLC0415 -- same
    from repatria.wiring.jobs import LOOK_SECONDS, work_once  # noqa: PLC0415 -- same
    from repatria.wiring.plan_jobs import QUESTIONS  # noqa: PLC0415 -- same

    installation = installation_here()

    def work_on(
        worker: str,
        *,
        only: Collection[str] = (),
        apart: Collection[str] = (),
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        while True:
            try:
                worked = work_once(installation, KINDS, worker=worker, only=only, apart=apart)
            except OperationalError:  # somebody else has the database for long
                worked = None
            if worked is None:
                time.sleep(look_seconds)

    # Whoever hands in a list, or asks a question, does not wait for a plan that takes minutes.
    plans, questions = ({PLAN}, LOOK_SECONDS), (QUESTIONS, _SOON_SECONDS)
    for group, (kinds, look_seconds) in enumerate((plans, questions)):
        for number in range(_COMPUTING):
            kept = {"only": kinds, "look_seconds": look_seconds}
            own = f"{name}-{group}-{number}"
            Thread(target=work_on, args=(own,), kwargs=kept, daemon=True).start()
    work_on(name, apart=COMPUTED)


if __name__ == "__main__":
    work(sys.argv[2]) if _WORK in sys.argv else keep()
