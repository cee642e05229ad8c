"""Which requests wait, which duties are overdue, and which remains are whose?"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from repatria.linkage import query_keys
from repatria.store import models
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.terms import Viewer


def tracing(
    viewer: Viewer, *, search: str = "", answer: str = "", page: int = 1
) -> Page[models.TracingRow]:
    """Requests of families, the oldest without an answer first.

    Args:
        viewer: who reads.
        search: a name in any script.
        answer: the last answer; `none` for those without; all when empty.
        page: from 1.
    """
    return page_of(_tracing(viewer, search, answer), page)


def all_tracing(
    viewer: Viewer, *, search: str = "", answer: str = ""
) -> Iterable[models.TracingRow]:
    """The same without pages, for export."""
    return _tracing(viewer, search, answer).iterator(chunk_size=1_000)


def _tracing(viewer: Viewer, search: str, answer: str) -> QuerySet[models.TracingRow]:
    rows = seen_by(viewer, models.TracingRow).order_by("answer", "recorded_at", "subject")
    if answer:
        rows = rows.filter(answer="" if answer == "none" else answer)
    text = search.strip()
    if not text:
        return rows
    words = [
        reduce(or_, (Q(keys__contains=f" {key}") for key in sorted(word)))
        for word in query_keys(text)
        if word and "" not in word
    ]
    written = Q(sought__icontains=text)
    return rows.filter(written | reduce(and_, words) if words else written)


def requests_by_id(viewer: Viewer, ids: Iterable[str]) -> dict[str, models.TracingRow]:
    """Those of the requests that a viewer may read, by id."""
    rows = seen_by(viewer, models.TracingRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}


def overdue_duties(viewer: Viewer, today: date, *, page: int = 1) -> Page[models.DutyRow]:
    """Duties that were not done in time, the oldest first."""
    return page_of(_overdue(viewer, today), page)


def all_overdue_duties(viewer: Viewer, today: date) -> Iterable[models.DutyRow]:
    """The same without pages, for export."""
    return _overdue(viewer, today).iterator(chunk_size=1_000)


def _overdue(viewer: Viewer, today: date) -> QuerySet[models.DutyRow]:
    rows = seen_by(viewer, models.DutyRow).filter(done_on="", due_on__lt=today.isoformat())
    return rows.order_by("due_on", "subject", "duty")


def remains(viewer: Viewer, *, search: str = "", page: int = 1) -> Page[models.RemainsRow]:
    """Containers of remains, by label; searched by label."""
    return page_of(_remains(viewer, search), page)


def all_remains(viewer: Viewer, *, search: str = "") -> Iterable[models.RemainsRow]:
    """The same without pages."""
    return _remains(viewer, search).iterator(chunk_size=1_000)


def _remains(viewer: Viewer, search: str) -> QuerySet[models.RemainsRow]:
    rows = seen_by(viewer, models.RemainsRow).order_by("label", "subject")
    text = search.strip()
    return rows.filter(Q(label__icontains=text) | Q(subject=text)) if text else rows
