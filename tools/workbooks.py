"""How is a workbook written so that it is the same file every time?"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

_MADE_ON = datetime(2023, 12, 1, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(path: Path, sheet: str, rows: Sequence[Sequence[str | int | date]]) -> None:
    """Write one sheet; dates as dates, the first row as a header."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE_ON})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.set_column(1, len(rows[0]) - 1, 18)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(at, column, value, day)
                elif value != "":
                    page.write(at, column, value, *([bold] if at == 0 else []))
