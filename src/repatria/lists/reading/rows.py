"""Which line of a list do these cells make, or why none?

A row is read whole or given back whole, with every fault it has. Text is only
tidied (spaces, characters that cannot be seen); what a word means is put beside
it, not in its place.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from repatria.lists.reading.dates import LocalDateError, read_local_date
from repatria.lists.reading.folding import fold
from repatria.lists.reading.headings import category_words, sex_words, unknown_words
from repatria.lists.reading.model import CellFault, Field, ListRecord, ReadRow, UnreadableRow
from repatria.terms import (
    Category,
    Finding,
    NameOrder,
    PartialDate,
    PersonName,
    Severity,
    Sex,
    script_of,
)

# Control characters and direction marks; not the joiners, which Persian and Indic names need.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_NUMBER = re.compile(r"(?:№|#|no\.?)?\s*(\d{1,9})\s*[.)]?", re.IGNORECASE)
ERROR_CELLS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The header as the rows below it need it.

    Attributes:
        headings: one per column, none empty, none twice.
        fields: column index -> field, each field once.
    """

    headings: tuple[str, ...]
    fields: Mapping[int, Field]

    def heading_of(self, *wanted: Field) -> str:
        """The headings of those of the fields that the file has."""
        return ", ".join(self.headings[i] for i, have in self.fields.items() if have in wanted)


@dataclass(slots=True)
class _Reading:
    """What has been found in one row so far."""

    number: int
    columns: Columns
    text: dict[Field, str]
    faults: list[CellFault] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def fault(self, reason: str, *fields: Field) -> None:
        self.faults.append(CellFault(column=self.columns.heading_of(*fields), reason=reason))

    def note(self, code: str, field_: Field, severity: Severity = Severity.WARNING) -> None:
        column = self.columns.heading_of(field_)
        where = f"row {self.number}, column {column}"
        self.notes.append(
            Finding(
                code=code,
                severity=severity,
                where=where,
                values={"row": self.number, "column": column},
            )
        )

    def date(self, field_: Field) -> PartialDate | None:
        try:
            found = read_local_date(self.text.get(field_, ""))
        except LocalDateError as error:
            self.fault(error.reason, field_)
            return None
        if found.swapped:
            self.note("day-month-swapped", field_)
        return found.date


def is_blank(cells: Iterable[str]) -> bool:
    """Whether the row has nothing that can be seen."""
    return not any(cell and tidy(cell) for cell in cells)


def tidy(text: str) -> str:
    """The text composed (NFC), without characters that cannot be seen, single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def read_row(
    number: int, cells: Sequence[str], columns: Columns, *, order: int, taken: set[int]
) -> ReadRow | UnreadableRow:
    """The row, read or given back.

    Args:
        number: of the row in the file.
        cells: as they stand there; cells that are missing at the end are empty.
        columns: the header.
        order: how many rows that are not blank stand above it, plus one.
        taken: line numbers of the rows above; that of this row is added when it is read.
    """
    tidied = [tidy(cell) for cell in cells]
    width = len(columns.headings)
    text = {f: tidied[i] for i, f in columns.fields.items() if i < len(tidied)}
    reading = _Reading(number=number, columns=columns, text=text)
    for index, cell in enumerate(tidied):
        if cell in ERROR_CELLS and index < width:
            reading.faults.append(
                CellFault(column=columns.headings[index], reason="cell-holds-error")
            )
    if any(tidied[width:]):
        reading.faults.append(CellFault(column="", reason="cells-beyond-header"))
    extra = {
        columns.headings[i]: cell
        for i, cell in enumerate(tidied[:width])
        if cell and i not in columns.fields
    }
    record = _record(reading, extra, order=order, taken=taken)
    if record is None or reading.faults:
        return UnreadableRow(
            number=number, faults=tuple(reading.faults), cells=_original(cells, columns)
        )
    taken.add(record.line_number)
    return ReadRow(number=number, record=record, notes=tuple(reading.notes))


def _record(
    reading: _Reading, extra: dict[str, str], *, order: int, taken: set[int]
) -> ListRecord | None:
    line_number = _line_number(reading, order=order, taken=taken)
    names = _names(reading)
    birth, captured_on = reading.date(Field.BIRTH), reading.date(Field.CAPTURED_ON)
    if birth and captured_on and captured_on.latest < birth.earliest:
        reading.note("captured-before-birth", Field.CAPTURED_ON, Severity.CONTRADICTION)
    if not names:
        return None
    text = reading.text.get
    return ListRecord(
        line_number=line_number,
        names=names,
        father=known(text(Field.FATHER, "")),
        birth=birth,
        born_at=text(Field.BORN_AT, ""),
        sex=_sex(reading, extra),
        category=_category(reading),
        category_as_written=text(Field.CATEGORY, ""),
        rank=text(Field.RANK, ""),
        captured_on=captured_on,
        captured_at=text(Field.CAPTURED_AT, ""),
        held_at=text(Field.HELD_AT, ""),
        health=text(Field.HEALTH, ""),
        reference=text(Field.REFERENCE, ""),
        status=text(Field.STATUS, ""),
        note=text(Field.NOTE, ""),
        region=text(Field.REGION, ""),
        unit=text(Field.UNIT, ""),
        extra=extra,
    )


def _line_number(reading: _Reading, *, order: int, taken: set[int]) -> int:
    if Field.LINE_NUMBER not in reading.columns.fields.values():
        return order
    cell = reading.text.get(Field.LINE_NUMBER, "")
    match = _LINE_NUMBER.fullmatch(cell)
    if match is None:
        reason = "line-number-unreadable" if cell else "line-number-missing"
        reading.fault(reason, Field.LINE_NUMBER)
        return 0
    number = int(match[1])
    if number in taken:
        reading.fault("line-number-repeated", Field.LINE_NUMBER)
    return number


def _names(reading: _Reading) -> tuple[PersonName, ...]:
    """Every name of the row: the one in parts first, then those written in one cell."""
    names: list[PersonName] = []
    family, given, father = (
        known(reading.text.get(f, "")) for f in (Field.SURNAME, Field.GIVEN_NAME, Field.FATHER)
    )
    if has_letter(family + given):
        names.append(PersonName.from_parts(given=given, family=family, patronymic=father))
    for field_, name_order in (
        (Field.FULL_NAME, NameOrder.UNKNOWN),
        (Field.FULL_NAME_FAMILY_FIRST, NameOrder.FAMILY_FIRST),
    ):
        for text in spellings(known(reading.text.get(field_, ""))):
            if has_letter(text) and all(text != name.text for name in names):
                names.append(PersonName(text=text, order=name_order))
    if not names:
        wanted = (
            Field.SURNAME,
            Field.GIVEN_NAME,
            Field.FULL_NAME,
            Field.FULL_NAME_FAMILY_FIRST,
        )
        reading.fault("name-missing", *wanted)
    return tuple(names)


def spellings(text: str) -> tuple[str, ...]:
    """The spellings of a cell that holds the name in two scripts; else the cell."""
    if "/" not in text:
        return (text,)
    parts = tuple(part.strip() for part in text.split("/"))
    scripts = {script_of(part) for part in parts if has_letter(part)}
    return parts if len(scripts) == len(parts) else (text,)


def known(text: str) -> str:
    """The text; nothing where it says that the fact is not known."""
    return "" if fold(text) in unknown_words() else text


def has_letter(text: str) -> bool:
    """Whether anything in the text could be part of a name."""
    return any(char.isalpha() for char in text)


def _sex(reading: _Reading, extra: dict[str, str]) -> Sex | None:
    cell = reading.text.get(Field.SEX, "")
    folded = fold(cell)
    found = sex_words().get(folded)
    if found is None and folded not in unknown_words():
        reading.note("sex-not-recognised", Field.SEX)
        extra[reading.columns.heading_of(Field.SEX)] = cell
    return found


def _category(reading: _Reading) -> Category | None:
    folded = fold(reading.text.get(Field.CATEGORY, ""))
    found = category_words().get(folded)
    if found is None and folded not in unknown_words():
        reading.note("category-not-recognised", Field.CATEGORY)
    return found


def _original(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    """Heading -> cell as it was, with a made-up heading for cells beyond the header."""
    padded = [*cells, *[""] * (len(columns.headings) - len(cells))]
    headings = list(columns.headings)
    headings += [f"+{n}" for n in range(1, len(padded) - len(headings) + 1)]
    return dict(zip(headings, padded, strict=True))
