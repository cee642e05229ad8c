"""Which rows show lists, the pairs between them, rounds and what is due when?"""

from django.db import models

from repatria.store.models.seen import Seen


class ListRow(Seen):
    """A submitted list."""

    author = models.CharField(max_length=64)
    addressee = models.CharField(max_length=64)
    title = models.TextField()
    population = models.CharField(max_length=20)
    declared_lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "list_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="list_seen_ix"),)


class LineRow(Seen):
    """A line of a list with its present answer."""

    list_subject = models.CharField(max_length=200)
    author = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    name = models.TextField()
    script = models.CharField(max_length=4)
    father = models.TextField()
    birth = models.CharField(max_length=24)
    category = models.CharField(max_length=24)
    captured_on = models.CharField(max_length=24)
    reference = models.TextField()
    status = models.CharField(max_length=32)
    changed = models.BooleanField(default=False)
    person = models.CharField(max_length=200)
    duplicate_of = models.CharField(max_length=200)
    answered_by = models.CharField(max_length=64)
    answer_ref = models.CharField(max_length=90)
    ref = models.CharField(max_length=90)
    # Digest of who is meant; see `operations.records.words_of`.
    words = models.CharField(max_length=24)
    # What the author says of the current answer, and whether the answer was kept in reply.
    observed = models.CharField(max_length=16, default="")
    upheld = models.BooleanField(default=False)

    class Meta:
        db_table = "line_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="line_seen_ix"),
            models.Index(fields=["seen_by", "list_subject", "number"], name="line_list_ix"),
            models.Index(fields=["seen_by", "person"], name="line_person_ix"),
            models.Index(fields=["seen_by", "list_subject", "status"], name="line_status_ix"),
        )


class PairRow(Seen):
    """Two records that may be the same person, with the human decision."""

    left = models.CharField(max_length=200)
    right = models.CharField(max_length=200)
    score_ppm = models.PositiveIntegerField()
    weight_millibits = models.IntegerField()
    proposed = models.CharField(max_length=16)
    comparisons = models.JSONField()
    decision = models.CharField(max_length=16)
    reason = models.TextField()
    decided_by = models.CharField(max_length=130)
    evidence = models.JSONField()
    # Whether the decision was said again of lines under new ids, and of which words it was made.
    remembered = models.BooleanField()
    left_words = models.CharField(max_length=24)
    right_words = models.CharField(max_length=24)

    class Meta:
        db_table = "pair_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="pair_seen_ix"),
            models.Index(fields=["seen_by", "decision", "score_ppm"], name="pair_queue_ix"),
            models.Index(fields=["seen_by", "left"], name="pair_left_ix"),
            models.Index(fields=["seen_by", "right"], name="pair_right_ix"),
        )


class RoundRow(Seen):
    """A round of release lists, with where each party stands."""

    author = models.CharField(max_length=64)
    title = models.TextField()
    parties = models.JSONField()
    with_intermediary = models.BooleanField()
    reveals = models.CharField(max_length=16)
    max_entries = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stands = models.JSONField()
    confirmed = models.BooleanField()
    settled = models.BooleanField()
    findings = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "round_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="round_seen_ix"),)


class RoundEntryRow(Seen):
    """A person on a list of a round: revealed, or in the escrow that this label may read."""

    party = models.CharField(max_length=64)
    # The slot as the statement says it: of a forged one it may be any number.
    slot = models.BigIntegerField()
    name = models.TextField()
    script = models.CharField(max_length=4)
    father = models.TextField()
    birth = models.CharField(max_length=24)
    category = models.CharField(max_length=24)
    reference = models.TextField()
    line = models.CharField(max_length=200)
    # Keys under which the person is found in any script, each with a space before it.
    keys = models.TextField()
    revealed = models.BooleanField()
    fault = models.CharField(max_length=48)
    same_as = models.BigIntegerField(null=True)
    ref = models.CharField(max_length=90)

    class Meta:
        db_table = "round_entry_row"
        indexes = (
            models.Index(fields=["seen_by", "subject", "party", "slot"], name="round_entry_ix"),
        )


class CalendarRow(Seen):
    """What one party owes at one step of a calendar, and what it delivered; days as text."""

    title = models.TextField()
    start_event = models.TextField()
    place = models.PositiveIntegerField()
    step = models.CharField(max_length=64)
    party = models.CharField(max_length=64)
    starts_on = models.CharField(max_length=10)
    planned_on = models.CharField(max_length=10)
    due_on = models.CharField(max_length=10)
    delivered_on = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    about = models.CharField(max_length=200)
    items = models.PositiveIntegerField()
    ref = models.CharField(max_length=90)

    class Meta:
        db_table = "calendar_row"
        indexes = (models.Index(fields=["seen_by", "subject", "place"], name="calendar_seen_ix"),)
