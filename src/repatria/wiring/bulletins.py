"""Where do a bulletin's files go, and where are they found again?"""

from hashlib import sha256
from pathlib import Path

from repatria.operations.bulletin_versions import Published

ENDINGS = ("html", "pdf", "json", "csv")


def write_bulletin(folder: Path, published: Published) -> tuple[Path, ...]:
    """Write every file of a bulletin; gives their paths, in the order of `ENDINGS`."""
    bulletin = published.bulletin
    written = []
    for ending in ENDINGS:
        if ending in published.files:
            path = _path(folder, bulletin.id, bulletin.version, published.language, ending)
            path.write_bytes(published.files[ending])
            written.append(path)
    return tuple(written)


def published_file(
    folder: Path, bulletin_id: str, version: int, language: str, ending: str, *, digest: str
) -> Path | None:
    """The published file with exactly this content; None when it is not here.

    Cost: reads one file; in folders written before versions had names of their own, all.
    """
    own = _path(folder, bulletin_id, version, language, ending)
    for path in (own, *sorted(folder.glob(f"*.{ending}"))):
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            return path
    return None


def _path(folder: Path, bulletin_id: str, version: int, language: str, ending: str) -> Path:
    return folder / f"{bulletin_id.partition(':')[2]}-{version}.{language}.{ending}"
