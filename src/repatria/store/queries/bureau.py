"""Which requests wait, which duties are overdue, and which remains are whose?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from repatria.store import models
from repatria.store.queries.exchange import MOST_EXPORTED, named_like, persons_named
from repatria.store.queries.scope import (
    Page,
    one_seen,
    page_in_hand,
    page_of,
    page_of_many,
    seen_by,
)
from repatria.store.queries.search import REQUESTS, found
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
    if not search.strip():
        return rows
    means = found(viewer, search, REQUESTS)
    return rows.filter(subject__in=list(means.shortfall))


def requests_named(viewer: Viewer, text: str) -> frozenset[str]:
    """Ids of the requests that a name in any script may mean."""
    return frozenset(found(viewer, text, REQUESTS).shortfall)


def requests_by_id(viewer: Viewer, ids: Iterable[str]) -> dict[str, models.TracingRow]:
    """Those of the requests that a viewer may read, by id."""
    rows = seen_by(viewer, models.TracingRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesWanted:
    """Which overdue duties to show; empty fields ask for all.

    Attributes:
        search: a name in any script, or a reference.
        duty: code of the duty.
    """

    search: str = ""
    duty: str = ""


def overdue_duties(
    viewer: Viewer, today: date, wanted: DutiesWanted, *, page: int = 1
) -> Page[models.DutyRow]:
    """Duties that were not done in time, the oldest first."""
    if not wanted.search.strip():
        return page_of_many(_overdue(viewer, today, wanted), page)
    means = persons_named(viewer, wanted.search)
    return page_in_hand(_overdue_of(viewer, today, wanted, means.shortfall), page, more=means.more)


def all_overdue_duties(
    viewer: Viewer, today: date, wanted: DutiesWanted
) -> Iterable[models.DutyRow]:
    """The same without pages, for export."""
    rows = _overdue(viewer, today, wanted)
    if wanted.search.strip():
        means = persons_named(viewer, wanted.search, most=MOST_EXPORTED)
        rows = rows.filter(subject__in=list(means.shortfall))
    return rows.iterator(chunk_size=1_000)


def _overdue(viewer: Viewer, today: date, wanted: DutiesWanted) -> QuerySet[models.DutyRow]:
    rows = seen_by(viewer, models.DutyRow).filter(done_on="", due_on__lt=today.isoformat())
    if wanted.duty:
        rows = rows.filter(duty=wanted.duty)
    return rows.order_by("due_on", "subject", "duty")


def _overdue_of(
    viewer: Viewer, today: date, wanted: DutiesWanted, persons: Iterable[str]
) -> list[models.DutyRow]:
    """What is overdue for these persons, in the order of the page."""
    # By their ids alone, and whole: asked for more or for less, SQLite reads all that is owed.
    rows = seen_by(viewer, models.DutyRow).filter(subject__in=list(persons))
    late = [
        row
        for row in rows
        if not row.done_on and row.due_on < today.isoformat() and wanted.duty in {"", row.duty}
    ]
    return sorted(late, key=lambda row: (row.due_on, row.subject, row.duty))


def duties_of_person(viewer: Viewer, person_id: str) -> list[models.DutyRow]:
    """What is or was owed for one person, the day due first."""
    rows = seen_by(viewer, models.DutyRow).filter(subject=person_id)
    return list(rows.order_by("due_on", "duty"))


def container(viewer: Viewer, remains_id: str) -> models.RemainsRow:
    """One container.

    Raises:
        NotVisible: there is none, or it is not his.
    """
    return one_seen(viewer, models.RemainsRow, remains_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsWanted:
    """Which containers to show; empty fields ask for all.

    Attributes:
        search: what stands on the container, or a name in any script of whoever is said to be
            in it, was found in it, or was found not to be.
        state: one of `STATES`.
    """

    search: str = ""
    state: str = ""


STATES = ("not_received", "not_identified", "identified", "to_look_at")


def remains(viewer: Viewer, wanted: RemainsWanted, *, page: int = 1) -> Page[models.RemainsRow]:
    """Containers of remains, by label."""
    return page_of(_remains(viewer, wanted), page)


def all_remains(viewer: Viewer, wanted: RemainsWanted) -> Iterable[models.RemainsRow]:
    """The same without pages."""
    return _remains(viewer, wanted).iterator(chunk_size=1_000)


def _remains(viewer: Viewer, wanted: RemainsWanted) -> QuerySet[models.RemainsRow]:
    rows = seen_by(viewer, models.RemainsRow).order_by("label", "subject")
    match wanted.state:
        case "not_received":
            rows = rows.filter(receiver="")
        case "not_identified":
            rows = rows.filter(persons=[])
        case "identified":
            rows = rows.exclude(persons=[])
        case "to_look_at":
            rows = rows.exclude(findings=[])
        case _:
            pass
    text = wanted.search.strip()
    if not text:
        return rows
    meant = set(named_like(viewer, text))
    # There are thousands of containers at most, and no database finds ids inside JSON alike.
    named = seen_by(viewer, models.RemainsRow).values_list(
        "subject", "said_to_be", "persons", "ruled_out"
    )
    of_them = [row[0] for row in named if not meant.isdisjoint((*row[1], *row[2], *row[3]))]
    return rows.filter(Q(label__icontains=text) | Q(subject=text) | Q(subject__in=of_them))
