"""Which tables are there?

Four hold what was said and can only grow: `LogEntry`, `Body`, `HeadNote`, `Erasure`
(triggers of the database refuse anything else; a body goes when its place stands in
`Erasure`, and then only). All others are projections:
`repatria rebuild` drops and refolds them. A projection row is folded once for
each label that reads here (`seen_by`), from the statements meant for it.
"""

from typing import Any, Self

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


class Seen(models.Model):
    """What every projection row has: for whom it was folded, and from which subject."""

    seen_by = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @classmethod
    def folded(cls, **columns: Any) -> Self:
        """A row for the engine to write, made without what Django does for pages.

        A long list has tens of thousands of rows; to make them takes longer than to write them.

        Args:
            columns: every column but `seen_by` and `subject`; none is filled in.
        """
        row = cls.__new__(cls)
        row.__dict__.update(columns)
        return row


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


class AccountRow(Seen):
    """What an account may do."""

    role = models.CharField(max_length=32)
    party = models.CharField(max_length=64)
    title = models.TextField()

    class Meta:
        db_table = "account_row"
        indexes = (models.Index(fields=["seen_by", "subject"], name="account_seen_ix"),)


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


class ApiToken(models.Model):
    """A token that lets a program read as an account; only its hash is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "api_token"


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


class TermsDraft(models.Model):
    """What somebody has typed of terms that nobody has proposed; see `store.drafts`."""

    actor = models.CharField(max_length=200, unique=True)
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "terms_draft"
