"""Which lists are there, and what was answered to each line?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from repatria.linkage import query_keys
from repatria.store import models
from repatria.store.queries.dialogue import TALK
from repatria.store.queries.scope import Page, page_of, seen_by, subjects_found
from repatria.terms import NotVisible, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list with how far its lines are answered.

    Attributes:
        row: the list.
        lines: lines we hold.
        answered: lines with an answer.
        by_status: status -> number of lines.
    """

    row: models.ListRow
    lines: int
    answered: int
    by_status: Mapping[str, int]


def lists(viewer: Viewer) -> list[ListView]:
    """The lists a viewer may read, newest first."""
    rows = seen_by(viewer, models.ListRow).order_by("-recorded_at", "subject")
    counts: dict[str, dict[str, int]] = {}
    grouped = seen_by(viewer, models.LineRow).values("list_subject", "status")
    for group in grouped.annotate(n=Count("id")):
        counts.setdefault(group["list_subject"], {})[group["status"]] = group["n"]
    return [_view(row, counts.get(row.subject, {})) for row in rows]


def list_view(viewer: Viewer, list_id: str) -> ListView:
    """One list.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.ListRow).filter(subject=list_id).first()
    if row is None:
        raise NotVisible
    grouped = seen_by(viewer, models.LineRow).filter(list_subject=list_id).values("status")
    return _view(row, {g["status"]: g["n"] for g in grouped.annotate(n=Count("id"))})


def _view(row: models.ListRow, by_status: Mapping[str, int]) -> ListView:
    lines = sum(by_status.values())
    return ListView(
        row=row,
        lines=lines,
        answered=lines - by_status.get("listed", 0),
        by_status=dict(sorted(by_status.items())),
    )


def lines(
    viewer: Viewer,
    list_id: str,
    *,
    search: str = "",
    status: str = "",
    talk: str = "",
    page: int = 1,
) -> Page[models.LineRow]:
    """Lines of a list, by number.

    Args:
        viewer: who reads.
        list_id: of which list.
        search: a name in any script, or a number, or a reference.
        status: only lines of this status; all when empty.
        page: from 1.
    """
    return page_of(_filtered(viewer, list_id, search, status, talk), page)


def all_lines(
    viewer: Viewer, list_id: str, *, search: str = "", status: str = "", talk: str = ""
) -> Iterable[models.LineRow]:
    """The same lines without pages, for export."""
    return _filtered(viewer, list_id, search, status, talk).iterator(chunk_size=1_000)


def _filtered(
    viewer: Viewer, list_id: str, search: str, status: str, talk: str = ""
) -> QuerySet[models.LineRow]:
    rows = seen_by(viewer, models.LineRow).filter(list_subject=list_id).order_by("number")
    if status:
        rows = rows.filter(status=status)
    if talk:
        rows = rows.filter(TALK[talk])
    text = search.strip()
    if text.isdecimal():
        return rows.filter(Q(number=int(text)) | Q(reference=text))
    if text:
        words = query_keys(text)
        found = subjects_found(viewer, words) if words else set()
        rows = rows.filter(
            Q(subject__in=list(found)[:30_000])
            | Q(reference__startswith=text)
            | Q(name__icontains=text)
        )
    return rows


def line(viewer: Viewer, line_id: str) -> models.LineRow:
    """One line.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = seen_by(viewer, models.LineRow).filter(subject=line_id).first()
    if row is None:
        raise NotVisible
    return row


def lines_by_id(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, models.LineRow]:
    """Those of the lines that a viewer may read, by id."""
    rows = seen_by(viewer, models.LineRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}
