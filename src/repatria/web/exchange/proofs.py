"""How good is a plan known to be, level by level, and on whose word?

Whoever made a plan says that it is proven. This page counts the plan again and
proves it anew, and checks the proof without a solver: then nobody's word is needed.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.operations.agreement import (
    asked_under,
    latest_terms,
    propose_plan,
)
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.plan_questions import recount_in
from repatria.operations.solved_plans import plan_in, solved_again
from repatria.operations.trials import Recount
from repatria.planning import terms_from_json
from repatria.planning.agreement import LOTTERIES
from repatria.store.jobs import PLAN
from repatria.store.queries.documents import subject_of
from repatria.store.queries.planned import plan_row
from repatria.terms import NotVisible, PartyCode
from repatria.web.access import Request
from repatria.web.documents.written_terms import WrittenTerms
from repatria.web.exchange.editor import PROPOSES
from repatria.web.exchange.waiting import (
    LIMITS_SECONDS,
    Waited,
    ask,
    job_of_mine,
    patience,
    stop,
)
from repatria.web.responses import never_stored, see_other
from repatria.web.rule_words import level_sentence
from repatria.web.signing import page_for
from repatria.wiring.desks import desk_for
from repatria.wiring.plan_jobs import CHECK


def recount_known(request: Request, plan_id: str) -> Recount | None:
    """What the viewer's own check of a plan found; None when he has not checked it."""
    return _recount_of(job_of_mine(request, CHECK, f"plan:{plan_id}"))


def _recount_of(known: Waited | None) -> Recount | None:
    return recount_in(known.value) if known is not None and not known.running else None


def levels_of(
    row: Any, written: WrittenTerms | None, checked: Recount | None
) -> Sequence[Mapping[str, Any]]:
    """The levels of a plan with what they count, and on whose word they are proven."""
    words = dict(checked.words) if checked is not None and not checked.objections else {}
    return [
        {
            **level,
            "sentence": written.level(level["id"]) if written else "",
            "is_lottery": level["id"] in LOTTERIES,
            "proof": words.get(level["id"], "solver") if level["proven"] else "none",
        }
        for level in row.levels
    ]


@require_http_methods(["GET", "POST"])
@page_for(*PROPOSES)
def check_page(request: Request, plan_id: str) -> HttpResponseBase:
    """What a check of the plan finds; begun by a button, looked at until it is there."""
    row = plan_row(request.viewer, f"plan:{plan_id}")
    known = job_of_mine(request, CHECK, row.subject)
    if request.method == "POST":
        if request.POST.get("act") == "cancel":
            stop(known)
        else:
            ask(request, CHECK, row.subject, {"seconds": patience(request)})
        return see_other("plan-check", plan_id)
    context = {
        "row": row,
        "calculation": known,
        "recount": _recount_of(known),
        "limits": LIMITS_SECONDS,
    }
    return never_stored(render(request, "exchange/check.html", context))


@require_http_methods(["GET", "POST"])
@page_for(*PROPOSES)
def make_plan_page(request: Request, terms_id: str) -> HttpResponseBase:
    """A plan under accepted terms: computed, looked at, and then, with a signature, proposed."""
    desk = desk_for(request.viewer)
    said = subject_of(request.viewer, desk.log, f"terms:{terms_id}", DocumentKind.TERMS)
    if said is None:
        raise NotVisible
    parties = [PartyCode(code) for code in sorted(said.required)]
    about = f"terms:{terms_id}"
    known = job_of_mine(request, PLAN, about)
    act = request.POST.get("act", "")
    if request.method == "POST" and act == "propose" and known is not None and known.value:
        solved = solved_again(known.value, asked_under(desk.log, terms_id, parties))
        made = propose_plan(desk, solved, parties=parties)
        messages.success(request, _("The plan is proposed. Packages take it to the others."))
        return see_other("plan", made.plan_id.partition(":")[2])
    if request.method == "POST" and act == "cancel":
        stop(known)
        return see_other("terms-plan", terms_id)
    if request.method == "POST":
        asked_under(desk.log, terms_id, parties)  # what forbids it is said at once
        asked = {"parties": sorted(parties), "seconds": patience(request)}
        ask(request, PLAN, about, asked)
        return see_other("terms-plan", terms_id)
    proposed, _entry = latest_terms(desk.log, terms_id)
    plan = plan_in(known.value, proposed.digest) if known is not None else None
    terms = terms_from_json(proposed.document) if plan is not None else None
    context = {
        "terms_id": terms_id,
        "calculation": known,
        "plan": plan,
        "rules": [r for r in terms.rules if r.id in plan.conflict] if terms and plan else (),
        "words": {p.id: level_sentence(p) for p in terms.priorities} if terms else {},
        "limits": LIMITS_SECONDS,
    }
    return never_stored(render(request, "exchange/make_plan.html", context, status=HTTPStatus.OK))
