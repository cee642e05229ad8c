"""How does the database itself see to it that what was said can only grow?

By triggers on four tables. One thing may go: a body whose place stands in
`erasure`, a table that itself can only grow. SQLite: INSERT OR REPLACE removes the
old row without firing its delete trigger unless recursive_triggers is on for the
connection, so an insert over an existing key (or an existing rowid) is refused by
a trigger of its own.
"""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "log_entry": "seq",
    "body": "seq",
    "head_note": "size",
    "erasure": "seq",
}
# As they were before anything could be erased; the second migration makes these.
FIRST_TABLES = ("log_entry", "body", "head_note")

FUNCTION_NAME = "can_only_grow"
FUNCTION_BODY = " BEGIN RAISE EXCEPTION '% can only grow', TG_TABLE_NAME; END "
FUNCTION = (
    f"CREATE FUNCTION {FUNCTION_NAME}() RETURNS trigger LANGUAGE plpgsql AS $${FUNCTION_BODY}$$"
)
ERASED_NAME = "can_only_be_erased"
# The table is named with its schema: a temporary table of the same name would be found first.
ERASED_BODY = (
    " DECLARE named boolean; BEGIN"
    " EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.erasure WHERE origin = $1 AND seq = $2)',"
    " TG_TABLE_SCHEMA) INTO named USING OLD.origin, OLD.seq;"
    " IF named THEN RETURN OLD; END IF;"
    " RAISE EXCEPTION '% can only grow', TG_TABLE_NAME; END "
)
ERASED_FUNCTION = (
    f"CREATE FUNCTION {ERASED_NAME}() RETURNS trigger LANGUAGE plpgsql AS $${ERASED_BODY}$$"
)
_NAMED_IN_ERASURE = "SELECT 1 FROM erasure WHERE origin = OLD.origin AND seq = OLD.seq"


def first_sqlite_triggers() -> Mapping[str, str]:
    """The triggers of the first three tables, when nothing could be erased."""
    return _created(_sqlite_rules(FIRST_TABLES))


def sqlite_triggers() -> Mapping[str, str]:
    """The triggers by name, as they are created and as SQLite keeps their text."""
    rules = _sqlite_rules(TABLES)
    refuse = "SELECT RAISE(ABORT, 'body can only grow')"
    rules["body_no_delete"] = (
        f"BEFORE DELETE ON body WHEN NOT EXISTS ({_NAMED_IN_ERASURE}) BEGIN {refuse}; END"
    )
    return _created(rules)


def _sqlite_rules(tables: "Mapping[str, str] | tuple[str, ...]") -> dict[str, str]:
    out: dict[str, str] = {}
    for table in tables:
        place = TABLES[table]
        refuse = f"SELECT RAISE(ABORT, '{table} can only grow')"
        out |= {
            f"{table}_no_update": f"BEFORE UPDATE ON {table} BEGIN {refuse}; END",
            f"{table}_no_delete": f"BEFORE DELETE ON {table} BEGIN {refuse}; END",
            f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS ("  # noqa: S608 -- ours
            f"SELECT 1 FROM {table} "
            f"WHERE (origin = NEW.origin AND {place} = NEW.{place}) "
            f"OR rowid = NEW.rowid) BEGIN {refuse}; END",
        }
    return out


def _created(rules: Mapping[str, str]) -> Mapping[str, str]:
    return {name: f"CREATE TRIGGER {name} {rest}" for name, rest in rules.items()}


def first_postgresql_triggers() -> Mapping[str, str]:
    """The triggers of the first three tables, when nothing could be erased."""
    return {
        name: f"CREATE TRIGGER {name} {rest} EXECUTE FUNCTION {FUNCTION_NAME}()"
        for name, rest in _postgresql_rules(FIRST_TABLES).items()
    }


def postgresql_triggers() -> Mapping[str, str]:
    """The triggers by name, as they are created."""
    rules = _postgresql_rules(TABLES)
    rules["body_no_change"] = "BEFORE UPDATE ON body FOR EACH ROW"
    rules["body_no_delete"] = "BEFORE DELETE ON body FOR EACH ROW"
    functions = {"body_no_delete": ERASED_NAME}
    return {
        name: f"CREATE TRIGGER {name} {rest} "
        f"EXECUTE FUNCTION {functions.get(name, FUNCTION_NAME)}()"
        for name, rest in rules.items()
    }


def postgresql_bodies() -> Mapping[str, str]:
    """The text of the function that each trigger must call, by the trigger's name."""
    return {
        name: ERASED_BODY if name == "body_no_delete" else FUNCTION_BODY
        for name in postgresql_triggers()
    }


def _postgresql_rules(tables: "Mapping[str, str] | tuple[str, ...]") -> dict[str, str]:
    out: dict[str, str] = {}
    for table in tables:
        out |= {
            f"{table}_no_change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
            f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
    return out
