"""Pairs of records that may be one person: the queue, one pair, the decision."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.operations.comparison import decide_match
from repatria.store.queries.lists import lists as lists_of
from repatria.store.queries.pairs import UNDECIDED, PairView, pairs, views_of
from repatria.store.queries.pairs import pair as pair_of
from repatria.terms import Objection, Refusal
from repatria.web.access import Request, desk_page
from repatria.web.responses import see_other
from repatria.web.review.forms import DecisionForm, QueueForm
from repatria.web.review.waterfall import waterfall_of
from repatria.wiring.desks import desk_for, sits_here


@require_safe
@desk_page
def queue(request: Request) -> HttpResponseBase:
    """The pairs to decide, the likeliest first."""
    form = QueueForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    decision = asked.get("decision") or UNDECIDED
    page = pairs(
        request.viewer,
        decision="" if decision == "all" else decision,
        page=asked.get("page") or 1,
    )
    context = {
        "page": page,
        "views": views_of(request.viewer, page.rows),
        "decision": decision,
        "decisions": form.fields["decision"].choices,  # type: ignore[attr-defined]
    }
    return render(request, "review/queue.html", context)


@require_safe
@desk_page
def one_pair(request: Request, token: str) -> HttpResponseBase:
    """Two records side by side, with every ground for and against."""
    return _page(request, pair_of(request.viewer, f"pair:{token}"), DecisionForm())


def _page(
    request: Request,
    view: PairView,
    form: DecisionForm,
    objections: tuple[Objection, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "view": view,
        "sides": (view.left, view.right),
        "titles": {v.row.subject: v.row.title for v in lists_of(request.viewer)},
        "waterfall": waterfall_of(view.row.comparisons),
        "form": form,
        "may_decide": sits_here(request.viewer),
        "objections": objections,
    }
    return render(request, "review/pair.html", context, status=status)


@require_POST
@desk_page
def decide(request: Request, token: str) -> HttpResponseBase:
    """Write down a decision; then the next pair, so that the queue is worked off."""
    desk = desk_for(request.viewer)
    view = pair_of(request.viewer, f"pair:{token}")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, view, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        decide_match(
            desk,
            left=view.row.left,
            right=view.row.right,
            decision=MatchDecision(form.cleaned_data["decision"]),
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        return _page(request, view, form, refusal.objections, HTTPStatus.CONFLICT)
    messages.success(request, _("The decision was written down."))
    waiting = pairs(request.viewer).rows
    return (
        see_other("pair", waiting[0].subject.partition(":")[2]) if waiting else see_other("review")
    )
