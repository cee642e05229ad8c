"""What waits, what would it bring, and is it taken in?

Looking writes nothing. Taking in, refusing and removing are separate acts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.fork import ForkError
from repatria.ledger.package import MAX_FILE_BYTES
from repatria.operations.forks import accused_of
from repatria.operations.package_states import STATE_WORDS, PackageState
from repatria.operations.packages import DECIDES
from repatria.operations.preview import Preview
from repatria.operations.receiving import TakenIn
from repatria.web.access import Request
from repatria.web.exports import table_file
from repatria.web.messages import fault_sentence
from repatria.web.package_words import PACKAGE_STATES
from repatria.web.packages.entry import isolated, own_desk_page, titles
from repatria.web.packages.forms import InboxForm, PackageForm, ReasonForm
from repatria.web.packages.pictures import bars_of
from repatria.web.responses import see_other
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, installation_here
from repatria.wiring.inbox import (
    WaitingPackage,
    accept_waiting,
    keep_package,
    refuse_waiting,
    remove_waiting,
    waiting_package,
    waiting_packages,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A waiting package with its words."""

    waiting: WaitingPackage
    sender: str
    sentence: str
    next: str
    fault: str

    @property
    def preview(self) -> Preview:
        """What it would bring."""
        return self.waiting.preview


def _shown(waiting: WaitingPackage, names: dict[str, str]) -> Shown:
    seen = waiting.preview
    words = STATE_WORDS[seen.state]
    sender = names.get(seen.sender, seen.sender) if seen.sender else ""
    party = {"party": isolated(sender or _("its sender"))}
    return Shown(
        waiting=waiting,
        sender=sender,
        sentence=_(words.sentence) % party,
        next=_(words.next) % party,
        fault=fault_sentence(seen.code) if seen.code else "",
    )


def _asked_for(request: Request, asked: dict[str, str]) -> Sequence[Shown]:
    found = waiting_packages(installation_here(), desk_for(request.viewer))
    names = titles(request.viewer)
    search = asked["q"].strip().lower()
    return [
        _shown(each, names)
        for each in found
        if (not asked["state"] or each.preview.state == asked["state"])
        and (not search or _fits(each, search, names))
    ]


def _fits(each: WaitingPackage, search: str, names: dict[str, str]) -> bool:
    sender = each.preview.sender or ""
    said = (each.path.name, each.preview.digest, sender, names.get(sender, ""))
    return any(search in text.lower() for text in said)


@require_http_methods(["GET", "HEAD", "POST"])
@own_desk_page
def inbox(request: Request) -> HttpResponseBase:
    """The files that wait, each with how it stands with it."""
    asked = InboxForm(request.POST or request.GET).asked
    context = {"rows": _asked_for(request, asked), "asked": asked, "form": PackageForm()}
    context |= {"states": PACKAGE_STATES}
    return render(request, "packages/inbox.html", context)


@require_POST
@own_desk_page
def export(request: Request) -> HttpResponseBase:
    """The list of files as a table."""
    asked = InboxForm(request.POST).asked
    headings = [
        _("Arrived"),
        _("From"),
        _("State"),
        _("New"),
        _("To be read here"),
        _("Withheld"),
        _("File"),
        _("Digest"),
    ]
    return table_file("inbox", headings, _cells(_asked_for(request, asked)), asked_format(request))


def _cells(rows: Sequence[Shown]) -> Iterator[Sequence[object]]:
    for row in rows:
        seen = row.preview
        yield [
            row.waiting.arrived.isoformat(timespec="seconds"),
            row.sender,
            word("package_state", seen.state),
            seen.new,
            seen.new_readable,
            seen.withheld,
            row.waiting.path.name,
            seen.digest,
        ]


@require_POST
@own_desk_page
def upload(request: Request) -> HttpResponseBase:
    """A file put into the inbox; looked at next, not taken in."""
    form = PackageForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a package file first."))
        return see_other("package-inbox")
    file = form.cleaned_data["file"]
    if file.size > MAX_FILE_BYTES:
        messages.error(request, _("The file is larger than any package."))
        return see_other("package-inbox")
    return see_other("package-preview", keep_package(installation_here(), file.chunks()))


@require_safe
@own_desk_page
def preview(request: Request, digest: str) -> HttpResponseBase:
    """What a package would bring."""
    return _page(request, digest, ReasonForm())


def _page(
    request: Request, digest: str, form: ReasonForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    found = waiting_package(installation_here(), desk_for(request.viewer), digest)
    shown = _shown(found, titles(request.viewer))
    context = {
        "shown": shown,
        "seen": shown.preview,
        "bars": bars_of(shown.preview),
        "form": form,
        "may_decide": request.viewer.role in DECIDES,
        "is_fork": shown.preview.state is PackageState.FORK,
        "is_frozen": shown.preview.state is PackageState.FROZEN,
    }
    return render(request, "packages/preview.html", context, status=status)


@require_POST
@own_desk_page
def accept(request: Request, digest: str) -> HttpResponseBase:
    """Take a package in; a fork is noted with its evidence, and shown."""
    desk = desk_for(request.viewer)
    try:
        taken = accept_waiting(installation_here(), desk, digest)
    except ForkError as fork:
        messages.error(request, _("The evidence is written down, and the log is frozen."))
        return see_other("package-fork", accused_of(fork.evidence))
    _say_taken(request, taken, titles(request.viewer))
    return see_other("package-inbox")


def _say_taken(request: Request, taken: TakenIn, names: dict[str, str]) -> None:
    if not taken.new:
        messages.warning(request, _("All of it was here already. The file was removed."))
    else:
        text = ngettext(
            "Taken in: %(new)d new statement, %(read)d to be read here. The file was removed.",
            "Taken in: %(new)d new statements, %(read)d to be read here. The file was removed.",
            taken.new,
        )
        messages.success(request, text % {"new": taken.new, "read": taken.disclosed})
    for party in taken.forked:
        text = _("It brought evidence that %(party)s told two stories.")
        messages.error(request, text % {"party": isolated(names.get(party, party))})
    if taken.returned:
        messages.warning(
            request,
            _("It gave your own log back. That healed nothing: healing is an act of its own.")
            + " repatria heal",
        )


@require_POST
@own_desk_page
def refuse(request: Request, digest: str) -> HttpResponseBase:
    """Note that a package is not taken in, and why."""
    desk, here = desk_for(request.viewer), installation_here()
    waiting_package(here, desk, digest)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, digest, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    refuse_waiting(here, desk, digest, reason=form.cleaned_data["reason"])
    messages.success(request, _("Refused. The file stays and can still be taken in."))
    return see_other("package-inbox")


@require_POST
@own_desk_page
def remove(request: Request, digest: str) -> HttpResponseBase:
    """Remove a file that is of no use any more."""
    remove_waiting(installation_here(), desk_for(request.viewer), digest)
    messages.success(request, _("The file was removed."))
    return see_other("package-inbox")
