"""Which record is which, over versions of a list and copies of it?

A record is known by the id of its line. When a list is handed in anew its lines may
have other ids or other numbers; then a record is known by its words: what its author
said of the person, as far as that helps to know who is meant.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from repatria.ledger.kinds import payload_of, payloads_in
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.statement import Entry
from repatria.linkage import Profile

WORDS_LENGTH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A line as it now stands.

    Attributes:
        by: its author.
        words: digest of what the comparison looks at; see `words_of`.
    """

    line: ListLine
    by: str
    words: str


def pair_id(left: str, right: str) -> str:
    """The id of a pair, the same whichever is named first and in every run."""
    first, second = sorted((left, right))
    return f"pair:{sha256(f'{first}|{second}'.encode()).hexdigest()[:24]}"


def words_of(line: ListLine, by: str) -> str:
    """A digest of who is meant by a line: 24 hexadecimal digits.

    Of the author's names, dates, places and own reference for the person. Not of the
    number of the line nor of what changes in captivity (rank, status, notes), nor of
    capitals and spaces: so it outlives a list that is sorted anew, and tells at once
    when another person has come to stand on a line.
    """
    said = [
        by,
        sorted(_folded(name.text) for name in line.names),
        _folded(line.father),
        str(line.birth or ""),
        _folded(str(line.born_at or "")),
        str(line.sex or ""),
        str(line.captured_on or ""),
        line.reference.strip(),
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:WORDS_LENGTH]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def profile_of(line: ListLine) -> Profile:
    """What the comparison looks at in a line."""
    return Profile(
        id=line.line_id,
        names=line.names,
        birth=line.birth,
        sex=line.sex,
        father=line.father,
        captured_on=line.captured_on,
        place_of_birth=str(line.born_at or ""),
    )


def current_records(entries: Iterable[Entry]) -> Mapping[str, Record]:
    """The lines of lists as they now stand, with their authors, by line id."""
    latest: dict[str, Entry] = {}
    for entry, line in payloads_in(entries, ListLine):
        latest[line.line_id] = entry
    return {line_id: _record(entry) for line_id, entry in latest.items()}


def _record(entry: Entry) -> Record:
    line = payload_of(entry, ListLine)
    return Record(line=line, by=entry.origin, words=words_of(line, entry.origin))


def current_lines(entries: Iterable[Entry]) -> Mapping[str, ListLine]:
    """The lines of lists as they now stand, by line id."""
    return {line.line_id: line for _entry, line in payloads_in(entries, ListLine)}
