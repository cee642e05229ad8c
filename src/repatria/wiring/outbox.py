"""Where are the package files that this installation made?

In its outbox, under a name that says from whom to whom; they are sealed, so only
their recipients can look inside.
"""

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from repatria.operations.packages import MadePackage
from repatria.terms import NotVisible, PartyCode
from repatria.wiring.installation import Installation

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAMED = 12  # hexadecimal digits of the digest in a file's name
_MANY = 3


def keep_made(installation: Installation, made: MadePackage, to: Sequence[PartyCode]) -> Path:
    """Where a package that was made was put."""
    folder = installation.folder / "outbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    named = sorted(to) if len(to) <= _MANY else [f"{len(to)}-parties"]
    name = f"{installation.party}-to-{'-'.join(named)}-{made.digest[:_NAMED]}.repatria"
    return write_new(folder / name, made.raw)


def write_new(path: Path, raw: bytes) -> Path:
    """A new file that only its owner reads.

    Raises:
        FileExistsError: there is one of this name.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return path


def made_file(installation: Installation, digest: str) -> Path | None:
    """The file in the outbox with this digest; None when it is not there any more.

    Raises:
        NotVisible: this is no digest.
    """
    if not _DIGEST.fullmatch(digest):
        raise NotVisible
    for path in sorted((installation.folder / "outbox").glob("*.repatria")):
        # Those we name ourselves bear the beginning of their digest; others are all looked at.
        named = path.stem.rpartition("-")[2]
        if re.fullmatch(r"[0-9a-f]{12}", named, re.ASCII) and not digest.startswith(named):
            continue
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            return path
    return None
