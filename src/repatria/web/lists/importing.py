"""How does a list come in from a file?

In two steps: the file is read and shown with all that it would change; then,
and only if somebody says so, exactly that file is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from repatria.lists.reading import (
    FileDescription,
    ReadRow,
    UnreadableFileError,
    UnreadableRow,
    open_list_file,
    unreadable_as_csv,
)
from repatria.operations.desk import Desk
from repatria.operations.submission import Submission, submit_list
from repatria.store.queries.peers import peers
from repatria.terms import NotVisible, Objection, PartyCode, Viewer
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request, desk_page
from repatria.web.exports import BYTE_ORDER_MARK, download
from repatria.web.lists.forms import ApplyForm, ImportForm, UploadForm
from repatria.web.messages import row_fault_sentence
from repatria.web.responses import see_other
from repatria.wiring.desks import desk_for
from repatria.wiring.job_kinds import AT_ONCE_BYTES, LIST_IMPORT
from repatria.wiring.jobs import ask_for
from repatria.wiring.uploads import forget_upload, keep_upload, kept_upload

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Read:
    description: FileDescription
    rows: Sequence[ReadRow | UnreadableRow]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def import_list(request: Request) -> HttpResponseBase:
    """Ask for a file; show what it holds and what handing it in would change."""
    desk = desk_for(request.viewer)
    parties = _others(request.viewer)
    if request.method != "POST":
        form: ImportForm = UploadForm(parties=parties)
        return render(request, "lists/import.html", {"form": form, "parties": parties})
    form = UploadForm(request.POST, request.FILES, parties=parties)
    if not form.is_valid():
        return _ask_again(request, form, parties)
    file = form.cleaned_data["file"]
    path = keep_upload(file.chunks())
    name = Path(file.name).name[:255]
    try:
        read = _read(path, name)
        preview = _submit(desk, form, read, dry_run=True)
    except UnreadableFileError as fault:
        forget_upload(path.name)
        where = fault.where.replace(path.name, name)
        objection = Objection(code=fault.code, rule=fault.objections[0].rule, about=(where,))
        return _ask_again(request, form, parties, (objection,))
    context = _preview_context(preview) | {"form": form, "digest": path.name, "filename": name}
    return render(request, "lists/preview.html", context)


def _ask_again(
    request: Request,
    form: ImportForm,
    parties: Sequence[tuple[str, str]],
    objections: Sequence[Objection] = (),
) -> HttpResponseBase:
    context = {"form": form, "parties": parties, "objections": objections}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "lists/import.html", context, status=status)


def _others(viewer: Viewer) -> list[tuple[str, str]]:
    """The parties a list can be put to: those that were introduced, not the intermediary."""
    rows = peers(viewer)
    codes = [(row.subject.partition(":")[2], row.title) for row in rows]
    return [(code, title) for code, title in codes if code not in (viewer.party, INTERMEDIARY)]


def _read(path: Path, name: str) -> _Read:
    file = open_list_file(path)
    return _Read(replace(file.description, name=name), tuple(file.rows()))


def _submit(desk: Desk, form: ImportForm, read: _Read, *, dry_run: bool) -> Submission:
    return submit_list(
        desk,
        read.rows,
        read.description,
        title=form.cleaned_data["title"],
        population=form.chosen_population,
        to=PartyCode(form.cleaned_data["to"]),
        dry_run=dry_run,
    )


def _preview_context(preview: Submission) -> dict[str, object]:
    changes = preview.changes
    return {
        "description": preview.description,
        "changes": changes,
        "new_rows": changes.new[:ROWS_SHOWN],
        "changed_rows": changes.changed[:ROWS_SHOWN],
        "faulty_rows": [
            (row.number, [(f.column, row_fault_sentence(f.reason)) for f in row.faults])
            for row in changes.unreadable[:ROWS_SHOWN]
        ],
        "rows_shown": ROWS_SHOWN,
    }


@require_POST
@desk_page
def apply(request: Request) -> HttpResponseBase:
    """Hand in exactly the file that was shown."""
    desk = desk_for(request.viewer)
    form = ApplyForm(request.POST, parties=_others(request.viewer))
    if not form.is_valid():
        raise NotVisible
    path = kept_upload(form.cleaned_data["digest"])
    if path.stat().st_size > AT_ONCE_BYTES:
        said = form.cleaned_data
        asked = {key: said[key] for key in ("digest", "filename", "title", "population", "to")}
        job = ask_for(request.viewer, LIST_IMPORT, about="lists", asked=asked)
        return see_other("job", job.id)
    done = _submit(desk, form, _read(path, form.cleaned_data["filename"]), dry_run=False)
    forget_upload(path.name)
    if not done.written:
        messages.warning(request, _("The file changed nothing; all of it was known."))
        return see_other("lists")
    messages.success(request, _("The list was handed in."))
    return see_other("list", done.list_id.partition(":")[2])


@require_POST
@desk_page
def unreadable(request: Request) -> HttpResponseBase:
    """The rows that could not be read, as a file to correct and bring back."""
    desk_for(request.viewer)  # only somebody who could hand it in may have its rows
    path = kept_upload(request.POST.get("digest", ""))
    rows = [row for row in open_list_file(path).rows() if isinstance(row, UnreadableRow)]
    text = BYTE_ORDER_MARK + unreadable_as_csv(rows, in_words=row_fault_sentence)
    return download(text, "unreadable-rows.csv", "text/csv; charset=utf-8")
