"""Which lists are there, and what was answered to each line?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from repatria.store import models
from repatria.store.queries.dialogue import TALK
from repatria.store.queries.kept import until_written
from repatria.store.queries.scope import (
    Page,
    label_of,
    one_seen,
    page_of_ids,
    page_of_many,
    seen_by,
)
from repatria.store.queries.search import LINES, Found, found
from repatria.terms import Viewer

_MOST_EXPORTED = 30_000
_MOST_DIGITS = 9

Line = models.LineRow
"""A line with its present answer, as a viewer reads it."""


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
    for which, status, number in until_written(
        ("lines", label_of(viewer)), lambda: _counted(seen_by(viewer, models.LineRow))
    ):
        counts.setdefault(which, {})[status] = number
    return [_view(row, counts.get(row.subject, {})) for row in rows]


def list_rows(viewer: Viewer) -> list[models.ListRow]:
    """The same lists without counting their lines."""
    return list(seen_by(viewer, models.ListRow).order_by("-recorded_at", "subject"))


def list_view(viewer: Viewer, list_id: str) -> ListView:
    """One list.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    row = one_seen(viewer, models.ListRow, list_id)
    lines = seen_by(viewer, models.LineRow).filter(list_subject=list_id)
    counted = until_written(("lines", label_of(viewer), list_id), lambda: _counted(lines))
    return _view(row, {status: number for _, status, number in counted})


def _counted(rows: QuerySet[models.LineRow]) -> Sequence[tuple[str, str, int]]:
    """(list, status, how many lines), by an index alone."""
    grouped = rows.order_by().values_list("list_subject", "status")
    return tuple(grouped.annotate(n=Count("*")))


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
    """Lines of a list: by number, or those that a search means, the nearest first.

    Args:
        viewer: who reads.
        list_id: of which list.
        search: a name in any script, or a number, or a reference; in part will do.
        status: only lines of this status; all when empty.
        talk: only lines with which it stands so after the answer; all when empty.
        page: from 1.
    """
    if not search.strip():
        return page_of_many(_filtered(viewer, list_id, status, talk).order_by("number"), page)
    means = found(viewer, search, LINES, list_id=list_id)
    ids = _nearest(viewer, list_id, search, status, means, talk)
    return page_of_ids(seen_by(viewer, models.LineRow), ids, page, more=means.more)


def all_lines(
    viewer: Viewer, list_id: str, *, search: str = "", status: str = "", talk: str = ""
) -> Iterable[models.LineRow]:
    """The same lines without pages and by number, for export."""
    rows = _filtered(viewer, list_id, status, talk).order_by("number")
    if search.strip():
        means = found(viewer, search, LINES, list_id=list_id, most=_MOST_EXPORTED)
        rows = rows.filter(subject__in=_nearest(viewer, list_id, search, status, means))
    return rows.iterator(chunk_size=1_000)


def _filtered(
    viewer: Viewer, list_id: str, status: str, talk: str = ""
) -> QuerySet[models.LineRow]:
    rows = seen_by(viewer, models.LineRow).filter(list_subject=list_id)
    if talk:
        rows = rows.filter(TALK[talk])
    return rows.filter(status=status) if status else rows


def _nearest(
    viewer: Viewer, list_id: str, search: str, status: str, means: Found, talk: str = ""
) -> list[str]:
    """Lines of a list that a search means, the nearest first, then by number."""
    short = dict(means.shortfall)
    number = search.strip()
    if number.isdecimal() and len(number) <= _MOST_DIGITS:
        here = _filtered(viewer, list_id, "").filter(number=int(number))
        short.update(dict.fromkeys(here.values_list("subject", flat=True), -1.0))
    # By their ids alone: asked for the list as well, SQLite reads all of the list.
    named = seen_by(viewer, models.LineRow).filter(subject__in=list(short))
    if talk:
        named = named.filter(TALK[talk])
    return [
        subject
        for _, _, subject in sorted(
            (round(short[row[0]]), row[1], row[0])
            for row in named.values_list("subject", "number", "list_subject", "status")
            if row[2] == list_id and status in {"", row[3]}
        )
    ]


def line(viewer: Viewer, line_id: str) -> models.LineRow:
    """One line.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.LineRow, line_id)


def lines_by_id(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, models.LineRow]:
    """Those of the lines that a viewer may read, by id."""
    rows = seen_by(viewer, models.LineRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}
