"""Whom does a list file name, as columns for a comparison, a million rows in seconds?

The rules are those of an import; only the work differs. A block of rows is looked at
as a whole, in few calls; cells that are out of the ordinary are taken one by one.
Every row that is not blank becomes a person or is given back with its faults.
"""

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from repatria.lists.reading.delimited import text_rows
from repatria.lists.reading.faults import UnreadableFileError
from repatria.lists.reading.folding import fold
from repatria.lists.reading.model import NAME_FIELDS, Field, FileFormat, Limits
from repatria.lists.reading.opening import Table, table_of
from repatria.lists.reading.person_block import BlockReader
from repatria.lists.reading.person_columns import Layout, PersonColumns
from repatria.lists.reading.rows import tidy

Progress = Callable[[int, int], None]
Block = tuple[Sequence[int], list[list[str]], int]
"""Row numbers, rows, and how much of the file is read with them."""

WANTED: Mapping[str, Field] = {
    "id": Field.REFERENCE,
    "name": Field.FULL_NAME,
    "name_family_first": Field.FULL_NAME_FAMILY_FIRST,
    "family_name": Field.SURNAME,
    "given_name": Field.GIVEN_NAME,
    "father": Field.FATHER,
    "dob": Field.BIRTH,
    "sex": Field.SEX,
    "place_of_birth": Field.BORN_AT,
    "captured_on": Field.CAPTURED_ON,
}
"""What a column may be said to hold, in the words of `--map`."""

LARGE = Limits(max_bytes=4 * 1024**3, max_rows=10_000_000)
_NAMES = NAME_FIELDS | {Field.REFERENCE, Field.LINE_NUMBER, Field.FATHER}
_BLOCK_ROWS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """A list file whose header is understood, to be read into columns."""

    path: Path
    table: Table
    layout: Layout
    limits: Limits

    @property
    def described(self) -> str:
        """How the file is read, in one line that names columns and no person."""
        table, columns = self.table, self.layout.described
        how = table.sheet or f"{table.encoding}, delimiter {table.delimiter!r}"
        return f"{self.path.name}: {table.format}, {how}; {columns}"

    def read(self, progress: Progress | None = None, *, keep: int | None = None) -> PersonColumns:
        """The persons, with the rows that name none.

        Args:
            progress: told now and then how much is read, of how much (0: not known).
            keep: how many of the rows that cannot be read are kept, beside their count;
                None keeps all of them.

        Raises:
            UnreadableFileError: a fault of the file as a whole, with row and column.
        """
        reader = BlockReader(self.path.name, self.layout, self.limits, keep=keep)
        is_text = self.table.format is FileFormat.CSV
        for numbers, rows, done in self._text_blocks() if is_text else self._sheet_blocks():
            # Row numbers rise, so that the rows above and with the headings come first.
            first = bisect_right(numbers, self.table.header.row)
            reader.take(numbers[first:], rows[first:])
            if progress is not None:
                progress(done, self.table.size if is_text else 0)
        return reader.finished()

    def _text_blocks(self) -> Iterator[Block]:
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=self.table.encoding, newline="") as stream,
        ):
            reader = csv.reader(stream, delimiter=self.table.delimiter, strict=True)
            number = 1
            try:
                while rows := list(islice(reader, _BLOCK_ROWS)):
                    yield range(number, number + len(rows)), rows, raw.tell()
                    number += len(rows)
            except (csv.Error, UnicodeError):
                self._say_where_it_breaks()
                raise UnreadableFileError("quotes-broken", self.path.name) from None

    def _say_where_it_breaks(self) -> None:
        for _ in text_rows(
            self.path,
            encoding=self.table.encoding,
            delimiter=self.table.delimiter,
            limits=self.limits,
        ):
            pass

    def _sheet_blocks(self) -> Iterator[Block]:
        rows = self.table.rows()
        done = 0
        while block := list(islice(rows, _BLOCK_ROWS)):
            done += len(block)
            numbers, cells = zip(*block, strict=True)
            yield numbers, list(cells), done


def open_person_file(
    path: Path,
    *,
    wanted: Mapping[str, Sequence[str]] | None = None,
    names_only: bool = False,
    sheet: str | None = None,
    limits: Limits = LARGE,
) -> PersonFile:
    """The file, with an id and a name in its header.

    Args:
        path: of the file; its content says what it is.
        wanted: key of `WANTED` -> headings that mean it here, whatever the dictionary says;
            several headings of names are several spellings. Headings the file lacks are left.
        names_only: read ids and names and nothing else.
        sheet: which sheet of a workbook, when several hold a list.
        limits: how large it may be.

    Raises:
        UnreadableFileError: it is refused, with a code of `FILE_FAULTS` and the place.
    """
    asked = {
        " ".join(heading.split()): WANTED[key]
        for key, headings in (wanted or {}).items()
        for heading in headings
    }
    try:
        table = table_of(path, limits=limits, sheet=sheet, wanted=frozenset(asked))
    except OSError:
        raise UnreadableFileError("file-unreadable", path.name) from None
    layout = _layout(table, path.name, asked, _NAMES if names_only else frozenset(Field))
    return PersonFile(path=path, table=table, layout=layout, limits=limits)


def _layout(
    table: Table, name: str, asked: Mapping[str, Field], fields: Collection[Field]
) -> Layout:
    """Which column holds what; one for each field but a full name.

    Raises:
        UnreadableFileError: `header-missing`, `header-ambiguous` or `id-column-missing`.
    """
    headings = tuple(tidy(cell) for cell in table.header.cells)
    where = f"{name}, row {table.header.row}"
    columns: dict[Field, list[int]] = {}
    for index, heading in enumerate(headings):
        field = asked.get(heading)
        if field is None and (known := table.header.match.fields.get(index)):
            # What somebody asked for takes the place of what the dictionary would take.
            field = (
                None if known in asked.values() and _asked_for(headings, asked, known) else known
            )
        if field in fields and field in {*WANTED.values(), Field.LINE_NUMBER}:
            columns.setdefault(field, []).append(index)
    if NAME_FIELDS.isdisjoint(columns):
        raise UnreadableFileError("header-missing", where)
    columns[Field.REFERENCE] = _id_column(headings, columns)
    columns.pop(Field.LINE_NUMBER, None)
    if not columns[Field.REFERENCE]:
        raise UnreadableFileError("id-column-missing", where)
    several = {Field.FULL_NAME, Field.FULL_NAME_FAMILY_FIRST} & set(asked.values())
    for field, indexes in columns.items():
        if len(indexes) > 1 and field not in several:
            both = " and ".join(headings[at] for at in indexes[:2])
            raise UnreadableFileError("header-ambiguous", f"{where}, columns {both}")
    return Layout(headings=headings, columns={f: tuple(at) for f, at in columns.items()})


def _asked_for(headings: Sequence[str], asked: Mapping[str, Field], field: Field) -> bool:
    """Whether a heading that was asked for as this field is one of the file's."""
    return any(asked.get(heading) is field for heading in headings)


def _id_column(headings: Sequence[str], columns: Mapping[Field, list[int]]) -> list[int]:
    """The column headed "id", else a register number, else the number of the line."""
    references = columns.get(Field.REFERENCE, [])
    called_id = [at for at in references if fold(headings[at]) == "id"]
    if len(references) > 1 and len(called_id) == 1:
        return called_id
    return references or columns.get(Field.LINE_NUMBER, [])
