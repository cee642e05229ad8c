"""Who told two stories, what is frozen, and who can check it?"""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from repatria.ledger.fork import Evidence
from repatria.operations.forks import evidence_against
from repatria.store.queries.peers import peer
from repatria.terms import PartyCode
from repatria.web.access import Request
from repatria.web.exports import download
from repatria.web.packages.entry import isolated, own_desk_page
from repatria.web.packages.pictures import code_picture, fork_picture
from repatria.wiring.desks import desk_for


def _evidence(request: Request, party: str) -> Evidence:
    return evidence_against(desk_for(request.viewer).log, PartyCode(party))


@require_safe
@own_desk_page
def fork(request: Request, party: str) -> HttpResponseBase:
    """What happened, as a picture and in words; what stopped, and what to do now."""
    evidence = _evidence(request, party)
    row = peer(request.viewer, party)
    raw = evidence.raw
    context = {
        "code": party,
        "title": row.title,
        "name": isolated(row.title),
        "peer": row,
        "picture": fork_picture(evidence),
        "length": len(raw),
        "qr": code_picture(raw),
    }
    return render(request, "packages/fork.html", context)


@require_safe
@own_desk_page
def evidence_file(request: Request, party: str) -> HttpResponseBase:
    """The evidence as a file that anybody who knows the party's keys can check."""
    raw = _evidence(request, party).raw
    return download(raw, f"{party}.fork", "application/octet-stream")
