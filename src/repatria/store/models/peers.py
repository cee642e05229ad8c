"""Which rows show the peers, and the packages to and from them?"""

from django.db import models

from repatria.store.models.seen import Seen


class PackageRow(Seen):
    """A package made, taken in or refused, and whether it was revoked."""

    direction = models.CharField(max_length=10)
    peer = models.CharField(max_length=64)
    others = models.JSONField(default=list)
    size = models.PositiveBigIntegerField()
    bodies = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    revoked_for = models.TextField(default="")
    refused_for = models.TextField(default="")

    class Meta:
        db_table = "package_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="package_seen_ix"),)


class PeerRow(Seen):
    """A peer, its keys, what it last told us and what it last receipted of ours.

    Attributes:
        public_key: the node key in use.
        keyring: envelope of its keyring.
        heard_size, heard_at: the newest head of its log we hold, and when it came.
        receipted_size, receipted_at: how much of our log it says it holds, since when.
        evidence: that it told two stories, in base64; empty otherwise.
    """

    title = models.TextField()
    public_key = models.CharField(max_length=64)
    keyring = models.TextField(default="")
    heard_size = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    receipted_size = models.PositiveBigIntegerField(default=0)
    receipted_at = models.DateTimeField(null=True)
    evidence = models.TextField(default="")

    class Meta:
        db_table = "peer_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="peer_seen_ix"),)
