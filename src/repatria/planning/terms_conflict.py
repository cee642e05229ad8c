"""Which rules of the terms cannot hold together?

As `conflicts`, but over all rules: those that bar persons too, since leaving one
out lets others go.
"""

from dataclasses import replace

import numpy as np

from repatria.planning.agreement import Terms
from repatria.planning.building import build_classes
from repatria.planning.candidates import Candidate
from repatria.planning.conflicts import cannot_be_kept
from repatria.planning.terms_question import question_of


def find_terms_conflict(
    people: tuple[Candidate, ...],
    terms: Terms,
    *,
    seconds: float,
    withdrawn: frozenset[str] = frozenset(),
    force: str = "",
) -> tuple[str, ...]:
    """Ids of rules that cannot hold together; without any one of them the others can.

    Args:
        people: among whom there is no plan.
        terms: of which some rules conflict.
        seconds: for each question to the solver. A rule whose part was not
            settled in that time stays in the answer.
        withdrawn: persons who can no longer go.
        force: a person who must go, if any; not barred by law.

    Source: the deletion filter of Chinneck and Dravnieks, "Locating minimal
    infeasible constraint sets in linear programs", ORSA J. Computing 3 (1991).
    Cost: one feasibility question per rule.
    """
    rules = terms.rules
    for rule in terms.rules:
        fewer = tuple(each for each in rules if each is not rule)
        if _is_impossible(people, replace(terms, rules=fewer), withdrawn, force, seconds):
            rules = fewer
    return tuple(rule.id for rule in rules)


def _is_impossible(
    people: tuple[Candidate, ...],
    terms: Terms,
    withdrawn: frozenset[str],
    force: str,
    seconds: float,
) -> bool:
    classes = build_classes(question_of(people, terms, withdrawn=withdrawn))
    program = classes.program
    if force:
        place = list(classes.instance.ids).index(force)
        if classes.unit_of[place] < 0:
            return True
        lower = program.lower.copy()
        lower[classes.class_of[classes.unit_of[place]]] = np.int64(1)
        program = replace(program, lower=lower)
    return cannot_be_kept(program, seconds=seconds)
