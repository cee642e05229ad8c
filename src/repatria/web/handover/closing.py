"""How did every agreed line end, and what is still owed?"""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.operations.closing import CLOSES, close_line
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ClosingView
from repatria.terms import ManifestId, PersonId
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.handover.forms import ClosingForm
from repatria.web.handover.line import person_on
from repatria.web.responses import see_other
from repatria.web.signing import may, page_for
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for

LINES_PER_PAGE = 100


@require_safe
@desk_page
def closing_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """Each agreed line with its end, the open ones first; what each side has given and owes."""
    view = exchange.closing(request.viewer, f"manifest:{manifest_id}")
    state = request.GET.get("state", "")
    lines = [line for line in view.lines if state in ("", line.state)]
    page = Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "view": view,
        "token": manifest_id,
        "state": state,
        "lines": page,
        "may_close": may(request, CLOSES),
    }
    return render(request, "handover/closing.html", context)


@require_POST
@desk_page
def closing_export(request: Request, manifest_id: str) -> HttpResponseBase:
    """The reconciliation as a file."""
    view = exchange.closing(request.viewer, f"manifest:{manifest_id}")
    headings = [_("No."), _("Person"), _("From"), _("To"), _("How it ended"), _("Note")]
    return table_file(f"closing-{manifest_id}", headings, _rows(view), asked_format(request))


def _rows(view: ClosingView) -> list[list[object]]:
    return [
        [
            line.number,
            line.shown.name,
            line.giver,
            line.receiver,
            word("crossing", line.state),
            line.note,
        ]
        for line in view.lines
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
