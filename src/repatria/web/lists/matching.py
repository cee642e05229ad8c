"""How are two files compared that nobody hands in?

Read, compared and shown in one answer: nothing of the files is kept, neither by the
server nor by a cache. To take the pairs away, the files are chosen once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.linkage import Profile, sentence
from repatria.lists.reading import UnreadableFileError
from repatria.operations.file_comparison import DECISIONS, ComparedFiles
from repatria.terms import Objection
from repatria.web.access import Request, desk_page
from repatria.web.exports import TableFormat, table_file
from repatria.web.lists.forms import MatchForm
from repatria.web.messages import row_fault_sentence
from repatria.web.responses import never_stored
from repatria.web.words import word
from repatria.wiring.desks import desk_for
from repatria.wiring.matching import Arrived, RowsUnreadable, compare_uploads

PAIRS_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPair:
    """One pair as the page shows it."""

    decision: str
    percent: str
    left: Profile
    right: Profile
    grounds: Sequence[dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def match_files(request: Request) -> HttpResponseBase:
    """Ask for two files; show which persons in them may be the same, or give them as a file."""
    desk = desk_for(request.viewer)
    if request.method != "POST":
        return render(request, "lists/match.html", {"form": MatchForm(initial={"format": "page"})})
    form = MatchForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_again(request, form)
    asked = form.cleaned_data
    right = _arrived(asked["right"]) if asked["right"] else None
    try:
        compared = compare_uploads(
            desk, _arrived(asked["left"]), right, names_only=asked["names_only"]
        )
    except UnreadableFileError as fault:
        return _ask_again(request, form, fault.objections)
    if isinstance(compared, RowsUnreadable):
        return _ask_again(request, form, unreadable=compared)
    if asked["format"] != "page":
        return _file(compared, TableFormat(asked["format"]))
    counts = compared.counts()
    total = len(compared.pairs)
    context = {
        "counts": [(key, counts[written]) for key, written in DECISIONS.items()],
        "total": total,
        "pairs": [_shown(compared, at) for at in range(min(total, PAIRS_SHOWN))],
        "one_list": right is None,
        "without_lines": not (len(compared.left) and len(compared.right)),
        "repeated": [
            (_("In one list"), compared.pairs.repeated[0]),
            (_("In the other list"), compared.pairs.repeated[1]),
        ],
    }
    return never_stored(render(request, "lists/matched.html", context))


def _arrived(file: "UploadedFile[Any]") -> Arrived:
    return Arrived(name=Path(file.name or "").name[:255], chunks=file.chunks())


def _ask_again(
    request: Request,
    form: MatchForm,
    objections: Sequence[Objection] = (),
    unreadable: RowsUnreadable | None = None,
) -> HttpResponseBase:
    faulty = [
        (name, row.number, [(f.column, row_fault_sentence(f.reason)) for f in row.faults])
        for name, row in (unreadable.rows if unreadable else ())
    ]
    context = {
        "form": form,
        "objections": objections,
        "faulty_rows": faulty,
        "faulty_count": unreadable.count if unreadable else 0,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return never_stored(render(request, "lists/match.html", context, status=status))


def _shown(compared: ComparedFiles, at: int) -> ShownPair:
    left, right = compared.sides(at)
    grounds = [
        {
            "field": str(ground.field),
            "left": ground.left,
            "right": ground.right,
            "weight_millibits": round(ground.match_weight * 1000),
            "code": ground.code,
            "sentence": sentence(ground),
        }
        for ground in compared.pairs.pair(at).comparisons
    ]
    return ShownPair(
        decision=str(compared.pairs.decision(at)),
        # Rounding must not make a certainty of it.
        percent=f"{min(float(compared.pairs.score[at]) * 100, 99.9):.1f}",
        left=left,
        right=right,
        grounds=grounds,
    )


def _file(compared: ComparedFiles, form: TableFormat) -> HttpResponseBase:
    headings = [
        _("Id in one list"),
        _("Id in the other"),
        _("Score"),
        _("Decision"),
        _("Name in one list"),
        _("Name in the other"),
        _("Born, in one list"),
        _("Born, in the other"),
        _("Match weight"),
        _("Weights"),
        _("Reasons"),
    ]
    to_engine = {written: str(key) for key, written in DECISIONS.items()}
    rows = (
        (*row[:3], word("decision", to_engine[row[3]]), *row[4:])
        for row in compared.rows(explain=True)
    )
    return table_file("pairs", headings, rows, form)
