"""How does the database itself see to it that what was said can only grow?

By triggers on three tables. SQLite: INSERT OR REPLACE removes the old row without
firing its delete trigger unless recursive_triggers is on for the connection, so an
insert over an existing key (or an existing rowid) is refused by a trigger of its own.
"""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {"log_entry": "seq", "body": "seq", "head_note": "size"}

FUNCTION_NAME = "can_only_grow"
FUNCTION_BODY = " BEGIN RAISE EXCEPTION '% can only grow', TG_TABLE_NAME; END "
FUNCTION = (
    f"CREATE FUNCTION {FUNCTION_NAME}() RETURNS trigger LANGUAGE plpgsql AS $${FUNCTION_BODY}$$"
)


def sqlite_triggers() -> Mapping[str, str]:
    """The triggers by name, as they are created and as SQLite keeps their text."""
    out: dict[str, str] = {}
    for table, place in TABLES.items():
        refuse = f"SELECT RAISE(ABORT, '{table} can only grow')"
        out |= {
            f"{table}_no_update": f"BEFORE UPDATE ON {table} BEGIN {refuse}; END",
            f"{table}_no_delete": f"BEFORE DELETE ON {table} BEGIN {refuse}; END",
            f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS ("  # noqa: S608 -- ours
            f"SELECT 1 FROM {table} "
            f"WHERE (origin = NEW.origin AND {place} = NEW.{place}) "
            f"OR rowid = NEW.rowid) BEGIN {refuse}; END",
        }
    return {name: f"CREATE TRIGGER {name} {rest}" for name, rest in out.items()}


def postgresql_triggers() -> Mapping[str, str]:
    """The triggers by name; all call the one function."""
    out: dict[str, str] = {}
    for table in TABLES:
        out |= {
            f"{table}_no_change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
            f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
    return {
        name: f"CREATE TRIGGER {name} {rest} EXECUTE FUNCTION {FUNCTION_NAME}()"
        for name, rest in out.items()
    }
