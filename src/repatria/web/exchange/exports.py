"""A plan as a table to take away: who goes, and of everybody else the reason."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from repatria.store.queries.exchange import PlannedPerson
from repatria.store.queries.planned import PlannedPersons, plan_row, terms_of
from repatria.web.access import Request, desk_page
from repatria.web.documents.written_terms import WrittenTerms, in_words
from repatria.web.exchange.asking import asked_for
from repatria.web.exports import table_file
from repatria.web.reason_words import reason_sentence
from repatria.web.table_formats import asked_format
from repatria.web.words import word


@require_POST
@desk_page
def plan_export(request: Request, plan_id: str) -> HttpResponseBase:
    """The plan as a file, searched and filtered as on the page."""
    row = plan_row(request.viewer, f"plan:{plan_id}")
    persons = PlannedPersons(request.viewer, row)
    headings = [
        _("Person"),
        _("Held by"),
        _("Category"),
        _("Captured"),
        _("Who goes"),
        _("Why not in this plan"),
    ]
    asked, _page = asked_for(request)
    terms = terms_of(request.viewer, row)
    rows = _rows(persons.every(asked), in_words(terms.document) if terms is not None else None)
    return table_file(f"plan-{plan_id}", headings, rows, asked_format(request))


def _rows(
    persons: Iterable[tuple[PlannedPerson, bool]], written: WrittenTerms | None
) -> Iterator[Sequence[object]]:
    for person, goes in persons:
        why = "" if goes else str(reason_sentence(person.reason, written))
        yield [*facts_of(person), _("yes") if goes else _("no"), why]


def facts_of(person: PlannedPerson) -> Sequence[object]:
    """Name, holder, category and day of capture, so far as the viewer may read them."""
    row = person.row
    if row is None:
        return [person.shown.name, "", "", ""]
    category = word("category", row.category) if row.category else ""
    return [person.shown.name, row.holder, category, row.captured_on]
