"""Who is held or missing, and who said what about a person?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from repatria.ledger.statement import Entry
from repatria.register import (
    PersonRecord,
    Source,
    contradictions_in,
    fold_person,
    sources_of,
)
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.scope import Page, page_of_ids, page_of_many, seen_by
from repatria.store.queries.search import PERSONS, Found, found
from repatria.terms import Finding, NotVisible, PersonId, Viewer

Person = models.PersonRow
"""A person as the statements a viewer may read present him."""

_MOST_EXPORTED = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a person is called on a page."""

    id: str
    name: str
    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as the statements a viewer may read present him.

    Attributes:
        record: folded from those statements only.
        entries: the statements, by origin and place.
        lines: list lines that name him.
        crossing: how far he is on the way; None when nothing was said.
        findings: where the statements contradict each other.
        sources: where the statements come from, copies of one source counted once.
    """

    record: PersonRecord
    shown: Shown
    entries: Sequence[Entry]
    lines: Sequence[models.LineRow]
    crossing: models.CrossingRow | None
    findings: Sequence[Finding]
    sources: Sequence[Source]


_IN_HANDS = ("captured", "held", "transferred")


def persons(
    viewer: Viewer, *, search: str = "", custody: str = "", category: str = "", page: int = 1
) -> Page[models.PersonRow]:
    """Persons a viewer may read: by name, or those that a search means, the nearest first.

    Args:
        viewer: who reads.
        search: a name in any script, or a number in the register; in part will do.
        custody, category: only these; all when empty.
        page: from 1.
    """
    if not search.strip():
        rows = _filtered(viewer, custody, category)
        return page_of_many(rows.order_by("sorted_by", "subject"), page)
    means = found(viewer, search, PERSONS)
    ids = _nearest(viewer, custody, category, means)
    return page_of_ids(seen_by(viewer, models.PersonRow), ids, page, more=means.more)


def all_persons(
    viewer: Viewer, *, search: str = "", custody: str = "", category: str = ""
) -> Iterable[models.PersonRow]:
    """The same persons without pages and by name, for export."""
    rows = _filtered(viewer, custody, category).order_by("sorted_by", "subject")
    if search.strip():
        means = found(viewer, search, PERSONS, most=_MOST_EXPORTED)
        rows = rows.filter(subject__in=_nearest(viewer, custody, category, means))
    return rows.iterator(chunk_size=1_000)


def _filtered(viewer: Viewer, custody: str, category: str) -> QuerySet[models.PersonRow]:
    rows = seen_by(viewer, models.PersonRow)
    if custody:
        rows = rows.filter(custody=custody)
    if category:
        rows = rows.filter(category=category)
    return rows


def _nearest(viewer: Viewer, custody: str, category: str, means: Found) -> list[str]:
    """Persons that a search means, the nearest first, then by name."""
    lines = [subject for subject in means.shortfall if subject.startswith("line:")]
    short = {s: value for s, value in means.shortfall.items() if not s.startswith("line:")}
    answered = seen_by(viewer, models.LineRow).exclude(person="").filter(subject__in=lines)
    for line, person_id in answered.values_list("subject", "person") if lines else ():
        value = means.shortfall[line]
        short[person_id] = min(short.get(person_id, value), value)
    # By their ids alone: asked for the filter as well, SQLite reads all that fit it.
    named = seen_by(viewer, models.PersonRow).filter(subject__in=list(short))
    return [
        subject
        for _, _, subject in sorted(
            (round(short[row[0]]), row[1], row[0])
            for row in named.values_list("subject", "sorted_by", "custody", "category")
            if custody in {"", row[2]} and category in {"", row[3]}
        )
    ]


def person(viewer: Viewer, person_id: str) -> PersonView:
    """One person, folded from what the viewer may read.

    Raises:
        NotVisible: there is none, or nothing about him is the viewer's.
    """
    if not seen_by(viewer, models.PersonRow).filter(subject=person_id).exists():
        raise NotVisible
    about = entries_about([person_id]).get(person_id, ())
    entries = [e for e in about if viewer.may_read(e.statement.audience)]
    rows = list(seen_by(viewer, models.LineRow).filter(person=person_id).order_by("list_subject"))
    linked = entries_about([row.subject for row in rows], {"list.line"})
    lines = [
        e
        for row in rows
        for e in linked.get(row.subject, ())
        if viewer.may_read(e.statement.audience)
    ]
    record = fold_person(PersonId(person_id), [*entries, *lines])
    return PersonView(
        record=record,
        shown=names_of(viewer, [person_id])[person_id],
        entries=[*entries, *lines],
        lines=rows,
        crossing=seen_by(viewer, models.CrossingRow).filter(subject=person_id).first(),
        findings=contradictions_in(record),
        sources=sources_of([*entries, *lines]),
    )


def names_of(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, Shown]:
    """How persons are called for a viewer: as his register, else as a list line names them.

    Somebody of whom he may read no name is called by the id.
    """
    wanted = list(dict.fromkeys(ids))
    out = {i: Shown(id=i, name=i.partition(":")[2], script="Latn") for i in wanted}
    lines = seen_by(viewer, models.LineRow).filter(person__in=wanted).order_by("-ref")
    for line in lines:
        out[line.person] = Shown(id=line.person, name=line.name, script=line.script)
    for row in seen_by(viewer, models.PersonRow).filter(subject__in=wanted).exclude(name=""):
        out[row.subject] = Shown(id=row.subject, name=row.name, script=row.script)
    return out


def held_now(viewer: Viewer) -> Mapping[str, int]:
    """How many persons the viewer's register has in each holder's hands now."""
    rows = seen_by(viewer, models.PersonRow).filter(custody__in=_IN_HANDS).exclude(holder="")
    counted = rows.values_list("holder").annotate(number=Count("subject")).order_by("holder")
    return dict(counted)


def rows_by_id(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, models.PersonRow]:
    """Those of the persons that a viewer may read, by id."""
    rows = seen_by(viewer, models.PersonRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}
