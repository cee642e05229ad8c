"""Which proof goes with each level, in a form that needs no solver to be checked?

A level's proof refutes "one more than the plan has": the rows of the rules and
of the levels above, added up with whole multipliers. Where the relaxation is not
enough, a small tree of cases does it. What has no proof is the solver's word, and
named so.
"""

from typing import Any

import numpy as np

from repatria.planning.classes import Classes
from repatria.planning.climbing import Climb
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]


def certificate_of(classes: Classes, climb: Climb) -> Json:
    """The proofs of a climb as plain JSON values."""
    if climb.refutation is not None:
        return {"infeasible": leaf(row_names(classes, ()), climb.refutation.multipliers)}
    proofs: Json = {}
    names = row_names(classes, climb.order)
    everything = classes.values(classes.program.upper)
    for level, reached in enumerate(climb.levels):
        bound = climb.bounds.get(level)
        if reached.bound >= everything[level] or bound is None or bound.proof is None:
            continue
        if bound.value != reached.bound:
            continue
        node = leaf(names, bound.proof.multipliers)
        if level not in classes.spreads:
            own = f"level:{classes.instance.levels[level].id}"
            used = node["multipliers"]
            used[own] = used.get(own, 0) - bound.proof.denominator
        proofs[classes.instance.levels[level].id] = node
    return {"levels": proofs}


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
