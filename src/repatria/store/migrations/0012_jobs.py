"""Work that outlives the page that asked for it; requests found by the keys of all records.

Requests that were folded before are found by their names after `repatria rebuild`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A table that is no projection, and a column less."""

    dependencies = [("store", "0011_planning")]
    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("about", models.CharField(max_length=200)),
                ("actor", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=32)),
                ("asked", models.JSONField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("worker", models.CharField(default="", max_length=64)),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("stage", models.CharField(default="", max_length=40)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "job",
                "indexes": [
                    models.Index(fields=["state", "leased_until"], name="job_state_ix"),
                ],
            },
        ),
        migrations.RemoveField("tracingrow", "keys"),
    ]
