"""A body may go when its place stands in `erasure`; all else can still only grow."""

from django.db import migrations, models

from repatria.store.append_only import ERASED_FUNCTION, postgresql_triggers, sqlite_triggers


def install(apps, schema_editor):
    """Guard the new table, and loosen one trigger of `body`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ERASED_FUNCTION, params=None)
        schema_editor.execute("DROP TRIGGER body_no_change ON body", params=None)
        triggers, replaced = postgresql_triggers(), {"body_no_change", "body_no_delete"}
    else:
        schema_editor.execute("DROP TRIGGER body_no_delete", params=None)
        triggers, replaced = sqlite_triggers(), {"body_no_delete"}
    for name, sql in triggers.items():
        if name in replaced or name.startswith("erasure_"):
            schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    """There is no way back."""

    dependencies = [("store", "0003_packages")]
    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "origin",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("origin", models.CharField(max_length=64)),
                ("seq", models.PositiveBigIntegerField()),
                ("said_by", models.CharField(max_length=90)),
            ],
            options={"db_table": "erasure"},
        ),
        migrations.RunPython(install),
    ]
