"""Persons: to search, to take away as a file, and one at a time with who said what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from repatria.register import PersonRecord
from repatria.register.model import Attributed
from repatria.store.queries.bureau import duties_of_person
from repatria.store.queries.owed import kept_of_person, releases_of_person
from repatria.store.queries.packets import packets_of_person
from repatria.store.queries.persons import PersonView, all_persons, names_of
from repatria.store.queries.persons import person as person_of
from repatria.store.queries.persons import persons as persons_of
from repatria.terms import Role
from repatria.web.access import Request, desk_page
from repatria.web.dialogue_words import PARTICULARS
from repatria.web.exports import table_file
from repatria.web.health.views import LOOKS
from repatria.web.lists.forms import PersonsForm
from repatria.web.owed_words import READS
from repatria.web.packets.views import PASSES, SEALS
from repatria.web.paper_words import paper_languages, sheets
from repatria.web.persons.timeline import timeline_of
from repatria.web.responses import never_stored
from repatria.web.signing import PRINTS, may
from repatria.web.table_formats import asked_format
from repatria.web.words import CATEGORIES, STANDING, word
from repatria.wiring.installation import now


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_of_them(request: Request) -> HttpResponseBase:
    """Persons the viewer may read. Names are searched by POST: an address would keep them."""
    asked = PersonsForm(request.POST or request.GET).asked
    page = persons_of(
        request.viewer,
        **_filter(asked),
        page=asked["page"] or 1,
    )
    context = {
        "page": page,
        "names": names_of(request.viewer, [row.subject for row in page.rows if not row.name]),
        "asked": asked,
        "sees_owed": request.viewer.role in READS,
        "custodies": STANDING,
        "categories": CATEGORIES,
    }
    return never_stored(render(request, "persons/all.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The persons as a file, searched and filtered as on the page."""
    asked = PersonsForm(request.POST or request.GET).asked
    rows = all_persons(request.viewer, **_filter(asked))
    headings = [
        _("Record"),
        _("Name"),
        _("Father"),
        _("Born"),
        _("Category"),
        _("Reference"),
        _("Holder"),
        _("Custody"),
        _("Captured"),
    ]
    return table_file("persons", headings, (_cells(row) for row in rows), asked_format(request))


def _filter(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"search": asked["q"], "custody": asked["custody"], "category": asked["category"]}


def _cells(row: Any) -> Sequence[object]:
    return [
        row.subject,
        row.name,
        row.father,
        row.birth,
        word("category", row.category) if row.category else "",
        row.reference,
        row.holder,
        word("standing", row.custody) if row.custody else "",
        row.captured_on,
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One property with every value that was given for it.

    Attributes:
        table: of the words for its values; empty where they are free text.
    """

    label: Promise | object
    values: Sequence[Attributed[Any]]
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One line of who said what."""

    on: Any
    by: str
    actor: str
    kind: str
    basis: str
    note: str
    ref: str
    superseded: bool


@require_safe
@desk_page
def one(request: Request, token: str) -> HttpResponseBase:
    """One person as the statements meant for this viewer present him."""
    view = person_of(request.viewer, f"person:{token}")
    record, sees_packets = view.record, request.viewer.role in PASSES
    context = {
        "view": view,
        "record": record,
        "names": record.names,
        "facts": [fact for fact in _facts(record) if fact.values],
        "timeline": timeline_of(record.person, record.custody.episodes, now().date()),
        "said": list(_said(view)),
        "duties": duties_of_person(request.viewer, record.person),
        "today": now().date().isoformat(),
        "may_register": may(request, (Role.REGISTRAR,)),
        "may_visit": may(request, (Role.INTERMEDIARY,)),
        "may_erase": may(request, (Role.REGISTRAR,)),
        "may_seal": may(request, SEALS),
        "may_look": request.viewer.role in LOOKS,
        "packets": packets_of_person(request.viewer, record.person) if sees_packets else (),
        "again": releases_of_person(request.viewer, record.person),
        "kept": kept_of_person(request.viewer, record.person),
        "sees_owed": request.viewer.role in READS,
        "may_print": may(request, PRINTS),
        "sheets": sheets(),
        "paper_languages": paper_languages(),
    }
    return render(request, "persons/one.html", context)


def _facts(record: PersonRecord) -> Iterator[Fact]:
    yield Fact(label=gettext_lazy("Born"), values=record.birth, table="date")
    yield Fact(label=gettext_lazy("Father"), values=record.father)
    yield Fact(label=gettext_lazy("Sex"), values=record.sex, table="sex")
    yield Fact(label=gettext_lazy("Category"), values=record.categories, table="category")
    yield Fact(label=gettext_lazy("Rank"), values=record.rank)
    yield Fact(label=gettext_lazy("Reference"), values=record.reference)
    yield Fact(label=gettext_lazy("Place"), values=record.places)
    yield Fact(label=gettext_lazy("Health"), values=record.health, table="health")
    said: Sequence[Any] = record.decisions
    decided = [replace(each, value=each.value.decision) for each in said]
    yield Fact(label=gettext_lazy("Commission"), values=decided, table="commission")
    yield Fact(label=gettext_lazy("Holder's word"), values=record.whereabouts, table="whereabouts")
    yield Fact(label=gettext_lazy("Note"), values=record.notes)
    yield Fact(label=gettext_lazy("Numbers"), values=record.numbers)
    for which, label in PARTICULARS.items():
        given: Sequence[Any] = [each for each in record.particulars if each.value.property == which]
        table = "identity" if which == "identity" else ""
        yield Fact(label=label, values=[_plain(each) for each in given], table=table)


def _plain(each: Any) -> Any:
    """The same, with the words of the statement in place of the statement."""
    return replace(each, value=each.value.value)


def _said(view: PersonView) -> Iterator[Utterance]:
    entries = {entry.ref: entry.statement for entry in view.entries}
    for line in view.record.said:
        statement = entries.get(line.ref)
        yield Utterance(
            on=line.on,
            by=line.by,
            actor=statement.actor if statement else "",
            kind=line.kind,
            basis=statement.ground.basis if statement else "",
            note=statement.ground.note if statement else "",
            ref=line.ref,
            superseded=line.superseded,
        )
