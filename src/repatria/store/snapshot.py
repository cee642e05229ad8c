"""What does a backup hold of the database, line by line, and how does it come back?

Logically, not as pages of a file: a backup of one database can be put back into
the other. Lines are lists; the first item says what the line is:

    ["log", origin]                    the entries after it are of this log
    ["entry", commitment, salt, text]  salt and text are null where no body is held
    ["note", size, text]               a signed head of this log
    ["file", digest, content]          an attachment, in base64
    ["row", text]                      a row of an account, as Django writes it (jsonl)

Derived tables are not in it: they are folded anew. To be joined here with what
else can't be folded from the log.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import connections, models

from repatria.store import models as tables
from repatria.store.bulk import insert_values
from repatria.store.database import current
from repatria.store.verification import joined_log
from repatria.terms import IntegrityError, PartyCode

BATCH = 2_000
# Rows that nothing in the log gives back: how accounts log in.
ACCOUNT_TABLES: tuple[type[models.Model], ...] = (User, tables.ApiToken)


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment; writers are not held up."""
    connection = connections[current()]
    begin = "BEGIN"
    if connection.vendor == "postgresql":
        begin += " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def origins(own: PartyCode) -> Sequence[PartyCode]:
    """The logs held here, our own first."""
    held = set(tables.LogEntry.objects.values_list("origin", flat=True).distinct())
    return (own, *sorted(PartyCode(each) for each in held - {own}))


def lines_held(own: PartyCode) -> Iterator[list[Any]]:
    """Every line, within `one_moment`; memory for a few thousand rows at a time."""
    for origin in origins(own):
        yield ["log", origin]
        with closing(joined_log(origin)) as entries:
            for entry in entries:
                salt = _b64(entry.salt) if entry.salt is not None else None
                text = entry.body.decode("utf-8") if entry.body is not None else None
                yield ["entry", _b64(entry.commitment), salt, text]
        notes = tables.HeadNote.objects.filter(origin=origin).order_by("size")
        for size, note in notes.values_list("size", "note").iterator(chunk_size=BATCH):
            yield ["note", size, note]
    for digest in tables.Attachment.objects.order_by("digest").values_list("digest", flat=True):
        content = tables.Attachment.objects.get(digest=digest).content
        yield ["file", digest, _b64(bytes(content))]
    for table in ACCOUNT_TABLES:
        for row in table._default_manager.order_by("pk").iterator(chunk_size=BATCH):
            yield ["row", serializers.serialize("jsonl", [row]).strip()]


def entries_held() -> int:
    """How many entries there are in all logs: what a bar is measured with."""
    return tables.LogEntry.objects.count()


def is_empty() -> bool:
    """Whether the open database holds no log and no account."""
    each: tuple[type[models.Model], ...] = (tables.LogEntry, *ACCOUNT_TABLES)
    return not any(table._default_manager.exists() for table in each)


class Putter:
    """Puts lines back into an empty database, in the caller's transaction."""

    def __init__(self) -> None:
        self._origin = ""
        self._seq = 0
        self._waiting: dict[type[models.Model], list[Sequence[Any]]] = {}
        self.entries = 0

    def put(self, line: Sequence[Any]) -> None:
        """Write one line, now or with those that follow.

        Raises:
            IntegrityError: it is none of the lines that a backup holds.
        """
        try:
            self._put(line)
        except (ValueError, TypeError, KeyError, IndexError, DeserializationError):
            raise IntegrityError("backup", "backup-malformed") from None

    def _put(self, line: Sequence[Any]) -> None:
        match line:
            case ["log", str(origin)]:
                self._origin, self._seq = origin, 0
            case ["entry", str(committed), salt, text]:
                self._entry(committed, salt, text)
            case ["note", int(size), str(note)]:
                self._row(tables.HeadNote, (self._origin, size, note))
            case ["file", str(digest), str(content)]:
                self.end()
                raw = base64.b64decode(content, validate=True)
                insert_values(tables.Attachment, ("digest", "content"), [(digest, raw)])
            case ["row", str(text)]:
                self._account(text)
            case _:
                raise ValueError

    def _entry(self, committed: str, salt: str | None, text: str | None) -> None:
        place = (self._origin, self._seq)
        self._row(tables.LogEntry, (*place, base64.b64decode(committed, validate=True)))
        if salt is not None and text is not None:
            self._row(tables.Body, (*place, base64.b64decode(salt, validate=True), text))
        self._seq += 1
        self.entries += 1

    def _account(self, text: str) -> None:
        named = str(json.loads(text)["model"])
        if named not in {table._meta.label_lower for table in ACCOUNT_TABLES}:
            raise ValueError
        for found in serializers.deserialize("jsonl", text, using=current()):
            found.save(using=current())

    def _row(self, table: type[models.Model], row: Sequence[Any]) -> None:
        rows = self._waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= BATCH:
            self._flush(table)

    def _flush(self, table: type[models.Model]) -> None:
        rows = self._waiting.pop(table, [])
        insert_values(table, _COLUMNS[table], rows)

    def end(self) -> None:
        """Write what still waits."""
        for table in list(self._waiting):
            self._flush(table)


def start_ids_after_rows() -> None:
    """Let the next account get a number of its own: PostgreSQL does not see numbers put in."""
    connection = connections[current()]
    with connection.cursor() as cursor:
        from django.core.management.color import no_style  # noqa: PLC0415 -- only here

        for sql in connection.ops.sequence_reset_sql(no_style(), list(ACCOUNT_TABLES)):
            cursor.execute(sql)


_COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    tables.LogEntry: ("origin", "seq", "commitment"),
    tables.Body: ("origin", "seq", "salt", "text"),
    tables.HeadNote: ("origin", "size", "note"),
}


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
