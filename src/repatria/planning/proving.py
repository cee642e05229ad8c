"""Which proof goes with each level, in a form that needs no solver to be checked?

A level's proof refutes "one more than the plan has": the rows of the rules and
of the levels above, added up with whole multipliers. Where the relaxation is not
enough, a small tree of cases does it. What has no proof is the solver's word, and
named so.
"""

import json
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.branching import tree_of
from repatria.planning.classes import Classes
from repatria.planning.climbing import Climb
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]
# A longer proof of one level is left out: nobody would read or send it.
_MOST_BYTES = 40_000


def certificate_of(classes: Classes, climb: Climb, *, seconds: float = 5.0) -> Json:
    """The proofs of a climb as plain JSON values.

    Args:
        classes: the question.
        climb: its plan.
        seconds: for trees of cases, all levels together; what they do not show by
            then stays the solver's word.
    """
    if climb.refutation is not None:
        return {"infeasible": leaf(row_names(classes, ()), climb.refutation.multipliers)}
    proofs: Json = {}
    names = row_names(classes, climb.order)
    everything = classes.values(classes.program.upper)
    values = tuple(level.value for level in climb.levels)
    until = monotonic() + seconds
    for level, reached in enumerate(climb.levels):
        if reached.bound >= everything[level] or not reached.proven:
            continue
        node = _from_relaxation(classes, climb, level, names)
        if node is None and monotonic() < until:
            above = row_names(classes, tuple(range(level + (level in classes.spreads))))
            node = tree_of(classes, level, values, above, seconds=min(2.0, until - monotonic()))
            if node is not None and len(json.dumps(node)) > _MOST_BYTES:
                node = None
        if node is not None:
            proofs[classes.instance.levels[level].id] = node
    return {"levels": proofs}


def _from_relaxation(classes: Classes, climb: Climb, level: int, names: list[str]) -> Json | None:
    bound = climb.bounds.get(level)
    if bound is None or bound.proof is None or bound.value != climb.levels[level].bound:
        return None
    node = leaf(names, bound.proof.multipliers)
    if level not in classes.spreads:
        own = f"level:{classes.instance.levels[level].id}"
        used = node["multipliers"]
        used[own] = used.get(own, 0) - bound.proof.denominator
    return node


def row_names(classes: Classes, levels: tuple[int, ...]) -> list[str]:
    """The names of the rows of a chain in which floors were set in this order."""
    names = [f"rule:{rule.id}" for rule in classes.instance.rules]
    names += [f"arc:{giver}>{taker}" for giver, taker in classes.ways]
    for level in levels:
        own = classes.instance.levels[level].id
        if level in classes.spreads:
            names += [f"group:{own}:{group}" for group in classes.spreads[level].groups]
        else:
            names.append(f"level:{own}")
    return names


def leaf(names: list[str], multipliers: Whole) -> Json:
    """One case: multipliers by the names of their rows."""
    (used,) = np.nonzero(multipliers)
    return {"multipliers": {names[row]: int(multipliers[row]) for row in used.tolist()}}
