"""The desk reads what came through the public form, and decides.

How to reach a writer is opened for one look and is on no other page.
"""

import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from repatria.operations.replies import Decision, contact_of, record_tip, review_reply
from repatria.store.queries import public
from repatria.terms import PersonId, Refusal, Role
from repatria.web.access import Request
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import may, page_for
from repatria.wiring.desks import desk_for

DECIDE = (Role.PRESS, Role.INTERMEDIARY)
READ = (*DECIDE, Role.REGISTRAR)
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@require_safe
@page_for(*READ)
def queue(request: Request) -> HttpResponseBase:
    """Replies, those that wait first."""
    asked = request.GET.get("page", "")
    number = int(asked) if _PAGE_NUMBER.fullmatch(asked) else 1
    state = request.GET.get("state", "waiting")
    page = public.replies(request.viewer, number, state="" if state == "all" else state)
    context = {"page": page, "state": state, "states": ("waiting", "published", "kept", "refused")}
    return never_stored(render(request, "replies/queue.html", context))


@require_safe
@page_for(*READ)
def one(request: Request, token: str) -> HttpResponseBase:
    """One reply, and what can be done with it."""
    return _shown(request, token)


@require_POST
@page_for(*READ)
def contact(request: Request, token: str) -> HttpResponseBase:
    """The reply with how to reach its writer, for one look."""
    public.reply(request.viewer, f"reply:{token}")
    opened = contact_of(desk_for(request.viewer), f"reply:{token}")
    return _shown(request, token, contact=opened)


@require_POST
@page_for(*DECIDE)
def decide(request: Request, token: str) -> HttpResponseBase:
    """Publish, keep or refuse it; then the queue."""
    public.reply(request.viewer, f"reply:{token}")
    decision = request.POST.get("decision", "")
    if decision not in set(Decision):
        return _shown(request, token, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        review_reply(
            desk_for(request.viewer),
            f"reply:{token}",
            Decision(decision),
            text=request.POST.get("text", ""),
            name=request.POST.get("name", ""),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        objections = {"objections": refusal.objections}
        return _shown(request, token, status=HTTPStatus.CONFLICT, **objections)
    messages.success(request, _("Decided, and written down."))
    return see_other("replies")


@require_POST
@page_for(*READ)
def tip(request: Request, token: str) -> HttpResponseBase:
    """Record what it tells about a person; his status stays as it is."""
    public.reply(request.viewer, f"reply:{token}")
    try:
        record_tip(
            desk_for(request.viewer),
            f"reply:{token}",
            person=PersonId(request.POST.get("person", "").strip()),
            words=request.POST.get("words", ""),
        )
    except Refusal as refusal:
        objections = {"objections": refusal.objections}
        return _shown(request, token, status=HTTPStatus.CONFLICT, **objections)
    messages.success(request, _("Recorded as told. No status was changed."))
    return see_other("reply", token)


def _shown(
    request: Request, token: str, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    row = public.reply(request.viewer, f"reply:{token}")
    context = {"row": row, "token": token, "may_decide": may(request, DECIDE), **more}
    return never_stored(render(request, "replies/one.html", context, status=status))
