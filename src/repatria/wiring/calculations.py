"""What is being computed for somebody, while he waits or looks elsewhere?

A page begins a calculation and answers at once; the next look finds how far it
is. Kept in the memory of the serving process only (there is one): whoever asks
again after a restart begins again. Each account has one at a time for a matter, so
that a newer question stops the older one.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from repatria.terms import Refusal

_KEPT = 24
_KEPT_SECONDS = 1_800.0
_AT_ONCE = 3

Work = Callable[[Callable[[Any], None], Callable[[], bool]], Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Calculation:
    """Something that is computed, or was.

    Attributes:
        id: cannot be guessed.
        owner: whose it is.
        about: the matter.
        value: what is known; None before anything is.
        refusal: why it was refused, if it was.
        failed: whether it broke; the server's log says more.
    """

    id: str
    owner: str
    about: str
    begun: float
    value: Any = None
    refusal: Refusal | None = None
    failed: bool = False
    _done: Event = field(default_factory=Event)
    _stop: Event = field(default_factory=Event)
    _ended: float = 0.0

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return not self._done.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody stopped it."""
        return self._stop.is_set()

    @property
    def seconds(self) -> int:
        """For how long it went on, whole seconds."""
        return int((self._ended or monotonic()) - self.begun)

    def wait(self, seconds: float) -> None:
        """Until it is done, at most so long."""
        self._done.wait(seconds)

    def cancel(self) -> None:
        """Stop it; what it found by then is kept."""
        self._stop.set()

    def run(self, work: Work) -> None:
        """Do the work and note how it ended; only `begin` calls this."""
        try:
            found = work(self._hear, self._stop.is_set)
            self.value = found if found is not None else self.value
        except Refusal as refusal:
            self.refusal = refusal
        except BaseException:
            self.failed = True
            raise
        finally:
            self._ended = monotonic()
            self._done.set()

    def _hear(self, value: Any) -> None:
        self.value = value


_lock = Lock()
_all: dict[str, Calculation] = {}


def begin(owner: str, about: str, work: Work) -> Calculation | None:
    """A new calculation, begun; None while as many as may run at once are running.

    Args:
        owner: whose it is.
        about: the matter; an earlier one of the same owner and matter is stopped.
        work: gets where to report to, and whether it was cancelled; must not use the
            database, because it runs in a thread of its own.
    """
    made = Calculation(id=secrets.token_urlsafe(12), owner=owner, about=about, begun=monotonic())
    with _lock:
        for each in list(_all.values()):
            if (each.owner, each.about) == (owner, about):
                each.cancel()
                del _all[each.id]
            elif not each.running and monotonic() - each.begun > _KEPT_SECONDS:
                del _all[each.id]
        if sum(each.running for each in _all.values()) >= _AT_ONCE:
            return None
        while len(_all) >= _KEPT:
            del _all[next(one for one, each in _all.items() if not each.running)]
        _all[made.id] = made
    Thread(target=made.run, args=(work,), daemon=True).start()
    return made


def calculation_of(owner: str, about: str) -> Calculation | None:
    """What somebody last began in a matter; None when nothing is kept."""
    with _lock:
        return next(
            (each for each in _all.values() if (each.owner, each.about) == (owner, about)), None
        )
