"""Why is this person not in the plan under these terms?

The answer names the rule, or the level that would suffer and by how much, or
the turn; see `reasons`. What the terms or the law bar is said in their words.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from repatria.planning.agreement import Terms
from repatria.planning.bars import find_bars, unique
from repatria.planning.building import build_classes
from repatria.planning.candidates import Bar, Candidate
from repatria.planning.classes import Classes
from repatria.planning.plan import Plan, PlanStatus
from repatria.planning.reached import Climb, Outcome, Reached
from repatria.planning.reasons import Explainer, Reason
from repatria.planning.solvers.program import Whole
from repatria.planning.terms_conflict import find_terms_conflict
from repatria.planning.terms_question import question_of


def why_not(
    person_id: str,
    candidates: Iterable[Candidate],
    terms: Terms,
    plan: Plan,
    *,
    time_limit_seconds: float = 30.0,
) -> Reason:
    """The reason why somebody is not in a plan; code `in-plan` when he is.

    Codes: those of `Bar` for somebody who cannot be chosen; `no-plan`; `rules-conflict`
    (with him no plan exists); `level-cost` (with him a level falls); `captured-later`
    and `lottery` (he is of equal standing with some who go); `not-settled` (the
    solver needs more time, or the plan is not proven).

    Args:
        person_id: one of the candidates.
        candidates: the same the plan was made from.
        terms: the same the plan was made from.
        plan: made by `solve` or `substitute`.
        time_limit_seconds: for the solver.

    Raises:
        ValueError: the person is not among the candidates.

    Cost: a chain of relaxations and usually one integer program.
    """
    (reason,) = why_not_each(
        (person_id,), candidates, terms, plan, time_limit_seconds=time_limit_seconds
    )
    return reason


def why_not_each(
    person_ids: Iterable[str],
    candidates: Iterable[Candidate],
    terms: Terms,
    plan: Plan,
    *,
    time_limit_seconds: float = 30.0,
) -> tuple[Reason, ...]:
    """What `why_not` says of each of these persons, in their order.

    Raises:
        ValueError: a person is not among the candidates.

    Cost: the question is built once, and each standing is asked about once.
    """
    people, asked = unique(candidates), tuple(person_ids)
    strangers = sorted(set(asked).difference(person.id for person in people))
    if strangers:
        msg = f"{', '.join(strangers)} is not among the candidates"
        raise ValueError(msg)
    selected = frozenset(plan.selected)
    if selected.issuperset(asked):
        return tuple(_in_plan(person) for person in asked)
    withdrawn = frozenset(plan.withdrawn)
    bars = find_bars({person.id: person for person in people}, terms, withdrawn)
    question = question_of(people, terms, previous=frozenset(plan.previous), withdrawn=withdrawn)
    classes = build_classes(question)
    explainer = Explainer(classes, climb_of(plan, classes), seconds=time_limit_seconds)

    def answer(person: str) -> Reason:
        if person in selected:
            return _in_plan(person)
        if person in bars:
            return _barred(person, bars[person])
        if plan.status is PlanStatus.INFEASIBLE:
            return _no_plan(person, plan, terms)
        reason = explainer.why_not(person)
        if reason.code != "rules-conflict":
            return reason
        rules = find_terms_conflict(
            people, terms, seconds=time_limit_seconds, withdrawn=withdrawn, force=person
        )
        words = f"With this person no plan exists; in the way stand: {_words(rules, terms)}"
        return replace(reason, rules=rules, sentence=words)

    return tuple(answer(person) for person in asked)


def climb_of(plan: Plan, classes: Classes) -> Climb:
    """The plan as a climb of its question."""
    outcomes = {
        PlanStatus.OPTIMAL: Outcome.OPTIMAL,
        PlanStatus.INFEASIBLE: Outcome.INFEASIBLE,
        PlanStatus.TIME_LIMIT: Outcome.TIME_LIMIT,
    }
    return Climb(
        outcome=outcomes[plan.status],
        numbers=numbers_of(classes, frozenset(plan.selected)) if plan.levels else None,
        levels=tuple(Reached(value=level.value, bound=level.bound) for level in plan.levels),
    )


def numbers_of(classes: Classes, selected: frozenset[str]) -> Whole:
    """How many of each class are among these persons; rounds between parties are left 0."""
    goes = np.array([one in selected for one in classes.instance.ids], dtype=bool)
    units = np.unique(classes.unit_of[goes & (classes.unit_of >= 0)])
    numbers = np.zeros(classes.program.size, dtype=np.int64)
    np.add.at(numbers, classes.class_of[units], 1)
    return numbers


def _in_plan(person: str) -> Reason:
    return Reason(person=person, code="in-plan", sentence="Is in the plan.")


def _no_plan(person: str, plan: Plan, terms: Terms) -> Reason:
    return Reason(
        person=person,
        code="no-plan",
        rules=plan.conflict,
        sentence="There is no plan: these rules cannot hold together: "
        + _words(plan.conflict, terms),
    )


def _words(rules: tuple[str, ...], terms: Terms) -> str:
    words = {rule.id: rule.in_words() for rule in terms.rules}
    return "; ".join(f"{rule} ({words[rule]})" for rule in rules)


def _barred(person: str, bars: tuple[Bar, ...]) -> Reason:
    return Reason(
        person=person,
        code=bars[0].code,
        rules=tuple(bar.rule for bar in bars),
        sentence="Cannot be chosen: " + "; ".join(f"{bar.words} ({bar.rule})" for bar in bars),
    )
