"""What the officials at the gate said, and what was neglected on the way.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


def added(name: str, field: models.Field) -> migrations.AddField:
    """A column that is empty in rows folded before."""
    return migrations.AddField("crossingrow", name, field, preserve_default=False)


class Migration(migrations.Migration):
    """Columns of the projection of crossings."""

    dependencies = [("store", "0007_search")]
    operations = [
        migrations.AddField("crossingrow", "departed_at", models.DateTimeField(null=True)),
        added("mode", models.CharField(max_length=24, default="")),
        added("gate", models.CharField(max_length=16, default="")),
        added("checked_by", models.JSONField(default=list)),
        added("overridden_by", models.TextField(default="")),
        added("events", models.JSONField(default=list)),
        added("findings", models.JSONField(default=list)),
    ]
