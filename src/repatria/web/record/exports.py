"""The claims as a table to take away, in the columns in which a file of claims is read."""

from collections.abc import Sequence

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from repatria.web.access import Request
from repatria.web.exports import table_file
from repatria.web.record.shown import ShownClaim, claims_shown
from repatria.web.table_formats import asked_format

# The names of the columns are read back by programs, so they are never translated.
COLUMNS = (
    "id",
    "speaker",
    "via",
    "said_on",
    "measure",
    "population",
    "holder",
    "to_party",
    "category",
    "bound",
    "value",
    "as_of",
    "event",
    "parts",
    "supersedes",
    "copy_of",
    "categories",
    "matter",
    "included",
    "composition",
    "note",
)


@require_POST
def claims_export(request: Request) -> HttpResponseBase:
    """The claims as a file, searched and filtered as on the page."""
    measure = request.POST.get("measure", "")
    found = [
        shown
        for shown in claims_shown(request.viewer, search=request.POST.get("q", ""))
        if not measure or shown.claim.measure == measure
    ]
    return table_file("claims", COLUMNS, (_cells(s) for s in found), asked_format(request))


def _cells(shown: ShownClaim) -> Sequence[object]:
    claim = shown.claim
    plain = {
        "measure": claim.wording or claim.measure,
        "included": "; ".join(claim.included),
        "parts": " ".join(claim.parts),
        "categories": " ".join(sorted(claim.categories)),
        "as_of": claim.as_of or "",
    }
    return [plain[name] if name in plain else getattr(claim, name) for name in COLUMNS]
