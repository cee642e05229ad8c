"""The pages that ask about a plan: why not this person, and what if a fact is another?

What the plan itself says is shown to every desk that may read it. What is computed
anew rests on the whole memory of an installation, so only its own people ask that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from repatria.operations.alternatives import Outcome
from repatria.operations.candidates import candidates_from
from repatria.operations.plan_questions import at_hand, outcomes_in, with_person_in
from repatria.planning.candidates import NOT_AVAILABLE
from repatria.planning.contested import contested_facts
from repatria.planning.neutral import personal_grounds
from repatria.planning.reasons import reason_to_json
from repatria.store.queries import exchange, planned
from repatria.store.queries.persons import names_of, rows_by_id
from repatria.terms import NotVisible, PlanId
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request, desk_page
from repatria.web.documents.written_terms import Worded, WrittenTerms, in_words
from repatria.web.exchange.editor import PROPOSES
from repatria.web.exchange.waiting import (
    LIMITS_SECONDS,
    ask,
    job_of_mine,
    patience,
    stop,
)
from repatria.web.reason_words import reason_sentence
from repatria.web.responses import never_stored, see_other
from repatria.web.rule_words import Sentence
from repatria.web.signing import may, page_for
from repatria.wiring.desks import desk_for
from repatria.wiring.plan_jobs import DISPUTED, WHY


@require_http_methods(["GET", "POST"])
@desk_page
def why_page(request: Request, plan_id: str, person: str) -> HttpResponseBase:
    """Why one person is not in the plan; on asking, what it would mean that he is."""
    row = planned.plan_row(request.viewer, f"plan:{plan_id}")
    one = f"person:{person}"
    if one not in row.selected and one not in row.left_out:
        raise NotVisible
    works = may(request, PROPOSES)
    known = job_of_mine(request, WHY, row.subject) if works else None
    if request.method == "POST":
        if not works:
            raise Http404
        if request.POST.get("act") == "cancel":
            stop(known)
        else:
            ask(request, WHY, row.subject, {"person": one, "seconds": patience(request)})
        return see_other("plan-why", plan_id, person)
    if known is not None and known.asked["person"] != one:
        known = None
    mine = with_person_in(known.value) if known is not None else None
    terms = planned.terms_of(request.viewer, row)
    written = in_words(terms.document) if terms is not None else None
    reason = row.reasons.get(one, {})
    changed = [*mine.difference.joins, *mine.difference.leaves] if mine and mine.difference else []
    names = names_of(request.viewer, [one, *changed])
    said = {reason.get("code"), mine.reason.code if mine else ""}
    context = {
        "row": row,
        "shown": names[one],
        "person": rows_by_id(request.viewer, [one]).get(one),
        "goes": one in row.selected,
        "reason": reason,
        "rules": rules_named(written, reason.get("rules", ())),
        "grounds": _grounds(request, one) if NOT_AVAILABLE in said else (),
        "works": works and one in row.left_out,
        "calculation": known,
        "answer": mine,
        "written": written,
        "sentence": reason_sentence(reason_to_json(mine.reason), written) if mine else "",
        "relieving": rules_named(written, mine.relieving if mine else ()),
        "joins": [names[i] for i in mine.difference.joins if i != one]
        if mine and mine.difference
        else (),
        "leaves": [names[i] for i in mine.difference.leaves] if mine and mine.difference else (),
        "levels": _levels(mine.difference.levels, written) if mine and mine.difference else (),
    }
    return never_stored(render(request, "exchange/why.html", context))


def _grounds(request: Request, person: str) -> Sequence[str]:
    """What stands behind "not available", for the intermediary, who asked; nothing for others."""
    if request.viewer.party != INTERMEDIARY:
        return ()
    people = candidates_from(desk_for(request.viewer).log)
    return next((personal_grounds(each) for each in people if each.id == person), ())


def rules_named(written: WrittenTerms | None, ids: Sequence[str]) -> Sequence[Worded]:
    """Rules in the words of the terms; a source in law stands by itself."""
    known = {rule.id: rule for rule in written.rules} if written is not None else {}
    return [known.get(one, Worded(id=one, sentence=Sentence.of(""))) for one in ids]


def _levels(
    levels: Sequence[tuple[str, int, int]], written: WrittenTerms | None
) -> Sequence[Mapping[str, Any]]:
    """Levels of two plans with what they count; the lottery is nothing to compare."""
    said = written.level if written is not None else lambda _one: Sentence.of("")
    return [
        {"id": one, "sentence": said(one), "here": here, "there": there}
        for one, here, there in levels
        if said(one)
    ]


@require_safe
@desk_page
def compare_page(request: Request) -> HttpResponseBase:
    """Two plans side by side, with the persons that differ."""
    every = exchange.plans(request.viewer)
    chosen = [_chosen(every, request.GET.get(side, "")) for side in ("left", "right")]
    context: dict[str, Any] = {"plans": every, "left": chosen[0], "right": chosen[1]}
    if chosen[0] is not None and chosen[1] is not None:
        context |= _compared(request, chosen[0], chosen[1])
    return never_stored(render(request, "exchange/compare.html", context))


def _chosen(every: Sequence[Any], token: str) -> Any:
    return next((row for row in every if row.subject == f"plan:{token}"), None)


def _compared(request: Request, left: Any, right: Any) -> Mapping[str, Any]:
    first, second = frozenset(left.selected), frozenset(right.selected)
    differ = sorted(first ^ second)
    names, rows = names_of(request.viewer, differ), rows_by_id(request.viewer, differ)
    terms = planned.terms_of(request.viewer, left)
    written = in_words(terms.document) if terms is not None else None
    values = {level["id"]: level for level in right.levels}
    levels = [
        (level["id"], level["value"], values[level["id"]]["value"])
        for level in left.levels
        if level["id"] in values
    ]
    moves = [
        Counter(
            {
                (m.holder, m.category): m.count
                for m in planned.PlannedPersons(request.viewer, row).moves()
            }
        )
        for row in (left, right)
    ]
    return {
        "both": len(first & second),
        "levels": _levels(levels, written),
        "same_terms": left.terms == right.terms,
        "kinds": [
            {"holder": h, "category": c, "here": moves[0][h, c], "there": moves[1][h, c]}
            for h, c in sorted(set(moves[0]) | set(moves[1]))
        ],
        "only_left": [
            (names[i], rows.get(i), right.reasons.get(i, {})) for i in differ if i in first
        ],
        "only_right": [
            (names[i], rows.get(i), left.reasons.get(i, {})) for i in differ if i in second
        ],
    }


@require_http_methods(["GET", "POST"])
@page_for(*PROPOSES)
def disputed_page(request: Request, plan_id: str) -> HttpResponseBase:
    """Each way that contested facts can turn out, side by side, before anybody signs."""
    row = planned.plan_row(request.viewer, f"plan:{plan_id}")
    known = job_of_mine(request, DISPUTED, row.subject)
    if request.method == "POST":
        if request.POST.get("act") == "cancel":
            stop(known)
        else:
            dead = sorted(frozenset(request.POST.getlist("dead")).intersection(row.selected))
            ask(request, DISPUTED, row.subject, {"dead": dead, "seconds": patience(request)})
        return see_other("plan-disputed", plan_id)
    people, _terms, _plan = at_hand(desk_for(request.viewer).log, PlanId(row.subject))
    contested = contested_facts(people)
    outcomes = outcomes_in(known.value) if known is not None else ()
    changed = {i for o in outcomes for i in (*o.difference.joins, *o.difference.leaves)}
    names = names_of(request.viewer, [*(c.person for c in contested), *row.selected, *changed])
    terms = planned.terms_of(request.viewer, row)
    written = in_words(terms.document) if terms is not None else None
    context = {
        "row": row,
        "contested": [(names[c.person], c) for c in contested],
        "selected": [names[i] for i in row.selected],
        "calculation": known,
        "outcomes": [_outcome(each, names, written) for each in outcomes],
        "limits": LIMITS_SECONDS,
    }
    return never_stored(render(request, "exchange/disputed.html", context))


def _outcome(
    each: Outcome, names: Mapping[str, Any], written: WrittenTerms | None
) -> Mapping[str, Any]:
    return {
        "case": each.case,
        "status": each.difference.plan.status.value,
        "going": len(each.difference.plan.selected),
        "joins": [names[i] for i in each.difference.joins],
        "leaves": [names[i] for i in each.difference.leaves],
        "levels": _levels(each.difference.levels, written),
        "conflict": rules_named(written, each.difference.plan.conflict),
    }
