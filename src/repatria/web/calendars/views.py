"""What is owed by which day: calendars of a dialogue, and what the law asks for each person."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.store.queries.bureau import DutiesWanted, all_overdue_duties, overdue_duties
from repatria.store.queries.dialogue import obligations
from repatria.store.queries.persons import names_of
from repatria.terms import Role
from repatria.web.access import Request, desk_page
from repatria.web.calendars.acts import DELIVERS, DoneForm
from repatria.web.dialogue_words import DUTIES, OWED
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.installation import now


class DueForm(AskedForm):
    """Which obligations to show."""

    standing = forms.ChoiceField(required=False, choices=[("", ""), *OWED.items()])
    duty = forms.ChoiceField(required=False, choices=[("", ""), *DUTIES.items()])


def _asked(request: Request) -> dict[str, Any]:
    return DueForm(request.POST or request.GET).asked


def _wanted(asked: dict[str, Any]) -> DutiesWanted:
    return DutiesWanted(search=asked["q"], duty=asked["duty"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def due(request: Request) -> HttpResponseBase:
    """What is owed, the day due first. Names are searched by POST: an address would keep them."""
    asked, today = _asked(request), now().date()
    page = overdue_duties(request.viewer, today, _wanted(asked), page=asked["page"] or 1)
    context = {
        "asked": asked,
        "standings": OWED,
        "duties": DUTIES,
        "may_deliver": may(request, DELIVERS),
        "may_note": may(request, (Role.REGISTRAR,)),
        "done_form": DoneForm(),
        "today": today,
        "owed": obligations(request.viewer, today, standing=asked["standing"]),
        "page": page,
        "names": names_of(request.viewer, [row.subject for row in page.rows]),
    }
    return never_stored(render(request, "calendars/due.html", context))


@require_POST
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The same as a file."""
    asked, today = _asked(request), now().date()
    headings = [
        _("Calendar"),
        _("Step"),
        _("Who"),
        _("Counted from"),
        _("Begins"),
        _("Due"),
        _("Delivered"),
        _("Digest"),
        _("State"),
        _("Days over"),
    ]
    rows = (
        [
            each.row.title,
            word("step", each.row.step),
            each.row.party,
            each.row.start_event,
            each.row.starts_on,
            each.row.due_on,
            each.row.delivered_on,
            each.row.digest,
            word("owed", each.standing),
            each.days_over,
        ]
        for each in obligations(request.viewer, today, standing=asked["standing"])
    )
    return table_file("due", headings, rows, asked_format(request))


@require_POST
@desk_page
def duties_export(request: Request) -> HttpResponseBase:
    """The duties that are overdue, as a file: ids of persons and not their names."""
    asked, today = _asked(request), now().date()
    headings = [_("Record"), _("Duty"), _("Rule"), _("Begins"), _("Due")]
    rows = (
        [row.subject, word("duty", row.duty), row.source, row.starts_on, row.due_on]
        for row in all_overdue_duties(request.viewer, today, _wanted(asked))
    )
    return table_file("duties", headings, rows, asked_format(request))
