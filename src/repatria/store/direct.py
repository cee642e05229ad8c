"""How are the tables of the log read and written in the fewest steps?

Django's objects are made for pages, not for the one path on which every act waits:
there, building them takes longer than the database does. The statements here are
constant and understood by both databases. Each runs in the caller's transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections

from repatria.ledger.merkle import HASH_BYTES, Frontier

EntryRow = tuple[str, int, bytes]
BodyRow = tuple[str, int, bytes, str]

_ADD_ENTRY = "INSERT INTO log_entry (origin, seq, commitment) VALUES (?, ?, ?)"
_ADD_BODY = "INSERT INTO body (origin, seq, salt, text) VALUES (?, ?, ?, ?)"
_ADD_NOTE = "INSERT INTO head_note (origin, size, note) VALUES (?, ?, ?)"
_READ_FRONTIER = "SELECT size, hashes FROM frontier WHERE origin = ?"
_READ_TEXTS = "SELECT seq, text FROM body WHERE origin = ? AND seq BETWEEN ? AND ? ORDER BY seq"
_WRITE_FRONTIER = (
    "INSERT INTO frontier (origin, size, hashes) VALUES (?, ?, ?) "
    "ON CONFLICT (origin) DO UPDATE SET size = excluded.size, hashes = excluded.hashes"
)


class Tables:
    """The log's tables through the driver's own cursor; its errors come as Django's.

    Args:
        cursor: of `sqlite3` or `psycopg`.
        mark: how the driver writes a parameter.
    """

    def __init__(self, cursor: Any, mark: str) -> None:
        self._cursor = cursor
        self._mark = mark

    def add(
        self,
        origin: str,
        frontier: Frontier,
        entries: Iterable[EntryRow],
        bodies: Iterable[BodyRow],
        note: str,
    ) -> None:
        """Write what was added to a log, its signed head, and its subtree roots."""
        run, sql = self._cursor, self._sql
        run.executemany(sql(_ADD_ENTRY), entries)
        run.executemany(sql(_ADD_BODY), bodies)
        run.execute(sql(_ADD_NOTE), (origin, frontier.size, note))
        row = (origin, frontier.size, b"".join(frontier.hashes))
        run.execute(sql(_WRITE_FRONTIER), row)

    def add_bodies(self, bodies: Iterable[BodyRow]) -> None:
        """Write bodies of entries that are there already."""
        self._cursor.executemany(self._sql(_ADD_BODY), bodies)

    def frontier(self, origin: str) -> Frontier:
        """The subtree roots of a log; those of an empty one when we never met it."""
        self._cursor.execute(self._sql(_READ_FRONTIER), (origin,))
        row = self._cursor.fetchone()
        if row is None:
            return Frontier()
        size, joined = row[0], bytes(row[1])
        hashes = [joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)]
        return Frontier(size, hashes)

    def mentions(
        self, subjects: Sequence[str], kinds: Sequence[str] | None
    ) -> Sequence[tuple[str, int, str]]:
        """Where something is said about these subjects: log, place and subject.

        Args:
            subjects: at most a chunk.
            kinds: only statements of these; of all when None.
        """
        query = f"SELECT origin, seq, subject FROM mention WHERE {self._among('subject', subjects)}"  # noqa: S608 -- marks only
        if kinds is not None:
            query += f" AND {self._among('kind', kinds)}"
        self._cursor.execute(query, (*subjects, *(kinds or ())))
        found: Sequence[tuple[str, int, str]] = self._cursor.fetchall()
        return found

    def texts(self, origin: str, places: Sequence[int]) -> Sequence[tuple[int, str]]:
        """Place and text of the bodies held at these places of a log, in order; at most a chunk."""
        query = f"SELECT seq, text FROM body WHERE origin = {self._mark} AND "  # noqa: S608 -- marks only
        self._cursor.execute(f"{query}{self._among('seq', places)} ORDER BY seq", (origin, *places))
        found: Sequence[tuple[int, str]] = self._cursor.fetchall()
        return found

    def texts_between(self, origin: str, first: int, last: int) -> Sequence[tuple[int, str]]:
        """Place and text of the bodies held from one place of a log to another, in order."""
        self._cursor.execute(self._sql(_READ_TEXTS), (origin, first, last))
        found: Sequence[tuple[int, str]] = self._cursor.fetchall()
        return found

    def _among(self, column: str, values: Sequence[object]) -> str:
        # No value is in an empty list, but not every database can read one.
        return f"{column} IN ({', '.join([self._mark] * len(values)) or 'NULL'})"

    def _sql(self, statement: str) -> str:
        return statement if self._mark == "?" else statement.replace("?", self._mark)


@contextmanager
def driver_cursor(alias: str) -> Iterator[tuple[Any, str]]:
    """The driver's cursor in the transaction that is open, if any, and its parameter mark."""
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = connection.connection.cursor()
        try:
            yield cursor, "?" if connection.vendor == "sqlite" else "%s"
        finally:
            cursor.close()


@contextmanager
def tables(alias: str) -> Iterator[Tables]:
    """The log's tables in a database, in the transaction that is open there, if any."""
    with driver_cursor(alias) as (cursor, mark):
        yield Tables(cursor, mark)
