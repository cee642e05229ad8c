"""What does a list file hold, once read?

Every row that is not blank comes back exactly once, as a `ReadRow` or as an
`UnreadableRow`. Text stays as it was written; the program's own words (category,
sex, dates) stand beside it. Nothing here prints a name: the personal fields
are left out of `repr`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from repatria.terms import Category, Finding, PartialDate, PersonName, Sex


class Field(StrEnum):
    """What a column of a list may be about."""

    LINE_NUMBER = "line_number"
    FULL_NAME = "full_name"
    FULL_NAME_FAMILY_FIRST = "full_name_family_first"
    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    FATHER = "father"
    BIRTH = "birth"
    BORN_AT = "born_at"
    SEX = "sex"
    CATEGORY = "category"
    RANK = "rank"
    CAPTURED_ON = "captured_on"
    CAPTURED_AT = "captured_at"
    HELD_AT = "held_at"
    HEALTH = "health"
    REFERENCE = "reference"
    STATUS = "status"
    NOTE = "note"
    REGION = "region"
    UNIT = "unit"


NAME_FIELDS = frozenset(
    {Field.FULL_NAME, Field.FULL_NAME_FAMILY_FIRST, Field.SURNAME, Field.GIVEN_NAME}
)


class FileFormat(StrEnum):
    """How the file is built."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one list file may ask of the machine.

    Attributes:
        max_bytes: of the file; looked at before anything is read.
        max_unpacked_bytes: of all parts of a workbook together, as its directory says.
        max_rows: rows that are not blank.
        max_columns: cells in one row.
        max_cell_characters: what one spreadsheet cell can hold.
            Source: "Excel specifications and limits", Microsoft Support.
    """

    max_bytes: int = 200 * 1024 * 1024
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    max_rows: int = 1_000_000
    max_columns: int = 256
    max_cell_characters: int = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDescription:
    """What was found out about the file, to be shown before anything is written.

    Attributes:
        name: of the file, without its folder.
        sha256: of the file's bytes, hexadecimal.
        size: in bytes.
        encoding: of a text file (`utf-8`, `utf-16-le`, `cp1254`...); empty for a workbook.
        delimiter: between the cells of a text file; empty for a workbook.
        sheet: of a workbook; empty for a text file.
        other_sheets: sheets that were not read because they hold no list.
        header_row: number of the row with the headings, as a person counts.
        header_language: the language most headings are in: `en`, `hy`, `az`, `ru` or `ar`.
        columns: heading -> field, in the order of the file.
        unmapped: headings nobody here knows; their cells are kept in `ListRecord.extra`.
        above_header: how many rows that are not blank stand above the headings.
        rows: how many rows below the header are not blank.
        blank_rows: how many rows below the header are blank.
    """

    name: str
    sha256: str
    size: int
    format: FileFormat
    encoding: str
    delimiter: str
    sheet: str
    other_sheets: tuple[str, ...]
    header_row: int
    header_language: str
    columns: Mapping[str, Field]
    unmapped: tuple[str, ...]
    above_header: int
    rows: int
    blank_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecord:
    """One line of a list, as its writer put it.

    Attributes:
        line_number: the list's own number, or the order of the row when it has none.
        names: every name the row has; never empty.
        father: the father's name or patronymic.
        category, sex: only where the word is known; the text stands beside or in `extra`.
        held_at: place of detention. Sensitive: kept apart by whoever stores it.
        health: as written. Sensitive.
        region, unit: of which he is, for rules about shares.
        reference: a number such as the ICRC number or the holder's own register number.
        extra: unmapped heading -> cell, where the cell is not empty.
    """

    line_number: int
    names: tuple[PersonName, ...] = field(repr=False)
    father: str = field(default="", repr=False)
    birth: PartialDate | None = field(default=None, repr=False)
    born_at: str = field(default="", repr=False)
    sex: Sex | None = field(default=None, repr=False)
    category: Category | None = None
    category_as_written: str = field(default="", repr=False)
    rank: str = field(default="", repr=False)
    captured_on: PartialDate | None = field(default=None, repr=False)
    captured_at: str = field(default="", repr=False)
    held_at: str = field(default="", repr=False)
    health: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)
    status: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    region: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    extra: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def differing_fields(self, other: "ListRecord") -> tuple[str, ...]:
        """Names of the fields in which the two lines are not the same, in order."""
        return tuple(
            part.name
            for part in fields(self)
            if getattr(self, part.name) != getattr(other, part.name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row that was understood.

    Attributes:
        number: of the row in the file as a person sees it; the first row is 1.
        notes: what a person should look at although the row was read.
    """

    number: int
    record: ListRecord
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """Why a row could not be read.

    Attributes:
        column: heading of the column at fault; for a missing name, all name columns.
        reason: stable code; `sentence_for` has the words.
    """

    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row that was not understood; it is given back, never dropped.

    Attributes:
        faults: all of them, not just the first; never empty.
        cells: heading -> original text, in the order of the file.
    """

    number: int
    faults: tuple[CellFault, ...]
    cells: Mapping[str, str] = field(repr=False, hash=False)

    @property
    def column(self) -> str:
        """The first column at fault."""
        return self.faults[0].column

    @property
    def reason(self) -> str:
        """The code of the first fault."""
        return self.faults[0].reason
