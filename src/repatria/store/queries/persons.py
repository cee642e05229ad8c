"""Who is held or missing, and who said what about a person?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from repatria.ledger.statement import Entry
from repatria.linkage import query_keys
from repatria.register import (
    PersonRecord,
    Source,
    contradictions_in,
    fold_person,
    sources_of,
)
from repatria.store import models
from repatria.store.entries import entries_about
from repatria.store.queries.scope import Page, page_of, seen_by, subjects_found
from repatria.terms import Finding, NotVisible, PersonId, Viewer


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


def persons(
    viewer: Viewer, *, search: str = "", custody: str = "", category: str = "", page: int = 1
) -> Page[models.PersonRow]:
    """Persons a viewer may read, by name."""
    return page_of(_filtered(viewer, search, custody, category), page)


def all_persons(
    viewer: Viewer, *, search: str = "", custody: str = "", category: str = ""
) -> Iterable[models.PersonRow]:
    """The same persons without pages, for export."""
    return _filtered(viewer, search, custody, category).iterator(chunk_size=1_000)


def _filtered(
    viewer: Viewer, search: str, custody: str, category: str
) -> QuerySet[models.PersonRow]:
    rows = seen_by(viewer, models.PersonRow).order_by("sorted_by", "subject")
    if custody:
        rows = rows.filter(custody=custody)
    if category:
        rows = rows.filter(category=category)
    text = search.strip()
    if text:
        words = query_keys(text)
        found = subjects_found(viewer, words) if words else set()
        named = seen_by(viewer, models.LineRow).filter(subject__in=list(found)[:30_000])
        answered = set(named.exclude(person="").values_list("person", flat=True))
        rows = rows.filter(
            Q(subject__in=list(found | answered)[:30_000])
            | Q(reference=text)
            | Q(name__icontains=text)
        )
    return rows


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


def rows_by_id(viewer: Viewer, ids: Iterable[str]) -> Mapping[str, models.PersonRow]:
    """Those of the persons that a viewer may read, by id."""
    rows = seen_by(viewer, models.PersonRow).filter(subject__in=list(ids))
    return {row.subject: row for row in rows}
