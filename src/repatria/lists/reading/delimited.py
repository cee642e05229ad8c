"""Which rows and cells does a delimited text hold?

Read as a stream: one row in memory, whatever the size of the file. Quotation
marks are taken strictly (RFC 4180), because a mark that is not closed swallows
the rows after it.
"""

import csv
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from repatria.lists.reading.faults import UnreadableFileError, column_letters
from repatria.lists.reading.headings import map_headings, wanted_among
from repatria.lists.reading.model import Limits

RawRow = tuple[int, list[str]]

# In order of preference where the headings do not decide.
DELIMITERS = (";", "\t", "|", ",")
HEADER_SEARCH_ROWS = 20
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def text_rows(path: Path, *, encoding: str, delimiter: str, limits: Limits) -> Iterator[RawRow]:
    """Row numbers and cells, from the first row on.

    A row may span lines where a quoted cell does; rows are counted, not lines. A cell
    that our own files guarded against formulas with an apostrophe loses it.

    Raises:
        UnreadableFileError: `quotes-broken`, `cell-too-large`, `row-too-long`,
            `too-many-columns` or `formula-cell`, with the row and the column.
    """
    lines = _Lines(path, encoding, limits)
    number = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.start_row()
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeError:  # the file has changed since its encoding was found
            raise UnreadableFileError("encoding-unknown", f"{path.name}, row {number}") from None
        except (csv.Error, _RowTooLongError) as error:
            code = "quotes-broken" if isinstance(error, csv.Error) else "row-too-long"
            raise _fault_in(
                lines.of_this_row(), path.name, number, delimiter, limits, otherwise=code
            ) from None
        _check_cells(cells, path.name, number, limits)
        yield number, [c[1:] if c.startswith(_GUARDED) else c for c in cells]


def delimiter_of(path: Path, *, encoding: str, limits: Limits, wanted: Collection[str] = ()) -> str:
    """The delimiter with which most headings are understood.

    Where two do equally well the one that is found nowhere near the header wins:
    a comma inside a name must not cut it in two.
    """
    best, most = DELIMITERS[0], (False, -1, 0)
    for delimiter in DELIMITERS:
        rows = first_rows(path, encoding=encoding, delimiter=delimiter, limits=limits)
        matches = [map_headings(cells) for _, cells in rows]
        asked = [wanted_among(cells, wanted) for _, cells in rows]
        names, understood = max(
            (
                (m.has_names or more > 0, len(m.fields) + more)
                for m, more in zip(matches, asked, strict=True)
            ),
            default=(False, 0),
        )
        widest = max((len(cells) for _, cells in rows), default=1)
        rank = (names, understood, -widest)
        if rank > most:
            best, most = delimiter, rank
    return best


def first_rows(path: Path, *, encoding: str, delimiter: str, limits: Limits) -> list[RawRow]:
    """The rows among which the header is looked for; as many as can be read."""
    found: list[RawRow] = []
    # A header that is too wide is a header: it is refused when the rows are read.
    as_wide_as_it_is = replace(limits, max_columns=sys.maxsize)
    rows = text_rows(path, encoding=encoding, delimiter=delimiter, limits=as_wide_as_it_is)
    try:
        for row in rows:
            found.append(row)
            if len(found) == HEADER_SEARCH_ROWS:
                break
    except UnreadableFileError:
        # Read with a wrong delimiter a file may look broken; the chosen one is read in full.
        pass
    return found


class _RowTooLongError(Exception):
    pass


class _Lines:
    """The lines of a file, none longer than a row may be, with those of the current row."""

    def __init__(self, path: Path, encoding: str, limits: Limits) -> None:
        self._path = path
        self._encoding = encoding
        self._longest = limits.max_cell_characters * 32
        self._row: list[str] = []
        self._length = 0

    def start_row(self) -> None:
        self._row.clear()
        self._length = 0

    def of_this_row(self) -> str:
        return "".join(self._row)

    def __iter__(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, newline="") as stream:
            while line := stream.readline(self._longest):
                self._row.append(line)
                self._length += len(line)
                if self._length >= self._longest:
                    raise _RowTooLongError
                yield line


def _check_cells(cells: list[str], name: str, number: int, limits: Limits) -> None:
    if len(cells) > limits.max_columns:
        raise UnreadableFileError("too-many-columns", f"{name}, row {number}")
    for index, cell in enumerate(cells):
        if len(cell) > limits.max_cell_characters:
            code = "cell-too-large"
        elif cell.startswith("="):
            code = "formula-cell"
        else:
            continue
        raise UnreadableFileError(code, f"{name}, row {number}, column {column_letters(index)}")


def _fault_in(
    text: str, name: str, number: int, delimiter: str, limits: Limits, *, otherwise: str
) -> UnreadableFileError:
    """Why this row has no end: a cell larger than any may be, or else what the caller says."""
    column = length = 0
    quoted = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif char == delimiter and not quoted:
            column, length = column + 1, 0
            continue
        length += 1
        if length > limits.max_cell_characters:
            where = f"{name}, row {number}, column {column_letters(column)}"
            return UnreadableFileError("cell-too-large", where)
    return UnreadableFileError(otherwise, f"{name}, row {number}")
