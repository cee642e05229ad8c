"""Which package files wait in this installation's inbox, and how does it stand with each?

A file is dropped in by hand or uploaded by a page; whatever it is called, it is
known by its digest. What was taken in is removed: it holds readable statements,
and the log has them now. What is damaged or shows two stories stays as evidence.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from repatria.ledger.package import MAX_FILE_BYTES
from repatria.operations.desk import Desk
from repatria.operations.preview import Preview, failed_preview, preview_package
from repatria.operations.receiving import TakenIn, refuse_package, take_in_package
from repatria.terms import IntegrityError, NotVisible, Objection, Refusal
from repatria.wiring.installation import Installation
from repatria.wiring.residues import clean_if_erased
from repatria.wiring.uploads import write_arriving

ENDING = ".repatria"
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_REMEMBERED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPackage:
    """A package file in the inbox.

    Attributes:
        path: where it is.
        length: in bytes.
        arrived: when it was put there.
        preview: what it would bring.
    """

    path: Path
    length: int
    arrived: datetime
    preview: Preview


# Checking a package takes a second for each hundred thousand statements, so what was
# found is remembered as long as neither the file nor our own log has changed.
_digests: dict[tuple[str, int, int], str] = {}
_previews: dict[tuple[str, str, bytes], Preview] = {}


def waiting_packages(
    installation: Installation,
    desk: Desk,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[WaitingPackage, ...]:
    """The package files in the inbox, the newest first; a file that lies there twice, once."""
    paths = list(_files(installation))
    found: dict[str, WaitingPackage] = {}
    for done, path in enumerate(paths):
        progress(done, len(paths))
        digest = _digest_of(path)
        if digest not in found:
            found[digest] = _looked_at(installation, desk, path, digest)
    return tuple(sorted(found.values(), key=lambda w: (w.arrived, w.preview.digest), reverse=True))


def waiting_package(installation: Installation, desk: Desk, digest: str) -> WaitingPackage:
    """The package file with this digest.

    Raises:
        NotVisible: none with this digest is in the inbox.
    """
    return _looked_at(installation, desk, _path_of(installation, digest), digest)


def keep_package(installation: Installation, chunks: Iterable[bytes]) -> str:
    """The digest under which a file was put into the inbox."""
    folder = installation.folder / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return write_arriving(folder, chunks, ending=ENDING).name.removesuffix(ENDING)


def accept_waiting(installation: Installation, desk: Desk, digest: str) -> TakenIn:
    """What a package in the inbox brought; its file is removed once that is written.

    Raises:
        NotVisible: none with this digest is in the inbox.
        IntegrityError, ForkError, Refusal: as `take_in_package`; the file stays.
    """
    path = _path_of(installation, digest)
    _require_size(path)
    taken = take_in_package(desk, path.read_bytes(), place=path.name)
    _remove(installation, digest)
    clean_if_erased(installation)  # it may have brought the word that something is erased
    return taken


def refuse_waiting(installation: Installation, desk: Desk, digest: str, *, reason: str) -> None:
    """Note that a package in the inbox was looked at and not taken in; its file stays.

    Raises:
        NotVisible: none with this digest is in the inbox.
        Refusal: as `refuse_package`; `package-sender-unknown` when nothing in it says whose it is.
    """
    sender = waiting_package(installation, desk, digest).preview.sender
    if sender is None:
        raise Refusal(
            Objection(code="package-sender-unknown", rule="packages", about=(f"package:{digest}",))
        )
    refuse_package(desk, digest=digest, origin=sender, reason=reason)


def remove_waiting(installation: Installation, desk: Desk, digest: str) -> None:
    """Remove the file of a package that is of no use any more.

    Raises:
        NotVisible: none with this digest is in the inbox.
        Refusal: `package-still-needed` when it waits, or is evidence.
    """
    if not waiting_package(installation, desk, digest).preview.state.may_be_removed:
        raise Refusal(
            Objection(code="package-still-needed", rule="packages", about=(f"package:{digest}",))
        )
    _remove(installation, digest)


def _files(installation: Installation) -> Iterator[Path]:
    """Package files; a link could lead anywhere, so none is followed."""
    for path in sorted((installation.folder / "inbox").glob(f"*{ENDING}")):
        if path.is_file() and not path.is_symlink():
            yield path


def _path_of(installation: Installation, digest: str) -> Path:
    """The digest is compared with those of files, and is never part of a path."""
    if _DIGEST.fullmatch(digest):
        for path in _files(installation):
            if _digest_of(path) == digest:
                return path
    raise NotVisible


def _remove(installation: Installation, digest: str) -> None:
    for path in list(_files(installation)):
        if _digest_of(path) == digest:
            path.unlink(missing_ok=True)


def _digest_of(path: Path) -> str:
    status = path.stat()
    key = (str(path), status.st_mtime_ns, status.st_size)
    if key not in _digests:
        if len(_digests) >= _REMEMBERED:
            _digests.clear()
        with path.open("rb") as file:
            _digests[key] = file_digest(file, "sha256").hexdigest()
    return _digests[key]


def _looked_at(installation: Installation, desk: Desk, path: Path, digest: str) -> WaitingPackage:
    status = path.stat()
    key = (str(installation.folder), digest, desk.log.head(desk.party).root)
    if key not in _previews:
        if len(_previews) >= _REMEMBERED:
            _previews.clear()
        _previews[key] = _preview(desk, path, digest)
    return WaitingPackage(
        path=path,
        length=status.st_size,
        arrived=datetime.fromtimestamp(status.st_mtime, UTC),
        preview=_previews[key].at(desk.clock()),
    )


def _preview(desk: Desk, path: Path, digest: str) -> Preview:
    try:
        _require_size(path)
    except IntegrityError as fault:
        return failed_preview(digest, fault)
    return preview_package(desk, path.read_bytes(), place=path.name)


def _require_size(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise IntegrityError(path.name, "package-too-large")
