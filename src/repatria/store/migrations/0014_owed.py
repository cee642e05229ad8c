"""Those kept for proceedings, and those released and held again, have tables of their own.

Rows of both are folded by `repatria rebuild` from what was said before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two projections."""

    dependencies = [("store", "0013_packets_and_health")]
    operations = [
        migrations.CreateModel(
            name="RetainedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("how", models.CharField(max_length=16)),
                ("holder", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=200)),
                ("ground", models.TextField()),
                ("source", models.CharField(max_length=200)),
                ("since", models.CharField(max_length=10)),
                ("cleared", models.CharField(max_length=24)),
                ("cleared_on", models.CharField(max_length=10)),
                ("ref", models.CharField(max_length=90)),
            ],
            options={
                "db_table": "retained_row",
                "indexes": [
                    models.Index(fields=["seen_by", "subject"], name="retained_seen_ix"),
                    models.Index(fields=["seen_by", "person"], name="retained_person_ix"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("released_by", models.CharField(max_length=64)),
                ("released_on", models.CharField(max_length=24)),
                ("exchange", models.TextField()),
                ("ref", models.CharField(max_length=90)),
                ("held_by", models.CharField(max_length=64)),
                ("held_on", models.CharField(max_length=24)),
                ("namings", models.JSONField()),
                ("ending", models.CharField(max_length=16)),
                ("ended_on", models.CharField(max_length=24)),
            ],
            options={
                "db_table": "release_row",
                "indexes": [
                    models.Index(fields=["seen_by", "subject"], name="release_seen_ix"),
                    models.Index(fields=["seen_by", "held_by", "held_on"], name="release_again_ix"),
                ],
            },
        ),
    ]
