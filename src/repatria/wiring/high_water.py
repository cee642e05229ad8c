"""How far has this installation signed, whatever its database says?

A small file beside the database, written and synced after each commit and before
anything is acknowledged. The signer refuses to sign when the database holds less
than the mark, or something else: then it was set back, and what was signed since
may be in others' hands. Two slots are written in turn, so that a torn write
leaves the one before; each is authenticated with the installation's own key.

Whoever sets back the mark together with the database is noticed by peers only.
"""

import fcntl
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from repatria.ledger.signing import SigningKey
from repatria.terms import IntegrityError

_SLOT = 256
_TAG = b"repatria mark 1"


class HighWaterMark:
    """The mark of one installation.

    Args:
        path: of the file.
        key: the installation's signing key; what authenticates the mark is derived from it.
    """

    def __init__(self, path: Path, key: SigningKey) -> None:
        self._path = path
        self._secret = blake2b(key.seed, person=_TAG).digest()

    def create(self) -> None:
        """Make the file, with a mark of nothing; for a new or healed installation."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.pwrite(handle, self._slot(0, b"\0" * 32), 0)
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self) -> tuple[int, bytes]:
        """Size and root up to which was signed.

        Raises:
            IntegrityError: `mark-missing` or `mark-damaged`.
        """
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            raise IntegrityError("high-water mark", "mark-missing") from None
        try:
            return self._newest(handle)
        finally:
            os.close(handle)

    def check(self, size: int, root_at: Callable[[int], bytes | None]) -> None:
        """Nothing, when a log of this size may be signed further.

        Args:
            size: of our log as the database holds it.
            root_at: gives the root of that log at a smaller or equal size.

        Raises:
            IntegrityError: `database-set-back`, `database-differs-from-mark`,
                `mark-missing` or `mark-damaged`.
        """
        signed, root = self.read()
        if signed > size:
            raise IntegrityError("high-water mark", "database-set-back")
        if signed and root_at(signed) != root:
            raise IntegrityError("high-water mark", "database-differs-from-mark")

    def advance(self, size: int, root: bytes) -> None:
        """Note durably that the log was signed up to here; a mark never goes back."""
        handle = os.open(self._path, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            signed, _ = self._newest(handle)
            if size > signed:
                os.pwrite(handle, self._slot(size, root), _SLOT * self._turn(handle))
                os.fdatasync(handle)
        finally:
            os.close(handle)

    def _newest(self, handle: int) -> tuple[int, bytes]:
        marks = [mark for n in (0, 1) if (mark := self._mark(os.pread(handle, _SLOT, n * _SLOT)))]
        if not marks:
            raise IntegrityError("high-water mark", "mark-damaged")
        return max(marks)

    def _turn(self, handle: int) -> int:
        """The slot that may be overwritten: the damaged one, else the older."""
        first, second = (self._mark(os.pread(handle, _SLOT, n * _SLOT)) for n in (0, 1))
        if first is None or second is None:
            return 0 if first is None else 1
        return 0 if first < second else 1

    def _slot(self, size: int, root: bytes) -> bytes:
        told = f"{size} {root.hex()}".encode()
        seal = blake2b(told, key=self._secret, digest_size=32).hexdigest()
        return (told + b" " + seal.encode() + b"\n").ljust(_SLOT, b"\0")

    def _mark(self, slot: bytes) -> tuple[int, bytes] | None:
        parts = slot.rstrip(b"\0").rstrip(b"\n").split(b" ")
        if len(parts) != 3:
            return None
        try:
            size, root = int(parts[0]), bytes.fromhex(parts[1].decode())
        except ValueError:
            return None
        return (size, root) if self._slot(size, root) == slot else None
