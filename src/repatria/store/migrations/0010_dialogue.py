"""What is said of answers, what is owed by which day, what families and laboratories say.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of two projections, and three new ones."""

    dependencies = [("store", "0009_public")]
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
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
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
        migrations.AddField("tracingrow", "answer", models.CharField(max_length=24, default="")),
        migrations.AddField("tracingrow", "answers", models.JSONField(default=list)),
        migrations.AddField("tracingrow", "links", models.JSONField(default=list)),
        migrations.AddField("tracingrow", "keys", models.TextField(default="")),
        migrations.CreateModel(
            name="DutyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("duty", models.CharField(max_length=64)),
                ("source", models.TextField()),
                ("starts_on", models.CharField(max_length=10)),
                ("due_on", models.CharField(max_length=10)),
                ("done_on", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"db_table": "duty_row"},
        ),
        migrations.CreateModel(
            name="RemainsRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("label", models.TextField()),
                ("holder", models.TextField()),
                ("receiver", models.TextField()),
                ("said_to_be", models.JSONField()),
                ("persons", models.JSONField()),
                ("ruled_out", models.JSONField()),
                ("findings", models.JSONField()),
            ],
            options={"db_table": "remains_row"},
        ),
        migrations.AddIndex(
            "dutyrow", models.Index(fields=["seen_by", "subject"], name="duty_seen_ix")
        ),
        migrations.AddIndex(
            "dutyrow",
            models.Index(fields=["seen_by", "done_on", "due_on"], name="duty_due_ix"),
        ),
        migrations.AddIndex(
            "remainsrow", models.Index(fields=["seen_by", "subject"], name="remains_seen_ix")
        ),
        migrations.AddIndex(
            "calendarrow",
            models.Index(fields=["seen_by", "subject", "place"], name="calendar_seen_ix"),
        ),
    ]
