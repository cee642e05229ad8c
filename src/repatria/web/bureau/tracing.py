"""Families' requests at the desk that answers them, and the code by which a family checks."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from repatria.ledger.kinds.tracing_answered import TracingAnswer
from repatria.ledger.kinds.tracing_linked import TracingLink
from repatria.operations.tracing import (
    answer_request,
    is_our_notice,
    link_request,
    unlisted_requests,
)
from repatria.store.queries.bureau import all_tracing, requests_by_id, requests_named
from repatria.store.queries.bureau import tracing as tracing_of
from repatria.store.queries.lists import lines_by_id
from repatria.terms import Role
from repatria.web.access import Request
from repatria.web.dialogue_words import LINKS, TRACING
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import page_for
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, installation_here

ANSWERS_FAMILIES = (Role.REGISTRAR, Role.INTERMEDIARY)


class TracingForm(AskedForm):
    """Which requests to show."""

    answer = forms.ChoiceField(required=False, choices=[("", ""), ("none", ""), *TRACING.items()])


class ReplyForm(forms.Form):
    """What is said to a family."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=TRACING.items)
    searched = forms.CharField(
        label=gettext_lazy("Where was searched"),
        help_text=gettext_lazy("The family reads this."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LinkForm(forms.Form):
    """To which record a request is linked."""

    record = forms.CharField(label=gettext_lazy("Person or line, by id"), max_length=200)
    link = forms.ChoiceField(label=gettext_lazy("Link"), choices=LINKS.items)


def _asked(request: Request) -> dict[str, Any]:
    return TracingForm(request.POST or request.GET).asked


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*ANSWERS_FAMILIES)
def requests(request: Request) -> HttpResponseBase:
    """Requests of families, searched by POST: an address would keep the names."""
    asked = _asked(request)
    page = tracing_of(
        request.viewer, search=asked["q"], answer=asked["answer"], page=asked["page"] or 1
    )
    context = {"page": page, "asked": asked, "answers": TRACING}
    return never_stored(render(request, "bureau/tracing.html", context))


@require_POST
@page_for(*ANSWERS_FAMILIES)
def export(request: Request) -> HttpResponseBase:
    """The same as a file."""
    asked = _asked(request)
    rows = all_tracing(request.viewer, search=asked["q"], answer=asked["answer"])
    headings = [_("Request"), _("Name"), _("Born"), _("Who asks"), _("Asked on"), _("Answer")]
    cells = (
        [
            row.subject,
            row.sought,
            row.birth,
            row.relation,
            row.recorded_at.date().isoformat(),
            word("tracing", row.answer) if row.answer else "",
        ]
        for row in rows
    )
    return table_file("tracing", headings, cells, asked_format(request))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*ANSWERS_FAMILIES)
def one(request: Request, token: str) -> HttpResponseBase:
    """One request with its links and answers, and the forms to add to them."""
    subject = f"tracing:{token}"
    row = requests_by_id(request.viewer, [subject]).get(subject)
    if row is None:
        raise Http404
    links = "link" in request.POST
    sent = request.method == "POST"
    reply = ReplyForm(request.POST if sent and not links else None)
    link = LinkForm(request.POST if sent and links else None)
    form = link if links else reply
    if sent and form.is_valid():
        desk, said = desk_for(request.viewer), form.cleaned_data
        if links:
            link_request(desk, subject, said["record"].strip(), TracingLink(said["link"]))
            messages.success(request, _("The link was noted."))
        else:
            code = TracingAnswer(said["answer"])
            answer_request(desk, subject, code, searched=said["searched"])
            messages.success(request, _("The family was answered."))
        return see_other("tracing-one", token)
    context = {"row": row, "reply": reply, "link": link}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return never_stored(render(request, "bureau/request.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*ANSWERS_FAMILIES)
def unlisted(request: Request) -> HttpResponseBase:
    """Families that ask for somebody whom no outgoing list of ours names."""
    form = AskedForm(request.POST)
    asked = form.asked
    context = {"found": _unlisted(request, asked["q"]), "asked": asked}
    return never_stored(render(request, "bureau/unlisted.html", context))


@require_POST
@page_for(*ANSWERS_FAMILIES)
def unlisted_export(request: Request) -> HttpResponseBase:
    """The same as a file."""
    form = AskedForm(request.POST)
    asked = form.asked
    headings = [_("Request"), _("Name"), _("Born"), _("Nearest line"), _("Likeness")]
    cells = (
        [row.subject, row.sought, row.birth, line.name if line else "", f"{percent} %"]
        for row, line, percent in _unlisted(request, asked["q"])
    )
    return table_file("unlisted", headings, cells, asked_format(request))


def _unlisted(request: Request, search: str) -> Sequence[tuple[Any, Any, int]]:
    found = unlisted_requests(desk_for(request.viewer))
    if search.strip():
        meant = requests_named(request.viewer, search)
        found = tuple(each for each in found if each.request in meant)
    rows = requests_by_id(request.viewer, [each.request for each in found])
    lines = lines_by_id(request.viewer, [each.nearest for each in found])
    return [
        (rows[each.request], lines.get(each.nearest), round(each.score_ppm / 10_000))
        for each in found
        if each.request in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def check_notice(request: Request) -> HttpResponseBase:
    """Whether a code stands under a notice of this office; told to anybody, and nothing else."""
    typed = request.POST.get("code", "")[:40]
    ours = is_our_notice(installation_here().log(), typed) if typed else None
    context = {"typed": typed, "ours": ours}
    return never_stored(render(request, "bureau/notice.html", context))
