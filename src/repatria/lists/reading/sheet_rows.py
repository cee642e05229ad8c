"""Which cells stand in which row of a worksheet?

Fed by an XML parser piece by piece; rows that are complete can be taken away
in between, so that a sheet of any size needs the memory of a few rows.

Source: ECMA-376 part 1, 18.3.1 (worksheets), 18.18.11 (cell types).
"""

from xml.parsers import expat

from repatria.lists.reading.cell_values import number_as_seen, serial_as_date
from repatria.lists.reading.faults import UnreadableFileError, column_letters
from repatria.lists.reading.model import Limits

_MAX_ROW = 1_048_576


class SheetReader:
    """Turns the elements of one worksheet into rows of text.

    Args:
        where: file and sheet, to say where a fault is.
    """

    def __init__(
        self,
        *,
        shared: tuple[str | None, ...],
        date_styles: frozenset[int],
        from_1904: bool,
        limits: Limits,
        where: str,
    ) -> None:
        self._shared = shared
        self._date_styles = date_styles
        self._from_1904 = from_1904
        self._limits = limits
        self._where = where
        self._columns: dict[str, int] = {}
        self._rows: list[tuple[int, list[str]]] = []
        self._row = 0
        self._cells: list[str] = []
        self._column = -1
        self._type = ""
        self._style = 0
        self._collecting = False
        self._phonetic = False
        self._pieces: list[str] = []
        self._length = 0

    def parser(self) -> expat.XMLParserType:
        """A parser that feeds this reader."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def finished_rows(self) -> list[tuple[int, list[str]]]:
        """The rows complete since this was last asked."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self._collecting = not self._phonetic
            case "row":
                self._start_row(attributes)
            case "rPh":
                self._phonetic = True
            case "f":
                raise self._fault("formula-cell")
            case "mergeCell":
                where = f"{self._where}, cells {attributes['ref']}"
                raise UnreadableFileError("merged-cells", where)
            case _:
                pass

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self._end_cell()
            case "v" | "t":
                self._collecting = False
            case "row":
                self._rows.append((self._row, self._cells))
                self._cells = []
            case "rPh":
                self._phonetic = False
            case _:
                pass

    def _text(self, piece: str) -> None:
        if self._collecting:
            self._length += len(piece)
            if self._length > self._limits.max_cell_characters:
                raise self._fault("cell-too-large")
            self._pieces.append(piece)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._row + 1))
        if not self._row < number <= _MAX_ROW:
            msg = "rows are out of order"
            raise ValueError(msg)
        self._row = number
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        before = self._column
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_index(letters)
            self._column = column
        if self._column <= before:
            msg = "cells are out of order"
            raise ValueError(msg)
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._pieces = []
        self._length = 0

    def _end_cell(self) -> None:
        value = self._value("".join(self._pieces))
        if not value:
            return
        if self._column >= self._limits.max_columns:
            raise self._fault("too-many-columns")
        missing = self._column - len(self._cells)
        if missing:
            self._cells.extend([""] * missing)
        self._cells.append(value)

    def _value(self, raw: str) -> str:
        match self._type:
            case "s" if raw:
                text = self._shared[int(raw)]
                if text is None:
                    raise self._fault("cell-too-large")
                return text
            case "n" if raw:
                if self._style in self._date_styles:
                    return serial_as_date(raw, from_1904=self._from_1904)
                return number_as_seen(raw)
            case "b" if raw:
                return "TRUE" if raw.strip() == "1" else "FALSE"
            case _:
                return raw

    def _fault(self, code: str) -> UnreadableFileError:
        cell = f"{column_letters(max(self._column, 0))}{self._row}"
        return UnreadableFileError(code, f"{self._where}, cell {cell}")


def column_index(letters: str) -> int:
    """The index of the column that a spreadsheet calls so: `A` is 0, `AA` is 26.

    Raises:
        ValueError: it is no such name.
    """
    if not letters or len(letters) > 3 or not (letters.isascii() and letters.isupper()):
        msg = "no such column"
        raise ValueError(msg)
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
