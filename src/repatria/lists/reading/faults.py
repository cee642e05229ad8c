"""What is wrong with the file or the row, in a code and in words?

A fault of the file stops everything before anything is written. A fault of a
row gives that row back. The words name no person; a page may use its own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from repatria.terms import Objection, Refusal

_RULE = "list import procedure: a file is understood as a whole or refused as a whole"

NO_LINES = "the list has no lines: below its headings there is none that can be read"

FILE_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "cell-too-large": "a cell holds too much text, or a quotation mark before it is not closed",
        "columns-not-in-file": "a column was named that the file does not have",
        "encoding-unknown": "the letters cannot be decoded with certainty; save the file as UTF-8",
        "file-empty": "the file holds nothing",
        "file-encrypted": "the workbook is protected by a password; save it without one",
        "file-too-large": "the file is larger than the limit",
        "file-unreadable": "the file cannot be opened",
        "formula-cell": "a cell holds a formula, not a value; paste it as values",
        "header-ambiguous": "two columns have headings that mean the same",
        "header-missing": "no row among the first has headings with a column of names",
        "id-column-missing": "no column is headed as the number by which a row is named",
        "merged-cells": "cells are merged, so it is open to which rows their text belongs",
        "not-a-list-file": "the file is neither a delimited text nor an XLSX workbook",
        "null-byte": "a null byte stands in the text; save the list anew as UTF-8",
        "quotes-broken": "a quotation mark is not closed, so rows cannot be told apart",
        "row-too-long": "a row is longer than all its cells could be",
        "sheet-ambiguous": "several sheets hold a list; say which one to read",
        "sheet-missing": "the workbook has no sheet of that name",
        "too-many-columns": "a row has more cells than the limit",
        "too-many-rows": "the file has more rows than the limit",
        "unpacked-too-large": "the workbook unpacks to more than the limit",
        "workbook-damaged": "the workbook is damaged",
        "workbook-has-doctype": "the workbook declares a document type, which no list needs",
    }
)

ROW_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "cell-holds-error": "the cell holds a spreadsheet error",
        "cells-beyond-header": "there is text in a column without a heading",
        "date-is-a-number": "the date is only a number; format the cell as a date",
        "date-not-in-calendar": "there is no such day in the calendar",
        "date-not-readable": "the date is in no known form, such as 17.05.1990 or 1990-05-17",
        "date-two-digit-year": "the year has two digits, so the century is open",
        "date-year-before-registers": "the year is before 1500 or after 2199",
        "date-year-out-of-range": "the year is before 1880 or after 2199",
        "id-missing": "the row has no id",
        "id-repeated": "an earlier row has the same id",
        "line-number-missing": "the line has no number although the list numbers its lines",
        "line-number-repeated": "an earlier row has the same line number",
        "line-number-unreadable": "the line number is not a whole number",
        "name-missing": "the row has no name",
    }
)


class UnreadableFileError(Refusal):
    """The file was refused as a whole; nothing was read into anything.

    Attributes:
        code: stable, lower-case with hyphens; one of `FILE_FAULTS`.
        where: file, and sheet, row and column where there are such; not part of `str`,
            because a file may be named after a person.
    """

    def __init__(self, code: str, where: str) -> None:
        self.code = code
        self.where = where
        super().__init__(Objection(code=code, rule=_RULE, about=(where,)))

    @property
    def sentence(self) -> str:
        """Where and what, for the person who has to mend the file."""
        return f"{self.where}: {FILE_FAULTS[self.code]}"


def sentence_for(reason: str) -> str:
    """The words for the code of a row's fault."""
    return ROW_FAULTS[reason]


def column_letters(index: int) -> str:
    """How a spreadsheet calls the column with this index: 0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
