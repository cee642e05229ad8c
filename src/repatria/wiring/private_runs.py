"""Where does an installation keep what it needs between two messages of private matching?

In `private/`, a folder for each run, readable by its owner only: the secret of the run and
the messages made and taken in. Each is sealed for the installation's own key (a message
also for the other party), so that a copy of the folder tells nothing.
"""

import dataclasses
import os
import secrets
import sys
from pathlib import Path

from repatria.linkage.private.group import require_library
from repatria.linkage.private.messages import MAX_MESSAGE_BYTES, PLACE
from repatria.operations.private_matching import Kept
from repatria.operations.private_runs import Run
from repatria.terms import IntegrityError
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import sync_folder

# What sealing adds: a header for two recipients, and 16 bytes for each 64 KiB.
_SEALING = 4_096 + MAX_MESSAGE_BYTES // 4_096
WORKERS = os.cpu_count() or 1


def kept_of(installation: Installation, run: Run) -> Kept:
    """What is kept of a run; nothing in it for one that has not begun."""
    folder = _folder(installation, run)
    found = {}
    for each in dataclasses.fields(Kept):
        path = folder / each.name
        if path.exists():
            found[each.name] = path.read_bytes()
    return Kept(**found)


def keep(installation: Installation, run: Run, kept: Kept) -> None:
    """Write what is to be kept, durably; what is there already stays as it is."""
    folder = _folder(installation, run)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in dataclasses.fields(kept):
        raw, path = getattr(kept, each.name), folder / each.name
        if raw and not path.exists():
            _write(path, raw)
    sync_folder(folder)


def read_message_file(path: Path) -> bytes:
    """The bytes of a message file.

    Raises:
        IntegrityError: `private-malformed` when it is larger than any message.
        FileNotFoundError: it is not there.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_MESSAGE_BYTES + _SEALING + 1)
    if len(raw) > MAX_MESSAGE_BYTES + _SEALING:
        raise IntegrityError(PLACE, "private-malformed")
    return raw


def load_library() -> None:
    """Load the optional library, and take away the copy of itself that it leaves behind.

    It writes its shared object to a temporary file whenever it is loaded and never removes
    it; where a loaded file cannot be removed (Windows) it stays.

    Raises:
        MissingLibraryError: it is not installed.
    """
    require_library()
    left = getattr(sys.modules.get("rbcl._sodium"), "lib_path", "")
    if left and os.name == "posix":
        Path(left).unlink(missing_ok=True)


def _folder(installation: Installation, run: Run) -> Path:
    return installation.folder / "private" / run.name


def _write(path: Path, raw: bytes) -> None:
    coming = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        coming.replace(path)
    except BaseException:
        coming.unlink(missing_ok=True)
        raise
