import sqlite3
from contextlib import closing

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from repatria.store import models
from repatria.store.database import current
from statements import noted

TABLES = {"log_entry": "seq", "body": "seq", "head_note": "size"}
# Every way to change or remove what was said, in either dialect.
CHANGES = [
    "UPDATE {table} SET origin = 'other'",
    "UPDATE {table} SET {place} = {place} + 100",
    "UPDATE {table} SET origin = origin",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {place} = 1",
]
REPLACEMENTS = [
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {place} = 1",
    "REPLACE INTO {table} SELECT * FROM {table}",
    (
        "INSERT OR REPLACE INTO {table} (rowid, {columns}) "
        "SELECT rowid, {columns_with_other_origin} FROM {table} WHERE {place} = 1"
    ),
    "UPDATE OR REPLACE {table} SET {place} = 1",
    (
        "INSERT INTO {table} SELECT * FROM {table} WHERE {place} = 1 "
        "ON CONFLICT DO UPDATE SET origin = 'other'"
    ),
]
COLUMNS = {
    "log_entry": ["origin", "seq", "commitment"],
    "body": ["origin", "seq", "salt", "text"],
    "head_note": ["origin", "size", "note"],
}


def worded(statement, table):
    columns = COLUMNS[table]
    return statement.format(
        table=table,
        place=TABLES[table],
        columns=", ".join(columns),
        columns_with_other_origin=", ".join(["'other'", *columns[1:]]),
    )


def rows(table):
    with connections[current()].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 -- our own table names
        return [tuple(bytes(c) if isinstance(c, memoryview) else c for c in r) for r in cursor]


@pytest.fixture
def kept(north, desk):
    """An installation in which three statements were written, one at a time."""
    with north.open():
        for number in range(2):
            desk(north).log.append([noted(number)])
        yield north


def refuses(statement):
    """Whether the database refuses a statement sent through Django, for the right reason."""
    with (
        pytest.raises(DatabaseError, match="can only grow"),
        transaction.atomic(using=current()),
        connections[current()].cursor() as cursor,
    ):
        cursor.execute(statement)
    return True


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_change_or_remove_what_was_said(kept, table):
    before = rows(table)
    assert len(before) == 3
    for statement in CHANGES:
        assert refuses(worded(statement, table)), statement
        assert rows(table) == before


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_postgresql_refuses_to_empty_a_table_or_to_turn_an_insert_into_an_update(kept):
    for table, place in TABLES.items():
        before = rows(table)
        assert refuses(f"TRUNCATE {table}")
        assert refuses(
            f"INSERT INTO {table} SELECT * FROM {table} "  # noqa: S608 -- our own table names
            f"ON CONFLICT (origin, {place}) DO UPDATE SET origin = EXCLUDED.origin"
        )
        assert rows(table) == before


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_plain_sqlite_connection_is_refused_too_whatever_it_sets(kept, table, recursive):
    before = rows(table)
    with closing(sqlite3.connect(kept.folder / "ledger.sqlite3")) as plain:
        plain.execute(f"PRAGMA recursive_triggers = {recursive}")
        for statement in [*CHANGES, *REPLACEMENTS]:
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} can only grow"):
                plain.execute(worded(statement, table))
            plain.commit()
            assert rows(table) == before, statement


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_a_plain_postgresql_connection_is_refused_too(kept):
    settings = connections[current()].settings_dict
    with psycopg.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    ) as plain:
        for table in TABLES:
            before = rows(table)
            for statement in [*CHANGES, "TRUNCATE {table}", "TRUNCATE {table} CASCADE"]:
                with pytest.raises(psycopg.errors.RaiseException, match=f"{table} can only grow"):
                    plain.execute(worded(statement, table))
                plain.rollback()
            assert rows(table) == before


def test_django_itself_is_refused(kept):
    entry = models.Body.objects.order_by("seq").last()
    entry.text = "{}"
    for change in (
        entry.save,
        entry.delete,
        models.LogEntry.objects.all().delete,
        lambda: models.HeadNote.objects.update(note=""),
    ):
        with (
            pytest.raises(DatabaseError, match="can only grow"),
            transaction.atomic(using=current()),
        ):
            change()


def test_a_second_statement_in_the_same_place_is_refused(kept):
    with pytest.raises(DatabaseError), transaction.atomic(using=current()):
        models.LogEntry.objects.create(origin="north", seq=1, commitment=bytes(32))
