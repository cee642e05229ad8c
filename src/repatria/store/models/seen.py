"""What do all rows have that are folded for a reader?"""

from typing import Any, Self

from django.db import models


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
