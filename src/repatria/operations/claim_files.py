"""Which claims does a file hold?

The file is opened as any list is: encoding, delimiter, workbook and header are
recognised by content, and a fault names row and column.
"""

from pathlib import Path

from repatria.lists.reading import Limits
from repatria.lists.reading.faults import UnreadableFileError
from repatria.lists.reading.opening import table_of
from repatria.record.claim_rows import HEADINGS, claims_of_table
from repatria.record.claims import Claim
from repatria.terms import Objection, Refusal

_WANTED = frozenset(
    variant
    for names in HEADINGS.values()
    for name in names
    for spaced in (name, name.replace("_", " "), name.replace("_", "-"))
    for variant in (spaced, spaced.capitalize(), spaced.title(), spaced.upper())
)


def claims_in_file(path: Path) -> tuple[Claim, ...]:
    """The claims in a CSV or XLSX file, every row of it.

    Raises:
        UnreadableFileError: the file cannot be read as a table.
        Refusal: `list-without-lines`; every row that cannot be read as a claim, each with row
            and column.
    """
    try:
        table = table_of(path, limits=Limits(), wanted=_WANTED)
        rows = [row for row in table.rows() if row[0] > table.header.row]
    except OSError:
        raise UnreadableFileError("file-unreadable", path.name) from None
    claims = claims_of_table(table.header.cells, rows)
    if not claims:
        raise Refusal(Objection(code="list-without-lines", rule="attributed claims"))
    return claims
