"""Those whose names are owed to the other side, and those held again after a release."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.store.queries import owed
from repatria.store.queries.owed import Again, Kept, ListedAgain, OwedWanted
from repatria.terms import Role
from repatria.web.access import Request, desk_page_of
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.owed_words import AGAIN_STATES, READS, RETAINED_STATES
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.table_formats import asked_format
from repatria.web.words import word

MOST_LISTED = 50


class OwedForm(AskedForm):
    """Whom to show."""

    holder = forms.CharField(required=False, max_length=64)
    state = forms.ChoiceField(
        required=False, choices=[("", ""), *((state, "") for state in RETAINED_STATES)]
    )


def _asked(request: Request) -> dict[str, Any]:
    return OwedForm(request.POST or request.GET).asked


def _wanted(asked: dict[str, Any]) -> OwedWanted:
    return OwedWanted(search=asked["q"], holder=asked["holder"], state=asked["state"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page_of(*READS)
def retained(request: Request) -> HttpResponseBase:
    """Those kept for proceedings or a sentence. Names are searched by POST."""
    asked = _asked(request)
    page = owed.retained(request.viewer, _wanted(asked), page=asked["page"] or 1)
    context = {
        "page": page,
        "asked": asked,
        "states": RETAINED_STATES,
        "holders": owed.holders_retaining(request.viewer),
        "may_answer": may(request, (Role.REGISTRAR,)),
    }
    return never_stored(render(request, "owed/retained.html", context))


@require_POST
@desk_page_of(*READS)
def retained_export(request: Request) -> HttpResponseBase:
    """The same as a file: names are what is owed, so they are in it."""
    rows = owed.all_retained(request.viewer, _wanted(_asked(request)))
    headings = [
        _("Record or line"),
        _("Name"),
        _("Holder"),
        _("Named by"),
        _("On what ground"),
        _("Since"),
        _("State"),
        _("On"),
        _("Statement"),
    ]
    cells = (_retained_cells(row) for row in rows)
    return table_file("retained", headings, cells, asked_format(request))


def _retained_cells(row: Kept) -> Sequence[object]:
    return [
        row.about,
        row.shown.name if row.shown else "",
        row.holder,
        "; ".join(word("retained", naming.how) for naming in row.namings),
        "; ".join(naming.ground for naming in row.namings if naming.ground),
        row.since,
        word("cleared", row.cleared) if row.cleared else _("still kept"),
        row.cleared_on,
        " ".join(naming.ref for naming in row.namings),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page_of(*READS)
def held_again(request: Request) -> HttpResponseBase:
    """Those held again after a release, and lists that ask for somebody released."""
    asked = _asked(request)
    listed = owed.listed_again(request.viewer, asked["q"])
    context = {
        "page": owed.held_again(request.viewer, _wanted(asked), page=asked["page"] or 1),
        "asked": asked,
        "states": AGAIN_STATES,
        "holders": owed.holders_again(request.viewer),
        "listed": listed[:MOST_LISTED],
        "more_listed": len(listed) > MOST_LISTED,
    }
    return never_stored(render(request, "owed/held_again.html", context))


@require_POST
@desk_page_of(*READS)
def held_again_export(request: Request) -> HttpResponseBase:
    """Both tables as one file."""
    asked = _asked(request)
    headings = [
        _("Record"),
        _("Name"),
        _("Released by"),
        _("Released on"),
        _("Exchange"),
        _("Held by"),
        _("Since"),
        _("Who says so"),
        _("Named by"),
        _("State"),
        _("On"),
        _("Statement"),
    ]
    cells = [
        *map(_again_cells, owed.all_held_again(request.viewer, _wanted(asked))),
        *map(_listed_cells, owed.listed_again(request.viewer, asked["q"])),
    ]
    return table_file("held-again", headings, cells, asked_format(request))


def _release_cells(row: Again | ListedAgain) -> Iterator[object]:
    yield row.release.subject
    yield row.shown.name
    yield row.release.released_by
    yield row.release.released_on
    yield row.release.exchange


def _again_cells(row: Again) -> Sequence[object]:
    return [
        *_release_cells(row),
        row.release.held_by,
        row.release.held_on,
        row.first["by"],
        word("held_by", row.first["words"]),
        word("again", row.state),
        row.ended_on,
        " ".join(naming["ref"] for naming in row.release.namings),
    ]


def _listed_cells(row: ListedAgain) -> Sequence[object]:
    listed = word("held_by", "listed")
    return [
        *_release_cells(row),
        "",
        row.listed_on,
        row.line.author,
        listed,
        word("status", row.line.status),
        "",
        row.line.ref,
    ]
