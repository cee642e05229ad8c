"""The three tables that hold what was said can only grow: the database refuses the rest.

SQLite: INSERT OR REPLACE removes the old row without firing its delete trigger
unless recursive_triggers is on for the connection, so an insert over an existing
key (or over an existing rowid) is refused by a trigger of its own.
"""

from django.db import migrations

TABLES = {"log_entry": "seq", "body": "seq", "head_note": "size"}


def _sqlite(table: str, place: str) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} can only grow')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ("
        f"SELECT 1 FROM {table} WHERE (origin = NEW.origin AND {place} = NEW.{place}) "
        f"OR rowid = NEW.rowid) BEGIN {refuse}; END",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION can_only_grow()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION can_only_grow()",
    ]


def install(apps, schema_editor):
    """Create the triggers for the database at hand."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION can_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION '% can only grow', TG_TABLE_NAME; END $$",
            params=None,  # there are none, so the percent sign stands for itself
        )
    for table, place in TABLES.items():
        for sql in _sqlite(table, place) if vendor == "sqlite" else _postgresql(table):
            schema_editor.execute(sql)


class Migration(migrations.Migration):
    """Triggers; there is no way back."""

    dependencies = [("store", "0001_tables")]
    operations = [migrations.RunPython(install)]
