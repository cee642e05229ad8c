"""How are the tables of the log read and written in the fewest steps?

Django's objects are made for pages, not for the one path on which every act waits:
there, building them takes longer than the database does. The statements here are
constant and understood by both databases. Each runs in the caller's transaction.
"""

from collections.abc import Iterable
from typing import Any

from repatria.ledger.merkle import HASH_BYTES, Frontier

EntryRow = tuple[str, int, bytes]
BodyRow = tuple[str, int, bytes, str]
Cursor = Any  # Django's wrapper, which turns the errors of either database into its own

_ADD_ENTRY = "INSERT INTO log_entry (origin, seq, commitment) VALUES (%s, %s, %s)"
_ADD_BODY = "INSERT INTO body (origin, seq, salt, text) VALUES (%s, %s, %s, %s)"
_ADD_NOTE = "INSERT INTO head_note (origin, size, note) VALUES (%s, %s, %s)"
_READ_FRONTIER = "SELECT size, hashes FROM frontier WHERE origin = %s"
_WRITE_FRONTIER = (
    "INSERT INTO frontier (origin, size, hashes) VALUES (%s, %s, %s) "
    "ON CONFLICT (origin) DO UPDATE SET size = excluded.size, hashes = excluded.hashes"
)


def add_entries(cursor: Cursor, rows: Iterable[EntryRow]) -> None:
    """Write commitments: origin, place, commitment."""
    cursor.executemany(_ADD_ENTRY, rows)


def add_bodies(cursor: Cursor, rows: Iterable[BodyRow]) -> None:
    """Write bodies: origin, place, salt, text."""
    cursor.executemany(_ADD_BODY, rows)


def add_note(cursor: Cursor, origin: str, size: int, note: str) -> None:
    """Write a signed checkpoint under the size it is for."""
    cursor.execute(_ADD_NOTE, (origin, size, note))


def read_frontier(cursor: Cursor, origin: str) -> Frontier:
    """The subtree roots of a log; those of an empty one when we never met it."""
    cursor.execute(_READ_FRONTIER, (origin,))
    row = cursor.fetchone()
    if row is None:
        return Frontier()
    size, joined = row[0], bytes(row[1])
    return Frontier(size, [joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)])


def write_frontier(cursor: Cursor, origin: str, frontier: Frontier) -> None:
    """Replace the subtree roots of a log."""
    cursor.execute(_WRITE_FRONTIER, (origin, frontier.size, b"".join(frontier.hashes)))
