"""How is an installation backed up, and which backups are there?

Into one file, whole or not at all. Each is noted in the folder's file `backups`
before it is there: who erases something must know which files still hold it.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from repatria.ledger.checkpoint import read_note
from repatria.terms.times import write_instant
from repatria.wiring.backup_file import Header, write_backup
from repatria.wiring.installation import KEY_FILE, Clock, Installation, now
from repatria.wiring.keyfile import sync_folder

NOTES = "backups"
Progress = Callable[[int, int], None]
_STEP = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made from this folder; one line of the file `backups`.

    Attributes:
        path: where it was written; it may have been carried elsewhere since.
        digest: SHA-256 of the file, hexadecimal.
        size: of our own log in it.
        made_at: by our clock.
    """

    path: str
    digest: str
    size: int
    made_at: str


def make_backup(
    installation: Installation, out: Path, *, progress: Progress | None = None, clock: Clock = now
) -> Backup:
    """The note of a backup that was written.

    Raises:
        FileExistsError: there is such a file already; it was left alone.
        IntegrityError: the database is not as it was signed: nothing was written.
        OSError: it could not be written, such as a full disk; nothing is left of it.
    """
    if out.exists():
        raise FileExistsError(out)
    node, made_at = installation.node(), write_instant(clock())
    with installation.open(), _new_file(out) as (file, keep):
        # The store can be imported only once Django is set up.
        from repatria.store.snapshot import (  # noqa: PLC0415 -- as said above
            entries_held,
            lines_held,
            one_moment,
        )
        from repatria.store.verification import examine  # noqa: PLC0415 -- as said above

        with one_moment():
            faults = examine(installation.party, installation.keyring, derived=False).all_faults
            if faults:
                raise faults[0]
            header = _header(installation, made_at, entries_held())
            lines = _told(lines_held(installation.party), header.entries, progress)
            write_backup(
                cast("BinaryIO", file),
                header,
                lines,
                key=node.signing,
                recipient=node.identity.recipient,
            )
        size = read_note(header.checkpoint, place="our log")[0].size
        made = Backup(path=str(out.resolve()), digest=file.digest, size=size, made_at=made_at)
        keep(lambda: _note(installation.folder, made))
    return made


def backups_of(folder: Path) -> Sequence[Backup]:
    """The backups noted in an installation's folder, the oldest first."""
    try:
        text = (folder / NOTES).read_text("utf-8")
    except FileNotFoundError:
        return ()
    found = []
    for line in text.split("\n"):
        # A line that a lost power left half written names a backup that never was.
        with suppress(ValueError, TypeError):
            found.append(Backup(**json.loads(line)))
    return tuple(found)


def _note(folder: Path, backup: Backup) -> None:
    handle = os.open(folder / NOTES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        end = os.lseek(handle, 0, os.SEEK_END)
        torn = end and os.pread(handle, 1, end - 1) != b"\n"
        line = json.dumps(asdict(backup), sort_keys=True)
        os.write(handle, (b"\n" if torn else b"") + line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def _header(installation: Installation, made_at: str, entries: int) -> Header:
    return Header(
        party=installation.party,
        title=installation.title,
        made_at=made_at,
        checkpoint=installation.log().signed_head(),
        entries=entries,
        keyring=installation.keyring.envelope.text,
        key_file=(installation.folder / KEY_FILE).read_text("utf-8"),
    )


def _told(
    lines: Iterator[list[Any]], entries: int, progress: Progress | None
) -> Iterator[list[Any]]:
    done = 0
    for line in lines:
        yield line
        done += line[0] == "entry"
        if progress is not None and line[0] == "entry" and done % _STEP == 0:
            progress(done, entries)


class _Hashed:
    """A file that is being written, and the digest of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hashed = sha256()

    def write(self, raw: bytes) -> int:
        self._hashed.update(raw)
        return self._file.write(raw)

    def flush(self) -> None:
        self._file.flush()

    @property
    def digest(self) -> str:
        return self._hashed.hexdigest()


@contextmanager
def _new_file(out: Path) -> Iterator[tuple[_Hashed, Callable[[Callable[[], None]], None]]]:
    """A file, and what makes it appear under its name; else nothing is left of it."""
    coming = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:

            def keep(first: Callable[[], None]) -> None:
                file.flush()
                os.fsync(file.fileno())
                first()
                _appear(coming, out)

            yield _Hashed(file), keep
    finally:
        coming.unlink(missing_ok=True)


def _appear(coming: Path, out: Path) -> None:
    """Give a file its name, unless somebody else took it meanwhile."""
    try:
        os.link(coming, out)  # unlike a renaming, this never replaces
    except FileExistsError:
        raise FileExistsError(out) from None
    except OSError:
        # A medium that knows no links, such as most sticks.
        if out.exists():
            raise FileExistsError(out) from None
        coming.rename(out)
    sync_folder(out.parent)
