"""The form by which a reader answers or tells something, without account, cookie or script.

It needs no token against forgery across sites: it knows nobody, so there is nobody
whose authority another site could borrow; anybody may send it from anywhere. What
it needs is protection from floods: see `flood`.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from repatria.operations.replies import MOST_CONTACT, MOST_NAME, MOST_TEXT, Purpose, take_reply
from repatria.store.queries import public
from repatria.terms import NotVisible, Refusal
from repatria.terms.parties import ANONYMOUS
from repatria.web.access import Request
from repatria.web.public.flood import filled_in_time, form_token, too_many
from repatria.web.public.page import never_kept, public_page
from repatria.wiring.desks import public_desk
from repatria.wiring.passphrases import LockedError


class ReplyForm(forms.Form):
    """What a reader writes; only the text is required."""

    purpose = forms.ChoiceField(
        label=_("What is this?"),
        choices=[
            (Purpose.REPLY.value, _("An answer, to be published after it was read")),
            (Purpose.TIP.value, _("Information for the desk alone; it is never published")),
        ],
        initial=Purpose.REPLY.value,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Your words"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )
    name = forms.CharField(
        label=_("Name to publish"),
        help_text=_("You need not give one."),
        max_length=MOST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("How the desk can reach you"),
        help_text=_("Never shown. It is sealed when you send it, and only the desk can open it."),
        max_length=MOST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


@csrf_exempt  # why: see the docstring of this module
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def answer(request: Request, language: str, token: str = "") -> HttpResponse:
    """The form, and what became of it; about a bulletin or about anything."""
    row = None
    if token:
        versions = public.bulletin_versions(ANONYMOUS, f"bulletin:{token}")
        if not versions:
            raise NotVisible
        row = max(versions, key=lambda r: (r.version, r.language == language))
    context: dict[str, Any] = {"language": language, "row": row, "token": token}
    if request.method != "POST":
        return _form(request, context, ReplyForm())
    form = ReplyForm(request.POST)
    # Nobody who reads fills in a field that is not shown; a program that does is told all is well.
    if request.POST.get("website"):
        return _done(request, context, "")
    if not form.is_valid():
        return _form(request, context, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not filled_in_time(request.POST.get("given", "")):
        return _form(request, context | {"again": True}, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if too_many(request.META.get("REMOTE_ADDR", "")):
        return _form(request, context | {"later": True}, form, HTTPStatus.TOO_MANY_REQUESTS)
    return _taken(request, context, form)


def _taken(request: Request, context: dict[str, Any], form: ReplyForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        reply_id = take_reply(
            public_desk(),
            purpose=Purpose(said["purpose"]),
            text=said["text"],
            answers=context["row"].subject if context["row"] is not None else "",
            name=said["name"],
            contact=said["contact"],
            language=context["language"],
        )
    except Refusal as refusal:
        context["objections"] = refusal.objections
        return _form(request, context, form, HTTPStatus.CONFLICT)
    except LockedError:
        return _form(request, context | {"closed": True}, form, HTTPStatus.SERVICE_UNAVAILABLE)
    return _done(request, context, reply_id)


def _form(
    request: Request, context: dict[str, Any], form: ReplyForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = context | {"form": form, "given": form_token()}
    return never_kept(render(request, "open/answer.html", context, status=status))


def _done(request: Request, context: dict[str, Any], reply_id: str) -> HttpResponse:
    context = context | {"done": True, "receipt": reply_id}
    return never_kept(render(request, "open/answer.html", context))
