"""In which file does a table leave, such as candidate pairs, so that it is whole or not there?"""

import contextlib
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from repatria.operations.file_comparison import guarded_cells

STANDARD_OUTPUT = Path("-")
_MOST_SHEET_ROWS = 1_048_576
Rows = Iterable[Sequence[str]]


class TooManyRowsError(ValueError):
    """A sheet of a workbook cannot hold so many rows."""


def write_pairs(out: Path, form: str, headings: Sequence[str], rows: Rows, *, count: int) -> None:
    """Write the table under that name, or to standard output for `-`.

    Args:
        out: what stood there is replaced, in one step and only by a whole file.
        form: `csv`, `xlsx` or `json`.
        headings: of the columns.
        rows: as many cells each.
        count: how many rows there are.

    Raises:
        TooManyRowsError: for a workbook.
        OSError: it cannot be written.
    """
    if form == "xlsx" and count >= _MOST_SHEET_ROWS:
        raise TooManyRowsError
    write = _WRITERS[form]
    if out == STANDARD_OUTPUT:
        write(sys.stdout.buffer, headings, rows)
        sys.stdout.flush()
        return
    with replacing(out) as stream:
        write(stream, headings, rows)


@contextlib.contextmanager
def replacing(out: Path) -> Iterator[IO[bytes]]:
    """A file that takes the name when all of it is written; on any failure nothing is left."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _csv(stream: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(map(guarded_cells, rows))
    text.flush()
    text.detach()


def _json(stream: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    before = "[\n"
    for row in rows:
        said: dict[str, object] = dict(zip(headings, row, strict=True))
        said["score"] = float(str(said["score"]))
        stream.write(f"{before}{json.dumps(said, ensure_ascii=False)}".encode())
        before = ",\n"
    stream.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _xlsx(stream: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    import xlsxwriter  # noqa: PLC0415 -- seldom wanted, and slow to load

    # Written aside: a workbook that fails half way must not be closed into the stream.
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
    number_at = headings.index("score") if "score" in headings else -1
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if column == number_at:
                sheet.write_number(number, column, float(cell))
            else:
                sheet.write_string(number, column, cell)
    book.close()
    stream.write(made.getvalue())


_WRITERS: dict[str, Callable[[IO[bytes], Sequence[str], Rows], None]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
}
FORMATS = tuple(_WRITERS)
