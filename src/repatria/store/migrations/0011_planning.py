"""Who is not available, whatever the reason is.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of a projection."""

    dependencies = [("store", "0010_dialogue")]
    operations = [
        migrations.AddField("crossingrow", "available", models.BooleanField(default=True)),
    ]
