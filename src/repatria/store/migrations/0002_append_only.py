"""The three tables that hold what was said can only grow: the database refuses the rest."""

from django.db import migrations

from repatria.store.append_only import (
    FUNCTION,
    first_postgresql_triggers,
    first_sqlite_triggers,
)


def install(apps, schema_editor):
    """Create the triggers for the database at hand."""
    if schema_editor.connection.vendor == "postgresql":
        # No parameters, so that the percent sign stands for itself.
        schema_editor.execute(FUNCTION, params=None)
        triggers = first_postgresql_triggers()
    else:
        triggers = first_sqlite_triggers()
    for sql in triggers.values():
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    """Triggers; there is no way back."""

    dependencies = [("store", "0001_tables")]
    operations = [migrations.RunPython(install)]
