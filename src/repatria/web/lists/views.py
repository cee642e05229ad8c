"""Lists and their lines: to look at, to search, to take away as a file."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.operations.comparison import compare_lists
from repatria.store.queries.dialogue import said_of_line
from repatria.store.queries.lists import (
    ListView,
    all_lines,
    line,
    lines,
    list_rows,
    list_view,
)
from repatria.store.queries.lists import lists as lists_of
from repatria.store.queries.pairs import pairs_of_line
from repatria.store.queries.persons import names_of
from repatria.terms import Role, Viewer
from repatria.web.access import Request, desk_page
from repatria.web.dialogue_words import TALKS
from repatria.web.exports import table_file
from repatria.web.lists.forms import AnswerForm, CompareForm, LinesForm, RemarkForm
from repatria.web.lists.short import short_list
from repatria.web.owed_words import READS
from repatria.web.responses import never_stored, see_other
from repatria.web.signing import LOCKS, may
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, sits_here
from repatria.wiring.job_kinds import AT_ONCE, LIST_COMPARE
from repatria.wiring.jobs import ask_for


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def all_lists(request: Request) -> HttpResponseBase:
    """Every list the viewer may read, with how far it is answered."""
    headings = [_("List"), _("From"), _("To"), _("Whose names"), _("Lines"), _("Answered")]
    found = short_list(request, "lists", headings, lists_of(request.viewer), _list_cells)
    if found.file is not None:
        return found.file
    context = {
        "page": found.page,
        "asked": found.asked,
        "may_hand_in": sits_here(request.viewer),
        "sees_owed": request.viewer.role in READS,
    }
    return never_stored(render(request, "lists/all.html", context))


def _list_cells(view: ListView) -> Sequence[object]:
    row = view.row
    population = word("population", row.population)
    return [row.title, row.author, row.addressee, population, view.lines, view.answered]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def one_list(request: Request, token: str) -> HttpResponseBase:
    """One list with its lines. Names are searched by POST: an address would keep them."""
    asked = LinesForm(request.POST or request.GET).asked
    view = list_view(request.viewer, f"list:{token}")
    page = lines(
        request.viewer,
        view.row.subject,
        **_filter(asked),
        page=asked["page"] or 1,
    )
    others = [row for row in list_rows(request.viewer) if row.subject != view.row.subject]
    context = {
        "view": view,
        "page": page,
        "asked": asked,
        "statuses": view.by_status,
        "talks": TALKS,
        "may_remark": may_remark(request.viewer, view),
        "may_lock": may(request, LOCKS),
        "may_choose": may(request, LOCKS)
        or may_answer(request.viewer, view)
        or may_remark(request.viewer, view),
        "remark_form": RemarkForm(replies=may_answer(request.viewer, view)),
        "asks": view.row.population == "claimed",
        "may_answer": may_answer(request.viewer, view),
        "answer_form": AnswerForm(),
        "others": others if sits_here(request.viewer) else [],
        "cares": CompareForm().fields["care"].choices,  # type: ignore[attr-defined]
        "persons": names_of(request.viewer, [row.person for row in page.rows if row.person]),
    }
    return never_stored(render(request, "lists/one.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def export(request: Request, token: str) -> HttpResponseBase:
    """The lines as a file, searched and filtered as on the page."""
    asked = LinesForm(request.POST or request.GET).asked
    view = list_view(request.viewer, f"list:{token}")
    rows = all_lines(request.viewer, view.row.subject, **_filter(asked))
    return table_file(
        f"list-{token}",
        _headings(),
        (_cells(row) for row in rows),
        asked_format(request),
    )


def _filter(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"search": asked["q"], "status": asked["status"], "talk": asked["talk"]}


def _headings() -> Sequence[str]:
    return [
        _("Line"),
        _("Name"),
        _("Father"),
        _("Born"),
        _("Category"),
        _("Captured"),
        _("Reference"),
        _("Answer"),
        _("Answered by"),
        _("Record"),
    ]


def _cells(row: Any) -> Sequence[object]:
    return [
        row.number,
        row.name,
        row.father,
        row.birth,
        word("category", row.category) if row.category else "",
        row.captured_on,
        row.reference,
        word("status", row.status),
        row.answered_by,
        row.person,
    ]


@require_safe
@desk_page
def one_line(request: Request, token: str, line_token: str) -> HttpResponseBase:
    """One line with the records it was compared with, and the form to answer it."""
    view = list_view(request.viewer, f"list:{token}")
    row = line(request.viewer, f"line:{line_token}")
    context = {
        "view": view,
        "row": row,
        "pairs": pairs_of_line(request.viewer, row.subject),
        "said": said_of_line(request.viewer, row.subject),
        "may_answer": may_answer(request.viewer, view),
        "answer_form": AnswerForm(),
        "persons": names_of(request.viewer, [row.person] if row.person else []),
    }
    return render(request, "lists/line.html", context)


@require_POST
@desk_page
def compare(request: Request, token: str) -> HttpResponseBase:
    """Compare this list with another, or with itself, and go on to the pairs found."""
    desk = desk_for(request.viewer)
    one = list_view(request.viewer, f"list:{token}")
    left = one.row.subject
    form = CompareForm(request.POST)
    if not form.is_valid():
        raise Http404
    other = form.cleaned_data["other"]
    two = list_view(request.viewer, f"list:{other}") if other else one
    right = two.row.subject
    if max(one.lines, two.lines) > AT_ONCE:
        asked = {"right": right, "care": form.cleaned_data["care"]}
        job = ask_for(request.viewer, LIST_COMPARE, about=left, asked=asked)
        return see_other("job", job.id)
    compare_lists(desk, left=left, right=right, costs=form.costs)
    if left == right:
        return see_other("list-repeats", token)
    pairs = urlencode({"list": token, "other": other})
    return HttpResponseRedirect(f"{reverse('review')}?{pairs}", status=HTTPStatus.SEE_OTHER)


def may_answer(viewer: Viewer, view: ListView) -> bool:
    """Whether it was put to the viewer's party, and he writes here."""
    asked = view.row.addressee == viewer.party and view.row.population == "claimed"
    return asked and sits_here(viewer)


def may_remark(viewer: Viewer, view: ListView) -> bool:
    """Whether the list is the viewer's own, or put to his party, and he is its registrar here."""
    part = view.row.author == viewer.party or may_answer(viewer, view)
    asks = view.row.population == "claimed"
    return part and asks and viewer.role is Role.REGISTRAR and sits_here(viewer)
