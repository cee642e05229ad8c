"""Erasures with who has acknowledged them; and the page on which a registrar erases."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.statement import Entry
from repatria.operations.erasure import (
    ON_OPEN_MANIFEST,
    Erasure,
    ErasurePlan,
    erase,
    erasures,
    plan_erasure,
)
from repatria.store.queries.persons import person as person_of
from repatria.terms import Objection, Refusal, Role
from repatria.web.access import Request, desk_page
from repatria.web.lists.short import short_list
from repatria.web.responses import see_other
from repatria.web.signing import page_for
from repatria.web.words import ERASURE_REASONS, word
from repatria.wiring.desks import desk_for, installation_here, sits_here
from repatria.wiring.residues import Cleaned, clean


class EraseForm(forms.Form):
    """The reason, and the number of statements typed by hand."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", ""), *((str(r), ERASURE_REASONS[r]) for r in ErasureReason)],
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number of statements to erase, typed by hand"), min_value=0
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_erasures(request: Request) -> HttpResponseBase:
    """What was erased, newest first; for the installation's own people."""
    if not sits_here(request.viewer):
        raise Http404
    found = erasures(desk_for(request.viewer).log)
    newest = sorted(found, key=lambda e: e.entry.statement.recorded_at, reverse=True)
    done = [_row(each) for each in newest if not each.is_request]
    headings = [_("When"), _("By"), _("Log and places"), _("Reason"), _("Acknowledged by")]
    shown = short_list(request, "erasures", headings, done, _cells)
    if shown.file is not None:
        return shown.file
    context = {
        "page": shown.page,
        "asked": shown.asked,
        "requests": [_row(each) for each in newest if each.is_request],
    }
    return render(request, "erasures/all.html", context)


def _cells(row: "Row") -> Sequence[object]:
    reason = word("erasure_reason", row.said.reason)
    places = f"{row.said.origin} {row.said.places}"
    when = row.recorded_at.isoformat(sep=" ", timespec="minutes")
    return [when, row.by, places, reason, " ".join(row.acknowledged)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One erasure as shown."""

    said: StatementErased
    by: str
    recorded_at: datetime
    told: bool
    acknowledged: Sequence[str]
    waiting_for: Sequence[str]


def _row(each: Erasure) -> Row:
    return Row(
        said=each.said,
        by=each.entry.origin,
        recorded_at=each.entry.statement.recorded_at,
        told=bool(each.told),
        acknowledged=sorted(each.acknowledged),
        waiting_for=sorted(each.waiting_for),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(Role.REGISTRAR)
def erase_person(request: Request, token: str) -> HttpResponseBase:
    """What would go with a person; once reason and number are given, it goes."""
    view = person_of(request.viewer, f"person:{token}")
    person = str(view.record.person)
    desk = desk_for(request.viewer)
    overriding = [ON_OPEN_MANIFEST] if request.POST.get("although") == ON_OPEN_MANIFEST else []
    plan = plan_erasure(desk, subjects=[person], overriding=overriding)
    if request.method != "POST":
        return _page(request, person, plan, EraseForm(), plan.objections)
    form = EraseForm(request.POST)
    if form.is_valid() and form.cleaned_data["number"] != plan.count:
        form.add_error("number", _("That is not the number of statements shown."))
    if not form.is_valid():
        return _page(request, person, plan, form, plan.objections, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        erase(
            desk,
            subjects=[person],
            reason=ErasureReason(form.cleaned_data["reason"]),
            overriding=overriding,
        )
    except Refusal as refusal:
        return _page(request, person, plan, form, refusal.objections, HTTPStatus.CONFLICT)
    _say(request, plan.count, clean(installation_here()))
    return see_other("erasures")


def _page(
    request: Request,
    person: str,
    plan: ErasurePlan,
    form: EraseForm,
    objections: Sequence[Objection],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "person": person,
        "plan": plan,
        "ours": _counted(plan.ours),
        "copies": _counted(plan.copies),
        "kept": _counted(plan.kept),
        "form": form,
        "objections": objections,
        "may_override": {each.code for each in objections} == {ON_OPEN_MANIFEST},
        "override": ON_OPEN_MANIFEST,
        "overridden": bool(plan.overridden),
    }
    return render(request, "erasures/erase.html", context, status=status)


def _counted(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    return sorted(Counter(entry.statement.kind for entry in entries).items())


def _say(request: Request, count: int, cleaned: Cleaned) -> None:
    text = ngettext(
        "%(count)d statement was erased here.", "%(count)d statements were erased here.", count
    )
    messages.success(request, text % {"count": count})
    if cleaned.deleted:
        files = ", ".join(cleaned.deleted)
        messages.success(
            request, _("Files that held it were deleted: %(files)s") % {"files": files}
        )
    for residue in cleaned.left:
        text = _("Not removed: %(where)s (%(code)s). Ask whoever looks after the machine.")
        messages.warning(request, text % {"where": residue.where, "code": residue.code})
