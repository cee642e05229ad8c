"""The pages about terms and plans: what was agreed, who goes, and why not the others.

Whoever accepts sees, before it is signed, exactly what his party will have said.
"""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.agreement import accept_plan, accept_terms
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.four_eyes import APPROVES
from repatria.store.queries import exchange, planned
from repatria.terms import PlanId
from repatria.web.access import Request, desk_page
from repatria.web.documents.signing import act, document_on, may_take_part, signing_view
from repatria.web.documents.written_terms import in_words
from repatria.web.exchange.asking import asked_for
from repatria.web.exchange.editor import PROPOSES
from repatria.web.exchange.flow import flow_of
from repatria.web.exchange.proofs import levels_of, recount_known
from repatria.web.lists.short import short_list
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import ACCEPTS, FREEZES, may, page_for
from repatria.web.words import CATEGORIES

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
            "may_plan": row.version == newest[row.subject] and bool(row.accepted_by),
        }
        for row in rows
    ]
    context = {"versions": versions, "may_propose": may(request, PROPOSES)}
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


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def plans_page(request: Request) -> HttpResponseBase:
    """Every plan, newest first."""
    headings = [_("Plan"), _("Computed by"), _("Go home"), _("Stay for now"), _("Accepted by")]
    plans = exchange.plans(request.viewer)
    found = short_list(request, "plans", headings, plans, _plan_cells)
    if found.file is not None:
        return found.file
    context = {"page": found.page, "asked": found.asked}
    return render(request, "exchange/plans.html", context)


def _plan_cells(row: Any) -> list[object]:
    going, staying = len(row.selected), len(row.left_out)
    day = row.recorded_at.isoformat(sep=" ", timespec="minutes")
    return [day, row.author, going, staying, " ".join(row.accepted_by)]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def plan_page(request: Request, plan_id: str) -> HttpResponseBase:
    """One plan: who goes, how good it is, and of everybody else the reason in words.

    Names are searched by POST: an address would keep them.
    """
    row = planned.plan_row(request.viewer, f"plan:{plan_id}")
    persons = planned.PlannedPersons(request.viewer, row)
    terms = planned.terms_of(request.viewer, row)
    written = in_words(terms.document) if terms is not None else None
    asked, number = asked_for(request)
    works = may(request, PROPOSES)
    context = {
        "row": row,
        "flow": flow_of(persons.moves(), mirrored=get_language_bidi()),
        "written": written,
        "levels": levels_of(row, written, recount_known(request, plan_id) if works else None),
        "page": persons.page(asked, number),
        "asked": asdict(asked),
        "filtered": asked.anything,
        "holders": persons.holders,
        "codes": persons.codes,
        "categories": CATEGORIES,
        "works": works,
        "others": planned.others_than(request.viewer, row),
        "may_accept": may_take_part(request, row.subject, DocumentKind.PLAN, *ACCEPTS),
        "may_freeze": may(request, FREEZES)
        and {move.holder for move in persons.moves()} <= set(row.accepted_by),
    }
    return never_stored(render(request, "exchange/plan.html", context))


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
    moves = planned.PlannedPersons(request.viewer, plan.row).moves()
    flow = flow_of(moves, mirrored=get_language_bidi())
    context = {"view": plan, "signing": view, "flow": flow}
    return render(request, "exchange/accept_plan.html", context)
