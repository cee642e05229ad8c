"""Which tables hold what the desks of this installation need: accounts, tokens, drafts, jobs?"""

from django.db import models

from repatria.store.models.seen import Seen


class AccountRow(Seen):
    """What an account may do."""

    role = models.CharField(max_length=32)
    party = models.CharField(max_length=64)
    title = models.TextField()

    class Meta:
        db_table = "account_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="account_seen_ix"),)


class ApiToken(models.Model):
    """A token that lets a program read as an account; only its hash is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "api_token"


class TermsDraft(models.Model):
    """What somebody has typed of terms that nobody has proposed; see `store.drafts`."""

    actor = models.CharField(max_length=200, unique=True)
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "terms_draft"


class Job(models.Model):
    """Work that goes on after the page that asked for it was answered; nothing personal in it.

    A worker holds a lease on it and renews that while it works; whoever finds the lease run
    out takes the job over, and works it again from `asked` alone.
    """

    id = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=200)
    actor = models.CharField(max_length=150)
    role = models.CharField(max_length=32)
    asked = models.JSONField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="waiting")
    worker = models.CharField(max_length=64, default="")
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=40, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "job"
        indexes = (models.Index(fields=["state", "leased_until"], name="job_state_ix"),)
