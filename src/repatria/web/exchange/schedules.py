"""The pages of schedules: on which day do how many cross, and what if it stops there?

What was proposed is read by every desk that reads the plan. What is computed anew is
nobody's agreement until somebody proposes it with a signature.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.ledger.kinds.schedule_proposed import ScheduleLine
from repatria.ledger.payload import from_json
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.four_eyes import APPROVES
from repatria.operations.plan_questions import kept_schedule
from repatria.operations.schedule_agreement import accept_schedule, propose_schedule
from repatria.operations.schedules import Schedule, schedule_in
from repatria.store.queries.planned import plan_row, schedule_row, schedules_of, terms_of
from repatria.terms import NotVisible, PlanId
from repatria.web.access import Request, desk_page
from repatria.web.documents.signing import act, document_on, may_take_part, signing_view
from repatria.web.documents.written_terms import in_words
from repatria.web.exchange.editor import PROPOSES
from repatria.web.exchange.timeline import timeline_of
from repatria.web.exchange.waiting import ask, job_of_mine, stop
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import ACCEPTS, may, page_for
from repatria.wiring.desks import desk_for
from repatria.wiring.plan_jobs import SCHEDULE

_SECONDS = 60
_ABOUT_CROSSING = ("site-capacity", "crosses-at", "exchange-days", "most-ahead")


class ScheduleForm(forms.Form):
    """What a schedule must keep to."""

    per_day = forms.IntegerField(
        label=gettext_lazy("Persons who can cross in a day"),
        help_text=gettext_lazy("Both directions together."),
        min_value=1,
        max_value=100_000,
        initial=50,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("Empty: as few as possible."),
        min_value=1,
        max_value=365,
        required=False,
    )
    most_ahead = forms.IntegerField(
        label=gettext_lazy("Nobody may be ahead by more than"),
        help_text=gettext_lazy("Empty: the least that is possible is looked for."),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    legs = forms.ChoiceField(
        label=gettext_lazy("Within a day both sides hand over"),
        choices=[
            ("simultaneous", gettext_lazy("at the same moment")),
            ("alternating", gettext_lazy("one after the other, in turns")),
        ],
    )


@require_http_methods(["GET", "POST"])
@desk_page
def schedule_page(request: Request, plan_id: str) -> HttpResponseBase:
    """The schedules that were proposed for a plan; on asking, one that is computed now."""
    row = plan_row(request.viewer, f"plan:{plan_id}")
    works = may(request, PROPOSES)
    known = job_of_mine(request, SCHEDULE, row.subject) if works else None
    computed = kept_schedule(known.value) if known is not None else None
    form = ScheduleForm(request.POST if "per_day" in request.POST else None)
    if request.method == "POST":
        if not works:
            raise Http404
        wanted = request.POST.get("act", "")
        if wanted == "propose" and computed is not None:
            propose_schedule(
                desk_for(request.viewer), plan_id=PlanId(row.subject), schedule=computed
            )
            messages.success(
                request, _("The schedule is proposed. Packages take it to the others.")
            )
            return see_other("plan-schedule", plan_id)
        if wanted == "cancel":
            stop(known)
            return see_other("plan-schedule", plan_id)
        if form.is_valid():
            ask(request, SCHEDULE, row.subject, {**form.cleaned_data, "seconds": _SECONDS})
            return see_other("plan-schedule", plan_id)
    proposed = [_proposed(request, each) for each in schedules_of(request.viewer, row)]
    known_already = computed is not None and any(
        each["row"].schedule == computed.document for each in proposed
    )
    if known_already:
        computed = None
    context = {
        "row": row,
        "works": works,
        "form": form,
        "calculation": known,
        "computed": _shown(computed) if computed else None,
        "known_already": known_already,
        "may_propose": bool(computed and computed.lines),
        "proposed": proposed,
        "rules": _rules(request, row),
    }
    return never_stored(render(request, "exchange/schedule.html", context))


def _shown(schedule: Schedule) -> Mapping[str, Any]:
    return {
        "schedule": schedule,
        "timeline": timeline_of(schedule, mirrored=get_language_bidi()),
        "places": sorted({site for day in schedule.tranches for site in day.places}),
    }


def _proposed(request: Request, row: Any) -> Mapping[str, Any]:
    lines = tuple(from_json(ScheduleLine, line, place=row.subject) for line in row.lines)
    named = {line.day: line.on for line in lines}
    days = [named.get(number + 1, "") for number in range(max(named, default=0))]
    schedule = schedule_in(row.schedule, days=days, lines=lines)
    return {
        **_shown(schedule),
        "row": row,
        "may_accept": may_take_part(request, row.subject, DocumentKind.SCHEDULE, *ACCEPTS),
    }


def _rules(request: Request, row: Any) -> list[Any]:
    """What the terms say of sites and days."""
    terms = terms_of(request.viewer, row)
    if terms is None:
        return []
    about = {
        rule.get("id")
        for rule in terms.document.get("rules", ())
        if rule.get("kind") in _ABOUT_CROSSING
    }
    return [rule for rule in in_words(terms.document).rules if rule.id in about]


@require_http_methods(["GET", "POST"])
@page_for(*APPROVES)
def accept_schedule_page(request: Request, plan_id: str, schedule_id: str) -> HttpResponseBase:
    """Exactly who crosses when, that the acceptance is of; then, with a signature, accepted."""
    row = schedule_row(request.viewer, f"schedule:{schedule_id}")
    if row.plan != f"plan:{plan_id}":
        raise NotVisible
    document = document_on(request, row.subject, DocumentKind.SCHEDULE)
    view = signing_view(request, document, *ACCEPTS)
    if request.method == "POST":
        act(
            request,
            view,
            lambda desk, shown: accept_schedule(desk, schedule_id=row.subject, shown=shown),
            _("Your party has accepted the schedule."),
        )
        return see_other("plan-schedule", plan_id)
    context = {"row": row, "plan": plan_id, "signing": view, "each": _proposed(request, row)}
    return render(request, "exchange/accept_schedule.html", context)
