"""How did every agreed line end, and what is still owed?"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.operations.closing import CLOSES, close_line
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ClosedLine, ClosingView, named_like
from repatria.store.queries.scope import page_in_hand
from repatria.terms import ManifestId, PersonId
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.handover.forms import ClosingForm
from repatria.web.handover.line import person_on
from repatria.web.lists.forms import AskedForm
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import may, page_for
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for


class ClosedForm(AskedForm):
    """Which lines to show."""

    state = forms.SlugField(required=False, max_length=40)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def closing_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Each agreed line with its end, the open ones first; what each side has given and owes.

    Names are searched by POST: an address would keep them.
    """
    view = exchange.closing(request.viewer, f"manifest:{manifest_id}")
    asked = ClosedForm(request.POST or request.GET).asked
    context = {
        "view": view,
        "token": manifest_id,
        "asked": asked,
        "page": page_in_hand(_asked_for(request, view, asked), asked["page"] or 1),
        "may_close": may(request, CLOSES),
    }
    return never_stored(render(request, "handover/closing.html", context))


def _asked_for(
    request: Request, view: ClosingView, asked: Mapping[str, Any]
) -> Sequence[ClosedLine]:
    """The lines that ended so, on which a name or a word stands, in any script."""
    lines = [line for line in view.lines if asked["state"] in ("", line.state)]
    if not asked["q"]:
        return lines
    like, words = named_like(request.viewer, asked["q"]), asked["q"].casefold()
    return [
        line
        for line in lines
        if line.shown.id in like or words in " ".join(map(str, _cells(line))).casefold()
    ]


@require_POST
@desk_page
def closing_export(request: Request, manifest_id: str) -> HttpResponseBase:
    """The reconciliation as a file, searched and filtered as on the page."""
    view = exchange.closing(request.viewer, f"manifest:{manifest_id}")
    headings = [_("No."), _("Person"), _("From"), _("To"), _("How it ended"), _("Note")]
    rows = map(_cells, _asked_for(request, view, ClosedForm(request.POST).asked))
    return table_file(f"closing-{manifest_id}", headings, rows, asked_format(request))


def _cells(line: ClosedLine) -> Sequence[object]:
    return [
        line.number,
        line.shown.name,
        line.giver,
        line.receiver,
        word("crossing", line.state),
        line.note,
    ]


@require_http_methods(["GET", "POST"])
@page_for(*CLOSES)
def close_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """End one line on which nobody comes any more, with a reason."""
    view, line = person_on(request, manifest_id, person_id)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_line(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            **form.cleaned_data,
        )
        messages.success(request, _("The line is ended."))
        return see_other("closing", manifest_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "handover/close.html", context, status=status)
