"""What does a list file say, row by row, before anything is written?

Start with `open_list_file`, then `ListFile.rows`, then `diff`. The dictionaries of
headings and words are `headings.toml` and `words.toml`. Not here: storing lines,
answering them (`lists`), comparing names (`linkage`).
"""

from repatria.lists.reading.difference import ChangedRow, ImportDiff, diff
from repatria.lists.reading.faults import (
    FILE_FAULTS,
    NO_LINES,
    ROW_FAULTS,
    UnreadableFileError,
    sentence_for,
)
from repatria.lists.reading.model import (
    CellFault,
    Field,
    FileDescription,
    FileFormat,
    Limits,
    ListRecord,
    ReadRow,
    UnreadableRow,
)
from repatria.lists.reading.opening import ListFile, open_list_file
from repatria.lists.reading.person_columns import PersonColumns
from repatria.lists.reading.persons import WANTED, PersonFile, open_person_file
from repatria.lists.reading.states import health_class_of, status_of
from repatria.lists.reading.unreadable import guarded, unreadable_as_csv, write_unreadable

__all__ = [
    "FILE_FAULTS",
    "NO_LINES",
    "ROW_FAULTS",
    "WANTED",
    "CellFault",
    "ChangedRow",
    "Field",
    "FileDescription",
    "FileFormat",
    "ImportDiff",
    "Limits",
    "ListFile",
    "ListRecord",
    "PersonColumns",
    "PersonFile",
    "ReadRow",
    "UnreadableFileError",
    "UnreadableRow",
    "diff",
    "guarded",
    "health_class_of",
    "open_list_file",
    "open_person_file",
    "sentence_for",
    "status_of",
    "unreadable_as_csv",
    "write_unreadable",
]
