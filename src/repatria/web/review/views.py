"""Pairs of records that may be one person: the queue, one pair, the decision."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.operations.decisions import decide_match
from repatria.store.queries.lists import list_rows
from repatria.store.queries.one_pair import decisions_of, from_one_source, pair_of_lines
from repatria.store.queries.pair_queue import contradicted
from repatria.store.queries.pair_queue import queue as places_of
from repatria.store.queries.pairs import (
    UNDECIDED,
    Filter,
    PairView,
    expected_errors,
    filtered,
    found_by_name,
    pairs,
    proposed_scores,
    sure_from,
    views_of,
)
from repatria.store.queries.pairs import pair as pair_of
from repatria.terms import Objection, Refusal, Viewer
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.responses import never_stored, see_other
from repatria.web.review.contradictions import shown
from repatria.web.review.forms import DecisionForm, QueueForm
from repatria.web.review.waterfall import waterfall_of
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, sits_here


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def queue(request: Request) -> HttpResponseBase:
    """The pairs to decide, the one that changes most first. Names are searched by POST."""
    form, asked = _asked(request)
    wanted = _filter(request.viewer, asked)
    places = places_of(request.viewer) if wanted.decision == UNDECIDED else ()
    page = pairs(request.viewer, wanted, page=asked["page"] or 1, places=places)
    proposed = proposed_scores(request.viewer, wanted)
    context = {
        "page": page,
        "views": views_of(request.viewer, page.rows, places),
        "asked": asked,
        "decision": asked["decision"] or UNDECIDED,
        "decisions": form.fields["decision"].choices,  # type: ignore[attr-defined]
        "lists": list_rows(request.viewer),
        "titles": _titles(request.viewer),
        "expected": expected_errors(proposed),
        "sure_from": sure_from(proposed, most_wrong=0.01),
        "contradictions": len(contradicted(request.viewer)),
    }
    return never_stored(render(request, "review/queue.html", context))


@require_POST
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The pairs as a file, searched and filtered as on the page."""
    _form, asked = _asked(request)
    rows = list(filtered(request.viewer, _filter(request.viewer, asked)))
    titles = _titles(request.viewer)
    return table_file(
        "pairs",
        _headings(),
        (_cells(view, titles) for view in views_of(request.viewer, rows)),
        asked_format(request),
    )


def _asked(request: Request) -> tuple[QueueForm, dict[str, Any]]:
    form = QueueForm(request.POST or request.GET)
    return form, form.asked


def _filter(viewer: Viewer, asked: Mapping[str, Any]) -> Filter:
    decision = asked["decision"] or UNDECIDED
    text = asked["q"].strip()
    return Filter(
        decision="" if decision == "all" else decision,
        list_id=f"list:{asked['list']}" if asked["list"] else "",
        other_id=f"list:{asked['other']}" if asked["other"] else "",
        lines=found_by_name(viewer, text) if text else None,
    )


def _titles(viewer: Viewer) -> Mapping[str, str]:
    return {row.subject: row.title for row in list_rows(viewer)}


def _headings() -> Sequence[str]:
    side = [_("List"), _("Line"), _("Name"), _("Born")]
    made = [_("Likeness"), _("Decision"), _("Reason"), _("Evidence"), _("Decided by")]
    return [_("Pair"), *side, *side, *made]


def _cells(view: PairView, titles: Mapping[str, str]) -> Sequence[object]:
    sides: list[object] = []
    for row in (view.left, view.right):
        sides += (
            [titles.get(row.list_subject, ""), row.number, row.name, row.birth]
            if row
            else ["", "", "", ""]
        )
    return [
        view.row.subject,
        *sides,
        f"{view.percent} %",
        word("decision", view.row.decision or UNDECIDED),
        view.row.reason,
        "; ".join(view.row.evidence),
        view.row.decided_by,
    ]


@require_safe
@desk_page
def one_pair(request: Request, token: str) -> HttpResponseBase:
    """Two records side by side, with every ground for and against."""
    return _page(request, pair_of(request.viewer, f"pair:{token}"), DecisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def two_lines(request: Request, left: str, right: str) -> HttpResponseBase:
    """Two lines as a pair that no comparison need have proposed, and the decision about it."""
    view = pair_of_lines(request.viewer, f"line:{left}", f"line:{right}")
    if request.method == "POST":
        return _decide(request, view)
    return _page(request, view, DecisionForm())


def _page(
    request: Request,
    view: PairView,
    form: DecisionForm,
    objections: tuple[Objection, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    pair, places = view.row.subject, places_of(request.viewer)
    order = [place.pair for place in places]
    at = order.index(pair) if pair in order else -1
    following = order[at + 1 :] or order[:1]
    against = [
        c for c in contradicted(request.viewer) if (view.row.left, view.row.right) in c.pairs
    ]
    context = {
        "view": view,
        "sides": (view.left, view.right),
        "titles": _titles(request.viewer),
        "waterfall": waterfall_of(
            view.row.comparisons, score_ppm=view.row.score_ppm, mirrored=get_language_bidi()
        ),
        "place": places[at] if at >= 0 else None,
        "following": following[0] if following and following[0] != pair else "",
        "waiting": len(order),
        "history": decisions_of(request.viewer, pair),
        "one_source": from_one_source(request.viewer, view),
        "against": shown(request.viewer, against),
        "form": form,
        "may_decide": sits_here(request.viewer),
        "objections": objections,
    }
    return render(request, "review/pair.html", context, status=status)


@require_POST
@desk_page
def decide(request: Request, token: str) -> HttpResponseBase:
    """Write down a decision; then the next pair, so that the queue is worked off."""
    return _decide(request, pair_of(request.viewer, f"pair:{token}"))


def _decide(request: Request, view: PairView) -> HttpResponse:
    desk = desk_for(request.viewer)
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
            evidence=form.cleaned_data["evidence"].splitlines(),
        )
    except Refusal as refusal:
        return _page(request, view, form, refusal.objections, HTTPStatus.CONFLICT)
    messages.success(request, _("The decision was written down."))
    waiting = places_of(request.viewer)
    return see_other("pair", waiting[0].pair.partition(":")[2]) if waiting else see_other("review")
