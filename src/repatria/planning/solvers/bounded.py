"""Who stops a solver that does not end?

A solver keeps its own time limit badly: one has run for a quarter of an hour on
a limit of a minute. So a whole solve runs in another process, which is killed
when its time is up or somebody cancels; what it has reported by then is kept.

One process does one task from beginning to end (all levels of a plan, not one
process per level), and is kept for the next: starting Python and loading the
libraries takes longer than most plans. The clock read here decides when to
stop, and never what the answer is.
"""

import atexit
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

_LOOK_AROUND_SECONDS = 0.05
_KEPT_AT_MOST = 2


class CancelledError(RuntimeError):
    """Somebody cancelled; nothing was reported before."""


class RunEnding(StrEnum):
    """How a run ended."""

    DONE = "done"
    TIME_LIMIT = "time_limit"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What came out of a run.

    Attributes:
        ending: how it ended.
        value: what the task returned; when it was stopped, what it last reported, or
            None when it had reported nothing.
    """

    ending: RunEnding
    value: Any = None


Report = Callable[[Any], None]


def run_bounded(
    task: Callable[..., Any],
    *arguments: object,
    seconds: float,
    on_progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RunResult:
    """What `task(*arguments, report=...)` returns, in a process that is killed in time.

    Args:
        task: a function at the top of a module; it may call `report` with anything
            that pickles, and should do so whenever it has something better.
        arguments: must pickle.
        seconds: hard limit, by the wall clock.
        on_progress: called with each report, in the caller's thread.
        cancelled: asked a few times a second; True kills.

    Raises:
        Exception: what the task raised.
    """
    worker = _take()
    deadline = monotonic() + seconds
    last: Any = None
    free = False
    try:
        worker.begin(task, arguments)
        while True:
            left = deadline - monotonic()
            if left <= 0:
                return RunResult(ending=RunEnding.TIME_LIMIT, value=last)
            if cancelled is not None and cancelled():
                return RunResult(ending=RunEnding.CANCELLED, value=last)
            try:
                said, value = worker.hear(min(left, _LOOK_AROUND_SECONDS))
            except Empty:
                continue
            if said == "progress":
                last = value
                if on_progress is not None:
                    on_progress(value)
                continue
            free = True
            if said == "failed":
                raise value
            return RunResult(ending=RunEnding.DONE, value=value)
    finally:
        if free:
            _give_back(worker)
        else:
            worker.kill()


def prepare_worker() -> None:
    """Start a process beforehand, while the caller still reads its files."""
    _give_back(_take())


class _Worker:
    """The other process, as seen from here."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "repatria.planning.solvers.worker"]
        self._process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._heard: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        # It finds the same modules as this one.
        self._tell(sys.path)

    def begin(self, task: Callable[..., Any], arguments: tuple[object, ...]) -> None:
        """Hand the task over."""
        self._tell((task, arguments))

    def hear(self, seconds: float) -> tuple[str, Any]:
        """The next thing it says; raises `Empty` when it is silent."""
        return self._heard.get(timeout=seconds)

    def alive(self) -> bool:
        """Whether it can take another task."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Stop it at once, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _tell(self, what: object) -> None:
        assert self._process.stdin is not None  # noqa: S101 -- asked for above
        # With its length before it: what cannot be read there leaves the next message whole.
        written = pickle.dumps(what, protocol=5)
        self._process.stdin.write(len(written).to_bytes(8, "big") + written)
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 -- asked for above
        while True:
            try:
                said = pickle.load(self._process.stdout)  # noqa: S301 -- from our own process
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self._heard.put(("failed", RuntimeError("the solver's process ended")))
                return
            self._heard.put(said)


_kept: list[_Worker] = []
_lock = threading.Lock()


def _take() -> _Worker:
    with _lock:
        while _kept:
            worker = _kept.pop()
            if worker.alive():
                return worker
            worker.kill()
    return _Worker()


def _give_back(worker: _Worker) -> None:
    with _lock:
        if len(_kept) < _KEPT_AT_MOST and worker.alive():
            _kept.append(worker)
            return
    worker.kill()


@atexit.register
def _stop_all() -> None:
    with _lock:
        while _kept:
            _kept.pop().kill()
