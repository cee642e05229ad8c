"""Remains: containers, whom they were said to be, and whom a laboratory names."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.store.queries.bureau import all_remains
from repatria.store.queries.bureau import remains as remains_of
from repatria.store.queries.persons import names_of
from repatria.web.access import Request, desk_page
from repatria.web.exports import TableFormat, table_file
from repatria.web.lists.forms import AskedForm
from repatria.web.messages import finding_sentence
from repatria.web.responses import never_stored


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def containers(request: Request) -> HttpResponseBase:
    """Containers the viewer may read of, with counts that never mix containers and persons."""
    form = AskedForm(request.POST or request.GET)
    asked = form.cleaned_data if form.is_valid() else form.nothing
    page = remains_of(request.viewer, search=asked["q"], page=asked["page"] or 1)
    every = list(all_remains(request.viewer))
    named = [p for row in page.rows for p in (*row.said_to_be, *row.persons, *row.ruled_out)]
    context = {
        "page": page,
        "asked": asked,
        "containers": len(every),
        "without": sum(not row.persons for row in every),
        "persons": len({person for row in every for person in row.persons}),
        "names": names_of(request.viewer, named),
    }
    return never_stored(render(request, "bureau/remains.html", context))


@require_POST
@desk_page
def export(request: Request) -> HttpResponseBase:
    """The same as a file, ids of persons and not their names."""
    form = AskedForm(request.POST)
    asked = form.cleaned_data if form.is_valid() else form.nothing
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
        for row in all_remains(request.viewer, search=asked["q"])
    )
    return table_file("remains", headings, cells, TableFormat(asked["format"] or TableFormat.CSV))
