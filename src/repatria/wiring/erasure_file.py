"""Which places were erased here, remembered outside the database?

`erasures` in the installation's folder: a log and its places on each line, nothing
else. Whoever puts an older database back brings back what was erased; it is erased
again from this file before anybody works there. The file is only added to.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from repatria.ledger.places import Places
from repatria.terms import IntegrityError, PartyCode
from repatria.wiring.installation import Installation

NAME = "erasures"


def remembered(folder: Path) -> Mapping[PartyCode, Places]:
    """The places by log; a last line that was not written to its end does not count.

    Raises:
        IntegrityError: the file is not of our making.
    """
    path = folder / NAME
    out: dict[PartyCode, set[int]] = defaultdict(set)
    whole, _, _ = (path.read_bytes() if path.exists() else b"").rpartition(b"\n")
    for line in whole.splitlines():
        try:
            origin, _, text = line.decode("ascii").partition(" ")
            out[PartyCode(origin)].update(Places.read(text))
        except ValueError:
            raise IntegrityError(NAME, "file-damaged") from None
    return {origin: Places.of(places) for origin, places in out.items()}


def remember_erasures(installation: Installation) -> int:
    """How many places were added to the file; only inside `open()`. Durable when it returns."""
    from repatria.store.erasing import all_erased  # noqa: PLC0415 -- needs Django set up

    known = remembered(installation.folder)
    lines, count = [], 0
    for origin, places in all_erased().items():
        new = set(places) - set(known.get(origin, Places()))
        if new:
            lines.append(f"{origin} {Places.of(new)}\n")
            count += len(new)
    if lines:
        _append(installation.folder / NAME, "".join(lines))
    return count


def replay_erasures(installation: Installation) -> int:
    """How many bodies were erased again that an older database had brought back.

    Only inside `open()`, and before anybody works there. A statement that says so
    comes back from the peers, or is made again with `repatria erase --place`.
    """
    from repatria.store.erasing import erase_again  # noqa: PLC0415 -- as above

    behind, count = _behind(installation), 0
    if behind:
        with installation.log().exclusive():
            for origin, places in behind.items():
                count += erase_again(origin, places, own=installation.party)
    return count


def has_come_back(installation: Installation) -> bool:
    """Whether the database does not know of what the file says was erased."""
    return bool(_behind(installation))


def _behind(installation: Installation) -> Mapping[PartyCode, Places]:
    from repatria.store.erasing import all_erased  # noqa: PLC0415 -- as above

    known = all_erased()
    return {
        origin: places
        for origin, places in remembered(installation.folder).items()
        if not set(places) <= set(known.get(origin, ()))
    }


def _append(path: Path, text: str) -> None:
    """Write durably; a line that power loss cut short goes first, its places come again."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        whole = file.read()
        file.truncate(whole.rfind(b"\n") + 1)
        file.seek(0, os.SEEK_END)
        file.write(text.encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
