"""What runs in the process that can be killed?

Tasks come on standard input and answers go to standard output, as pickles; what
the libraries print goes to standard error. When the caller is gone the process
ends, even in the middle of a solve.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, BinaryIO


def main() -> None:
    """Do tasks until the caller is gone."""
    answers = os.fdopen(os.dup(1), "wb")
    # Ctrl-C reaches every process of a terminal; only the caller decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The libraries write to file descriptor 1, where only answers may go.
    os.dup2(2, 1)
    sys.path[:] = pickle.loads(_message())  # noqa: S301 -- from our own caller
    tasks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    import repatria.planning.solvers.highs  # noqa: F401, PLC0415 -- loaded while nobody waits

    while True:
        _do(tasks.get(), answers)


def _message() -> bytes:
    """The next message, its length before it; ends the process when the caller is gone."""
    try:
        size = int.from_bytes(sys.stdin.buffer.read(8), "big")
        message = sys.stdin.buffer.read(size)
    except OSError:
        size, message = 0, b""
    if not size or len(message) < size:
        os._exit(0)
    return message


def _listen(tasks: SimpleQueue[Any]) -> None:
    while True:
        message = _message()
        try:
            tasks.put(pickle.loads(message))  # noqa: S301 -- from our own caller
        except Exception as error:  # noqa: BLE001 -- a task that cannot be read fails, at once
            tasks.put((_fail, (error,)))


def _fail(error: Exception, *, report: Callable[[object], None]) -> None:
    del report
    raise error


def _do(order: tuple[Any, tuple[object, ...]], answers: BinaryIO) -> None:
    task, arguments = order

    def say(kind: str, value: object) -> None:
        pickle.dump((kind, value), answers, protocol=5)
        answers.flush()

    try:
        result = task(*arguments, report=lambda value: say("progress", value))
    except Exception as error:  # noqa: BLE001 -- handed to the caller, who raises it
        say("failed", error)
        return
    say("done", result)


if __name__ == "__main__":
    main()
