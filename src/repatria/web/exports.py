"""How does a table leave as a file that a spreadsheet opens without being fooled?

As text, a cell that would be calculated gets an apostrophe before it; in a
workbook every cell is written as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum

import xlsxwriter
from django.http import HttpResponse

from repatria.lists.reading import guarded

BYTE_ORDER_MARK = "\ufeff"  # without it a well-known spreadsheet takes UTF-8 for its own code page


class TableFormat(StrEnum):
    """In which form a table leaves."""

    CSV = "csv"
    XLSX = "xlsx"


def table_file(
    name: str, headings: Sequence[object], rows: Iterable[Sequence[object]], form: TableFormat
) -> HttpResponse:
    """A download of the table; its name says what it is, never whom it is about."""
    if form is TableFormat.XLSX:
        content: str | bytes = _workbook(headings, rows)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        content, kind = _text(headings, rows), "text/csv; charset=utf-8"
    return download(content, f"{name}.{form}", kind)


def download(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """A download that no cache keeps."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _text(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(heading) for heading in headings])
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _workbook(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, str(heading), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, str(cell))
    return out.getvalue()
