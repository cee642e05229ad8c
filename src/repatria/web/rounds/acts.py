"""The pages on which a round is opened, a list committed to, both confirmed, and revealed.

Before anything is signed the page says what will have been said.
"""

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.ledger.kinds.round_opened import Reveals
from repatria.lists.reading import UnreadableFileError, open_list_file
from repatria.lists.release import ReleaseEntry
from repatria.lists.rounds import Round
from repatria.operations.confirming import confirm_both_committed, objections_to_confirming
from repatria.operations.desk import Desk
from repatria.operations.revealing import matched_slots, reveal
from repatria.operations.rounds import (
    amend_list,
    commit_list,
    entries_of_list,
    entries_of_rows,
    lists_to_commit,
    open_round,
    round_of,
)
from repatria.store.queries.peers import peers
from repatria.store.queries.rounds import round_row
from repatria.terms import Objection
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request
from repatria.web.responses import never_stored, see_other
from repatria.web.rounds.forms import CommitForm, OpenForm
from repatria.web.rounds.steps import steps_of
from repatria.web.rounds.views import COMMITS, CONFIRMS, OPENS
from repatria.web.signing import page_for
from repatria.wiring.desks import desk_for, installation_here
from repatria.wiring.uploads import forget_upload, keep_upload


@require_http_methods(["GET", "POST"])
@page_for(*OPENS)
def open_page(request: Request) -> HttpResponseBase:
    """The terms of a new round; then, opened."""
    here = installation_here()
    known = {row.subject.partition(":")[2]: row.title for row in peers(request.viewer)}
    others = [(c, t) for c, t in known.items() if c not in (here.party, INTERMEDIARY)]
    own = [] if here.party == INTERMEDIARY else [(str(here.party), here.title)]
    form = OpenForm(*([request.POST] if request.method == "POST" else []), own=own, others=others)
    enough = len(own) + len(others) > 1
    if request.method == "POST" and form.is_valid():
        round_id = open_round(desk_for(request.viewer), **form.terms)
        messages.success(request, _("The round is open. Packages take it to the others."))
        return see_other("round", round_id.partition(":")[2])
    context = {"form": form, "enough": enough}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "rounds/open.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page_for(*COMMITS)
def commit_page(request: Request, token: str) -> HttpResponseBase:
    """Which list; then, with a signature, committed to, or put in place of the former one."""
    row = round_row(request.viewer, f"round:{token}")
    desk = desk_for(request.viewer)
    ours = next((stand for stand in row.stands if stand["party"] == desk.party), None)
    amends = ours is not None and ours["committed"]
    offered = [(said.list_id, f"{said.title} ({said.lines})") for said in lists_to_commit(desk)]
    given = [request.POST, request.FILES] if request.method == "POST" else []
    form = CommitForm(*given, lists=offered, amends=amends)
    objections: Sequence[Objection] = ()
    if request.method == "POST" and form.is_valid():
        try:
            entries = _entries(desk, form)
        except UnreadableFileError as fault:
            objections = [Objection(code=fault.code, rule=o.rule) for o in fault.objections]
        else:
            if amends:
                reason = form.cleaned_data["reason"]
                amend_list(desk, round_id=row.subject, entries=entries, reason=reason)
            else:
                commit_list(desk, round_id=row.subject, entries=entries)
            messages.success(request, _("Your party has committed to the list."))
            return see_other("round", token)
    context = {"row": row, "form": form, "amends": amends, "objections": objections}
    wrong = bool(form.errors or objections)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "rounds/commit.html", context, status=status)


def _entries(desk: Desk, form: CommitForm) -> tuple[ReleaseEntry, ...]:
    file = form.cleaned_data["file"]
    if not file:
        return entries_of_list(desk, form.cleaned_data["chosen"])
    path = keep_upload(file.chunks())
    try:
        return entries_of_rows(open_list_file(path).rows())
    finally:
        forget_upload(path.name)


@require_http_methods(["GET", "POST"])
@page_for(*CONFIRMS)
def confirm_page(request: Request, token: str) -> HttpResponseBase:
    """What was checked; then, with a signature, that both have committed."""
    row = round_row(request.viewer, f"round:{token}")
    desk = desk_for(request.viewer)
    if request.method == "POST":
        confirm_both_committed(desk, round_id=row.subject)
        messages.success(request, _("You have confirmed that both have committed."))
        return see_other("round", token)
    objections = objections_to_confirming(desk, round_of(desk.log, row.subject))
    context = {"row": row, "parties": steps_of(row), "objections_now": objections}
    return never_stored(render(request, "rounds/confirm.html", context))


@require_http_methods(["GET", "POST"])
@page_for(*OPENS)
def reveal_page(request: Request, token: str) -> HttpResponseBase:
    """What will be shown to whom; then, with a signature, revealed."""
    row = round_row(request.viewer, f"round:{token}")
    desk = desk_for(request.viewer)
    if request.method == "POST" or row.reveals == Reveals.PRIVATE:
        # In a private round there is nothing to ask about: it is refused at once.
        reveal(desk, round_id=row.subject)
        messages.success(request, _("Revealed. Packages take it to the others."))
        return see_other("round", token)
    context = {
        "row": row,
        "parties": steps_of(row),
        "matched": _matched(desk, round_of(desk.log, row.subject)),
    }
    return never_stored(render(request, "rounds/reveal.html", context))


def _matched(desk: Desk, found: Round) -> int | None:
    """How many persons both lists name by our decisions; None where that is not asked."""
    if found.terms.reveals is not Reveals.MATCHED:
        return None
    openings = [
        stand.opening_of(stand.present.commitment)
        for stand in found.stands.values()
        if stand.present is not None
    ]
    first, second = (*openings, None, None)[:2]
    return len(matched_slots(desk, first, second)) if first and second else 0
