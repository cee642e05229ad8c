"""What was said in public, and by whom.

Public: a reader may follow every sentence of a bulletin to who said it. Nothing
is averaged and nobody is called a liar.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.claim_corrections import standing_claims
from repatria.record import Measure
from repatria.store.queries import persons, public
from repatria.web.access import Request, desk_page
from repatria.web.record.chart import chart_of
from repatria.web.record.entering import RECORDS_CLAIMS
from repatria.web.record.pictures import held_charts
from repatria.web.record.shown import ShownClaim, by_id, checks_shown, claims_shown, reader
from repatria.web.record.wording import MEASURES
from repatria.web.signing import may
from repatria.wiring.desks import desk_for

CLAIMS_PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def claims_page(request: Request) -> HttpResponseBase:
    """Every claim with its speaker; searched by POST, so that no address holds what was typed."""
    search = request.POST.get("q", "")
    measure = request.POST.get("measure", request.GET.get("measure", ""))
    found = [
        shown
        for shown in claims_shown(request.viewer, search=search)
        if not measure or shown.claim.measure == measure
    ]
    page = Paginator(found, CLAIMS_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "search": search,
        "measure": measure,
        "measures": [(m.value, MEASURES[m]) for m in Measure],
        "chart": chart_of(list(page)),
        "enters": may(request, RECORDS_CLAIMS),
    }
    return render(request, "record/claims.html", context)


@require_safe
def claim_page(request: Request, claim_id: str) -> HttpResponseBase:
    """One claim, what it is compared with, and what came of it."""
    viewer, subject = reader(request.viewer), f"claim:{claim_id}"
    public.claim(viewer, subject)  # not found when it is not his
    claims = by_id(claims_shown(request.viewer))
    shown = claims[claim_id]
    enters = may(request, RECORDS_CLAIMS)
    context = {
        "enters": enters,
        "ours": enters and bool(standing_claims(desk_for(request.viewer).log, claim_id)),
        "shown": shown,
        "beside": [
            ShownClaim(claim=public.claim_in(viewer, row), author=row.author, ref=row.ref)
            for row in public.records_beside(viewer, subject)
        ],
        "parts": [claims[i] for i in shown.claim.parts if i in claims],
        "copied": claims.get(shown.claim.copy_of),
        "replaces": claims.get(shown.claim.supersedes),
        "replaced_by": [s for s in claims.values() if s.claim.supersedes == claim_id],
        "checks": [c for c in checks_shown(request.viewer, claims) if claim_id in c.check.claims],
    }
    return render(request, "record/claim.html", context)


@require_safe
@desk_page
def register_page(request: Request) -> HttpResponseBase:
    """What was said over time, beside what the desk's own register counts today."""
    counted = persons.held_now(request.viewer)
    charts = held_charts(claims_shown(request.viewer), counted)
    return render(request, "record/register.html", {"held": charts})
