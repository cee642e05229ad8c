"""From which file did a list come, and how was it read?"""

from dataclasses import dataclass

from repatria.ledger.kinds.kind import Kind, Readers, Sensitivity
from repatria.terms import ListId


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImported:
    """How a list file was read; unreadable rows are counted, never dropped."""

    list_id: ListId
    digest: str
    filename: str
    size: int
    format: str
    encoding: str = ""
    delimiter: str = ""
    header_language: str = ""
    rows: int
    unreadable: int
    blank: int = 0


KIND = Kind(
    name="file.imported",
    payload=FileImported,
    sensitivity=Sensitivity.PERSONAL,
    readers=Readers.OWN,
    redacted=frozenset({"filename"}),
)
