"""Which files change places when a keyring is adopted, and was that finished?

Each new file is written whole beside the old one, under a name with the version in
it. The journal names them. Once it is there the moves are bound to happen: whoever
opens the installation makes those that are left. It goes when our log has noted the
keyring.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from repatria.wiring.keyfile import sync_folder, write_secret

JOURNAL = "adopting.json"


def staged(folder: Path, name: str, version: int) -> Path:
    """Where the next form of a file is written before it takes its place."""
    return folder / f".{name}.{version}.next"


def begin_moves(folder: Path, names: Sequence[str], version: int) -> None:
    """Bind the installation to take these files in; each was staged durably before."""
    write_secret(folder / JOURNAL, json.dumps({"names": list(names), "version": version}))


def finish_moves(folder: Path) -> None:
    """Put staged files in their places; nothing, when none was bound to move.

    May be called by several at once, and again after any interruption.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the journal cannot be read.
    """
    try:
        journal = json.loads((folder / JOURNAL).read_text("utf-8"))
    except FileNotFoundError:
        return
    for name in journal["names"]:
        if Path(name).name != name:
            raise ValueError
        try:
            staged(folder, name, int(journal["version"])).replace(folder / name)
        except FileNotFoundError:
            continue  # moved before
    sync_folder(folder)


def is_adopting(folder: Path) -> bool:
    """Whether a keyring was put in force that our log may not have noted yet."""
    return (folder / JOURNAL).exists()


def end_moves(folder: Path) -> None:
    """Let the journal go: everything has moved, and our log holds the note."""
    (folder / JOURNAL).unlink(missing_ok=True)
    sync_folder(folder)
