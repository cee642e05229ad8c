"""Who goes home under these terms?

Priorities are climbed one by one: what a level has reached becomes a rule for
those below it. The same candidates and terms give the same persons, in whatever
order they come.
"""

from collections.abc import Callable, Iterable

from repatria.planning.agreement import Terms
from repatria.planning.answering import selected_ids, solve_instance
from repatria.planning.bars import unique
from repatria.planning.building import build_classes
from repatria.planning.candidates import Candidate, bars_by_law
from repatria.planning.plan import LevelResult, Plan, PlanStatus
from repatria.planning.reached import Climb, Outcome
from repatria.planning.terms_conflict import find_terms_conflict
from repatria.planning.terms_question import question_of


def solve(
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    previous: frozenset[str] = frozenset(),
    time_limit_seconds: float = 30.0,
    on_progress: Callable[[Plan], None] | None = None,
) -> Plan:
    """The best plan for these persons and terms, or the rules that conflict.

    Args:
        candidates: in any order, each once.
        terms: what is agreed.
        previous: persons to keep where possible, before every priority.
        time_limit_seconds: for the solver, all levels together.
        on_progress: hears of every better plan while it goes on, with what none exceeds.

    Raises:
        Refusal: the terms hold a rule that is not understood or an unknown person.
        ValueError: a candidate stands twice.

    Cost: a chain of relaxations and usually one integer program; persons of equal
    standing collapse into one unknown.
    """
    people = unique(candidates)
    return _solve(people, terms, previous, frozenset(), time_limit_seconds, on_progress)


def substitute(
    plan: Plan,
    out_id: str,
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    time_limit_seconds: float = 30.0,
) -> Plan:
    """The plan that comes next when somebody in a plan can no longer go.

    As many of the others as possible stay in; only then do the priorities decide
    who takes the place.

    Raises:
        ValueError: the person is not in the plan.
        Refusal: as for `solve`.
    """
    return replan(
        plan, frozenset({out_id}), candidates, terms, time_limit_seconds=time_limit_seconds
    )


def replan(
    plan: Plan,
    out_ids: frozenset[str],
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    time_limit_seconds: float = 30.0,
) -> Plan:
    """The plan with the fewest changes when several can no longer go: a refusal, a death.

    Raises:
        ValueError: somebody is not in the plan.
        Refusal: as for `solve`.
    """
    strangers = sorted(out_ids.difference(plan.selected))
    if strangers:
        msg = f"{', '.join(strangers)} is not in the plan"
        raise ValueError(msg)
    withdrawn = frozenset(plan.withdrawn) | out_ids
    previous = frozenset(plan.selected) - out_ids
    return _solve(unique(candidates), terms, previous, withdrawn, time_limit_seconds)


def find_owed(
    people: Iterable[Candidate], selected: frozenset[str], withdrawn: frozenset[str]
) -> tuple[str, ...]:
    """Ids of the seriously wounded and sick who could go by law and do not, sorted."""
    return tuple(
        sorted(
            person.id
            for person in people
            if person.outside_ratios
            and person.id not in selected
            and person.id not in withdrawn
            and not bars_by_law(person)
        )
    )


def _solve(
    people: tuple[Candidate, ...],
    terms: Terms,
    previous: frozenset[str],
    withdrawn: frozenset[str],
    seconds: float,
    on_progress: Callable[[Plan], None] | None = None,
) -> Plan:
    question = question_of(people, terms, previous=previous, withdrawn=withdrawn)
    classes = build_classes(question)

    def plan_of(reached: Climb, conflict: tuple[str, ...] = ()) -> Plan:
        selected = tuple(selected_ids(classes, reached))
        return Plan(
            terms_id=terms.id,
            terms_version=terms.version,
            status=PlanStatus(reached.outcome.value),
            levels=tuple(
                LevelResult(id=level.id, value=r.value, bound=r.bound, proven=r.proven)
                for level, r in zip(question.levels, reached.levels, strict=bool(reached.levels))
            ),
            selected=selected,
            left_out=tuple(sorted({person.id for person in people}.difference(selected))),
            conflict=conflict,
            owed=find_owed(people, frozenset(selected), withdrawn),
            previous=tuple(sorted(previous)),
            withdrawn=tuple(sorted(withdrawn)),
        )

    tell = None if on_progress is None else (lambda reached: on_progress(plan_of(reached)))
    _classes, reached = solve_instance(question, seconds=seconds, classes=classes, on_progress=tell)
    conflict: tuple[str, ...] = ()
    if reached.outcome is Outcome.INFEASIBLE:
        conflict = find_terms_conflict(people, terms, seconds=seconds, withdrawn=withdrawn)
    return plan_of(reached, conflict)
