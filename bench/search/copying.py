"""How does a PostgreSQL database get the rows of a filled SQLite one? Table by table.

Much quicker than filling it again, and the rows are the same. For measuring only: the
signatures in it are of another installation's key, which no page looks at.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql


def copied(database: Path, address: dict[str, str]) -> None:
    """Replace all rows of a PostgreSQL database whose tables are made."""
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    parts = {key.lower(): value for key, value in address.items() if key != "NAME"}
    with psycopg.connect(dbname=address["NAME"], **parts) as target:
        target.execute("SET session_replication_role = replica")  # tables that only grow
        for table, _ in _tables(target):
            name = sql.Identifier(table)
            target.execute(sql.SQL("TRUNCATE {} CASCADE").format(name))
        for table, columns in _tables(target):
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            flags = [kind == "boolean" for kind in columns.values()]
            quoted = ", ".join(f'"{column}"' for column in columns)
            with target.cursor().copy(command) as copy:
                for row in source.execute(f'SELECT {quoted} FROM "{table}"'):  # noqa: S608
                    copy.write_row(
                        [
                            bool(value) if flag and value is not None else value
                            for flag, value in zip(flags, row, strict=True)
                        ]
                    )
    source.close()


def _tables(target: psycopg.Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """Every table with its columns and their types, but for that of migrations."""
    rows = target.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name NOT LIKE 'django_%' "
        "ORDER BY table_name, ordinal_position"
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind
    yield from tables.items()
