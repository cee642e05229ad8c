"""How is the answer to a question about a plan kept, until somebody looks at it?

As plain values that outlive the process which computed it: ids of persons, numbers,
and reasons as every party may read them. Nothing of it is a statement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from repatria.ledger.kinds.schedule_proposed import ScheduleLine
from repatria.ledger.log import Log
from repatria.ledger.payload import from_json, to_json
from repatria.operations.agreement import latest_terms, plan_as_solved, plan_of
from repatria.operations.alternatives import Difference, Outcome, WithPerson
from repatria.operations.candidates import who_could_go
from repatria.operations.schedules import Schedule, schedule_in
from repatria.operations.trials import Binding, Recount, Trial
from repatria.planning import (
    Candidate,
    Plan,
    Reason,
    Terms,
    plan_from_json,
    plan_to_json,
    terms_from_json,
)
from repatria.planning.neutral import neutral
from repatria.planning.reasons import reason_from_json, reason_to_json
from repatria.terms import Objection, PlanId

Json = dict[str, Any]


def at_hand(log: Log, plan_id: PlanId) -> tuple[tuple[Candidate, ...], Terms, Plan]:
    """The persons, the terms and the plan, as this installation knows them now.

    Raises:
        Refusal: `plan-unknown` or `terms-unknown`.
    """
    proposed, _entry = plan_of(log, plan_id)
    said, _entry = latest_terms(log, proposed.terms_id)
    terms = terms_from_json(said.document)
    # Who is on the handover list of this plan is not lost to it.
    people = who_could_go(
        log, proposed.terms_id, plan_id=proposed.plan_id, but_on=proposed.selected
    )
    return people, terms, plan_as_solved(proposed, terms)


def trial_to_json(trial: Trial) -> Json:
    """What terms would give, but for the terms, which whoever asked has."""
    return {
        "plan": plan_to_json(trial.plan),
        "bindings": [asdict(binding) for binding in trial.bindings],
        "looked_at": trial.looked_at,
        "freed": [list(each) for each in trial.freed],
    }


def trial_in(kept: Mapping[str, Any], terms: Terms) -> Trial | None:
    """What these terms would give; None when nothing was found yet."""
    if not kept:
        return None
    return Trial(
        terms=terms,
        plan=plan_from_json(kept["plan"]),
        bindings=tuple(Binding(**each) for each in kept["bindings"]),
        looked_at=kept["looked_at"],
        freed=tuple((holder, number) for holder, number in kept["freed"]),
    )


def recount_to_json(found: Recount) -> Json:
    """What a check of a plan found."""
    return {
        "objections": [[each.code, each.rule, list(each.about)] for each in found.objections],
        "words": [list(each) for each in found.words],
    }


def recount_in(kept: Mapping[str, Any]) -> Recount | None:
    """What a check found; None when it has not ended."""
    if not kept:
        return None
    return Recount(
        objections=tuple(
            Objection(code=code, rule=rule, about=tuple(about))
            for code, rule, about in kept["objections"]
        ),
        words=tuple((level, word) for level, word in kept["words"]),
    )


def with_person_to_json(answer: WithPerson) -> Json:
    """What it would mean that somebody goes; the reason as every party may read it."""
    return {
        "person": answer.person,
        "reason": reason_to_json(neutral(answer.reason)),
        "difference": _difference_to_json(answer.difference) if answer.difference else None,
        "relieving": list(answer.relieving),
    }


def with_person_in(kept: Mapping[str, Any]) -> WithPerson | None:
    """What it would mean that somebody goes; None when that is not computed."""
    if not kept:
        return None
    reason: Reason = reason_from_json(kept["person"], kept["reason"])
    differs = kept["difference"]
    return WithPerson(
        person=kept["person"],
        reason=reason,
        difference=_difference_in(differs) if differs else None,
        relieving=tuple(kept["relieving"]),
    )


def outcomes_to_json(outcomes: Iterable[Outcome]) -> Json:
    """The cases known so far."""
    told = ({"case": o.case, **_difference_to_json(o.difference)} for o in outcomes)
    return {"outcomes": list(told)}


def outcomes_in(kept: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """The cases known so far; none when nothing is computed."""
    return tuple(
        Outcome(case=each["case"], difference=_difference_in(each))
        for each in kept.get("outcomes", ())
    )


def schedule_to_json(schedule: Schedule) -> Json:
    """A schedule that nobody has proposed."""
    return {
        "document": dict(schedule.document),
        "worth": dict(schedule.worth),
        "days": [tranche.on for tranche in schedule.tranches],
        "lines": [to_json(line) for line in schedule.lines],
    }


def kept_schedule(kept: Mapping[str, Any]) -> Schedule | None:
    """A schedule that nobody has proposed; None when none is computed."""
    if not kept:
        return None
    return schedule_in(
        kept["document"],
        worth=kept["worth"],
        days=kept["days"],
        lines=tuple(from_json(ScheduleLine, line, place="schedule") for line in kept["lines"]),
    )


def _difference_to_json(found: Difference) -> Json:
    return {
        "plan": plan_to_json(found.plan),
        "joins": list(found.joins),
        "leaves": list(found.leaves),
        "levels": [list(level) for level in found.levels],
    }


def _difference_in(kept: Mapping[str, Any]) -> Difference:
    return Difference(
        plan=plan_from_json(kept["plan"]),
        joins=tuple(kept["joins"]),
        leaves=tuple(kept["leaves"]),
        levels=tuple((level, here, there) for level, here, there in kept["levels"]),
    )
