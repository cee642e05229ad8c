"""Which tables hold what was said, and what appending and reading it needs?"""

from django.db import models


class LogEntry(models.Model):
    """One commitment in a log: ours or a mirror of a peer's."""

    pk = models.CompositePrimaryKey("origin", "seq")
    origin = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    commitment = models.BinaryField(max_length=32)

    class Meta:
        db_table = "log_entry"


class Body(models.Model):
    """The bytes of a statement we hold, with the salt of its commitment."""

    pk = models.CompositePrimaryKey("origin", "seq")
    origin = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    salt = models.BinaryField(max_length=16)
    text = models.TextField()

    class Meta:
        db_table = "body"


class HeadNote(models.Model):
    """A signed checkpoint of a log, under the size it is for."""

    pk = models.CompositePrimaryKey("origin", "size")
    origin = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    note = models.TextField()

    class Meta:
        db_table = "head_note"


class Attachment(models.Model):
    """A file that statements name by its hash."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    class Meta:
        db_table = "attachment"


class Erasure(models.Model):
    """A place whose body was destroyed, or is destroyed as soon as it comes.

    `said_by` names the statement that says so; empty where only the installation's
    own file of erasures remembers it, after an older database was put back.
    """

    pk = models.CompositePrimaryKey("origin", "seq")
    origin = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    said_by = models.CharField(max_length=90)

    class Meta:
        db_table = "erasure"


class Frontier(models.Model):
    """The subtree roots of a log: what appending needs. Refolded by rebuild."""

    origin = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "frontier"


class Mention(models.Model):
    """Which statement is about which subject. Refolded by rebuild."""

    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=64)
    origin = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    main = models.BooleanField()

    class Meta:
        db_table = "mention"
        indexes = (
            models.Index(fields=["subject", "kind"], name="mention_subject_ix"),
            models.Index(fields=["kind", "main"], name="mention_kind_ix"),
        )
        constraints = (
            models.UniqueConstraint(fields=["origin", "seq", "subject"], name="mention_once"),
        )
