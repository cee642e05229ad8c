"""What does one line of a release list say of a person?

Enough for the other side to know who is meant, and nothing about where or how
somebody is held. Its canonical bytes are what is committed to.
"""

from dataclasses import dataclass

from repatria.ledger.canonical import decode, encode
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.payload import from_json, to_json
from repatria.lists.reading import ListRecord
from repatria.terms import Category, IntegrityError, LineId, PartialDate, PersonName

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEntry:
    """A person on a release list.

    Attributes:
        names: as written, each in its script; never empty.
        reference: the author's own number for the person.
        line: the line of a submitted list it was taken from, if it was.
    """

    names: tuple[PersonName, ...]
    father: str = ""
    birth: PartialDate | None = None
    category: Category | None = None
    reference: str = ""
    line: LineId | None = None

    def __post_init__(self) -> None:
        if not self.names:
            msg = "an entry names a person"
            raise ValueError(msg)


def entry_of_line(line: ListLine) -> ReleaseEntry:
    """The entry for a line of a list that was handed in; it names the line."""
    return ReleaseEntry(
        names=line.names,
        father=line.father,
        birth=line.birth,
        category=line.category,
        reference=line.reference,
        line=line.line_id,
    )


def entry_of_record(record: ListRecord) -> ReleaseEntry:
    """The entry for a line of a file that was not handed in."""
    return ReleaseEntry(
        names=record.names,
        father=record.father,
        birth=record.birth,
        category=record.category,
        reference=record.reference,
    )


def entry_bytes(entry: ReleaseEntry) -> bytes:
    """Its canonical bytes."""
    return encode({"v": FORMAT, **to_json(entry)})


def read_entry(raw: bytes) -> ReleaseEntry | None:
    """The entry in canonical bytes; None when they are not one."""
    try:
        value = decode(raw, place="release entry")
        if not isinstance(value, dict) or value.get("v") != FORMAT:
            return None
        return from_json(ReleaseEntry, value, place="release entry")
    except IntegrityError:
        return None
