"""Remains: containers, whom they were said to be, and whom a laboratory names."""

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.store.queries.bureau import RemainsWanted, all_remains
from repatria.store.queries.bureau import remains as remains_of
from repatria.store.queries.persons import names_of
from repatria.web.access import Request, desk_page
from repatria.web.bureau.containers import RECORDS
from repatria.web.dialogue_words import REMAINS_STATES
from repatria.web.exports import table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.messages import finding_sentence
from repatria.web.responses import never_stored
from repatria.web.signing import may
from repatria.web.table_formats import asked_format


class RemainsForm(AskedForm):
    """Which containers to show."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *REMAINS_STATES.items()])


def _asked(request: Request) -> dict[str, Any]:
    return RemainsForm(request.POST or request.GET).asked


def _wanted(asked: dict[str, Any]) -> RemainsWanted:
    return RemainsWanted(search=asked["q"], state=asked["state"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def containers(request: Request) -> HttpResponseBase:
    """Containers the viewer may read of, with counts that never mix containers and persons."""
    asked = _asked(request)
    page = remains_of(request.viewer, _wanted(asked), page=asked["page"] or 1)
    every = list(all_remains(request.viewer, RemainsWanted()))
    named = [p for row in page.rows for p in (*row.said_to_be, *row.persons, *row.ruled_out)]
    context = {
        "page": page,
        "asked": asked,
        "containers": len(every),
        "without": sum(not row.persons for row in every),
        "persons": len({person for row in every for person in row.persons}),
        "names": names_of(request.viewer, named),
        "states": REMAINS_STATES,
        "may_record": may(request, RECORDS),
    }
    return never_stored(render(request, "bureau/remains.html", context))


@require_POST
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The same as a file, ids of persons and not their names."""
    asked = _asked(request)
    headings = [
        _("Container"),
        _("Held by"),
        _("Said to be"),
        _("Identified"),
        _("Not"),
        _("To look at"),
    ]
    cells = (
        [
            row.label,
            row.holder,
            " ".join(row.said_to_be),
            " ".join(row.persons),
            " ".join(row.ruled_out),
            " ".join(finding_sentence(code) for code in row.findings),
        ]
        for row in all_remains(request.viewer, _wanted(asked))
    )
    return table_file("remains", headings, cells, asked_format(request))
