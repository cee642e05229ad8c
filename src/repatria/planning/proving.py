"""Which proof goes with each level, in a form that needs no solver to be checked?

A level's proof refutes "one more than the plan has": the rows of the rules and
of the levels above, added up with whole multipliers. Where the relaxation is not
enough, a small tree of cases does it. What has no proof is the solver's word, and
named so.
"""

import json
from time import monotonic
from typing import Any

from repatria.planning.branching import Search
from repatria.planning.classes import Classes
from repatria.planning.instance import LevelKind
from repatria.planning.reached import Climb
from repatria.planning.relaxing import Chain
from repatria.planning.solvers import SolverFaultError

Json = dict[str, Any]
# A longer proof of one level is left out: nobody would read or send it.
_MOST_BYTES = 40_000
# Of the lottery, on which no person's claim depends, it would cost the reader more than it says.
_MOST_BYTES_OF_A_LOTTERY = 6_000
# How many relaxations may be solved for a proof that the plan itself did not need.
_EFFORT = 3000


def certificate_of(classes: Classes, climb: Climb, *, seconds: float = 5.0) -> Json:
    """The proofs of a climb as plain JSON values.

    Args:
        classes: the question.
        climb: its plan.
        seconds: for trees that the plan itself did not need, all levels together; what
            they do not show by then stays the solver's word.
    """
    if climb.refutation is not None:
        return {"infeasible": climb.refutation}
    proofs: Json = {}
    everything = classes.values(classes.program.upper)
    until = monotonic() + seconds
    for level, reached in enumerate(climb.levels):
        if reached.bound >= everything[level] or not reached.proven:
            continue
        known = climb.bounds.get(level)
        node = None if known is None or known.value != reached.bound else known.shown
        if node is None and monotonic() < until:
            node = _searched(classes, climb, level, min(until, monotonic() + 2.0))
        lottery = classes.instance.levels[level].kind is LevelKind.HASH
        most = _MOST_BYTES_OF_A_LOTTERY if lottery else _MOST_BYTES
        if node is not None and len(json.dumps(node)) <= most:
            proofs[classes.instance.levels[level].id] = node
    return {"levels": proofs}


def _searched(classes: Classes, climb: Climb, level: int, until: float) -> Json | None:
    """A tree that shows that no plan as good above exceeds the bound; None if too large."""
    chain = Chain(classes=classes)
    for above in range(level):
        chain.set_floor(above, climb.levels[above].value)
    most = climb.levels[level].bound
    try:
        found = Search(chain=chain, level=level, effort=_EFFORT, enough=most, until=until).best()
    except (SolverFaultError, RecursionError):
        return None
    return found.shown if found.bound <= most else None
