"""The pages used at the line: small, quick, and usable with gloves on.

A code names nobody in an address; each event is written down as it happens,
and a no is shown with every reason beside the person it is about.
"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.operations.crossing import (
    record_crossing,
    record_examination,
    state_availability,
    state_consent,
)
from repatria.operations.gate import AT_THE_GATE
from repatria.store.queries import exchange
from repatria.store.queries.exchange import ManifestLineView, ManifestView
from repatria.terms import ManifestId, NotVisible, Objection, PersonId, Refusal, Role
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request
from repatria.web.handover.forms import NOT_NOW, CodeForm, ConsentForm, EventForm, ExaminationForm
from repatria.web.responses import see_other
from repatria.web.signing import AT_THE_LINE, page_for
from repatria.web.words import word
from repatria.wiring.desks import desk_for


@require_http_methods(["GET", "POST"])
@page_for(*AT_THE_GATE)
def crossing_page(request: Request, manifest_id: str) -> HttpResponseBase:
    """One field for a code, and how far the handover is; a known code leads to its person."""
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid() and form.stamp is not None:
            request.session["list_in_hand"] = dict(form.stamp)
            messages.success(request, _("From now on checks are made with this printed list."))
            return see_other("crossing", manifest_id)
        if form.is_valid():
            code = form.cleaned_data["code"]
            line = next((each for each in view.lines if each.code == code), None)
            if line is not None:
                token = line.shown.id.partition(":")[2]
                return see_other("crossing-person", manifest_id, token)
            form.add_error("code", _("Nobody on this list has this code. Stop and ask."))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return line_page(request, view, None, form=form, status=status)


@require_safe
@page_for(*AT_THE_GATE)
def crossing_person_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """One person in large letters, and what can be said of him now."""
    view, line = person_on(request, manifest_id, person_id)
    return line_page(request, view, line)


@require_POST
@page_for(*AT_THE_LINE, Role.MEDICAL)
def record_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """Write one event down; a no is shown on the person's own page."""
    view, line = person_on(request, manifest_id, person_id)
    form = EventForm(request.POST)
    if not form.is_valid():
        return line_page(request, view, line, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    event: CrossingEvent = form.cleaned_data["event"]
    desk, pressed = desk_for(request.viewer), form.cleaned_data["pressed_at"]
    try:
        record_crossing(
            desk,
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            event=event,
            mode=form.cleaned_data["mode"] if event is CrossingEvent.DEPARTED else "",
            # A phone's clock that runs ahead is not believed.
            occurred_at=pressed if pressed and pressed <= desk.clock() else None,
        )
    except Refusal as refusal:
        return line_page(
            request, view, line, objections=refusal.objections, status=HTTPStatus.CONFLICT
        )
    done = {"number": line.number, "event": word("crossing", event)}
    messages.success(request, _("Written down: number %(number)s, %(event)s.") % done)
    if event in (CrossingEvent.DEPARTED, CrossingEvent.LOCKED_OUT):
        return see_other("crossing-person", manifest_id, person_id)
    return see_other("crossing", manifest_id)


def line_page(
    request: Request,
    view: ManifestView,
    line: ManifestLineView | None,
    *,
    form: CodeForm | None = None,
    objections: tuple[Objection, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponseBase:
    """The page at the line, with a person on it or only the field for a code."""
    done = sum(number for state, number in view.by_state.items() if state != "waiting")
    on_the_way = sum(view.by_state.get(state, 0) for state in ("departed", "locked_out"))
    context = {
        "view": view,
        "token": view.row.subject.partition(":")[2],
        "form": form or CodeForm(),
        "line": line,
        "objections": objections,
        "crossed": view.by_state.get("crossed", 0),
        "on_the_way": on_the_way,
        "waiting": len(view.lines) - done,
        "may_interview": request.viewer.role is Role.INTERMEDIARY,
        "may_record": request.viewer.role in AT_THE_LINE,
        "may_tell": request.viewer.role in (Role.INTERMEDIARY, Role.MEDICAL)
        and request.viewer.party == INTERMEDIARY,
        "list_in_hand": request.session.get("list_in_hand"),
        "modes": ("bus", "ambulance", "aircraft", "foot"),
    }
    return render(request, "handover/crossing.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page_for(Role.MEDICAL)
def examine_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """The examiner's conclusion on one person."""
    view, line = person_on(request, manifest_id, person_id)
    form = ExaminationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        desk = desk_for(request.viewer)
        said = form.cleaned_data
        record_examination(
            desk,
            manifest_id=ManifestId(view.row.subject),
            person=PersonId(line.shown.id),
            fit_to_travel=said["fit_to_travel"],
            mode=said["mode"],
            valid_until=desk.clock() + said["valid_for"],
            finding=said["finding"],
        )
        messages.success(request, _("The conclusion is written down."))
        return see_other("manifest", manifest_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form}
    return render(request, "handover/examine.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@page_for(Role.INTERMEDIARY)
def consent_page(request: Request, manifest_id: str, person_id: str) -> HttpResponseBase:
    """What one person said about going, asked alone."""
    view, line = person_on(request, manifest_id, person_id)
    first = {"occasion": request.GET.get("occasion") or "interview"}
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        desk = desk_for(request.viewer)
        manifest, person = ManifestId(view.row.subject), PersonId(line.shown.id)
        if said["willing"] == NOT_NOW:
            state_availability(desk, manifest_id=manifest, person=person, available=False)
        else:
            state_consent(
                desk,
                manifest_id=manifest,
                person=person,
                willing=said["willing"] == "yes",
                occasion=said["occasion"],
                may_be_named=said["may_be_named"],
            )
        messages.success(request, _("The answer is written down."))
        if said["occasion"] == "at_the_line":
            return see_other("crossing-person", manifest_id, person_id)
        return see_other("manifest", manifest_id)
    context = {"view": view, "token": manifest_id, "line": line, "form": form}
    return render(request, "handover/consent.html", context, status=_status(form))


def _status(form: ExaminationForm | ConsentForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def person_on(
    request: Request, manifest_id: str, person_id: str
) -> tuple[ManifestView, ManifestLineView]:
    """The manifest and the person's line on it; not found when there is none."""
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    wanted = f"person:{person_id}"
    line = next((each for each in view.lines if each.shown.id == wanted), None)
    if line is None:
        raise NotVisible
    return view, line
