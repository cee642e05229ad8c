"""After an erasure, what is left on this machine, and what of it can be removed?

Deleting a row does not remove its bytes: they stay in free pages, in the write-ahead
log, in package files. Here they are removed as far as this process may, and what it
may not remove is said, with what the administrator must do. What lies beyond the
machine (backups, archived logs, worn-out flash cells, paper) is in `docs/erasure.md`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from repatria.operations.erasure_files import packages_noted, packages_with_erased
from repatria.store.residue import Residue
from repatria.wiring.erasure_file import remember_erasures
from repatria.wiring.installation import Installation

PACKAGE_FOLDERS = ("outbox", "inbox")


@dataclass(slots=True, kw_only=True)
class Cleaned:
    """What was removed, and what was not.

    Attributes:
        deleted: files, by their path in the installation's folder.
        left: what is still there.
        sql: what the database's administrator must run, in this order.
    """

    deleted: list[str] = field(default_factory=list)
    left: list[Residue] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing that we know of is left on this machine."""
        return not self.left


def clean_if_erased(installation: Installation) -> Cleaned | None:
    """What was removed, when something was erased since the last time; only inside `open()`."""
    return clean(installation) if remember_erasures(installation) else None


def clean(installation: Installation) -> Cleaned:
    """Remove what is left of erased bodies; may be repeated. Only inside `open()`.

    Outside every transaction: the database is written anew.
    """
    from repatria.store.compaction import rewrite_database  # noqa: PLC0415 -- needs Django set up

    remember_erasures(installation)
    cleaned = Cleaned()
    _clean_files(installation, cleaned)
    rewritten = rewrite_database()
    cleaned.left.extend(rewritten.left)
    cleaned.sql.extend(rewritten.sql)
    return cleaned


def _clean_files(installation: Installation, cleaned: Cleaned) -> None:
    log = installation.log()
    holding = packages_with_erased(log)
    known = packages_noted(log)
    for path in _files(installation.folder):
        digest = sha256(path.read_bytes()).hexdigest()
        name = str(path.relative_to(installation.folder))
        if digest in holding:
            path.unlink()
            cleaned.deleted.append(name)
        elif digest not in known:
            cleaned.left.append(Residue(code="package-not-looked-into", where=name))
    uploads = installation.folder / "inbox" / "uploads"
    # Whose names a file holds that waits to be applied cannot be told: it is sent again.
    waiting = [*uploads.glob("*"), *(installation.folder / "inbox").glob("*.upload*")]
    for path in sorted(waiting):
        path.unlink(missing_ok=True)
        cleaned.deleted.append(str(path.relative_to(installation.folder)))


def _files(folder: Path) -> Iterator[Path]:
    for sub in PACKAGE_FOLDERS:
        yield from sorted(p for p in (folder / sub).glob("*.repatria") if p.is_file())
