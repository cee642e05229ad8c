"""A manifest as a table to take away: who, from whom to whom, and where each stands."""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from repatria.store.queries import exchange
from repatria.store.queries.exchange import ManifestLineView
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.table_formats import asked_format
from repatria.web.words import word


@require_POST
@desk_page
def manifest_export(request: Request, manifest_id: str) -> HttpResponseBase:
    """The lines as a file."""
    view = exchange.manifest(request.viewer, f"manifest:{manifest_id}")
    headings = [
        _("No."),
        _("Person"),
        _("From"),
        _("To"),
        _("Fit to travel"),
        _("Wants to go"),
        _("Asked at the line"),
        _("Where"),
        _("Both receipts"),
        _("Code"),
    ]
    rows = (_cells(line) for line in view.lines)
    return table_file(f"manifest-{manifest_id}", headings, rows, asked_format(request))


def _cells(line: ManifestLineView) -> Sequence[object]:
    crossing = line.crossing
    said = (
        (crossing.cleared, crossing.willing and crossing.available, crossing.willing_at_the_line)
        if crossing is not None
        else (None, None, None)
    )
    return [
        line.number,
        line.shown.name,
        line.giver,
        line.receiver,
        *(_in_words(answer) for answer in said),
        word("crossing", line.state),
        _in_words(line.confirmed or None),
        line.code,
    ]


def _in_words(answer: bool | None) -> str:
    if answer is None:
        return _("not yet")
    return _("yes") if answer else _("no")
