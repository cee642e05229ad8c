"""What would be different, if one person went, or if a fact were another?

Plans that nobody proposes, laid beside one that somebody did. As in `trials`,
nothing is read or written while it is solved, and the solving can be stopped.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from repatria.planning import Candidate, Include, Plan, Reason, Terms, solve, why_not
from repatria.planning.bars import check_understood
from repatria.planning.contested import as_claimed, contested_facts
from repatria.planning.solvers import RunEnding, run_bounded
from repatria.terms.parties import INTERMEDIARY

_WITH_THIS_PERSON = "asked"
Report = Callable[[Any], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How another plan differs from the one at hand.

    Attributes:
        plan: the other plan.
        joins, leaves: ids of those who go in the other alone, and in the one at hand alone.
        levels: per level its id, its value at hand, and its value in the other.
    """

    plan: Plan
    joins: tuple[str, ...]
    leaves: tuple[str, ...]
    levels: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithPerson:
    """What it would mean that somebody goes who does not.

    Attributes:
        person: who.
        reason: why he does not, computed anew.
        difference: to the best plan in which he goes; None when there is none.
        relieving: ids of rules without any one of which he would go.
    """

    person: str
    reason: Reason
    difference: Difference | None
    relieving: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The plan in one case of contested facts.

    Attributes:
        case: `holder`, `claimant` or `dead`.
        difference: to the first case; of that one itself nothing differs.
    """

    case: str
    difference: Difference


def with_person(
    candidates: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    person: str,
    *,
    seconds: float,
    report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> WithPerson | None:
    """What it would mean that somebody goes; None without time.

    Args:
        candidates, terms, plan: as this installation knows them.
        person: who does not go.
        seconds: hard limit.
        report: hears how many steps are done: two, and one for each rule of the terms.
        cancelled: asked a few times a second; True stops.

    Raises:
        ValueError: he is not among the candidates.
    """
    if person not in {each.id for each in candidates}:
        msg = f"{person} is not among the candidates"
        raise ValueError(msg)
    check_understood({each.id: each for each in candidates}, terms)
    run = run_bounded(
        _with_person_task,
        candidates,
        terms,
        plan,
        person,
        seconds / 4,
        seconds=seconds,
        on_progress=report,
        cancelled=cancelled,
    )
    return run.value if run.ending is RunEnding.DONE else None


def outcomes_of(
    candidates: tuple[Candidate, ...],
    terms: Terms,
    perhaps_dead: Collection[str],
    *,
    seconds: float,
    report: Report | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Outcome, ...] | None:
    """The plan as the holders say, then in each other case there is; None without time.

    Args:
        candidates: as the holders describe them.
        terms: under which to plan.
        perhaps_dead: ids of those of whom it is not known whether they live.
        seconds: hard limit for all cases together.
        report: hears of the outcomes known so far.
        cancelled: asked a few times a second; True stops.
    """
    check_understood({each.id: each for each in candidates}, terms)
    cases: dict[str, tuple[Candidate, ...]] = {"holder": candidates}
    if contested_facts(candidates):
        cases["claimant"] = as_claimed(candidates)
    if perhaps_dead:
        cases["dead"] = tuple(
            replace(p, alive_confirmed=False) if p.id in perhaps_dead else p for p in candidates
        )
    found: tuple[Outcome, ...] | None = run_bounded(
        _outcomes_task,
        cases,
        terms,
        seconds / 4,
        seconds=seconds,
        on_progress=report,
        cancelled=cancelled,
    ).value
    return found


def difference(at_hand: Plan, other: Plan) -> Difference:
    """How another plan differs from the one at hand."""
    ours, theirs = frozenset(at_hand.selected), frozenset(other.selected)
    values = {level.id: level.value for level in other.levels}
    return Difference(
        plan=other,
        joins=tuple(sorted(theirs - ours)),
        leaves=tuple(sorted(ours - theirs)),
        levels=tuple(
            (level.id, level.value, values[level.id])
            for level in at_hand.levels
            if level.id in values
        ),
    )


def _with_person_task(
    people: tuple[Candidate, ...],
    terms: Terms,
    plan: Plan,
    person: str,
    seconds: float,
    report: Report,
) -> WithPerson:
    reason = why_not(person, people, terms, plan, time_limit_seconds=seconds)
    report(1)
    forced = Include(
        id=_WITH_THIS_PERSON, proposer=INTERMEDIARY, source="a question", ids=(person,)
    )
    other = solve(people, replace(terms, rules=(*terms.rules, forced)), time_limit_seconds=seconds)
    relieving = []
    for done, rule in enumerate(terms.rules, start=2):
        report(done)
        rest = tuple(each for each in terms.rules if each is not rule)
        freed = solve(people, replace(terms, rules=rest), time_limit_seconds=seconds)
        if person in freed.selected:
            relieving.append(rule.id)
    return WithPerson(
        person=person,
        reason=reason,
        difference=difference(plan, other) if other.levels else None,
        relieving=tuple(relieving),
    )


def _outcomes_task(
    cases: Mapping[str, tuple[Candidate, ...]], terms: Terms, seconds: float, report: Report
) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    first: Plan | None = None
    for case, people in cases.items():
        plan = solve(people, terms, time_limit_seconds=seconds)
        first = first or plan
        found.append(Outcome(case=case, difference=difference(first, plan)))
        report(tuple(found))
    return tuple(found)
