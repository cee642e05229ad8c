"""Where does an uploaded file wait between being looked at and being applied?

In the installation's own folder, named by its digest, readable by its owner
only; it goes when it was applied, or after a day. What is only compared goes at once.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from repatria.terms import NotVisible
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import now

KEPT_FOR = timedelta(days=1)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def keep_upload(chunks: Iterable[bytes]) -> Path:
    """The file that was written, named by its digest."""
    folder = _folder()
    _forget_old(folder)
    return write_arriving(folder, chunks)


def write_arriving(folder: Path, chunks: Iterable[bytes], *, ending: str = "") -> Path:
    """The file that was written into a folder, named by its digest and an ending.

    It stands under that name only when it is whole, and only its owner reads it.
    """
    digest = sha256()
    arriving = folder / f"arriving-{secrets.token_hex(8)}"
    handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        arriving.unlink(missing_ok=True)
        raise
    return arriving.replace(folder / f"{digest.hexdigest()}{ending}")


@contextmanager
def passing_uploads(*files: Iterable[bytes]) -> Iterator[tuple[Path, ...]]:
    """The files, for as long as they are being looked at; nothing of them stays."""
    folder = installation_here().folder / "inbox" / "passing"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    paths: list[Path] = []
    try:
        for chunks in files:
            ending = f"-{secrets.token_hex(8)}"  # the same file may pass twice at once
            paths.append(write_arriving(folder, chunks, ending=ending))
        yield tuple(paths)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def kept_upload(digest: str) -> Path:
    """The file that waits under a digest.

    Raises:
        NotVisible: there is none, or none any more.
    """
    path = _folder() / digest
    if not _DIGEST.fullmatch(digest) or not path.is_file():
        raise NotVisible
    return path


def forget_upload(digest: str) -> None:
    """Delete the file that waits under a digest, if there is one."""
    if _DIGEST.fullmatch(digest):
        (_folder() / digest).unlink(missing_ok=True)


def _folder() -> Path:
    folder = installation_here().folder / "inbox" / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _forget_old(folder: Path) -> None:
    before = (now() - KEPT_FOR).timestamp()
    for path in folder.iterdir():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
