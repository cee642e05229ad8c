"""Rounds to look at: where each party stands, who was revealed, and what is promised."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from repatria.operations.confirming import objections_to_confirming
from repatria.operations.revealing import may_reveal_now
from repatria.operations.rounds import round_of
from repatria.store.queries.rounds import round_entries, round_row, rounds
from repatria.terms import Role
from repatria.web.access import Request, desk_page
from repatria.web.lists.forms import AskedForm
from repatria.web.responses import never_stored
from repatria.web.rounds.forms import EntriesForm
from repatria.web.rounds.steps import steps_of
from repatria.web.signing import may
from repatria.wiring.desks import desk_for

OPENS = (Role.NEGOTIATOR, Role.INTERMEDIARY)
COMMITS = (Role.NEGOTIATOR,)
CONFIRMS = (Role.INTERMEDIARY,)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_rounds(request: Request) -> HttpResponseBase:
    """Every round the viewer may read."""
    asked = AskedForm(request.POST or request.GET).asked
    found = rounds(request.viewer, search=asked["q"])
    context = {
        "rounds": [{"row": row, "parties": steps_of(row)} for row in found],
        "asked": asked,
        "may_open": may(request, OPENS),
    }
    return render(request, "rounds/all.html", context)


@require_http_methods(["GET", "HEAD"])
@desk_page
def private_page(request: Request) -> HttpResponseBase:
    """The two ways to find whom both lists name, and what each side learns."""
    return render(request, "rounds/private.html", {"may_open": may(request, OPENS)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def one_round(request: Request, token: str) -> HttpResponseBase:
    """One round. Names are searched by POST: an address would keep them."""
    asked = EntriesForm(request.POST or request.GET).asked
    row = round_row(request.viewer, f"round:{token}")
    page = round_entries(
        request.viewer,
        row.subject,
        search=asked["q"],
        party=asked["party"],
        page=asked["page"] or 1,
    )
    context = {
        "row": row,
        "parties": steps_of(row),
        "page": page,
        "asked": asked,
        "acts": _acts(request, row),
    }
    return never_stored(render(request, "rounds/one.html", context))


def _acts(request: Request, row: Any) -> dict[str, object]:
    """What this desk may do next; empty for somebody who may not write here."""
    if not may(request, OPENS):
        return {}
    party = str(request.viewer.party)
    desk = desk_for(request.viewer)
    found = round_of(desk.log, row.subject)
    ours = next((stand for stand in row.stands if stand["party"] == party), None)
    commits = may(request, COMMITS) and ours is not None
    confirms = may(request, CONFIRMS) and row.with_intermediary
    waits = confirms and not row.confirmed and not row.settled
    reveals = CONFIRMS if row.with_intermediary else COMMITS
    objections = objections_to_confirming(desk, found) if waits else ()
    return {
        "commit": commits and ours is not None and not ours["committed"],
        "amend": commits and ours is not None and ours["committed"] and not found.revealed,
        "confirm": waits and not objections,
        "not_yet": objections,
        "reveal": may(request, reveals) and may_reveal_now(found, desk.party),
    }
