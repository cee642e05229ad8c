"""What kind of list file is this, and which rows does it hold?

Opening looks at the whole file once and refuses it as a whole, so that reading
the rows afterwards meets no fault of the file. Reading is a stream and may be
repeated. Nothing is written here.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from repatria.lists.reading.delimited import delimiter_of, text_rows
from repatria.lists.reading.encoding import encoding_of
from repatria.lists.reading.faults import UnreadableFileError, column_letters
from repatria.lists.reading.headings import HeaderMatch, map_headings, wanted_among
from repatria.lists.reading.model import (
    Field,
    FileDescription,
    FileFormat,
    Limits,
    ReadRow,
    UnreadableRow,
)
from repatria.lists.reading.rows import Columns, is_blank, read_row, tidy
from repatria.lists.reading.workbook import OLE_MAGIC, ZIP_MAGIC, ole_fault, open_workbook

RawRow = tuple[int, list[str]]
Progress = Callable[[int, int], None]

_HEADER_SEARCH_ROWS = 20
_PROGRESS_EVERY_ROWS = 200
_CHUNK_BYTES = 1024 * 1024
# First bytes of files that people send by mistake and that may pass for text.
_FOREIGN_MAGIC = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A list file that has been looked at as a whole and can be read."""

    path: Path
    description: FileDescription
    columns: Columns
    raw_rows: Callable[[], Iterator[RawRow]]

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | UnreadableRow]:
        """Every row below the header that is not blank, once, in the order of the file.

        Args:
            progress: told now and then how many rows are done, of how many.
        """
        total = self.description.rows
        taken: set[int] = set()
        order = 0
        for number, cells in self.raw_rows():
            if number <= self.description.header_row or is_blank(cells):
                continue
            order += 1
            yield read_row(number, cells, self.columns, order=order, taken=taken)
            if progress is not None and (order % _PROGRESS_EVERY_ROWS == 0 or order == total):
                progress(order, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The row with the headings, what they mean, and how many rows stand above it."""

    row: int
    cells: list[str]
    match: HeaderMatch
    above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where the rows of the list come from, whatever the format."""

    format: FileFormat
    rows: Callable[[], Iterator[RawRow]]
    header: Header
    size: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def open_list_file(
    path: Path,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    columns: Mapping[str, Field | None] | None = None,
    sheet: str | None = None,
) -> ListFile:
    """The file, recognised by its content and found readable as a whole.

    Args:
        path: of the file; its name says nothing about what it is.
        limits: how large it may be.
        columns: heading -> field where a person decides otherwise than the dictionary;
            None leaves a column unmapped.
        sheet: which sheet of a workbook to read, when several hold a list.

    Raises:
        UnreadableFileError: it is refused, with a code of `FILE_FAULTS` and the place.

    Cost: reads the file three times at most; the memory of a few rows and of a
    workbook's shared texts.
    """
    try:
        return _open(path, limits, columns or {}, sheet)
    except OSError:
        raise UnreadableFileError("file-unreadable", path.name) from None


def _open(
    path: Path, limits: Limits, wanted: Mapping[str, Field | None], sheet: str | None
) -> ListFile:
    table = table_of(path, limits=limits, sheet=sheet)
    with path.open("rb") as stream:
        sha256 = _sha256(stream.read)
    columns = _columns(table, path.name, wanted)
    rows, blank = _count(table, path.name, limits)
    description = FileDescription(
        name=path.name,
        sha256=sha256,
        size=table.size,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        other_sheets=table.other_sheets,
        header_row=table.header.row,
        header_language=table.header.match.language,
        columns={columns.headings[i]: field for i, field in sorted(columns.fields.items())},
        unmapped=tuple(h for i, h in enumerate(columns.headings) if i not in columns.fields),
        above_header=table.header.above,
        rows=rows,
        blank_rows=blank,
    )
    return ListFile(path=path, description=description, columns=columns, raw_rows=table.rows)


def table_of(
    path: Path, *, limits: Limits, sheet: str | None = None, wanted: Collection[str] = ()
) -> Table:
    """The table in the file, with its header found; its rows are not read yet.

    Args:
        path: of the file.
        limits: how large it may be.
        sheet: which sheet of a workbook to read.
        wanted: headings that make a row the header although the dictionary lacks them.

    Raises:
        UnreadableFileError: it is refused, with a code of `FILE_FAULTS` and the place.
    """
    try:
        size = path.stat().st_size
    except ValueError:  # a name that no file system can hold
        raise UnreadableFileError("file-unreadable", path.name) from None
    if size > limits.max_bytes:
        raise UnreadableFileError("file-too-large", path.name)
    if size == 0 and path.is_file():
        raise UnreadableFileError("file-empty", path.name)
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(OLE_MAGIC):
        raise ole_fault(path)
    if start.startswith(_FOREIGN_MAGIC):
        raise UnreadableFileError("not-a-list-file", path.name)
    if start.startswith(ZIP_MAGIC):
        return _workbook_table(path, limits, sheet, wanted, size)
    return _text_table(path, limits, wanted, size)


def _sha256(read: Callable[[int], bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _text_table(path: Path, limits: Limits, wanted: Collection[str], size: int) -> Table:
    encoding = encoding_of(path)
    delimiter = delimiter_of(path, encoding=encoding, limits=limits, wanted=wanted)

    def rows() -> Iterator[RawRow]:
        return text_rows(path, encoding=encoding, delimiter=delimiter, limits=limits)

    return Table(
        format=FileFormat.CSV,
        rows=rows,
        header=_header(rows(), path.name, wanted),
        size=size,
        encoding=encoding,
        delimiter=delimiter,
    )


def _workbook_table(
    path: Path, limits: Limits, chosen: str | None, wanted: Collection[str], size: int
) -> Table:
    """The one sheet that holds a list, or the one that is wanted."""
    workbook = open_workbook(path, limits)
    if chosen is not None and chosen not in workbook.sheets:
        raise UnreadableFileError("sheet-missing", path.name)
    headers: dict[str, Header] = {}
    faults: list[UnreadableFileError] = []
    for sheet in workbook.sheets if chosen is None else (chosen,):
        try:
            where = f"{path.name}, sheet {sheet}"
            headers[sheet] = _header(workbook.rows(sheet), where, wanted)
        except UnreadableFileError as fault:
            faults.append(fault)
    if not headers:
        # A sheet that says something says more about the file than one that is empty.
        faults.sort(key=lambda fault: fault.code in ("file-empty", "header-missing"))
        raise faults[0] if faults else UnreadableFileError("file-empty", path.name)
    if len(headers) > 1:
        raise UnreadableFileError("sheet-ambiguous", f"{path.name}, sheets {', '.join(headers)}")
    sheet, header = next(iter(headers.items()))
    return Table(
        format=FileFormat.XLSX,
        rows=lambda: workbook.rows(sheet),
        header=header,
        size=size,
        sheet=sheet,
        other_sheets=tuple(name for name in workbook.sheets if name != sheet),
    )


def _header(rows: Iterator[RawRow], where: str, wanted: Collection[str] = ()) -> Header:
    """The row among the first in which most headings are understood, names among them.

    Raises:
        UnreadableFileError: `header-missing`, or `file-empty` when no row has anything.
    """
    best: Header | None = None
    seen = most = 0
    try:
        for number, cells in rows:
            if is_blank(cells):
                continue
            match = map_headings(cells)
            asked = wanted_among(cells, wanted)
            found = len(match.fields) + asked
            if (match.has_names or asked) and found > most:
                best, most = Header(row=number, cells=cells, match=match, above=seen), found
            seen += 1
            if seen == _HEADER_SEARCH_ROWS:
                break
    except UnreadableFileError:
        # With a header it is a list, and the fault is met again when all rows are read.
        if best is None:
            raise
    if best is None:
        raise UnreadableFileError("header-missing" if seen else "file-empty", where)
    return best


def _columns(table: Table, name: str, wanted: Mapping[str, Field | None]) -> Columns:
    """The header with each heading once and each field once.

    Raises:
        UnreadableFileError: `header-ambiguous` or `columns-not-in-file`.
    """
    headings: list[str] = []
    for index, cell in enumerate(table.header.cells):
        heading = tidy(cell) or f"({column_letters(index)})"
        while heading in headings:
            heading += f" ({column_letters(index)})"
        headings.append(heading)
    while headings and headings[-1] == f"({column_letters(len(headings) - 1)})":
        headings.pop()
    if not set(wanted) <= set(headings):
        raise UnreadableFileError("columns-not-in-file", name)
    fields: dict[int, Field] = {}
    for index, heading in enumerate(headings):
        field = wanted[heading] if heading in wanted else table.header.match.fields.get(index)
        if field is None:
            continue
        for other, same in fields.items():
            if same is field:
                both = f"columns {column_letters(other)} and {column_letters(index)}"
                where = f"{name}, row {table.header.row}, {both}"
                raise UnreadableFileError("header-ambiguous", where)
        fields[index] = field
    return Columns(headings=tuple(headings), fields=fields)


def _count(table: Table, name: str, limits: Limits) -> tuple[int, int]:
    """How many rows below the header are not blank, and how many between them are.

    Every row is read once here, so that each fault of the file is met now.
    """
    rows = blank = last = 0
    for number, cells in table.rows():
        if number <= table.header.row or is_blank(cells):
            continue
        rows += 1
        blank += number - (last or table.header.row) - 1
        last = number
        if rows > limits.max_rows:
            raise UnreadableFileError("too-many-rows", f"{name}, row {number}")
    return rows, blank
