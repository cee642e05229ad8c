"""What is said of answers, what calendars ask for, what families and laboratories say.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns and a table of projections."""

    dependencies = [("store", "0006_review")]
    operations = [
        migrations.AddField(
            "linerow",
            "observed",
            models.CharField(max_length=16, default=""),
        ),
        migrations.AddField("linerow", "upheld", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="CalendarRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True)),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("title", models.TextField()),
                ("start_event", models.TextField()),
                ("place", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=64)),
                ("party", models.CharField(max_length=64)),
                ("starts_on", models.CharField(max_length=10)),
                ("planned_on", models.CharField(max_length=10)),
                ("due_on", models.CharField(max_length=10)),
                ("delivered_on", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("about", models.CharField(max_length=200)),
                ("items", models.PositiveIntegerField()),
                ("ref", models.CharField(max_length=90)),
            ],
            options={"db_table": "calendar_row"},
        ),
        migrations.AddIndex(
            "calendarrow",
            models.Index(fields=["seen_by", "subject", "place"], name="calendar_seen_ix"),
        ),
    ]
