"""How does the database let go of bytes that no row holds any more?

SQLite: rewritten without its free pages, and the write-ahead log cut to nothing.
PostgreSQL: tables and the planner's samples of them rewritten, then the write-ahead
log wound on until no old segment is left, neither behind nor, recycled, ahead. The
last needs a superuser; for anybody else it is said what to run.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import Model

from repatria.store import models
from repatria.store.database import current
from repatria.store.projections.engine import derived_tables
from repatria.store.residue import Residue

PATIENCE_S = 10.0
# As many segments as the largest default of max_wal_size, 1 GB, and half as many again.
MOST_SEGMENTS = 96
_SEGMENT = "^[0-9A-F]{24}$"


@dataclass(slots=True, kw_only=True)
class Rewritten:
    """What could not be done, and SQL for the administrator."""

    left: list[Residue] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)


def rewrite_database() -> Rewritten:
    """Write the open database anew without what was deleted; outside every transaction.

    Cost:
        Reads and writes the whole of it once.
    """
    connection = connections[current()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _sqlite(cursor)
        return _postgresql(cursor)


def _sqlite(cursor: Any) -> Rewritten:
    done = Rewritten()
    cursor.execute("PRAGMA secure_delete=ON")
    try:
        cursor.execute("VACUUM")
    except DatabaseError:
        # Somebody writes, for longer than we wait; nothing was changed.
        done.left.append(Residue(code="database-in-use", where="ledger.sqlite3"))
        return done
    if not _emptied_wal(cursor):
        # Somebody reads and holds an old state open.
        done.left.append(Residue(code="database-in-use", where="ledger.sqlite3-wal"))
    return done


def _emptied_wal(cursor: Any) -> bool:
    """Whether nothing is left in the file of what was written last."""
    until = time.monotonic() + PATIENCE_S
    cursor.execute("PRAGMA busy_timeout")
    usual = cursor.fetchone()[0]
    # SQLite waits inside the statement: as long as it does so, our patience can't end.
    cursor.execute("PRAGMA busy_timeout=100")
    try:
        while True:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, pages, _ = cursor.fetchone()
            if not busy and pages <= 0:
                return True
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={usual}")


def _postgresql(cursor: Any) -> Rewritten:
    done = Rewritten()
    written: tuple[type[Model], ...] = (models.Body, *derived_tables())
    tables = list(dict.fromkeys(model._meta.db_table for model in written))
    for table in tables:
        cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
    others = _not_ours(cursor, tables)
    if others:
        # The server only warns when it passes over a table.
        done.left.append(Residue(code="tables-not-rewritten", where=", ".join(others)))
        done.sql.extend(f'VACUUM (FULL, ANALYZE) "{table}";' for table in others)
    superuser, owner = _who(cursor)
    if superuser or owner:
        # The planner keeps samples of every column, names among them.
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    _warn(cursor, done)
    if superuser:
        if not _wound_on(cursor):
            done.left.append(Residue(code="wal-not-cleaned", where="pg_wal"))
            done.sql.extend(winding_sql())
        return done
    done.left.append(Residue(code="wal-not-cleaned", where="pg_wal"))
    done.sql.extend(([] if owner else ["VACUUM FULL pg_catalog.pg_statistic;"]) + winding_sql())
    return done


def winding_sql() -> list[str]:
    """What a superuser runs to make the server forget its old write-ahead log."""
    return [
        "ALTER SYSTEM SET wal_recycle = off;",
        "SELECT pg_reload_conf();",
        # As often as there are segments, so that none lies ready ahead.
        "SELECT pg_logical_emit_message(true, 'repatria', ''), pg_switch_wal();",
        "CHECKPOINT;",
    ]


def _who(cursor: Any) -> tuple[bool, bool]:
    cursor.execute(
        "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), "
        "(SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database())"
    )
    superuser, owner = cursor.fetchone()
    return bool(superuser), bool(owner)


def _not_ours(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Tables that belong to somebody else, so that we may not rewrite them."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[]) "
        "AND NOT pg_has_role(relowner, 'USAGE') ORDER BY relname",
        [[f'"{table}"' for table in tables]],
    )
    return [name for (name,) in cursor.fetchall()]


def _wound_on(cursor: Any) -> bool:
    try:
        return _wind_on(cursor)
    except DatabaseError:  # a server older than the setting, or one that forbids it to all
        return False


def _warn(cursor: Any, done: Rewritten) -> None:
    """Copies of the write-ahead log that no command here reaches."""
    cursor.execute("SELECT current_setting('archive_mode'), count(*) FROM pg_replication_slots")
    archived, slots = cursor.fetchone()
    if archived != "off":
        done.left.append(Residue(code="wal-archived", where="archive_mode"))
    if slots:
        done.left.append(Residue(code="wal-kept-for-replica", where="pg_replication_slots"))


def _wind_on(cursor: Any) -> bool:
    """Whether no segment is left but those begun after the tables were rewritten."""
    cursor.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
    [last_old] = cursor.fetchone()
    cursor.execute("ALTER SYSTEM SET wal_recycle = off")
    cursor.execute("SELECT pg_reload_conf()")
    # A segment that lies ready ahead is an old one under a new name, with its old bytes.
    newest = max([last_old, *_segments(cursor)])
    for _ in range(MOST_SEGMENTS):
        cursor.execute("SELECT pg_logical_emit_message(true, 'repatria', ''), pg_switch_wal()")
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
        if cursor.fetchone()[0] > newest:
            break
    until = time.monotonic() + PATIENCE_S
    while True:
        cursor.execute("CHECKPOINT")
        old = [name for name in _segments(cursor) if name <= newest]
        if not old:
            return True
        if time.monotonic() > until:
            return False
        # The checkpointer hears of a new setting a moment later than we do.
        cursor.execute("SELECT pg_logical_emit_message(true, 'repatria', ''), pg_switch_wal()")
        time.sleep(0.1)


def _segments(cursor: Any) -> Sequence[str]:
    cursor.execute("SELECT name FROM pg_ls_waldir() WHERE name ~ %s", [_SEGMENT])
    return [name for (name,) in cursor.fetchall()]
