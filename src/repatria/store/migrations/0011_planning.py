"""Who is not available, schedules that were proposed, and drafts of terms.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of a projection, a new projection, and a table that is none."""

    dependencies = [("store", "0010_dialogue")]
    operations = [
        migrations.AddField("crossingrow", "available", models.BooleanField(default=True)),
        migrations.CreateModel(
            name="ScheduleRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("author", models.CharField(max_length=64)),
                ("plan", models.CharField(max_length=200)),
                ("schedule", models.JSONField()),
                ("lines", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("accepted_by", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "schedule_row"},
        ),
        migrations.CreateModel(
            name="TermsDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=200, unique=True)),
                ("typed", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={"db_table": "terms_draft"},
        ),
        migrations.AddIndex(
            "schedulerow",
            models.Index(fields=["seen_by", "plan"], name="schedule_plan_ix"),
        ),
    ]
