"""Which rows show an exchange, from terms to the crossing?"""

from django.db import models

from repatria.store.models.seen import Seen


class TermsRow(Seen):
    """A version of the terms, with who accepted it."""

    version = models.PositiveIntegerField()
    author = models.CharField(max_length=64)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    accepted_by = models.JSONField()

    class Meta:
        db_table = "terms_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="terms_seen_ix"),)


class PlanRow(Seen):
    """A plan, with who accepted it."""

    author = models.CharField(max_length=64)
    terms = models.CharField(max_length=200)
    status = models.CharField(max_length=24)
    selected = models.JSONField()
    left_out = models.JSONField()
    levels = models.JSONField()
    reasons = models.JSONField()
    digest = models.CharField(max_length=64)
    accepted_by = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "plan_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="plan_seen_ix"),)


class ScheduleRow(Seen):
    """A schedule for a plan, with who accepted it."""

    author = models.CharField(max_length=64)
    plan = models.CharField(max_length=200)
    schedule = models.JSONField()
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    accepted_by = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "schedule_row"
        indexes = (models.Index(fields=["seen_by", "plan"], name="schedule_plan_ix"),)


class ManifestRow(Seen):
    """A manifest as it now stands, with acceptances, substitutions and receipts."""

    author = models.CharField(max_length=64)
    plan = models.CharField(max_length=200)
    crossing_point = models.TextField()
    lines = models.JSONField()
    accepted_by = models.JSONField()
    substitutions = models.JSONField()
    digest = models.CharField(max_length=64)
    receipts = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "manifest_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="manifest_seen_ix"),)


class CrossingRow(Seen):
    """Where a person is on the way: cleared, willing, departed, crossed."""

    cleared = models.BooleanField(null=True)
    valid_until = models.DateTimeField(null=True)
    willing = models.BooleanField(null=True)
    available = models.BooleanField(default=True)
    willing_at_the_line = models.BooleanField(null=True)
    may_be_named = models.BooleanField(default=False)
    state = models.CharField(max_length=24)
    crossed_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    mode = models.CharField(max_length=24)
    gate = models.CharField(max_length=16)
    checked_by = models.JSONField()
    overridden_by = models.TextField()
    events = models.JSONField()
    findings = models.JSONField()

    class Meta:
        db_table = "crossing_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="crossing_seen_ix"),)
