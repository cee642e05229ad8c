"""Packets and health have tables of their own; overdue duties an index in the order of their page.

Rows of both tables are folded by `repatria rebuild` from what was said before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two projections, and two indexes."""

    dependencies = [("store", "0012_jobs")]
    operations = [
        migrations.CreateModel(
            name="HealthRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("health", models.CharField(max_length=16)),
                ("checked_on", models.CharField(max_length=10)),
                ("decision", models.CharField(max_length=24)),
                ("visited_on", models.CharField(max_length=24)),
            ],
            options={
                "db_table": "health_row",
                "indexes": [
                    models.Index(fields=["seen_by", "subject"], name="health_seen_ix"),
                    models.Index(fields=["seen_by", "checked_on", "subject"], name="health_order_ix"),
                    models.Index(fields=["seen_by", "health", "checked_on", "subject"], name="health_class_ix"),
                    models.Index(fields=["seen_by", "decision", "checked_on", "subject"], name="health_decision_ix"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PacketRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("seen_by", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("person", models.CharField(max_length=200)),
                ("seal", models.TextField()),
                ("items", models.JSONField()),
                ("event", models.CharField(max_length=16)),
                ("to", models.TextField()),
                ("since", models.CharField(max_length=10)),
                ("settled", models.BooleanField()),
                ("findings", models.JSONField()),
            ],
            options={
                "db_table": "packet_row",
                "indexes": [
                    models.Index(fields=["seen_by", "subject"], name="packet_seen_ix"),
                    models.Index(fields=["seen_by", "person"], name="packet_person_ix"),
                    models.Index(fields=["seen_by", "since", "subject"], name="packet_order_ix"),
                    models.Index(fields=["seen_by", "event", "since", "subject"], name="packet_event_ix"),
                ],
            },
        ),
        migrations.RemoveIndex("dutyrow", "duty_due_ix"),
        migrations.AddIndex(
            "dutyrow",
            models.Index(
                fields=["seen_by", "done_on", "due_on", "subject", "duty"], name="duty_due_ix"
            ),
        ),
        migrations.AddIndex(
            "dutyrow",
            models.Index(
                fields=["seen_by", "duty", "done_on", "due_on", "subject"], name="duty_kind_ix"
            ),
        ),
    ]
