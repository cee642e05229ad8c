"""Which rows are a viewer's?

A desk reads what was folded for its party; a family what was folded for it; all
others what is public. There is no way to ask for another label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connections
from django.db.models import Model, Q, QuerySet

from repatria.store import models
from repatria.store.database import current
from repatria.terms import Viewer
from repatria.terms.parties import PUBLIC

PAGE_SIZE = 50
M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=models.Seen)


def label_of(viewer: Viewer) -> str:
    """The label whose rows a viewer reads."""
    if viewer.at_a_desk and viewer.party is not None:
        return viewer.party
    families = sorted(label for label in viewer.labels if label.startswith("family:"))
    return families[0] if families else PUBLIC


def seen_by(viewer: Viewer, model: type[R]) -> QuerySet[R]:
    """The rows of a projection that a viewer may read."""
    return model._default_manager.filter(seen_by=label_of(viewer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[M]):
    """One page of a list.

    Attributes:
        rows: of this page.
        number, pages: from 1.
        total: rows of all pages.
    """

    rows: Sequence[M]
    number: int
    pages: int
    total: int

    @property
    def previous(self) -> int | None:
        """Number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after; None on the last."""
        return self.number + 1 if self.number < self.pages else None


def page_of(rows: QuerySet[M], number: int, size: int = PAGE_SIZE) -> Page[M]:
    """A page; a number out of range gives the nearest one."""
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    start = (number - 1) * size
    return Page(rows=list(rows[start : start + size]), number=number, pages=pages, total=total)


def subjects_found(viewer: Viewer, words: Iterable[Iterable[str]]) -> set[str]:
    """Subjects that have, for each word of a search, a key that begins as the word may.

    Args:
        viewer: who searches.
        words: for each word, the beginnings of keys under which it may be found.
    """
    found: set[str] | None = None
    for word in words:
        beginnings = set(word)
        if "" in beginnings:
            continue  # a word without a firm consonant may begin every key: it tells nothing
        wanted = Q()
        for beginning in beginnings:
            wanted |= _begins(beginning)
        rows = seen_by(viewer, models.SearchKey).filter(wanted)
        hits = set(rows.values_list("subject", flat=True))
        found = hits if found is None else found & hits
    return found or set()


def _begins(beginning: str) -> Q:
    if connections[current()].vendor == "postgresql":
        return Q(key__startswith=beginning)
    # SQLite's LIKE knows no index here; a range over the binary order does.
    return Q(key__gte=beginning, key__lt=beginning[:-1] + chr(ord(beginning[-1]) + 1))
