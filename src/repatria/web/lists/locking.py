"""Names promised to one exchange alone: which they are, and who may open them.

A name that is locked for one channel enters no plan of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from repatria.operations.name_locks import lock_names, open_locks
from repatria.store.queries.dialogue import locks_of_list
from repatria.store.queries.lists import lines_by_id, list_view
from repatria.terms import LineId, Refusal
from repatria.web.access import Request, desk_page
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import LOCKS, may, page_for
from repatria.wiring.desks import desk_for


class LockForm(forms.Form):
    """For which exchange names are locked."""

    channel = forms.CharField(
        label=gettext_lazy("For which exchange or channel"),
        help_text=gettext_lazy("Its id, or how both sides call it. No other may use the name."),
        max_length=120,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedName:
    """A line with the lock on it."""

    row: Any
    lock: Any
    ours: bool


@require_http_methods(["GET", "HEAD"])
@desk_page
def locks(request: Request, token: str) -> HttpResponseBase:
    """The names of a list that are promised, and to what."""
    return _page(request, token, LockForm())


def _page(
    request: Request,
    token: str,
    form: LockForm,
    *,
    chosen: Sequence[Any] = (),
    **more: Any,
) -> HttpResponseBase:
    status = more.pop("status", HTTPStatus.OK)
    view = list_view(request.viewer, f"list:{token}")
    held = locks_of_list(request.viewer, view.row.subject)
    rows = lines_by_id(request.viewer, list(held))
    locked = [
        LockedName(row=rows[line], lock=each, ours=each.by == request.viewer.party)
        for line, found in held.items()
        if line in rows
        for each in found
    ]
    context = {
        "view": view,
        "locked": sorted(locked, key=lambda each: each.row.number),
        "form": form,
        "chosen": chosen,
        "may_lock": may(request, LOCKS),
        **more,
    }
    return never_stored(render(request, "lists/locks.html", context, status=status))


@require_POST
@page_for(*LOCKS)
def lock(request: Request, token: str) -> HttpResponseBase:
    """Lock the chosen names, or open our own locks on them; all of them or none."""
    view = list_view(request.viewer, f"list:{token}")
    wanted = [f"line:{each}" for each in request.POST.getlist("line")]
    chosen = sorted(lines_by_id(request.viewer, wanted).values(), key=lambda row: row.number)
    chosen = [row for row in chosen if row.list_subject == view.row.subject]
    if not chosen:
        messages.error(request, _("No line was chosen. Go back and tick the lines."))
        return see_other("list", token)
    form = LockForm(request.POST if "channel" in request.POST else None)
    opens = "open" in request.POST
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, token, form, chosen=chosen, status=status)
    act = open_locks if opens else lock_names
    lines = [LineId(row.subject) for row in chosen]
    try:
        act(desk_for(request.viewer), lines, channel=form.cleaned_data["channel"])
    except Refusal as refusal:
        shown = {"objections": refusal.objections, "status": HTTPStatus.CONFLICT}
        return _page(request, token, form, chosen=() if opens else chosen, **shown)
    if opens:
        text = ngettext("%(count)d lock was opened.", "%(count)d locks were opened.", len(lines))
    else:
        text = ngettext("%(count)d name was locked.", "%(count)d names were locked.", len(lines))
    messages.success(request, text % {"count": len(lines)})
    return see_other("list-locks", token)
