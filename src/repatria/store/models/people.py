"""Which rows show persons, remains, and who asked for them?"""

from django.db import models

from repatria.store.models.seen import Seen


class PersonRow(Seen):
    """A person as the statements meant for this label present him."""

    name = models.TextField()
    # A name may be longer than an index can hold; its beginning is enough to sort by.
    sorted_by = models.CharField(max_length=80)
    script = models.CharField(max_length=4)
    father = models.TextField()
    birth = models.CharField(max_length=24)
    category = models.CharField(max_length=24)
    reference = models.TextField()
    holder = models.CharField(max_length=64)
    custody = models.CharField(max_length=24)
    captured_on = models.CharField(max_length=24)
    health = models.CharField(max_length=16)
    statements = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()

    class Meta:
        db_table = "person_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="person_seen_ix"),
            models.Index(fields=["seen_by", "sorted_by", "subject"], name="person_order_ix"),
            models.Index(
                fields=["seen_by", "custody", "sorted_by", "subject"], name="person_custody_ix"
            ),
            models.Index(
                fields=["seen_by", "category", "sorted_by", "subject"], name="person_category_ix"
            ),
        )


class SearchKey(Seen):
    """A key under which a person, a line or a request is found, whatever the script.

    `about` is `person`, `line`, `tracing`, or `answered`: a line once more, by which the person is
    found that it was answered with. `sound` is that of the part of the name, `script` its
    script; there is no sound where a word or number is found as it is written.
    """

    about = models.CharField(max_length=8)
    key = models.CharField(max_length=64)
    sound = models.CharField(max_length=24)
    script = models.CharField(max_length=4)

    class Meta:
        db_table = "search_key"
        indexes = (
            # The operator class lets PostgreSQL find beginnings in any collation.
            models.Index(
                fields=["seen_by", "about", "key", "sound", "script"],
                name="search_word_ix",
                opclasses=["varchar_pattern_ops"] * 5,
            ),
            models.Index(fields=["seen_by", "subject"], name="search_seen_ix"),
        )


class TracingRow(Seen):
    """A tracing request, and what its family was told."""

    sought = models.TextField()
    birth = models.CharField(max_length=24)
    relation = models.TextField()
    notices = models.JSONField()
    recorded_at = models.DateTimeField()
    # What was answered last; empty while nothing was.
    answer = models.CharField(max_length=24, default="")
    answers = models.JSONField(default=list)
    links = models.JSONField(default=list)

    class Meta:
        db_table = "tracing_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="tracing_seen_ix"),)


class DutyRow(Seen):
    """What a holder owes for a person by which day; days as text."""

    duty = models.CharField(max_length=64)
    source = models.TextField()
    starts_on = models.CharField(max_length=10)
    due_on = models.CharField(max_length=10)
    done_on = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "duty_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="duty_seen_ix"),
            # In the order of the page, for all duties and for one.
            models.Index(
                fields=["seen_by", "done_on", "due_on", "subject", "duty"], name="duty_due_ix"
            ),
            models.Index(
                fields=["seen_by", "duty", "done_on", "due_on", "subject"], name="duty_kind_ix"
            ),
        )


class RemainsRow(Seen):
    """A container of remains with what is known of it."""

    label = models.TextField()
    holder = models.TextField()
    receiver = models.TextField()
    said_to_be = models.JSONField()
    persons = models.JSONField()
    ruled_out = models.JSONField()
    findings = models.JSONField()

    class Meta:
        db_table = "remains_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="remains_seen_ix"),)


class HealthRow(Seen):
    """What was said last of a person's health, and by a medical commission; days as text.

    Attributes:
        health: class; empty where only a commission spoke.
        checked_on: day of the last class; empty while there is none.
        decision, visited_on: of the last visit of a commission.
    """

    health = models.CharField(max_length=16)
    checked_on = models.CharField(max_length=10)
    decision = models.CharField(max_length=24)
    visited_on = models.CharField(max_length=24)

    class Meta:
        db_table = "health_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="health_seen_ix"),
            models.Index(fields=["seen_by", "checked_on", "subject"], name="health_order_ix"),
            models.Index(
                fields=["seen_by", "health", "checked_on", "subject"], name="health_class_ix"
            ),
            models.Index(
                fields=["seen_by", "decision", "checked_on", "subject"], name="health_decision_ix"
            ),
        )


class PacketRow(Seen):
    """A sealed packet as it now stands; days as text.

    Attributes:
        items: what was in it when it was last closed, each `what` and `count`.
        event: the last thing that happened; `sealed` while nothing did.
        to: into whose hands it was passed on last, in words.
        since: the day of that.
        settled: whether it is back with its owner or with his family.
    """

    person = models.CharField(max_length=200)
    seal = models.TextField()
    items = models.JSONField()
    event = models.CharField(max_length=16)
    to = models.TextField()
    since = models.CharField(max_length=10)
    settled = models.BooleanField()
    findings = models.JSONField()

    class Meta:
        db_table = "packet_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="packet_seen_ix"),
            models.Index(fields=["seen_by", "person"], name="packet_person_ix"),
            models.Index(fields=["seen_by", "since", "subject"], name="packet_order_ix"),
            models.Index(fields=["seen_by", "event", "since", "subject"], name="packet_event_ix"),
        )
