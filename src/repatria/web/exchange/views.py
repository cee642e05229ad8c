"""The pages about terms and plans: what was agreed, who goes, and why not the others.

Whoever accepts sees, before it is signed, exactly what his party will have said.
"""

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.agreement import accept_plan, accept_terms
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.four_eyes import APPROVES
from repatria.planning.agreement import LOTTERIES
from repatria.store.queries import exchange
from repatria.terms import PlanId
from repatria.web.access import Request, desk_page
from repatria.web.documents.signing import act, document_on, may_take_part, signing_view
from repatria.web.documents.written_terms import in_words
from repatria.web.exchange.flow import flow_of
from repatria.web.responses import see_other
from repatria.web.signing import ACCEPTS, page_for

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
            "may_accept": row.version == newest[row.subject]
            and may_take_part(request, row.subject, DocumentKind.TERMS, *ACCEPTS),
        }
        for row in rows
    ]
    context = {"versions": versions}
    return render(request, "exchange/terms.html", context)


@require_http_methods(["GET", "POST"])
@page_for(*APPROVES)
def accept_terms_page(request: Request, terms_id: str) -> HttpResponseBase:
    """What will be accepted; then, with a signature, accepted."""
    document = document_on(request, f"terms:{terms_id}", DocumentKind.TERMS)
    view = signing_view(request, document, *ACCEPTS)
    if request.method == "POST":
        act(
            request,
            view,
            lambda desk, shown: accept_terms(desk, terms_id=terms_id, shown=shown),
            _("Your party has accepted the terms."),
        )
        return see_other("terms")
    context = {"signing": view, "version": view.content["version"]}
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
        "may_accept": may_take_part(request, view.row.subject, DocumentKind.PLAN, *ACCEPTS),
    }
    return render(request, "exchange/plan.html", context)


@require_http_methods(["GET", "POST"])
@page_for(*APPROVES)
def accept_plan_page(request: Request, plan_id: str) -> HttpResponseBase:
    """Exactly whom the acceptance is of; then, with a signature, accepted."""
    plan = exchange.plan(request.viewer, f"plan:{plan_id}")
    subject = PlanId(plan.row.subject)
    view = signing_view(request, document_on(request, subject, DocumentKind.PLAN), *ACCEPTS)
    if request.method == "POST":
        act(
            request,
            view,
            lambda desk, shown: accept_plan(desk, plan_id=subject, shown=shown),
            _("Your party has accepted the plan."),
        )
        return see_other("plan", plan_id)
    context = {"view": plan, "signing": view, "flow": flow_of(plan.selected)}
    return render(request, "exchange/accept_plan.html", context)
