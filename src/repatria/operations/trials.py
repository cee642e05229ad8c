"""What would these terms give, and what holds it down? And does a plan hold?

Asked before anybody proposes, accepts or signs. Nothing here reads or writes a
log: persons and terms are arguments, and the solving is done in a process that is
killed when its time is up or somebody cancels. What it found by then is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from repatria.operations.agreement import Asked, Solved, solved_from
from repatria.planning import Candidate, Plan, PlanStatus, Terms, objections_to, solve
from repatria.planning.agreement import LOTTERIES
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.bars import check_understood
from repatria.planning.certificate_check import check_plan
from repatria.planning.solvers import RunEnding, run_bounded
from repatria.planning.terms_question import question_of, question_to_json
from repatria.terms import Objection

Report = Callable[[Any], None]
Cancelled = Callable[[], bool]
_PER_RULE_SECONDS = 5.0
RECOUNT_STEPS = 3
"""A plan is counted again, solved anew, and the proofs of that are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A rule without which something would be better.

    Attributes:
        rule: id of the rule.
        level: the first level that would be higher.
        value, without: what it is, and what it would be.
    """

    rule: str
    level: str
    value: int
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What terms would give now.

    Attributes:
        terms: that were tried.
        plan: what was found; status and levels say how good it is known to be.
        bindings: of the rules left out so far, those that hold something down.
        looked_at: how many rules were left out in turn.
        freed: how many would go, by holder.
    """

    terms: Terms
    plan: Plan
    bindings: tuple[Binding, ...] = ()
    looked_at: int = 0
    freed: tuple[tuple[str, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every rule was left out once, or there is no plan to do it with."""
        found = self.plan.status is PlanStatus.OPTIMAL
        return not found or self.looked_at == len(self.terms.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """What a check of a plan found.

    Attributes:
        objections: what is wrong with it; empty when nothing is.
        words: per level whose word its bound is: `certificate`, checked without a solver, or
            `solver`.
    """

    objections: tuple[Objection, ...]
    words: tuple[tuple[str, str], ...]


def try_terms(
    candidates: tuple[Candidate, ...],
    terms: Terms,
    *,
    seconds: float,
    report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> Trial | None:
    """What these terms would give; None when nothing was found in the time given.

    Args:
        candidates: everybody who could go.
        terms: a draft, or terms that somebody proposed.
        seconds: hard limit.
        report: hears of each `Trial` that knows more than the one before.
        cancelled: asked a few times a second; True stops.

    Raises:
        Refusal: a rule is not understood, or names somebody who is not held.
    """
    check_understood({person.id: person for person in candidates}, terms)
    found: Trial | None = run_bounded(
        _trial_task,
        candidates,
        terms,
        seconds * 0.8,
        seconds=seconds,
        on_progress=report,
        cancelled=cancelled,
    ).value
    return found


def solve_exchange(
    asked: Asked,
    *,
    seconds: float,
    report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> Solved | None:
    """The best plan that was found; None when none was found in the time given.

    Only a proven one can be proposed; of another the levels say what no plan exceeds.

    Args:
        asked: from what.
        seconds: hard limit.
        report: hears of each `Solved` that is better than the one before.
        cancelled: asked a few times a second; True stops.
    """
    check_understood({person.id: person for person in asked.candidates}, asked.terms)
    found: Solved | None = run_bounded(
        _solved_task,
        asked,
        seconds * 0.8,
        seconds=seconds,
        on_progress=report,
        cancelled=cancelled,
    ).value
    return found


def recount(
    candidates: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    *,
    seconds: float,
    report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> Recount | None:
    """A plan counted again without a solver, and its bounds proven anew; None without time.

    The proofs are made by our own solver and then checked without it, so the word of
    whoever made the plan is not needed for them.

    Args:
        candidates, terms, plan: as this installation knows them.
        seconds: hard limit.
        report: hears how many of `RECOUNT_STEPS` are done.
        cancelled: asked a few times a second; True stops.
    """
    check_understood({person.id: person for person in candidates}, terms)
    run = run_bounded(
        _recount_task,
        candidates,
        terms,
        plan,
        seconds * 0.8,
        seconds=seconds,
        on_progress=report,
        cancelled=cancelled,
    )
    return run.value if run.ending is RunEnding.DONE else None


def _trial_task(
    people: tuple[Candidate, ...], terms: Terms, seconds: float, report: Report
) -> Trial:
    plan = solve(people, terms, time_limit_seconds=seconds)
    holders = {person.id: str(person.holder) for person in people}
    going = [holders[one] for one in plan.selected]
    trial = Trial(
        terms=terms,
        plan=plan,
        freed=tuple((holder, going.count(holder)) for holder in sorted(set(holders.values()))),
    )
    report(trial)
    for rule in terms.rules if plan.status is PlanStatus.OPTIMAL else ():
        rest = tuple(each for each in terms.rules if each is not rule)
        limit = min(seconds, _PER_RULE_SECONDS)
        other = solve(people, replace(terms, rules=rest), time_limit_seconds=limit)
        binding = _binding(rule.id, plan, other)
        more = (*trial.bindings, binding) if binding else trial.bindings
        trial = replace(trial, bindings=more, looked_at=trial.looked_at + 1)
        report(trial)
    return trial


def _binding(rule: str, plan: Plan, without: Plan) -> Binding | None:
    """What is better without the rule; None when nothing is, or nothing is known."""
    for level, other in zip(plan.levels, without.levels, strict=False):
        if level.id in LOTTERIES or other.value < level.value:
            return None
        if other.value > level.value:
            return Binding(rule=rule, level=level.id, value=level.value, without=other.value)
    return None


def _solved_task(asked: Asked, seconds: float, report: Report) -> Solved:
    return solved_from(asked, seconds=seconds, report=report)


def _recount_task(
    people: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    seconds: float,
    report: Report,
) -> Recount:
    objections = objections_to(plan, people, terms)
    report(1)
    question = question_of(people, terms)
    classes, reached = solve_instance(question, seconds=seconds)
    report(2)
    document = plan_document(classes.instance, classes, reached)
    findings, trusted = check_plan(question_to_json(classes.instance), document)
    ours = {level["id"]: level["value"] for level in document["levels"]}

    def word(level_id: str, value: int) -> str:
        certain = not findings and level_id not in trusted and ours.get(level_id) == value
        return "certificate" if certain else "solver"

    return Recount(
        objections=objections,
        words=tuple((level.id, word(level.id, level.value)) for level in plan.levels),
    )
