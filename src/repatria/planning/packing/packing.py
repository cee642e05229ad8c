"""Which cycles and chains free the most, none sharing a person?

The relaxation is solved over few cycles; others come in when their price is
right. When whole numbers over those few reach what the relaxation promises, that
is the optimum. Else all columns that could be in a better packing are taken in:
those whose reduced cost is smaller than the gap.

Source: reduced-cost fixing: Dantzig, Fulkerson and Johnson, Operations Research 2
(1954); column generation for kidney exchange: Abraham, Blum and Sandholm, EC 2007.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.packing.columns import Columns, columns_of
from repatria.planning.packing.graph import PackingQuestion
from repatria.planning.solvers import (
    NO_LIMIT,
    Ending,
    Program,
    WholeAnswer,
    solve_integer,
    solve_lp,
)
from repatria.planning.solvers.answers import Real
from repatria.planning.solvers.program import Whole

Json = dict[str, Any]
PLAN_FORMAT = "repatria/packing-plan/1"
_FEW = 1500
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """Cycles and chains that share nobody.

    Attributes:
        value: what they count; each altruist counts 1 more, as the last of a chain gives
            to somebody outside.
        bound: no packing counts more.
        cycles: vertices in order, each gives to the next and the last to the first.
        chains: the altruist, then receivers in order.
    """

    value: int
    bound: int
    cycles: tuple[tuple[int, ...], ...]
    chains: tuple[tuple[int, ...], ...]

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return self.value == self.bound


def solve_packing(question: PackingQuestion, *, seconds: float = 60.0) -> Packing:
    """The packing that counts most.

    Cost: the number of cycles; exponential in the worst case.
    """
    until = monotonic() + seconds
    columns = columns_of(question)
    outside = len(question.altruists)
    if not len(columns.cycles) and not len(columns.steps):
        return Packing(value=outside, bound=outside, cycles=(), chains=())
    few, top, spare, numbers = _relaxed(question, columns, until)
    promised = int(np.floor(top + _ROUNDING))
    program, gains = _program(question, columns, few)
    whole = np.rint(numbers).astype(np.int64)
    if program.is_kept_by(whole) and int(gains @ whole) == promised:
        answer = WholeAnswer(ending=Ending.OPTIMAL, numbers=whole, value=promised, bound=promised)
        return _packing(question, columns, few, answer, promised)
    # Of those taken in, only the ones that a packing of that value can use.
    few = few[spare[few] >= promised - top - _ROUNDING]
    program, gains = _program(question, columns, few)
    answer = solve_integer(program, gains, seconds=until - monotonic())
    bound = promised
    while answer.value < bound and monotonic() < until:
        # Columns that a packing of this value can use; none is missing.
        could = np.nonzero(spare >= bound - top - _ROUNDING)[0]
        program, gains = _program(question, columns, could)
        wider = solve_integer(program, gains, seconds=until - monotonic())
        if wider.value > answer.value:
            answer, few = wider, could
        if not wider.proven:
            break
        bound = max(answer.value, bound - 1)
    return _packing(question, columns, few, answer, bound)


def remaining_without(
    question: PackingQuestion, gone: frozenset[int], *, seconds: float = 60.0
) -> Packing:
    """What is still possible when some drop out: they neither give nor receive."""
    edges = {edge: w for edge, w in question.edges.items() if not gone.intersection(edge)}
    left = replace(question, edges=edges, altruists=question.altruists - gone)
    return solve_packing(left, seconds=seconds)


def answer_packing(question: PackingQuestion, *, seconds: float = 60.0) -> Json:
    """The packing as a document."""
    found = solve_packing(question, seconds=seconds)
    names = question.names
    return {
        "format": PLAN_FORMAT,
        "status": "optimal" if found.proven else "feasible",
        "cycle_cap": question.cycle_cap,
        "chain_cap": question.chain_cap,
        "levels": [
            {
                "id": "released",
                "value": found.value,
                "bound": found.bound,
                "proven": found.proven,
                "proved_by": "solver" if found.proven else "none",
            }
        ],
        "selected": sorted(
            {names[v] for each in (*found.cycles, *found.chains) for v in each}, key=_natural
        ),
        "cycles": [[names[v] for v in each] for each in found.cycles],
        "chains": [[names[v] for v in each] for each in found.chains],
        "certificate": None,
    }


def check_packing(question: PackingQuestion, plan: Json) -> list[str]:
    """What is wrong with a plan, counted without a solver; that nothing is better is not proven."""
    place = {name: i for i, name in enumerate(question.names)}
    findings: list[str] = []
    seen: set[int] = set()
    value = len(question.altruists)
    for sort, close in (("cycles", True), ("chains", False)):
        for number, each in enumerate(plan[sort]):
            vertices = [place.get(name, -1) for name in each]
            pairs = list(pairwise(vertices))
            if close:
                pairs.append((vertices[-1], vertices[0]))
            if any(edge not in question.edges for edge in pairs):
                findings.append(f"{sort}[{number}]: somebody gives to one he does not give to")
            if seen.intersection(vertices) or len(set(vertices)) != len(vertices):
                findings.append(f"{sort}[{number}]: somebody stands twice")
            if close and not 2 <= len(vertices) <= question.cycle_cap:
                findings.append(f"{sort}[{number}]: too long")
            if not close and len(vertices) - 1 > question.chain_cap:
                findings.append(f"{sort}[{number}]: too long")
            if not close and vertices[0] not in question.altruists:
                findings.append(f"{sort}[{number}]: begins with somebody who wants something")
            seen.update(vertices)
            value += sum(question.edges.get(edge, 0) for edge in pairs)
    if plan["levels"][0]["value"] != value:
        findings.append("levels[0]: miscounted")
    return findings


def _relaxed(
    question: PackingQuestion, columns: Columns, until: float
) -> tuple[Whole, float, Real, Real]:
    """Columns taken in, the value of the relaxation, every reduced cost, and the numbers."""
    count = len(columns.cycles)
    steps = count + np.arange(len(columns.steps))
    few = np.arange(count)
    if count > _FEW:
        few = _first(columns, len(question.names))
    while True:
        program, gains = _program(question, columns, np.concatenate([few, steps]))
        answer = solve_lp(program, gains)
        spare = _reduced(question, columns, program, answer.multipliers, steps)
        missing = np.setdiff1d(np.nonzero(spare[:count] > _ROUNDING)[0], few)
        if not len(missing) or monotonic() > until:
            return np.concatenate([few, steps]), answer.value, spare, answer.numbers
        best = missing[np.argsort(-spare[missing], kind="stable")[:_FEW]]
        few = np.union1d(few, _spread(columns, best, len(question.names)))


def _first(columns: Columns, size: int) -> Whole:
    """Short cycles, and a share of the long ones in which each vertex stands."""
    every = np.arange(len(columns.cycles))
    short = every[np.sum(columns.cycles < size, axis=1) == 2]
    step = max(1, len(every) // _FEW)
    return np.union1d(short[:_FEW], every[::step])


def _spread(columns: Columns, best: Whole, size: int) -> Whole:
    """The best columns, not more than a few for each vertex."""
    used = np.zeros(size + 1, dtype=np.int64)
    kept = []
    for column in best.tolist():
        vertices = columns.cycles[column]
        if used[vertices[0]] < 20:
            kept.append(column)
            used[vertices[0]] += 1
    return np.array(kept, dtype=np.int64)


def _reduced(
    question: PackingQuestion, columns: Columns, program: Program, multipliers: Real, steps: Whole
) -> Real:
    """For every column what it counts above its price; above 0 it can improve the relaxation."""
    size = len(question.names)
    prices = np.append(multipliers[:size], 0.0)
    cycles = columns.cycle_weights - prices[columns.cycles].sum(axis=1)
    if not len(steps):
        return np.asarray(cycles, dtype=np.float64)
    first = program.size - len(steps)
    row = program.row_of_entry()
    worth = np.bincount(
        program.columns, weights=program.weights * multipliers[row], minlength=program.size
    )
    return np.concatenate([cycles, columns.step_weights - worth[first:]])


def _program(question: PackingQuestion, columns: Columns, chosen: Whole) -> tuple[Program, Whole]:
    """Each vertex at most once, and a chain goes on only where it has come."""
    size, count = len(question.names), len(columns.cycles)
    cycles = columns.cycles[chosen[chosen < count]]
    steps = columns.steps[chosen[chosen >= count] - count]
    place, slot = np.nonzero(cycles < size)
    parts = [(cycles[place, slot], place, np.ones(len(place), dtype=np.int64))]
    number = len(cycles) + np.arange(len(steps))
    givers = np.isin(steps[:, 0], list(question.altruists))
    ones = np.ones(len(steps), dtype=np.int64)
    parts.append((steps[:, 1], number, ones))
    parts.append((steps[givers, 0], number[givers], ones[givers]))
    flow = max(0, question.chain_cap - 1)
    onward, going = ~givers, steps[:, 2] <= flow
    parts.append(
        (size + (steps[onward, 2] - 2) * size + steps[onward, 0], number[onward], ones[onward])
    )
    parts.append(
        (size + (steps[going, 2] - 1) * size + steps[going, 1], number[going], -ones[going])
    )
    rows, entries, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    limits = np.concatenate([np.ones(size), np.zeros(size * flow)]).astype(np.int64)
    if not len(steps):
        limits = limits[:size]
    order = np.lexsort((entries, rows))
    starts = np.searchsorted(rows[order], np.arange(len(limits) + 1))
    total = len(cycles) + len(steps)
    program = Program(
        lower=np.zeros(total, dtype=np.int64),
        upper=np.ones(total, dtype=np.int64),
        starts=starts.astype(np.int64),
        columns=entries[order].astype(np.int64),
        weights=weights[order],
        row_lower=np.full(len(limits), -NO_LIMIT, dtype=np.int64),
        row_upper=limits,
    )
    gains = np.concatenate(
        [
            columns.cycle_weights[chosen[chosen < count]],
            columns.step_weights[chosen[chosen >= count] - count],
        ]
    )
    return program, gains


def _packing(
    question: PackingQuestion, columns: Columns, chosen: Whole, answer: WholeAnswer, bound: int
) -> Packing:
    outside, count, size = len(question.altruists), len(columns.cycles), len(question.names)
    if answer.numbers is None or answer.ending is Ending.INFEASIBLE:
        return Packing(value=outside, bound=bound + outside, cycles=(), chains=())
    taken = chosen[answer.numbers > 0]
    steps = columns.steps[taken[taken >= count] - count]
    following = {int(giver): int(receiver) for giver, receiver, _ in steps}
    return Packing(
        value=answer.value + outside,
        bound=bound + outside,
        cycles=tuple(
            tuple(int(v) for v in cycle if v < size)
            for cycle in columns.cycles[taken[taken < count]]
        ),
        chains=tuple(
            tuple(_walk(altruist, following))
            for altruist in sorted(question.altruists & following.keys())
        ),
    )


def _walk(start: int, following: dict[int, int]) -> Iterator[int]:
    yield start
    while start in following:
        start = following[start]
        yield start


def _natural(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdigit() else (1 << 30, name)
