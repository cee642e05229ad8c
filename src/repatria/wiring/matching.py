"""How are two uploaded files compared without anything of them staying here?

For pages and for programs, which may not lean on each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from repatria.linkage import MatchSettings
from repatria.lists.reading import (
    Limits,
    PersonColumns,
    UnreadableFileError,
    UnreadableRow,
    open_person_file,
)
from repatria.operations.desk import Desk
from repatria.operations.file_comparison import ComparedFiles, compare_files
from repatria.terms import Role
from repatria.wiring.uploads import passing_uploads

LIMITS = Limits(max_bytes=50 * 1024 * 1024, max_rows=200_000)
_FAULTS_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file as it was uploaded: what its sender calls it, and what it holds."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsUnreadable:
    """Rows because of which nothing was compared: the first of them, and how many."""

    rows: Sequence[tuple[str, UnreadableRow]]
    count: int


def compare_uploads(
    desk: Desk,
    left: Arrived,
    right: Arrived | None,
    *,
    names_only: bool = False,
    settings: MatchSettings | None = None,
) -> ComparedFiles | RowsUnreadable:
    """The candidate pairs, or the rows that cannot be read; nothing is written.

    Raises:
        Refusal: `role-may-not`.
        UnreadableFileError: a file is refused as a whole; it goes by its sender's name.
    """
    desk.require(Role.REGISTRAR, Role.INTERMEDIARY)
    arrived = [left] if right is None else [left, right]
    read: list[PersonColumns] = []
    with passing_uploads(*(each.chunks for each in arrived)) as paths:
        for path, each in zip(paths, arrived, strict=True):
            try:
                file = open_person_file(path, names_only=names_only, limits=LIMITS)
                read.append(file.read(keep=_FAULTS_KEPT))
            except UnreadableFileError as fault:
                where = fault.where.replace(path.name, each.name)
                raise UnreadableFileError(fault.code, where) from None
    count = sum(each.rejected_count for each in read)
    if count:
        rows = [
            (each.name, row)
            for each, columns in zip(arrived, read, strict=True)
            for row in columns.rejected
        ]
        return RowsUnreadable(rows=rows, count=count)
    return compare_files(
        read[0],
        read[1] if right is not None else None,
        settings=settings or MatchSettings(),
        names_only=names_only,
    )
