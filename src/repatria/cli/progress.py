"""How does a long command show that it goes on, without loading what it has no need of?"""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

DONE, REFUSED, WRONG_CALL, STOPPED = 0, 1, 2, 130


def say(text: str) -> None:
    """Tell the person at the terminal something; standard output is for results."""
    sys.stderr.write(f"{text}\n")


@contextlib.contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; the first asks to stop, the second breaks off."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if pressed:
            signal.default_int_handler(number, frame)
        pressed.append(number)
        say("stopping; once more breaks off and writes nothing")

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def stage(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal that is told how much is done, of how much (0: not known).

    Nothing, and nothing loaded, where nobody looks.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    # Not for a script, to which every tenth of a second counts.
    from rich.console import Console  # noqa: PLC0415 -- see above
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
