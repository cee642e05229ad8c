"""Which rows are a viewer's?

A desk reads what was folded for its party; a family what was folded for it; all
others what is public. There is no way to ask for another label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from repatria.store import models
from repatria.store.queries.kept import until_written
from repatria.terms import NotVisible, Viewer
from repatria.terms.parties import PUBLIC

PAGE_SIZE = 50
T = TypeVar("T")
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


def one_seen(viewer: Viewer, model: type[R], subject: str) -> R:
    """The row of one subject.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, model).filter(subject=subject).first()
    if row is None:
        raise NotVisible
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        rows: of this page.
        number, pages: from 1.
        total: rows of all pages.
        more: a search found more than can be shown; these are the nearest.
    """

    rows: Sequence[T]
    number: int
    pages: int
    total: int
    more: bool = False

    @property
    def previous(self) -> int | None:
        """Number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after; None on the last."""
        return self.number + 1 if self.number < self.pages else None


def page_of(
    rows: QuerySet[M], number: int, size: int = PAGE_SIZE, *, more: bool = False
) -> Page[M]:
    """A page; a number out of range gives the nearest one.

    Args:
        rows: in order.
        number: from 1.
        size: rows of a page.
        more: a search found others that are not among them.
    """
    return _page_of(rows, number, size, rows.count(), more=more)


def page_of_many(rows: QuerySet[R], number: int) -> Page[R]:
    """The same of projection rows so many that counting them takes long: counted once a write."""
    statement = rows.order_by().query.sql_with_params()
    total = until_written(("count", *statement), rows.count)
    return _page_of(rows, number, PAGE_SIZE, total)


def _page_of(
    rows: QuerySet[M], number: int, size: int, total: int, *, more: bool = False
) -> Page[M]:
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    start = (number - 1) * size
    here = list(rows[start : start + size])
    return Page(rows=here, number=number, pages=pages, total=total, more=more)


def page_of_ids(
    rows: QuerySet[R], ids: Sequence[str], number: int, *, more: bool = False, size: int = PAGE_SIZE
) -> Page[R]:
    """A page of rows whose subjects were found and put in order already.

    Args:
        rows: those the subjects are of; each subject once.
        ids: the subjects, in order; one that is gone meanwhile is left out.
        number: from 1; out of range gives the nearest page.
        more: others were found that are not among them.
    """
    pages = max(1, -(-len(ids) // size))
    number = min(max(1, number), pages)
    here = list(ids[(number - 1) * size : number * size])
    by_subject = {row.subject: row for row in rows.filter(subject__in=here)}
    return Page(
        rows=[by_subject[subject] for subject in here if subject in by_subject],
        number=number,
        pages=pages,
        total=len(ids),
        more=more,
    )


def page_in_hand(rows: Sequence[T], number: int, *, more: bool = False) -> Page[T]:
    """The same of rows that are all here, in order."""
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(1, number), pages)
    here = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(rows=here, number=number, pages=pages, total=len(rows), more=more)
