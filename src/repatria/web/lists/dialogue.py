"""What follows on the answers to a list: check, observations, final replies, signature.

As with answers, what will be said is shown first; only a second step says it.
"""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from repatria.ledger.kinds.line_observed import ObservationCode
from repatria.operations.answers import Answer, answer_lines
from repatria.operations.list_check import (
    answers_from,
    check_list,
    digest_of_answers,
    last_check,
)
from repatria.operations.list_dialogue import (
    Remark,
    final_list,
    observe_answers,
    sign_list,
    uphold_answers,
)
from repatria.store.queries.dialogue import all_changed, changes, changes_of
from repatria.store.queries.dialogue import dialogue as dialogue_of
from repatria.store.queries.jobs import running_about
from repatria.store.queries.lists import ListView, lines_by_id, list_view
from repatria.terms import LineId, Role
from repatria.web.access import Request, desk_page
from repatria.web.exports import table_file
from repatria.web.lists.answering import to_be_said
from repatria.web.lists.forms import RemarkForm
from repatria.web.lists.views import may_answer
from repatria.web.responses import see_other
from repatria.web.signing import may, page_for
from repatria.web.table_formats import asked_format
from repatria.web.words import word
from repatria.wiring.desks import desk_for, sits_here
from repatria.wiring.job_kinds import AT_ONCE, LIST_ANSWERS, LIST_CHECK
from repatria.wiring.jobs import ask_for

CHECKS = (Role.REGISTRAR, Role.INTERMEDIARY)
SIGNS_LISTS = (Role.REGISTRAR, Role.NEGOTIATOR, Role.INTERMEDIARY)
SHOWN_AT_ONCE = 200


@require_safe
@desk_page
def dialogue(request: Request, token: str) -> HttpResponseBase:
    """How far the dialogue about a list is, and what can be done next."""
    view = list_view(request.viewer, f"list:{token}")
    number = request.GET.get("page", "")
    page = changes(request.viewer, view.row.subject, page=int(number) if number.isdecimal() else 1)
    context = {
        "view": view,
        "talk": dialogue_of(request.viewer, view.row.subject),
        "page": page,
        "asked": {},
        "changes": changes_of(request.viewer, page.rows),
        "may_check": may(request, CHECKS),
        "may_sign": may(request, SIGNS_LISTS),
        "may_answer": may_answer(request.viewer, view) and may(request, (Role.REGISTRAR,)),
        "asks": view.row.population == "claimed",
        "job": running_about(request.viewer, view.row.subject),
    }
    return render(request, "lists/dialogue.html", context)


@require_POST
@desk_page
def changes_export(request: Request, token: str) -> HttpResponseBase:
    """The answers that changed, as a file: what was said before, and when."""
    view = list_view(request.viewer, f"list:{token}")
    found = changes_of(request.viewer, all_changed(request.viewer, view.row.subject))
    headings = [
        _("Line"),
        _("Name"),
        _("Said by"),
        _("Before"),
        _("Said on"),
        _("Statement"),
        _("After"),
        _("Said on"),
        _("Statement"),
    ]
    rows = (
        [
            change.row.number,
            change.row.name,
            change.by,
            word("answer", change.before),
            change.before_at.isoformat(),
            change.refs[0],
            word("answer", change.after),
            change.after_at.isoformat(),
            change.refs[1],
        ]
        for change in found
    )
    return table_file(f"changes-{token}", headings, rows, asked_format(request))


@require_POST
@page_for(*CHECKS)
def check(request: Request, token: str) -> HttpResponseBase:
    """Look through the list, write down what was found, and show it."""
    view = list_view(request.viewer, f"list:{token}")
    if view.lines > AT_ONCE:
        job = ask_for(request.viewer, LIST_CHECK, about=view.row.subject, asked={})
        return see_other("job", job.id)
    found = check_list(desk_for(request.viewer), view.row.subject)
    text = ngettext(
        "%(count)d line was looked through.", "%(count)d lines were looked through.", found.lines
    )
    messages.success(request, text % {"count": found.lines})
    return see_other("list-found", token)


@require_safe
@page_for(*CHECKS)
def found(request: Request, token: str) -> HttpResponseBase:
    """What the last check of our party found, line by line."""
    view = list_view(request.viewer, f"list:{token}")
    last = last_check(desk_for(request.viewer), view.row.subject)
    found_here = last.found if last is not None else ()
    shown = found_here[:SHOWN_AT_ONCE]
    rows = lines_by_id(request.viewer, [x for each in shown for x in (each.line_id, each.other)])
    context = {
        "view": view,
        "last": last,
        "by_code": dict(Counter(each.code for each in found_here)),
        "shown": [(each, rows.get(each.line_id), rows.get(each.other)) for each in shown],
        "may_answer": may_answer(request.viewer, view),
    }
    return render(request, "lists/found.html", context)


@require_POST
@page_for(*CHECKS)
def found_export(request: Request, token: str) -> HttpResponseBase:
    """All that the last check found, as a file."""
    view = list_view(request.viewer, f"list:{token}")
    last = last_check(desk_for(request.viewer), view.row.subject)
    found_here = last.found if last is not None else ()
    rows = lines_by_id(
        request.viewer, [x for each in found_here for x in (each.line_id, each.other)]
    )
    headings = [_("Line"), _("Name"), _("Found"), _("Other line"), _("Other name"), _("Likeness")]
    cells = (
        [
            rows[each.line_id].number if each.line_id in rows else "",
            rows[each.line_id].name if each.line_id in rows else "",
            word("found", each.code),
            rows[each.other].number if each.other in rows else "",
            rows[each.other].name if each.other in rows else word("criterion", each.other),
            f"{each.score_ppm / 10_000:.2f} %" if each.score_ppm else "",
        ]
        for each in found_here
    )
    return table_file(f"check-{token}", headings, cells, asked_format(request))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(Role.REGISTRAR)
def answers(request: Request, token: str) -> HttpResponseBase:
    """The answers that follow from the last check; those of the chosen kinds are said at once."""
    view = _list_to_answer(request, token)
    desk = desk_for(request.viewer)
    last = last_check(desk, view.row.subject)
    said = answers_from(desk, last) if last is not None else ()
    digest = digest_of_answers(said)
    changed = False
    if request.method == "POST":
        changed = request.POST.get("digest") != digest
        chosen = [each for each in said if each.code in request.POST.getlist("code")]
        if not changed and len(chosen) > AT_ONCE:
            asked = {"codes": sorted({each.code for each in chosen}), "digest": digest}
            job = ask_for(request.viewer, LIST_ANSWERS, about=view.row.subject, asked=asked)
            return see_other("job", job.id)
        if not changed and chosen:
            answer_lines(desk, chosen)
            _tell_answers(request, len(chosen))
            return see_other("list-dialogue", token)
    context = {
        "view": view,
        "last": last,
        "by_code": dict(Counter(each.code for each in said)),
        "said": to_be_said(request.viewer, _some_of_each(said)),
        "digest": digest,
        "changed": changed,
    }
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "lists/check_answers.html", context, status=status)


def _some_of_each(said: Sequence[Answer]) -> Sequence[Answer]:
    """The first few of each code: nine thousand rows are read by nobody."""
    seen: dict[str, int] = {}
    shown = []
    for each in said:
        seen[each.code] = seen.get(each.code, 0) + 1
        if seen[each.code] <= SHOWN_AT_ONCE // 4:
            shown.append(each)
    return shown


def _list_to_answer(request: Request, token: str) -> ListView:
    view = list_view(request.viewer, f"list:{token}")
    if not may_answer(request.viewer, view):
        raise Http404
    return view


def _tell_answers(request: Request, count: int) -> None:
    text = ngettext("%(count)d answer was given.", "%(count)d answers were given.", count)
    messages.success(request, text % {"count": count})


@require_POST
@page_for(Role.REGISTRAR)
def remark(request: Request, token: str) -> HttpResponseBase:
    """Show what will be said of the answers to the chosen lines; say it once that is confirmed."""
    view = list_view(request.viewer, f"list:{token}")
    ours, asked = view.row.author == request.viewer.party, may_answer(request.viewer, view)
    if not (ours or asked):
        raise Http404
    form = RemarkForm(request.POST, replies=not ours)
    wanted = [f"line:{each}" for each in request.POST.getlist("line")]
    chosen = list(lines_by_id(request.viewer, wanted).values())
    ready = form.is_valid() and chosen
    if ready and "confirmed" in request.POST:
        _say(request, form.cleaned_data, chosen, ours=ours)
        return see_other("list-dialogue", token)
    context = {
        "view": view,
        "form": form,
        "chosen": chosen,
        "ready": ready,
        "ours": ours,
    }
    status = HTTPStatus.OK if ready else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "lists/remark.html", context, status=status)


def _say(request: Request, said: Any, chosen: Sequence[Any], *, ours: bool) -> None:
    desk, note = desk_for(request.viewer), said["note"]
    lines = [LineId(row.subject) for row in sorted(chosen, key=lambda row: row.number)]
    if ours:
        code = ObservationCode(said["code"])
        observe_answers(desk, [Remark(line=line, code=code, note=note) for line in lines])
    else:
        uphold_answers(desk, lines, note=note)
    text = ngettext("%(count)d remark was made.", "%(count)d remarks were made.", len(lines))
    messages.success(request, text % {"count": len(lines)})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*SIGNS_LISTS)
def sign(request: Request, token: str) -> HttpResponseBase:
    """The final list as it stands, and our signature under it."""
    view = list_view(request.viewer, f"list:{token}")
    desk = desk_for(request.viewer)
    if request.method == "POST":
        sign_list(desk, view.row.subject, digest=request.POST.get("digest", ""))
        messages.success(request, _("Signed."))
        return see_other("list-dialogue", token)
    final = final_list(desk, view.row.subject)
    context = {
        "view": view,
        "final": final,
        "table": final.table,
        "signed": request.viewer.party in final.signed_by,
        "sits_here": sits_here(request.viewer),
    }
    return render(request, "lists/sign.html", context)
