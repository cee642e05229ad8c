"""Which persons does a block of rows name, read in few calls?

A column whose cells are all in order is seen to be so in one look at its joined text.
Dates and sexes repeat, so that each different cell is understood once. What a row is
judged by is what a comparison reads; other columns are only kept free of formulas.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import TypeVar

from repatria.lists.reading.faults import UnreadableFileError, column_letters
from repatria.lists.reading.model import CellFault, Field, Limits, UnreadableRow
from repatria.lists.reading.person_cells import HEAD_LETTERS, Heads, Understood, date_in, sex_in
from repatria.lists.reading.person_columns import Layout, PersonColumns
from repatria.lists.reading.rows import ERROR_CELLS, has_letter, is_blank, known, spellings, tidy
from repatria.terms import NameOrder, PartialDate, PersonName, Sex

T = TypeVar("T")

_HEAD = itemgetter(slice(0, HEAD_LETTERS))
_FEW_CELLS = 50
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_FULL_NAMES = (Field.FULL_NAME, Field.FULL_NAME_FAMILY_FIRST)


class BlockReader:
    """Takes blocks of rows, in the order of the file; gives the persons at the end."""

    def __init__(self, name: str, layout: Layout, limits: Limits, *, keep: int | None) -> None:
        self._name = name
        self._layout = layout
        self._limits = limits
        self._keep = keep
        self._used = {at for indexes in layout.columns.values() for at in indexes}
        self._seen: set[str] = set()
        self._dates = Understood(date_in)
        self._sexes = Understood(sex_in)
        self._heads = Heads()
        first = next((each for each in _FULL_NAMES if each in layout.columns), None)
        self._done = PersonColumns(order=_order(first))
        self._faults: dict[int, list[CellFault]] = {}

    def finished(self) -> PersonColumns:
        """All persons so far."""
        return self._done

    def take(self, numbers: Sequence[int], rows: list[list[str]]) -> None:
        """Read a block.

        Raises:
            UnreadableFileError: `formula-cell`, `cell-too-large`, `too-many-columns` or
                `too-many-rows`, with the row and the column.
        """
        width = len(self._layout.headings)
        if set(map(len, rows)) - {width} or not all(map(itemgetter(self._id_at), rows)):
            numbers, rows = self._evened(numbers, rows, width)
        if not rows:
            return
        self._faults = {}
        cells = [
            self._cells(index, column, numbers)
            for index, column in enumerate(zip(*rows, strict=False))
        ][:width]
        self._add(cells, numbers, rows)
        total = len(self._done) + self._done.rejected_count
        if total > self._limits.max_rows:
            raise UnreadableFileError("too-many-rows", f"{self._name}, row {numbers[-1]}")

    @property
    def _id_at(self) -> int:
        return self._layout.columns[Field.REFERENCE][0]

    def _evened(
        self, numbers: Sequence[int], rows: list[list[str]], width: int
    ) -> tuple[list[int], list[list[str]]]:
        """Without blank rows, each row as wide as the header or, if it has more, as the widest."""
        kept = [
            (number, row) for number, row in zip(numbers, rows, strict=True) if not is_blank(row)
        ]
        for number, row in kept:
            if len(row) > self._limits.max_columns:
                raise UnreadableFileError("too-many-columns", f"{self._name}, row {number}")
        widest = max((len(row) for _, row in kept), default=0)
        widest = max(widest, width)
        return [n for n, _ in kept], [row + [""] * (widest - len(row)) for _, row in kept]

    def _cells(self, index: int, column: Sequence[str], numbers: Sequence[int]) -> Sequence[str]:
        """The cells of a column, tidied if they are read."""
        joined = "\n" + "\n".join(column)
        longest = max(map(len, column))
        if "\n=" in joined or longest > self._limits.max_cell_characters:
            self._refuse(index, column, numbers)
        beyond = index >= len(self._layout.headings)
        if beyond:
            for at, cell in enumerate(column):
                if tidy(cell):
                    self._fault(at, "", "cells-beyond-header")
        if index not in self._used:
            return column
        if joined.count("\n") == len(column) and _in_order(joined):
            return column
        cells = list(column)
        for at in _out_of_order(column):
            cell = cells[at]
            cells[at] = tidy(cell[1:] if cell.startswith(_GUARDED) else cell)
            if cells[at] in ERROR_CELLS:
                self._fault(at, self._layout.headings[index], "cell-holds-error")
        return cells

    def _refuse(self, index: int, column: Sequence[str], numbers: Sequence[int]) -> None:
        for number, cell in zip(numbers, column, strict=True):
            long = len(cell) > self._limits.max_cell_characters
            if long or cell.startswith("="):
                where = f"{self._name}, row {number}, column {column_letters(index)}"
                raise UnreadableFileError("cell-too-large" if long else "formula-cell", where)

    def _fault(self, at: int, heading: str, reason: str) -> None:
        faults = self._faults.setdefault(at, [])
        if all((one.column, one.reason) != (heading, reason) for one in faults):
            faults.append(CellFault(column=heading, reason=reason))

    def _add(
        self, cells: Sequence[Sequence[str]], numbers: Sequence[int], rows: Sequence[Sequence[str]]
    ) -> None:
        """Understand the columns, and set aside the rows with faults."""

        def column(wanted: Field) -> Sequence[str]:
            indexes = self._layout.columns.get(wanted)
            return cells[indexes[0]] if indexes else ()

        done = self._done
        ids = column(Field.REFERENCE)
        self._check_ids(ids)
        fathers = self._known(column(Field.FATHER))
        families, givens, parts = _in_parts(
            len(ids),
            self._known(column(Field.SURNAME)),
            self._known(column(Field.GIVEN_NAME)),
            fathers,
        )
        texts, others = self._texts(cells, len(ids), parts)
        births = self._dated(Field.BIRTH, column(Field.BIRTH))
        captures = self._dated(Field.CAPTURED_ON, column(Field.CAPTURED_ON))
        sexes = self._sexed(column(Field.SEX))
        before = len(done.ids)
        wanted = [at not in self._faults for at in range(len(ids))] if self._faults else None
        _extend(done.ids, ids, wanted)
        _extend(done.texts, texts, wanted)
        _extend(done.families, families, wanted)
        _extend(done.givens, givens, wanted)
        _extend(done.fathers, fathers, wanted)
        _extend(done.births, births, wanted)
        _extend(done.captures, captures, wanted)
        _extend(done.sexes, sexes, wanted)
        _extend(done.places, column(Field.BORN_AT), wanted)
        places = range(len(ids)) if wanted is None else _places(wanted)
        done.others.update(
            (before + places[at], tuple(names)) for at, names in others.items() if places[at] >= 0
        )
        self._reject(numbers, rows)

    def _reject(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        done = self._done
        done.rejected_count += len(self._faults)
        for at in sorted(self._faults):
            if self._keep is not None and len(done.rejected) >= self._keep:
                return
            cells: dict[str, str] = {}
            for index, cell in enumerate(rows[at]):
                heading = self._layout.headings[index] if index < len(self._layout.headings) else ""
                heading = heading or f"({column_letters(index)})"
                while heading in cells:
                    heading += f" ({column_letters(index)})"
                cells[heading] = cell
            done.rejected.append(
                UnreadableRow(number=numbers[at], faults=tuple(self._faults[at]), cells=cells)
            )

    def _check_ids(self, ids: Sequence[str]) -> None:
        different = set(ids)
        if len(different) < len(ids) or "" in different or not self._seen.isdisjoint(different):
            heading = self._layout.heading(Field.REFERENCE)
            taken: set[str] = set()
            for at, cell in enumerate(ids):
                if not cell:
                    self._fault(at, heading, "id-missing")
                elif cell in taken or cell in self._seen:
                    self._fault(at, heading, "id-repeated")
                taken.add(cell)
        self._seen |= different

    def _odd(self, column: Sequence[str]) -> Sequence[int]:
        """Which cells may say "unknown" or hold no name."""
        odd = map(self._heads.__getitem__, map(_HEAD, column))
        return list(compress(range(len(column)), odd))

    def _known(self, column: Sequence[str]) -> Sequence[str]:
        """The cells, empty where they say "unknown"."""
        odd = self._odd(column)
        if not odd:
            return column
        cells = list(column)
        for at in odd:
            cells[at] = known(cells[at])
        return cells

    def _texts(
        self, cells: Sequence[Sequence[str]], count: int, parts: Sequence[str]
    ) -> tuple[Sequence[str], dict[int, list[PersonName]]]:
        """The first name in one cell where no name is in parts, and all further spellings."""
        texts: Sequence[str] = [""] * count
        others: dict[int, list[PersonName]] = {}
        first = not any(parts)
        for field in _FULL_NAMES:
            for at in self._layout.columns.get(field, ()):
                column = self._known(cells[at])
                if first:
                    texts = self._first_texts(column, others, _order(field))
                else:
                    self._spelled(range(count), column, others, _order(field), (parts, texts))
                first = False
        if "" in texts:
            heading = self._layout.heading(*_FULL_NAMES, Field.SURNAME, Field.GIVEN_NAME)
            for at, text in enumerate(texts):
                if not text and not parts[at] and at not in others:
                    self._fault(at, heading, "name-missing")
        return texts, others

    def _first_texts(
        self, column: Sequence[str], others: dict[int, list[PersonName]], order: NameOrder
    ) -> Sequence[str]:
        """The cells of the only or the first column of names; most are names as they stand."""
        odd = set(self._odd(column))
        if "/" in "".join(column):
            odd |= {at for at, cell in enumerate(column) if "/" in cell}
        texts = list(column)
        for at in odd:
            texts[at] = next(filter(has_letter, spellings(column[at])), "")
        self._spelled(sorted(odd), column, others, order, (texts,))
        return texts

    def _spelled(
        self,
        rows: Iterable[int],
        column: Sequence[str],
        others: dict[int, list[PersonName]],
        order: NameOrder,
        known_as: Sequence[Sequence[str]],
    ) -> None:
        """Add the spellings in those rows of a column that are not known yet."""
        for at in rows:
            for text in spellings(column[at]):
                named = others.get(at, [])
                if (
                    has_letter(text)
                    and all(text != known_texts[at] for known_texts in known_as)
                    and all(text != name.text for name in named)
                ):
                    others[at] = [*named, PersonName(text=text, order=order)]

    def _dated(self, field: Field, column: Sequence[str]) -> Sequence[PartialDate | None]:
        return self._looked_up(self._dates, field, column, "swapped")

    def _sexed(self, column: Sequence[str]) -> Sequence[Sex | None]:
        return self._looked_up(self._sexes, Field.SEX, column, "sexes_unknown")

    def _looked_up(
        self, table: Understood[T], field: Field, column: Sequence[str], count: str
    ) -> Sequence[T | None]:
        values = list(map(table.__getitem__, column))
        if table.noted:
            more = sum(cell in table.noted for cell in column)
            setattr(self._done, count, getattr(self._done, count) + more)
        if table.faults:
            for at, cell in enumerate(column):
                if cell in table.faults:
                    self._fault(at, self._layout.heading(field), table.faults[cell])
        return values


def _out_of_order(column: Sequence[str]) -> Iterator[int]:
    """Places of the cells among which one or another is to be tidied; few where few are."""
    for start in range(0, len(column), _FEW_CELLS):
        cells = column[start : start + _FEW_CELLS]
        joined = "\n" + "\n".join(cells)
        if joined.count("\n") != len(cells) or not _in_order(joined):
            yield from range(start, start + len(cells))


def _in_order(joined: str) -> bool:
    """Whether no cell of the joined column needs tidying, a guard taken off or a closer look."""
    return (
        joined.replace("\n", "").isprintable()
        and joined.count("\n ") == joined.count(" \n") == joined.count("  ") == 0
        and not joined.endswith(" ")
        and "\n'" not in joined
        and "#" not in joined
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
    )


def _order(field: Field | None) -> NameOrder:
    family_first = field is Field.FULL_NAME_FAMILY_FIRST
    return NameOrder.FAMILY_FIRST if family_first else NameOrder.UNKNOWN


def _places(wanted: Sequence[bool]) -> Sequence[int]:
    """Where each row comes to stand once the others are taken out; -1 for those."""
    places, place = [], 0
    for keep in wanted:
        places.append(place if keep else -1)
        place += keep
    return places


def _in_parts(
    count: int, families: Sequence[str], givens: Sequence[str], fathers: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Family and given names, empty where they name nobody, and the names that they make."""
    if not families and not givens:
        return (), (), [""] * count
    families, givens = list(families or [""] * count), list(givens or [""] * count)
    parts: list[str] = []
    for at, father in enumerate(fathers or [""] * count):
        if has_letter(families[at] + givens[at]):
            parts.append(" ".join(part for part in (givens[at], father, families[at]) if part))
        else:
            families[at] = givens[at] = ""
            parts.append("")
    return families, givens, parts


def _extend(done: list[T], more: Sequence[T], wanted: Sequence[bool] | None) -> None:
    done.extend(more if wanted is None or not more else compress(more, wanted))
