"""The gate: who stands here, what happened earlier, what was wrong, who overrides a refusal.

Every look is one official's own. Pages open from the person's page at the line and
lead back to it.
"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.operations.closing import take_back_event
from repatria.operations.crossing import record_crossing
from repatria.operations.gate import AT_THE_GATE, check_at_gate, override_refusal
from repatria.terms import ManifestId, PersonId, Refusal, Role
from repatria.web.access import Request
from repatria.web.handover.forms import CheckForm, LateForm, OverrideForm, TakeBackForm
from repatria.web.handover.line import line_page, person_on
from repatria.web.responses import see_other
from repatria.web.signing import AT_THE_LINE, page_for
from repatria.web.words import word
from repatria.wiring.desks import desk_for


@require_POST
@page_for(*AT_THE_GATE)
def check_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """Write one official's look down; a no is shown on the person's own page."""
    view, line = person_on(request, manifest_id, person_id)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return line_page(request, view, line, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        check_at_gate(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            means=form.cleaned_data["means"],
            matches=form.cleaned_data["matches"],
            list_size=request.session.get("list_in_hand", {}).get(line.giver, 0),
        )
    except Refusal as refusal:
        return line_page(
            request, view, line, objections=refusal.objections, status=HTTPStatus.CONFLICT
        )
    messages.success(request, _("Your check of number %(number)s is written down.") % _at(line))
    return see_other("crossing-person", manifest_id, person_id)


@require_http_methods(["GET", "POST"])
@page_for(*AT_THE_LINE)
def late_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """Something that happened earlier, written down now; what was neglected is flagged."""
    view, line = person_on(request, manifest_id, person_id)
    form = LateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        record_crossing(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            event=said["event"],
            occurred_at=said["occurred_at"],
            late=True,
        )
        done = {"number": line.number, "event": word("crossing", said["event"])}
        messages.success(request, _("Written down: number %(number)s, %(event)s.") % done)
        return see_other("crossing-person", manifest_id, person_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "handover/late.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page_for(*AT_THE_LINE)
def take_back_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """An event of our own that did not happen so is taken back, with a reason."""
    view, line = person_on(request, manifest_id, person_id)
    own = [
        (each["ref"], word("crossing", each["event"]), each["occurred_at"])
        for each in (line.crossing.events if line.crossing is not None else ())
        if each["by"] == request.viewer.party and each["counts"]
    ]
    form = TakeBackForm(
        request.POST if request.method == "POST" else None,
        events=[(ref, f"{event}, {at}") for ref, event, at in own],
    )
    if request.method == "POST" and form.is_valid():
        take_back_event(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            ref=form.cleaned_data["ref"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Taken back; it stays to be seen."))
        return see_other("crossing-person", manifest_id, person_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form, "own": own}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "handover/take_back.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page_for(Role.INTERMEDIARY)
def override_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """Which authority answers for sending somebody who refused."""
    view, line = person_on(request, manifest_id, person_id)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        override_refusal(
            desk_for(request.viewer),
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            **form.cleaned_data,
        )
        messages.warning(request, _("Written down, for every party to see."))
        return see_other("crossing-person", manifest_id, person_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "handover/override.html", context, status=status)


def _at(line: object) -> dict[str, object]:
    return {"number": getattr(line, "number", "")}
