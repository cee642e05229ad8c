"""The pages about terms and plans: what was agreed, who goes, and why not the others.

Whoever accepts sees, before it is signed, exactly what his party will have said.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.agreement import accept_plan, accept_terms
from repatria.planning.agreement import LOTTERIES
from repatria.store.queries import exchange
from repatria.terms import NotVisible, Objection, PlanId, Refusal
from repatria.web.access import Request, desk_page
from repatria.web.exchange.flow import flow_of
from repatria.web.exchange.written_terms import in_words
from repatria.web.responses import see_other
from repatria.web.signing import ACCEPTS, may, page_for
from repatria.wiring.desks import desk_for

PERSONS_PER_PAGE = 50


@require_safe
@desk_page
def terms_page(request: Request) -> HttpResponseBase:
    """Every version of the terms in words, with who accepted it."""
    rows = exchange.terms(request.viewer)
    newest = {row.subject: row.version for row in reversed(rows)}
    versions = [
        {
            "row": row,
            "written": in_words(row.document),
            "is_newest": row.version == newest[row.subject],
            "accepted_by_us": request.viewer.party in row.accepted_by,
        }
        for row in rows
    ]
    context = {"versions": versions, "may_accept": may(request, ACCEPTS)}
    return render(request, "exchange/terms.html", context)


@require_http_methods(["GET", "POST"])
@page_for(*ACCEPTS)
def accept_terms_page(request: Request, terms_id: str) -> HttpResponseBase:
    """What will be accepted; then, with a signature, accepted."""
    rows = [r for r in exchange.terms(request.viewer) if r.subject == f"terms:{terms_id}"]
    if not rows:
        raise NotVisible
    newest = rows[0]
    if request.method == "POST":
        if request.POST.get("digest") != newest.digest:
            # A newer version came in while this one was being read.
            raise Refusal(Objection(code="terms-digest-differs", rule="agreement"))
        accept_terms(desk_for(request.viewer), terms_id=terms_id)
        messages.success(request, _("Your party has accepted the terms."))
        return see_other("terms")
    context = {"row": newest, "written": in_words(newest.document)}
    return render(request, "exchange/accept_terms.html", context)


@require_safe
@desk_page
def plans_page(request: Request) -> HttpResponseBase:
    """Every plan, newest first."""
    page = Paginator(exchange.plans(request.viewer), PERSONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "exchange/plans.html", {"page": page})


@require_safe
@desk_page
def plan_page(request: Request, plan_id: str) -> HttpResponseBase:
    """One plan: who goes, and of everybody else the reason in words."""
    view = exchange.plan(request.viewer, f"plan:{plan_id}")
    written = in_words(view.terms.document) if view.terms is not None else None
    context = {
        "view": view,
        "flow": flow_of(view.selected),
        "written": written,
        "levels": [
            {
                **level,
                "sentence": written.level(level["id"]) if written else "",
                "is_lottery": level["id"] in LOTTERIES,
            }
            for level in view.row.levels
        ],
        "going": Paginator(view.selected, PERSONS_PER_PAGE).get_page(request.GET.get("going")),
        "staying": Paginator(view.left_out, PERSONS_PER_PAGE).get_page(request.GET.get("staying")),
        "may_accept": may(request, ACCEPTS) and request.viewer.party not in view.row.accepted_by,
    }
    return render(request, "exchange/plan.html", context)


@require_http_methods(["GET", "POST"])
@page_for(*ACCEPTS)
def accept_plan_page(request: Request, plan_id: str) -> HttpResponseBase:
    """Exactly whom the acceptance is of; then, with a signature, accepted."""
    view = exchange.plan(request.viewer, f"plan:{plan_id}")
    if request.method == "POST":
        accept_plan(desk_for(request.viewer), plan_id=PlanId(view.row.subject))
        messages.success(request, _("Your party has accepted the plan."))
        return see_other("plan", plan_id)
    context = {"view": view, "flow": flow_of(view.selected)}
    return render(request, "exchange/accept_plan.html", context)
