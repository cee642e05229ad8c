"""Which rules cannot hold together?

Without any one of those named, the others can: a minimal set, found by leaving
rules out one after the other.

Source: the deletion filter of Chinneck and Dravnieks, "Locating minimal
infeasible constraint sets in linear programs", ORSA J. Computing 3 (1991).
"""

from repatria.planning.classes import Classes
from repatria.planning.relaxing import nothing_gained
from repatria.planning.solvers import Ending, Program, solve_integer, solve_lp


def find_conflict(classes: Classes, *, seconds: float = 10.0) -> tuple[str, ...]:
    """Ids of rules that cannot hold together, in the order of the terms.

    Args:
        classes: a question without a plan.
        seconds: for each question to the solver. A rule whose part was not
            settled in that time stays in the answer.

    Cost: one feasibility question per rule.
    """
    rows = conflicting_rows(classes.program, len(classes.instance.rules), seconds=seconds)
    return tuple(classes.instance.rules[row].id for row in rows)


def conflicting_rows(program: Program, candidates: int, *, seconds: float) -> tuple[int, ...]:
    """The first rows of a program that cannot hold together with the rest of it."""
    dropped: list[int] = []
    for row in range(candidates):
        if cannot_be_kept(program.without_rows([*dropped, row]), seconds=seconds):
            dropped.append(row)
    return tuple(row for row in range(candidates) if row not in dropped)


def cannot_be_kept(program: Program, *, seconds: float) -> bool:
    """Whether it is certain that no whole numbers keep a program."""
    nothing = program.lower * 0
    if solve_lp(program, nothing).ending is Ending.INFEASIBLE:
        return True
    return solve_integer(program, nothing, seconds=seconds).ending is Ending.INFEASIBLE


__all__ = ["cannot_be_kept", "conflicting_rows", "find_conflict", "nothing_gained"]
