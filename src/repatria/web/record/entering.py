"""How does a desk enter a claim, note a speaker's newer one, and put a slip right?

A new figure of a speaker is a new claim that replaces his earlier one. A slip of our
own is put right under the same id; both records stay in the log.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.operations.claim_corrections import correct_claim, standing_claims
from repatria.operations.publicity import claims_known, record_claims
from repatria.record import Claim
from repatria.store.queries.peers import peers
from repatria.terms import NotVisible, Refusal, Role, Viewer
from repatria.web.access import Request
from repatria.web.record.claim_forms import ClaimForm, typed
from repatria.web.responses import see_other
from repatria.web.signing import page_for
from repatria.wiring.desks import desk_for, installation_here

RECORDS_CLAIMS = (Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)


def party_titles(viewer: Viewer) -> Mapping[str, str]:
    """Code -> title of every party known here, our own among them."""
    here = installation_here()
    known = {row.subject.partition(":")[2]: row.title for row in peers(viewer)}
    return {**known, str(here.party): here.title}


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*RECORDS_CLAIMS)
def new_claim(request: Request) -> HttpResponseBase:
    """A claim with every column, typed in."""
    desk = desk_for(request.viewer)
    claims: dict[str, Claim] = {claim.id: claim for claim in claims_known(desk.log)}
    # The id stands in the form, so that what is sent twice is recorded once.
    fresh = {"id": desk.new_id("claim").partition(":")[2]}
    form = _form(request, claims, fresh)
    if request.method != "POST":
        return _page(request, form)
    return _recorded(request, form, lambda claim: record_claims(desk, (claim,)))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*RECORDS_CLAIMS)
def newer_claim(request: Request, claim_id: str) -> HttpResponseBase:
    """What the same speaker says now, in place of what he said before."""
    desk = desk_for(request.viewer)
    claims: dict[str, Claim] = {claim.id: claim for claim in claims_known(desk.log)}
    if claim_id not in claims:
        raise NotVisible
    before = claims[claim_id]
    own = {"id": desk.new_id("claim").partition(":")[2], "supersedes": claim_id}
    empty = dict.fromkeys(("said_on", "via", "value", "as_of", "parts", "composition", "note"), "")
    form = _form(request, claims, typed(before) | empty | own | {"copy_of": ""})
    if request.method != "POST":
        return _page(request, form, replaced=before)
    return _recorded(request, form, lambda c: record_claims(desk, (c,)), replaced=before)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*RECORDS_CLAIMS)
def put_right(request: Request, claim_id: str) -> HttpResponseBase:
    """A record of our own that does not say what the speaker said."""
    desk = desk_for(request.viewer)
    claims: dict[str, Claim] = {claim.id: claim for claim in claims_known(desk.log)}
    if not standing_claims(desk.log, claim_id):
        raise NotVisible
    wrong = claims[claim_id]
    form = _form(request, claims, typed(wrong))
    form.fields["id"].disabled = True
    if request.method != "POST":
        return _page(request, form, corrected=wrong)
    return _recorded(request, form, lambda claim: correct_claim(desk, claim), corrected=wrong)


def _form(request: Request, claims: Mapping[str, Claim], initial: Mapping[str, Any]) -> ClaimForm:
    return ClaimForm(
        request.POST if request.method == "POST" else None,
        initial=dict(initial),
        claims=claims,
        titles=party_titles(request.viewer),
    )


def _recorded(request: Request, form: ClaimForm, record: Any, **context: Any) -> HttpResponseBase:
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY, **context)
    claim = form.claim()
    try:
        record(claim)
    except Refusal as refusal:
        shown = context | {"objections": refusal.objections}
        return _page(request, form, HTTPStatus.CONFLICT, **shown)
    messages.success(request, _("The claim was recorded."))
    return see_other("claim", claim.id)


def _page(
    request: Request, form: ClaimForm, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    context |= {"form": form, "parties": sorted(party_titles(request.viewer).items())}
    return render(request, "record/claim_form.html", context, status=status)
