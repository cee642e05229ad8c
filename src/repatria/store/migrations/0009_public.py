"""Bulletins with their signatures, replies, commitments, and places on the public map.

Rows that were folded before hold none of it until `repatria rebuild`.
"""

from django.db import migrations, models


def row(
    model: str, table: str, indexes: list[models.Index], /, **columns: models.Field
) -> migrations.CreateModel:
    """A table of rows folded for a label."""
    return migrations.CreateModel(
        name=model,
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("seen_by", models.CharField(max_length=80)),
            ("subject", models.CharField(max_length=200)),
            *columns.items(),
        ],
        options={"db_table": table, "indexes": indexes},
    )


class Migration(migrations.Migration):
    """Columns of one projection, and three new ones."""

    dependencies = [("store", "0008_line")]
    operations = [
        migrations.AddField("bulletinrow", "sealed", models.JSONField(default=dict)),
        migrations.AddField("bulletinrow", "content", models.CharField(default="", max_length=64)),
        migrations.AddIndex(
            "bulletinrow",
            models.Index(fields=["seen_by", "content"], name="bulletin_content_ix"),
        ),
        row(
            "ReplyRow",
            "reply_row",
            [
                models.Index(fields=["seen_by", "subject"], name="reply_seen_ix"),
                models.Index(fields=["seen_by", "answers", "state"], name="reply_answers_ix"),
            ],
            answers=models.CharField(max_length=128),
            purpose=models.CharField(max_length=12),
            name=models.TextField(default=""),
            text=models.TextField(),
            state=models.CharField(max_length=12),
            has_contact=models.BooleanField(default=False),
            persons=models.JSONField(default=list),
            ref=models.CharField(max_length=90),
            recorded_at=models.DateTimeField(),
        ),
        row(
            "CommitmentRow",
            "commitment_row",
            [models.Index(fields=["seen_by", "subject"], name="commitment_seen_ix")],
            author=models.CharField(max_length=64),
            promised_by=models.TextField(),
            promised_to=models.TextField(),
            what=models.CharField(max_length=16),
            document=models.JSONField(),
            due=models.CharField(default="", max_length=24),
            recorded_at=models.DateTimeField(),
        ),
        row(
            "PlaceRow",
            "place_row",
            [models.Index(fields=["seen_by", "subject"], name="place_seen_ix")],
            title=models.TextField(),
            latitude_e4=models.IntegerField(),
            longitude_e4=models.IntegerField(),
            source=models.TextField(default=""),
            ref=models.CharField(max_length=90),
        ),
    ]
