"""How do rows that could not be read go back to their writer?

As a text file that a spreadsheet opens: where, why, and the cells as they were.
Corrected, it can be read in again. Cells that a spreadsheet would take for a
formula are guarded by an apostrophe.

Source: OWASP Application Security Verification Standard 5.0, 1.2.10.
"""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from repatria.lists.reading.faults import sentence_for
from repatria.lists.reading.model import UnreadableRow

_ASKS_FOR_A_GUARD = ("=", "+", "-", "@", "\t", "\r")
_OWN_HEADINGS = ("Row in file", "Column at fault", "Reason")


def write_unreadable(
    rows: Iterable[UnreadableRow],
    path: Path,
    *,
    in_words: Callable[[str], str] = sentence_for,
) -> int:
    """Write the rows to a new file; gives back how many.

    Args:
        rows: of one list file.
        path: of the file to make.
        in_words: the reason in the reader's language, from its code.

    Raises:
        FileExistsError: nothing is ever written over.
    """
    kept = tuple(rows)
    text = unreadable_as_csv(kept, in_words=in_words)
    with path.open("x", encoding="utf-8-sig", newline="") as stream:
        stream.write(text)
    return len(kept)


def unreadable_as_csv(
    rows: Iterable[UnreadableRow], *, in_words: Callable[[str], str] = sentence_for
) -> str:
    """The rows as text with semicolons; for a download, put a byte order mark before it."""
    kept = tuple(rows)
    headings = tuple(dict.fromkeys(heading for row in kept for heading in row.cells))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*_OWN_HEADINGS, *map(guarded, headings)])
    for row in kept:
        columns = " | ".join(fault.column for fault in row.faults if fault.column)
        reasons = " | ".join(in_words(fault.reason) for fault in row.faults)
        cells = (row.cells.get(heading, "") for heading in headings)
        writer.writerow([row.number, guarded(columns), reasons, *map(guarded, cells)])
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{cell}" if cell.startswith(_ASKS_FOR_A_GUARD) else cell
