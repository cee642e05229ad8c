"""What was made for whom, and how does it stand with each recipient?"""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.operations.packages import DECIDES, revoke_package
from repatria.store.queries.peers import (
    Sent,
    SentState,
    all_packages,
    correspondents,
    packages,
    sent_package,
    sent_packages,
)
from repatria.store.queries.scope import PAGE_SIZE, Page
from repatria.terms import NotVisible
from repatria.web.access import Request
from repatria.web.exports import download, table_file
from repatria.web.package_words import DIRECTIONS
from repatria.web.packages.entry import own_desk_page, titles
from repatria.web.packages.forms import MakeForm, OutboxForm, PassedForm, ReasonForm
from repatria.web.packages.pictures import code_picture
from repatria.web.responses import see_other
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, installation_here
from repatria.wiring.installation import now
from repatria.wiring.outbox import made_file

# A code of more bytes is not read by the cameras of phones with certainty.
MOST_IN_A_CODE = 2_900


def _asked_for(request: Request, asked: dict[str, str]) -> list[Sent]:
    return sent_packages(
        request.viewer, now=now(), to=asked["to"], state=asked["state"], search=asked["q"]
    )


def _page_of(rows: list[Sent], number: int) -> Page:  # type: ignore[type-arg]
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(1, number), pages)
    start = (number - 1) * PAGE_SIZE
    shown = rows[start : start + PAGE_SIZE]
    return Page(rows=shown, number=number, pages=pages, total=len(rows))


@require_http_methods(["GET", "HEAD", "POST"])
@own_desk_page
def outbox(request: Request) -> HttpResponseBase:
    """Packages that were made, one row for each recipient."""
    asked = OutboxForm(request.POST or request.GET).asked
    peers = correspondents(request.viewer, now=now())
    parties = [(p.code, p.row.title) for p in peers]
    context = {
        "peers": peers,
        "parties": parties,
        "page": _page_of(_asked_for(request, asked), int(asked["page"] or 1)),
        "asked": asked,
        "states": list(SentState),
        "form": MakeForm(parties=parties),
    }
    return render(request, "packages/outbox.html", context)


@require_POST
@own_desk_page
def export(request: Request) -> HttpResponseBase:
    """The same rows as a table."""
    asked = OutboxForm(request.POST).asked
    headings = [
        _("Made"),
        _("For"),
        _("State"),
        _("Log up to"),
        _("To be read there"),
        _("Not after"),
        _("Digest"),
    ]
    cells = _cells(_asked_for(request, asked), titles(request.viewer))
    return table_file("outbox", headings, cells, asked_format(request))


def _cells(rows: Sequence[Sent], names: dict[str, str]) -> Iterator[Sequence[object]]:
    for sent in rows:
        until = sent.row.until
        yield [
            sent.row.recorded_at.isoformat(timespec="seconds"),
            names.get(sent.to, sent.to),
            word("sent_state", sent.state),
            sent.row.size,
            sent.row.bodies,
            until.isoformat(timespec="seconds") if until else "",
            sent.digest,
        ]


@require_safe
@own_desk_page
def made(request: Request, digest: str) -> HttpResponseBase:
    """One package that was made: its file, its code, and how to take it back."""
    return _page(request, digest, ReasonForm())


def _page(
    request: Request, digest: str, form: ReasonForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    sent = sent_package(request.viewer, digest, now=now())
    path = made_file(installation_here(), digest)
    length = path.stat().st_size if path is not None else 0
    small = path is not None and length <= MOST_IN_A_CODE
    context = {
        "sent": sent,
        "row": sent[0].row,
        "digest": digest,
        "path": path,
        "length": length,
        "picture": code_picture(path.read_bytes()) if path is not None and small else "",
        "is_revoked": sent[0].state is SentState.REVOKED,
        "may_decide": request.viewer.role in DECIDES,
        "form": form,
    }
    return render(request, "packages/made.html", context, status=status)


@require_safe
@own_desk_page
def file(request: Request, digest: str) -> HttpResponseBase:
    """The sealed file, to be carried."""
    sent_package(request.viewer, digest, now=now())
    path = made_file(installation_here(), digest)
    if path is None:
        raise NotVisible
    return download(path.read_bytes(), path.name, "application/octet-stream")


@require_POST
@own_desk_page
def revoke(request: Request, digest: str) -> HttpResponseBase:
    """Take a package back; its recipients learn it with the next one."""
    desk = desk_for(request.viewer)
    sent_package(request.viewer, digest, now=now())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, digest, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    revoke_package(desk, digest=digest, reason=form.cleaned_data["reason"])
    messages.success(request, _("Taken back. Make a new package: it tells the recipients."))
    return see_other("package-made", digest)


@require_http_methods(["GET", "HEAD", "POST"])
@own_desk_page
def passed(request: Request) -> HttpResponseBase:
    """Everything that passed: made, taken in, refused; newest first."""
    asked = PassedForm(request.POST or request.GET).asked
    page = packages(
        request.viewer,
        **_filter(asked),
        page=int(asked["page"] or 1),
    )
    peers = correspondents(request.viewer, now=now())
    context = {
        "page": page,
        "asked": asked,
        "parties": [(p.code, p.row.title) for p in peers],
        "directions": DIRECTIONS,
    }
    return render(request, "packages/passed.html", context)


def _filter(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "direction": [asked["direction"]] if asked["direction"] else [],
        "peer_code": asked["peer"],
        "search": asked["q"],
    }


@require_POST
@own_desk_page
def passed_export(request: Request) -> HttpResponseBase:
    """The same as a table."""
    asked = PassedForm(request.POST).asked
    rows = all_packages(request.viewer, **_filter(asked))
    names = titles(request.viewer)
    headings = [_("When"), _("What"), _("Party"), _("Log up to"), _("Readable"), _("Digest")]
    cells = (
        [
            row.recorded_at.isoformat(timespec="seconds"),
            word("direction", row.direction),
            names.get(row.peer, row.peer),
            row.size,
            row.bodies,
            row.subject.partition(":")[2],
        ]
        for row in rows
    )
    return table_file("packages", headings, cells, asked_format(request))
