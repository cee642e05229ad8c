"""A plan as a table to take away: who goes, and of everybody else the reason."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from repatria.store.queries import exchange
from repatria.store.queries.exchange import PlannedPerson, PlanView
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.table_formats import asked_format
from repatria.web.words import word


@require_POST
@desk_page
def plan_export(request: Request, plan_id: str) -> HttpResponseBase:
    """The plan as a file."""
    view = exchange.plan(request.viewer, f"plan:{plan_id}")
    headings = [
        _("Person"),
        _("Held by"),
        _("Category"),
        _("Captured"),
        _("Who goes"),
        _("Why not in this plan"),
    ]
    return table_file(f"plan-{plan_id}", headings, _rows(view), asked_format(request))


def _rows(view: PlanView) -> Iterator[Sequence[object]]:
    for person in view.selected:
        yield [*facts_of(person), _("yes"), ""]
    for person in view.left_out:
        yield [*facts_of(person), _("no"), person.reason.get("sentence", "")]


def facts_of(person: PlannedPerson) -> Sequence[object]:
    """Name, holder, category and day of capture, so far as the viewer may read them."""
    row = person.row
    if row is None:
        return [person.shown.name, "", "", ""]
    category = word("category", row.category) if row.category else ""
    return [person.shown.name, row.holder, category, row.captured_on]
