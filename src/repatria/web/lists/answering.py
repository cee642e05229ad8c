"""What does a party say of the lines put to it?

Whatever is to be said is shown first, word for word; only a second, deliberate
step says it. Suggestions come from decided pairs and are never said by themselves.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.operations.answers import Answer, answer_lines
from repatria.operations.suggestions import suggest_answers
from repatria.store.queries.lists import ListView, lines, lines_by_id, list_view
from repatria.store.queries.persons import Shown, names_of
from repatria.terms import LineId, Objection, Refusal, Viewer
from repatria.web.access import Request, desk_page
from repatria.web.lists.forms import AnswerForm
from repatria.web.lists.views import may_answer
from repatria.web.responses import see_other
from repatria.web.typed import person_typed
from repatria.wiring.desks import desk_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBeSaid:
    """One answer as it will be said, with the line and the person it is about."""

    answer: Answer
    line: Any
    person: Shown | None
    repeats: Any


@require_POST
@desk_page
def answer(request: Request, token: str) -> HttpResponseBase:
    """Show what will be said of the chosen lines; say it once that is confirmed."""
    view = _list_to_answer(request.viewer, token)
    form = AnswerForm(request.POST)
    chosen = list(lines_by_id(request.viewer, _line_ids(request)).values())
    if not form.is_valid() or not chosen:
        context = {"view": view, "form": form, "chosen": chosen}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "lists/answer.html", context, status=status)
    answers = _answers(request.viewer, view, chosen, form.cleaned_data)
    if "confirmed" in request.POST:
        answer_lines(desk_for(request.viewer), answers)
        _tell(request, len(answers))
        return see_other("list", token)
    context = {
        "view": view,
        "form": form,
        "chosen": chosen,
        "said": to_be_said(request.viewer, answers),
    }
    return render(request, "lists/answer.html", context)


def _list_to_answer(viewer: Viewer, token: str) -> ListView:
    view = list_view(viewer, f"list:{token}")
    if not may_answer(viewer, view):
        raise Http404
    return view


def _line_ids(request: Request) -> Sequence[str]:
    return [f"line:{token}" for token in request.POST.getlist("line")]


def _answers(
    viewer: Viewer, view: ListView, chosen: Sequence[Any], said: Mapping[str, Any]
) -> Sequence[Answer]:
    person = (
        person_typed(viewer, said["person"], rule="answer to a list line")
        if said["person"]
        else None
    )
    original = _line_numbered(viewer, view, said["duplicate_of"])
    return [
        Answer(
            line=LineId(row.subject),
            code=AnswerCode(said["code"]),
            person=person,
            duplicate_of=original,
            exchange=said["exchange"],
            on=said["on"],
            retained=said["retained"],
            note=said["note"],
        )
        for row in sorted(chosen, key=lambda row: row.number)
    ]


def _line_numbered(viewer: Viewer, view: ListView, number: int | None) -> LineId | None:
    if number is None:
        return None
    rows = lines(viewer, view.row.subject, search=str(number)).rows
    found = [row.subject for row in rows if row.number == number]
    if not found:
        raise Refusal(Objection(code="line-unknown", rule="answer to a list line"))
    return LineId(found[0])


def to_be_said(viewer: Viewer, answers: Sequence[Answer]) -> Sequence[ToBeSaid]:
    """The answers as they will be said, each with its line and what it names."""
    wanted = [a.line for a in answers] + [a.duplicate_of for a in answers if a.duplicate_of]
    rows = lines_by_id(viewer, wanted)
    shown = names_of(viewer, [a.person for a in answers if a.person])
    return [
        ToBeSaid(
            answer=each,
            line=rows[each.line],
            person=shown[each.person] if each.person else None,
            repeats=rows.get(each.duplicate_of) if each.duplicate_of else None,
        )
        for each in answers
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def suggested(request: Request, token: str) -> HttpResponseBase:
    """What could be said of every open line; said when somebody has looked and confirms."""
    view = _list_to_answer(request.viewer, token)
    desk = desk_for(request.viewer)
    answers = suggest_answers(desk, view.row.subject)
    digest = _digest_of(answers)
    changed = False
    if request.method == "POST":
        changed = request.POST.get("digest") != digest
        kept = _kept(request, answers)
        if not changed and kept:
            answer_lines(desk, kept)
            _tell(request, len(kept))
            return see_other("list", token)
    context = {
        "view": view,
        "said": to_be_said(request.viewer, answers),
        "by_code": dict(Counter(each.code for each in answers)),
        "digest": digest,
        "changed": changed,
    }
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "lists/suggested.html", context, status=status)


def _kept(request: Request, answers: Sequence[Answer]) -> Sequence[Answer]:
    """Without the lines that were ticked to be left out: few, where lines may be many."""
    left_out = {f"line:{token}" for token in request.POST.getlist("leave_out")}
    return [each for each in answers if each.line not in left_out]


def _digest_of(answers: Sequence[Answer]) -> str:
    """A digest by which is noticed that the suggestions are no longer those that were seen."""
    return sha256(repr(answers).encode()).hexdigest()


def _tell(request: Request, count: int) -> None:
    text = ngettext("%(count)d answer was given.", "%(count)d answers were given.", count)
    messages.success(request, text % {"count": count})
