"""How is each question about terms and plans worked, beside the pages?

Nothing is written: what was found is a result of the job, and an act only when somebody
proposes it. So a job that was killed in the middle is simply worked again, and what it
had found by then is shown meanwhile. Only the newest question of an account counts.
"""

from collections.abc import Mapping

from repatria.operations.agreement import Solved, asked_under
from repatria.operations.alternatives import Outcome, outcomes_of, with_person
from repatria.operations.candidates import who_could_go
from repatria.operations.desk import Desk
from repatria.operations.plan_questions import (
    at_hand,
    outcomes_to_json,
    recount_to_json,
    schedule_to_json,
    trial_to_json,
    with_person_to_json,
)
from repatria.operations.schedules import Schedule, question_for, schedule_for
from repatria.operations.solved_plans import solved_to_json
from repatria.operations.trials import (
    RECOUNT_STEPS,
    Trial,
    recount,
    solve_exchange,
    try_terms,
)
from repatria.planning import terms_from_json
from repatria.planning.agreement import LOTTERIES
from repatria.planning.contested import contested_facts
from repatria.store.jobs import COMPUTED, PLAN, Job
from repatria.terms import NotVisible, PartyCode, PlanId, Role
from repatria.wiring.jobs import Result, Told, Work

TRIAL, CHECK, WHY, DISPUTED, SCHEDULE = (
    "plan-trial", "plan-check", "plan-why", "plan-disputed", "plan-schedule",
)  # fmt: skip
QUESTIONS = COMPUTED - {PLAN}
"""What somebody waits for at a page; a plan that takes minutes does not hold them up."""

DRAFT = "draft:terms"
"""What a trial is about: the one draft of an account."""

_COMPUTING = "computing"


def _plan(desk: Desk, job: Job, told: Told) -> Result:
    """A plan is a result, and no act: nothing is written until somebody proposes it."""
    _may_ask(desk)
    asked, seconds = job.asked, float(job.asked["seconds"])
    tell = told.at_stage(_COMPUTING)
    under = asked_under(desk.log, job.about.partition(":")[2], map(PartyCode, asked["parties"]))
    levels = len(under.terms.priorities) + len(LOTTERIES)

    def hear(better: Solved) -> None:
        told.found = solved_to_json(better)
        told.done = sum(level.proven for level in better.plan.levels)
        told.total = max(levels, told.done)

    solved = solve_exchange(under, seconds=seconds, report=hear, cancelled=told.lost.is_set)
    tell(levels, levels)
    return solved_to_json(solved) if solved is not None else {}


def _trial(desk: Desk, job: Job, told: Told) -> Result:
    _may_ask(desk)
    told.at_stage(_COMPUTING)
    terms = terms_from_json(job.asked["terms"])
    people = who_could_go(desk.log, terms.id)

    def hear(trial: Trial) -> None:
        told.found = trial_to_json(trial)
        told.done, told.total = 1 + trial.looked_at, 1 + len(terms.rules)

    trial = try_terms(
        people,
        terms,
        seconds=float(job.asked["seconds"]),
        report=hear,
        cancelled=told.lost.is_set,
    )
    return trial_to_json(trial) if trial is not None else {}


def _check(desk: Desk, job: Job, told: Told) -> Result:
    _may_ask(desk)
    tell = told.at_stage(_COMPUTING)
    found = recount(
        *at_hand(desk.log, PlanId(job.about)),
        seconds=float(job.asked["seconds"]),
        report=lambda step: tell(step, RECOUNT_STEPS),
        cancelled=told.lost.is_set,
    )
    return recount_to_json(found) if found is not None else {}


def _why(desk: Desk, job: Job, told: Told) -> Result:
    _may_ask(desk)
    tell = told.at_stage(_COMPUTING)
    people, terms, plan = at_hand(desk.log, PlanId(job.about))
    person = job.asked["person"]
    if person not in {each.id for each in people}:
        raise NotVisible
    steps = 2 + len(terms.rules)
    answer = with_person(
        people,
        terms,
        plan,
        person,
        seconds=float(job.asked["seconds"]),
        report=lambda step: tell(step, steps),
        cancelled=told.lost.is_set,
    )
    return with_person_to_json(answer) if answer is not None else {}


def _disputed(desk: Desk, job: Job, told: Told) -> Result:
    _may_ask(desk)
    told.at_stage(_COMPUTING)
    people, terms, plan = at_hand(desk.log, PlanId(job.about))
    dead = frozenset(job.asked["dead"]).intersection(plan.selected)
    cases = 1 + bool(contested_facts(people)) + bool(dead)

    def hear(known: tuple[Outcome, ...]) -> None:
        told.found = outcomes_to_json(known)
        told.done, told.total = len(known), cases

    outcomes = outcomes_of(
        people,
        terms,
        dead,
        seconds=float(job.asked["seconds"]),
        report=hear,
        cancelled=told.lost.is_set,
    )
    return outcomes_to_json(outcomes) if outcomes is not None else {}


def _schedule(desk: Desk, job: Job, told: Told) -> Result:
    _may_ask(desk)
    told.at_stage(_COMPUTING)
    people, terms, plan = at_hand(desk.log, PlanId(job.about))
    chosen, asked = frozenset(plan.selected), job.asked
    going = tuple(person for person in people if person.id in chosen)
    question = question_for(
        going,
        terms,
        per_day=asked["per_day"],
        days=asked["days"],
        most_ahead=asked["most_ahead"],
        simultaneous=asked["legs"] == "simultaneous",
    )

    def hear(first: Schedule) -> None:
        told.found = schedule_to_json(first)
        told.done, told.total = 1, 2  # what is left is to prove that none is better

    found = schedule_for(
        going,
        terms,
        question,
        seconds=float(asked["seconds"]),
        report=hear,
        cancelled=told.lost.is_set,
    )
    return schedule_to_json(found)


def _may_ask(desk: Desk) -> None:
    """Those who propose terms and plans ask; what they are told rests on all that is known here."""
    desk.require(Role.NEGOTIATOR, Role.INTERMEDIARY)


PLAN_KINDS: Mapping[str, Work] = {
    PLAN: _plan,
    TRIAL: _trial,
    CHECK: _check,
    WHY: _why,
    DISPUTED: _disputed,
    SCHEDULE: _schedule,
}
