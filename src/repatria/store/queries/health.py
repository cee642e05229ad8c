"""Who is sick, what did a commission decide, and what is owed for it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from repatria.ledger.statement import Entry
from repatria.store import models
from repatria.store.entries import chunked, entries_about
from repatria.store.queries.exchange import MOST_EXPORTED, persons_named
from repatria.store.queries.scope import Page, page_of, seen_by
from repatria.store.queries.search import Found
from repatria.terms import Viewer

Health = models.HealthRow
"""What was said of a person's health, as the statements a viewer may read present it."""
Duty = models.DutyRow
"""What is owed for a person."""

HEALTH_DUTIES = ("health_report", "decision_notified", "decision_executed", "commission_visit")
_KINDS = frozenset({"health.classed", "health.examined", "commission.decided", "clearance.given"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthWanted:
    """Which persons to show; empty fields ask for all of whom anything was said.

    Attributes:
        search: a name in any script, or a reference.
        health: class.
        decision: of a commission.
        overdue: one of `HEALTH_DUTIES` that was not done in time.
    """

    search: str = ""
    health: str = ""
    decision: str = ""
    overdue: str = ""


def health(
    viewer: Viewer, today: date, wanted: HealthWanted, *, page: int = 1
) -> Page[models.HealthRow]:
    """Persons with what was said of their health, whoever was not looked at longest first."""
    means = persons_named(viewer, wanted.search) if wanted.search.strip() else None
    return page_of(
        _health(viewer, today, wanted, means), page, more=means is not None and means.more
    )


def all_health(viewer: Viewer, today: date, wanted: HealthWanted) -> Iterable[models.HealthRow]:
    """The same without pages, for export."""
    text = wanted.search
    means = persons_named(viewer, text, most=MOST_EXPORTED) if text.strip() else None
    return _health(viewer, today, wanted, means).iterator(chunk_size=1_000)


def _health(
    viewer: Viewer, today: date, wanted: HealthWanted, means: Found | None
) -> QuerySet[models.HealthRow]:
    rows = seen_by(viewer, models.HealthRow).order_by("checked_on", "subject")
    if wanted.health:
        rows = rows.filter(health=wanted.health)
    if wanted.decision:
        rows = rows.filter(decision=wanted.decision)
    if wanted.overdue:
        late = seen_by(viewer, models.DutyRow).filter(
            duty=wanted.overdue, done_on="", due_on__lt=today.isoformat()
        )
        rows = rows.filter(subject__in=late.values("subject"))
    if means is not None:
        rows = rows.filter(subject__in=list(means.shortfall))
    return rows


def health_of_person(viewer: Viewer, person_id: str) -> Sequence[Entry]:
    """What a viewer may read of a person's health, by origin and place; findings only doctors."""
    about = entries_about([person_id], _KINDS).get(person_id, ())
    return [entry for entry in about if viewer.may_read(entry.statement.audience)]


def owed_for_health(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, Sequence[models.DutyRow]]:
    """For each of these persons what is owed for his health and not done, the day due first."""
    owed: dict[str, list[models.DutyRow]] = {}
    for chunk in chunked(list(ids)):
        # By their ids alone: asked for the rest as well, SQLite reads all that is not done.
        rows = seen_by(viewer, models.DutyRow).filter(subject__in=chunk)
        for row in sorted(rows, key=lambda each: (each.due_on, each.duty)):
            if row.duty in HEALTH_DUTIES and not row.done_on:
                owed.setdefault(row.subject, []).append(row)
    return owed
