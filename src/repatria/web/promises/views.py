"""What was promised, what is overdue, and the receipt each side signs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.operations.commitments import (
    record_commitment,
    sign_for_commitment,
    tell_about_commitment,
)
from repatria.record.commitments import Commitment, Promise, Side, Verdict
from repatria.store.queries import public
from repatria.terms import Refusal, Role
from repatria.web.access import Request, desk_page
from repatria.web.lists.short import ShortList, short_list
from repatria.web.promise_words import COMMITMENT_STATES
from repatria.web.promises.forms import PromiseForm, PromisesForm, ReceiptForm, ToldForm
from repatria.web.responses import see_other
from repatria.web.signing import may, page_for
from repatria.web.words import word
from repatria.wiring.desks import desk_for

RECORD = (Role.NEGOTIATOR, Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)
SIGN = (Role.NEGOTIATOR, Role.REGISTRAR, Role.INTERMEDIARY, Role.HANDOVER_OFFICER)
TELL = (Role.PRESS, Role.INTERMEDIARY, Role.REGISTRAR)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_promises(request: Request) -> HttpResponseBase:
    """Every promise the party may read, by the day it is due; searched by POST."""
    found = _found(request, PromisesForm(request.POST or request.GET))
    return found.file or _list(request, PromiseForm(), found)


def _found(request: Request, form: PromisesForm) -> ShortList[Commitment]:
    """The promises that are asked for, on the page or as a file."""
    today, state = _today(), form.asked["state"]
    headings = [
        _("What"),
        _("In these words"),
        _("Who promised"),
        _("To whom"),
        _("How many"),
        _("Of what"),
        _("Due"),
        _("Where it stands"),
        _("Receipts"),
        _("What others say"),
        _("Where it was said"),
    ]
    every = public.commitments(request.viewer)
    rows = [each for each in every if state in ("", each.state(today))]
    found = short_list(request, "promises", headings, rows, lambda each: _cells(each, today))
    return replace(found, asked=form.asked)


def _list(
    request: Request, form: forms.Form, found: ShortList[Commitment], **more: Any
) -> HttpResponseBase:
    status = more.pop("status", HTTPStatus.OK)
    today = _today()
    context = {
        "rows": [(c, c.state(today), c.contradicted_by(today)) for c in found.page.rows],
        "page": found.page,
        "asked": found.asked,
        "searched": bool(found.asked["q"] or found.asked["state"]),
        "states": COMMITMENT_STATES,
        "form": form,
        "may_record": may(request, RECORD),
        "link_promises": True,
        **more,
    }
    return render(request, "promises/all.html", context, status=status)


@require_POST
@page_for(*RECORD)
def record(request: Request) -> HttpResponseBase:
    """Write a promise down."""
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _list(request, form, _every(request), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        record_commitment(desk_for(request.viewer), **{**said, "what": Promise(said["what"])})
    except Refusal as refusal:
        shown: dict[str, Any] = {"status": HTTPStatus.CONFLICT, "objections": refusal.objections}
        return _list(request, form, _every(request), **shown)
    messages.success(request, _("The promise is recorded."))
    return see_other("promises")


@require_safe
@desk_page
def one(request: Request, token: str) -> HttpResponseBase:
    """One promise with its receipts."""
    return _one(request, token)


def _one(request: Request, token: str, **more: Any) -> HttpResponseBase:
    status = more.pop("status", HTTPStatus.OK)
    promise = public.commitment(request.viewer, f"commitment:{token}")
    today = datetime.now(UTC).date()
    context = {
        "rows": [(promise, promise.state(today), promise.contradicted_by(today))],
        "promise": promise,
        "token": token,
        "receipt_form": ReceiptForm(),
        "told_form": ToldForm(),
        "may_sign": may(request, SIGN),
        "may_tell": may(request, TELL),
        **more,
    }
    return render(request, "promises/one.html", context, status=status)


@require_POST
@page_for(*SIGN)
def sign(request: Request, token: str) -> HttpResponseBase:
    """Sign for what our side delivered or received."""
    public.commitment(request.viewer, f"commitment:{token}")
    form = ReceiptForm(request.POST)

    def do(said: dict[str, Any]) -> None:
        sign_for_commitment(
            desk_for(request.viewer),
            f"commitment:{token}",
            **{**said, "side": Side(said["side"])},
        )

    return _done(request, token, form, do, "receipt_form")


@require_POST
@page_for(*TELL)
def tell(request: Request, token: str) -> HttpResponseBase:
    """Record what somebody said in public about it."""
    public.commitment(request.viewer, f"commitment:{token}")
    form = ToldForm(request.POST)

    def do(said: dict[str, Any]) -> None:
        tell_about_commitment(
            desk_for(request.viewer),
            f"commitment:{token}",
            **{**said, "says": Verdict(said["says"])},
        )

    return _done(request, token, form, do, "told_form")


def _done(
    request: Request,
    token: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], None],
    name: str,
) -> HttpResponseBase:
    if not form.is_valid():
        shown: dict[str, Any] = {name: form, "status": HTTPStatus.UNPROCESSABLE_ENTITY}
        return _one(request, token, **shown)
    try:
        do(form.cleaned_data)
    except Refusal as refusal:
        shown = {name: form, "status": HTTPStatus.CONFLICT, "objections": refusal.objections}
        return _one(request, token, **shown)
    messages.success(request, _("Written down."))
    return see_other("promise", token)


def _every(request: Request) -> ShortList[Commitment]:
    """All promises, where the form that was sent is about something else."""
    return _found(request, PromisesForm({}))


def _today() -> date:
    return datetime.now(UTC).date()


def _cells(each: Commitment, today: date) -> Sequence[object]:
    receipts = [f"{r.signed_by} {word('side', r.side)} {r.on} {r.ref}" for r in each.receipts]
    told = [f"{t.speaker} {word('verdict', t.says)} {t.said_on}" for t in each.told]
    return [
        word("promise", each.what),
        each.words,
        each.promised_by,
        each.promised_to,
        "" if each.amount is None else each.amount,
        each.unit,
        each.due or "",
        word("commitment", each.state(today)),
        "; ".join(receipts),
        "; ".join(told),
        each.source,
    ]
