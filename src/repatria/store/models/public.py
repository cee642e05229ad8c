"""Which rows show what is said in public?"""

from django.db import models

from repatria.store.models.seen import Seen


class ClaimRow(Seen):
    """A public claim."""

    author = models.CharField(max_length=64)
    speaker = models.TextField()
    via = models.TextField()
    said_on = models.CharField(max_length=24)
    document = models.JSONField()
    ref = models.CharField(max_length=90)

    class Meta:
        db_table = "claim_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="claim_seen_ix"),)


class BulletinRow(Seen):
    """A bulletin version."""

    version = models.PositiveIntegerField()
    author = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    sealed = models.JSONField(default=dict)
    content = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "bulletin_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="bulletin_seen_ix"),
            models.Index(fields=["seen_by", "content"], name="bulletin_content_ix"),
        )


class ReplyRow(Seen):
    """What a reader answered or told, and what was decided about it.

    Attributes:
        text: as the public reads it in rows for the public; as it came for the desk.
        state: `waiting`, `published`, `kept` or `refused`.
        has_contact: whether a way to reach the writer lies sealed in the statement.
    """

    answers = models.CharField(max_length=128)
    purpose = models.CharField(max_length=12)
    name = models.TextField(default="")
    text = models.TextField()
    state = models.CharField(max_length=12)
    has_contact = models.BooleanField(default=False)
    persons = models.JSONField(default=list)
    ref = models.CharField(max_length=90)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "reply_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="reply_seen_ix"),
            models.Index(fields=["seen_by", "answers", "state"], name="reply_answers_ix"),
        )


class CommitmentRow(Seen):
    """What somebody promised somebody, and what was signed for or said about it."""

    author = models.CharField(max_length=64)
    promised_by = models.TextField()
    promised_to = models.TextField()
    what = models.CharField(max_length=16)
    document = models.JSONField()
    due = models.CharField(max_length=24, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "commitment_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="commitment_seen_ix"),)


class PlaceRow(Seen):
    """Where a handover point is, as somebody published it."""

    title = models.TextField()
    latitude_e4 = models.IntegerField()
    longitude_e4 = models.IntegerField()
    source = models.TextField(default="")
    ref = models.CharField(max_length=90)

    class Meta:
        db_table = "place_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="place_seen_ix"),)
