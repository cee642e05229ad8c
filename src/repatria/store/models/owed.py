"""Which rows show those kept back for proceedings, and those released and held again?"""

from django.db import models

from repatria.store.models.seen import Seen


class RetainedRow(Seen):
    """One naming of somebody as kept for proceedings or a sentence; days as text.

    Attributes:
        how: by which words; `left` where he was so named and left the holder's hands.
        holder, by: in whose hands, and who says so.
        person: id of the record; empty where an answer names none.
        ground: in words.
        source: the line or the manifest that was spoken of.
        cleared, cleared_on: why he is named no more; empty while he is.
    """

    how = models.CharField(max_length=16)
    holder = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    person = models.CharField(max_length=200)
    ground = models.TextField()
    source = models.CharField(max_length=200)
    since = models.CharField(max_length=10)
    cleared = models.CharField(max_length=24)
    cleared_on = models.CharField(max_length=10)
    ref = models.CharField(max_length=90)

    class Meta:
        db_table = "retained_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="retained_seen_ix"),
            models.Index(fields=["seen_by", "person"], name="retained_person_ix"),
        )


class ReleaseRow(Seen):
    """A release of a person, and what was said of him after it; days as text.

    Attributes:
        released_by, released_on, exchange, ref: of the release.
        held_by: in whose hands he is said to be after it; empty while nobody says so.
        held_on: the first day that is given for that.
        namings: every word of it, each `words`, `holder`, `by`, `on`, `ref`.
        ending, ended_on: how that detention ended; empty while it stands.
    """

    released_by = models.CharField(max_length=64)
    released_on = models.CharField(max_length=24)
    exchange = models.TextField()
    ref = models.CharField(max_length=90)
    held_by = models.CharField(max_length=64)
    held_on = models.CharField(max_length=24)
    namings = models.JSONField()
    ending = models.CharField(max_length=16)
    ended_on = models.CharField(max_length=24)

    class Meta:
        db_table = "release_row"
        indexes = (
            models.Index(fields=["seen_by", "subject"], name="release_seen_ix"),
            models.Index(fields=["seen_by", "held_by", "held_on"], name="release_again_ix"),
        )
