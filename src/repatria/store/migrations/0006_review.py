"""Of which words a pair was decided, and what a line says.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


def added(model: str, name: str, field: models.Field) -> migrations.AddField:
    """A column that is empty in rows folded before."""
    return migrations.AddField(model, name, field, preserve_default=False)


class Migration(migrations.Migration):
    """Columns of two projections."""

    dependencies = [("store", "0005_rounds")]
    operations = [
        added("linerow", "words", models.CharField(max_length=24, default="")),
        added("pairrow", "evidence", models.JSONField(default=list)),
        added("pairrow", "remembered", models.BooleanField(default=False)),
        added("pairrow", "left_words", models.CharField(max_length=24, default="")),
        added("pairrow", "right_words", models.CharField(max_length=24, default="")),
        migrations.AddIndex(
            "pairrow", models.Index(fields=["seen_by", "left"], name="pair_left_ix")
        ),
        migrations.AddIndex(
            "pairrow", models.Index(fields=["seen_by", "right"], name="pair_right_ix")
        ),
    ]
