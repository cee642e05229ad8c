"""How far has this installation signed, whatever its database says?

A small file beside the database, written and synced after each commit and before
anything is acknowledged. The signer refuses to sign when the database holds less
than the mark, or something else: then it was set back, and what was signed since
may be in others' hands. It refuses as well while the mark says that the log was
put back from a backup and not healed yet.

Two slots are written in turn, so that a torn write leaves the one before; each is
numbered, and authenticated with a secret derived from the installation's own key.
Whoever sets back the mark together with the database is noticed by peers only.
Format: `docs/decisions/0015-mark-beside-the-key.md`.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from repatria.ledger.signing import SigningKey
from repatria.terms import IntegrityError

PLACE = "high-water mark"
NOT_HEALED = "log-not-healed"
_SLOT = 256
_TAG = b"repatria mark 2"
_TOLD = re.compile(
    rb"(0|[1-9][0-9]{0,15}) (0|[1-9][0-9]{0,15}) ([0-9a-f]{64}) (signing|restored) [0-9a-f]{64}\n",
    re.ASCII,
)


class Standing(StrEnum):
    """Whether the log may be signed further.

    `RESTORED`: it was put back from a backup; what was signed since is unknown.
    """

    SIGNING = "signing"
    RESTORED = "restored"


class Mark(NamedTuple):
    """One slot of the file.

    Attributes:
        turn: how many were written before it.
        size, root: up to where was signed.
        standing: see `Standing`.
    """

    turn: int
    size: int
    root: bytes
    standing: Standing


def compare(mark: Mark, size: int, root_at: Callable[[int], bytes | None]) -> None:
    """Nothing, when a log may be signed further; the mark must have been read before the log.

    Raises:
        IntegrityError: as `HighWaterMark.check`.
    """
    if mark.size > size:
        raise IntegrityError(PLACE, "database-set-back")
    if mark.size and root_at(mark.size) != mark.root:
        raise IntegrityError(PLACE, "database-differs-from-mark")
    if mark.standing is Standing.RESTORED:
        raise IntegrityError(PLACE, NOT_HEALED)


class HighWaterMark:
    """The mark of one installation.

    Args:
        path: of the file.
        key: the installation's signing key; what authenticates the mark is derived from it.
    """

    def __init__(self, path: Path, key: SigningKey) -> None:
        self._path = path
        self._secret = blake2b(key.seed, person=_TAG).digest()
        # Slots whose seal was found right, so that it is not made again at every commit.
        self._known: dict[bytes, Mark] = {}

    def create(
        self, size: int = 0, root: bytes = b"\0" * 32, standing: Standing = Standing.SIGNING
    ) -> None:
        """Make the file, or make it anew; for a new, restored or healed installation.

        Both slots say the same, so that losing either changes nothing.
        """
        coming = self._path.with_name(f".{self._path.name}.coming")
        handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.pwrite(handle, self._slot(Mark(0, size, root, standing)), 0)
            os.pwrite(handle, self._slot(Mark(1, size, root, standing)), _SLOT)
            os.fsync(handle)
        finally:
            os.close(handle)
        coming.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self) -> tuple[int, bytes]:
        """Size and root up to which was signed.

        Raises:
            IntegrityError: as `newest`.
        """
        mark = self.newest()
        return mark.size, mark.root

    def newest(self) -> Mark:
        """What the file says.

        Raises:
            IntegrityError: `mark-missing` or `mark-damaged` (also for another key's).
        """
        with self._opened(os.O_RDONLY) as handle:
            return self._newest(handle)

    def check(self, size: int, root_at: Callable[[int], bytes | None]) -> None:
        """Nothing, when a log of this size may be signed further.

        A log that is longer than the mark is accepted if it begins as the mark says:
        the process was killed after a commit, before the mark was written.

        Args:
            size: of our log as the database holds it.
            root_at: gives the root of that log at a smaller or equal size.

        Raises:
            IntegrityError: `database-set-back`, `database-differs-from-mark`,
                `log-not-healed`, `mark-missing` or `mark-damaged`.
        """
        compare(self.newest(), size, root_at)

    def advance(self, size: int, root: bytes) -> None:
        """Note durably that the log was signed up to here; a mark never goes back."""
        with self._opened(os.O_RDWR) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            newest = self._newest(handle)
            if size > newest.size:
                coming = Mark(newest.turn + 1, size, root, newest.standing)
                slot = self._slot(coming)
                os.pwrite(handle, slot, _SLOT * (coming.turn % 2))
                os.fdatasync(handle)
                self._remembered(slot, coming)

    def settle(self, size: int, root: bytes, *, before: Mark | None) -> None:
        """Let signing go on from here, whatever the mark said before: the log was healed.

        Args:
            size, root: head of the healed log, durably written.
            before: the mark when healing began; None when there was none. If somebody
                has signed further since, his mark stays.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            newest = max(self._marks(handle), default=None)
            if newest is not None and newest != before and newest.size >= size:
                return
            turn = newest.turn if newest is not None else -1
            # Twice, so that losing one slot does not bring back what was said before.
            for each in (turn + 1, turn + 2):
                slot = self._slot(Mark(each, size, root, Standing.SIGNING))
                os.pwrite(handle, slot, _SLOT * (each % 2))
                os.fsync(handle)
        finally:
            os.close(handle)

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        try:
            handle = os.open(self._path, flags)
        except FileNotFoundError:
            raise IntegrityError(PLACE, "mark-missing") from None
        try:
            yield handle
        finally:
            os.close(handle)

    def _marks(self, handle: int) -> list[Mark]:
        """The slots that are whole; each turn has its own slot, so the other is the older."""
        raw = os.pread(handle, 2 * _SLOT, 0)
        return [
            mark
            for n in (0, 1)
            if (mark := self._mark(raw[n * _SLOT : (n + 1) * _SLOT])) and mark.turn % 2 == n
        ]

    def _newest(self, handle: int) -> Mark:
        marks = self._marks(handle)
        if not marks:
            raise IntegrityError(PLACE, "mark-damaged")
        return max(marks)

    def _slot(self, mark: Mark) -> bytes:
        told = f"{mark.turn} {mark.size} {mark.root.hex()} {mark.standing}".encode()
        seal = blake2b(told, key=self._secret, digest_size=32).hexdigest()
        return (told + b" " + seal.encode() + b"\n").ljust(_SLOT, b"\0")

    def _mark(self, slot: bytes) -> Mark | None:
        known = self._known.get(slot)
        if known is not None:
            return known
        found = _TOLD.match(slot)
        if found is None:
            return None
        turn, size, root, standing = (part.decode() for part in found.groups())
        mark = Mark(int(turn), int(size), bytes.fromhex(root), Standing(standing))
        return self._remembered(slot, mark) if self._slot(mark) == slot else None

    def _remembered(self, slot: bytes, mark: Mark) -> Mark:
        if len(self._known) > 3:
            self._known.clear()
        self._known[slot] = mark
        return mark
