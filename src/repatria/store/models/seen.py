"""What do all rows have that are folded for a reader?"""

from django.db import models


class Seen(models.Model):
    """What every projection row has: for whom it was folded, and from which subject."""

    seen_by = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)

    class Meta:
        abstract = True
