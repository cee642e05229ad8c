"""What is the answer to a question, as a document that others can check?

From an `Instance` to the plan as JSON: solved in this process as long as that is
quick, else in one that can be killed. What is not proven is said.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.building import build_classes, constant, ticket
from repatria.planning.certificate_check import digest_of
from repatria.planning.classes import Classes
from repatria.planning.climbing import climb
from repatria.planning.conflicts import find_conflict
from repatria.planning.instance import Instance, Level, LevelKind
from repatria.planning.proving import certificate_of
from repatria.planning.reached import Climb, Outcome
from repatria.planning.solvers import (
    Engine,
    RunEnding,
    program_from_rows,
    run_bounded,
    solve_integer,
)
from repatria.planning.table import Table
from repatria.planning.turns import chosen_units

Json = dict[str, Any]

PLAN_FORMAT = "repatria/plan/2"
LOTTERY = "lottery"
# A first try in the calling process: no question in whole numbers may take more
# nodes or longer than this. Starting another Python takes a good part of it, and what
# was settled here the other process need not do again.
_TRY_COLUMNS, _TRY_NODES, _TRY_SECONDS = 20_000, 500, 6.0
_ROUNDS_SECONDS = 2.0


class AnswerCancelledError(RuntimeError):
    """Somebody cancelled before anything was found."""


def with_lottery(instance: Instance) -> Instance:
    """The question with a lottery as last level, so that one plan is the best."""
    if instance.levels and instance.levels[-1].kind is LevelKind.HASH:
        return instance
    return replace(instance, levels=(*instance.levels, Level(id=LOTTERY, kind=LevelKind.HASH)))


def solve_instance(
    instance: Instance,
    *,
    seconds: float = 60.0,
    engines: tuple[Engine, ...] = (Engine.HIGHS, Engine.CP_SAT),
    on_progress: Callable[[Climb], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    classes: Classes | None = None,
) -> tuple[Classes, Climb]:
    """The classes of a question, and how high its levels were climbed.

    Args:
        instance: the question.
        seconds: hard limit.
        engines: who is asked for whole numbers, in order.
        on_progress: hears of every better plan while it goes on.
        cancelled: asked a few times a second; True stops.
        classes: when they were built before.
    """
    begun = monotonic()
    classes = classes or build_classes(instance, Table(instance))
    reached: Climb | None = None
    if classes.program.size <= _TRY_COLUMNS:
        reached = climb(
            classes, seconds=min(seconds, _TRY_SECONDS), engines=engines[:1], effort=_TRY_NODES,
            report=on_progress, cancelled=cancelled,
        )  # fmt: skip
    left = seconds - (monotonic() - begun)
    if (reached is None or reached.outcome is Outcome.TIME_LIMIT) and left > 0:
        run = run_bounded(
            _climb_task,
            classes,
            max(0.1, left - 0.2),
            engines,
            reached,
            seconds=left,
            on_progress=on_progress,
            cancelled=cancelled,
        )
        further = run.value
        if run.ending is RunEnding.CANCELLED and further is None and reached is None:
            msg = "cancelled before anything was found"
            raise AnswerCancelledError(msg)
        reached = _further(reached, further)
    return classes, reached or Climb(outcome=Outcome.TIME_LIMIT, seconds=monotonic() - begun)


def _climb_task(
    classes: Classes,
    seconds: float,
    engines: tuple[Engine, ...],
    before: Climb | None,
    report: Callable[[Climb], None],
) -> Climb:
    return climb(classes, seconds=seconds, engines=engines, before=before, report=report)


def _further(one: Climb | None, other: Climb | None) -> Climb | None:
    """The better of two climbs of the same question."""
    if one is None or other is None:
        return other if one is None else one
    if other.outcome is not Outcome.TIME_LIMIT or one.numbers is None:
        return other
    if other.numbers is None:
        return one
    values = [tuple(level.value for level in each.levels) for each in (one, other)]
    return other if values[1] >= values[0] else one


def plan_document(instance: Instance, classes: Classes, reached: Climb) -> Json:
    """The plan as plain JSON values, with its certificate and its digest."""
    levels = [
        {"id": level.id, "value": r.value, "bound": r.bound, "proven": r.proven}
        for level, r in zip(classes.instance.levels, reached.levels, strict=False)
    ]
    selected = selected_ids(classes, reached)
    body: Json = {
        "format": PLAN_FORMAT,
        "instance": {"id": instance.id, "sha256": instance.digest},
        "status": str(reached.outcome),
        "levels": levels,
        "selected": selected,
        "owed": owed_ids(classes, selected),
        "rounds": rounds_of(classes, reached),
        "conflict": [],
        "notes": notes_on(instance),
        "certificate": certificate_of(classes, reached),
        "solvers": solver_versions(),
    }
    if reached.outcome is Outcome.INFEASIBLE:
        body["conflict"] = list(find_conflict(classes))
    return {**body, "digest": digest_of(body)}


def signed_off(plan: Json, place: str) -> Json:
    """The plan with the place of its question, as seen from the plan, under its digest."""
    body = {key: value for key, value in plan.items() if key != "digest"}
    if place:
        body["instance"] = {**body["instance"], "file": place}
    return {**body, "digest": digest_of(body)}


def selected_ids(classes: Classes, reached: Climb) -> list[str]:
    """Ids of those who go, sorted."""
    if reached.numbers is None:
        return []
    goes = chosen_units(classes, reached.numbers)
    chosen = np.append(goes, False)[classes.unit_of]
    ids = classes.instance.ids
    return sorted(ids[person] for person in np.nonzero(chosen)[0].tolist())


def owed_ids(classes: Classes, selected: list[str]) -> list[str]:
    """Ids of those who must be released whatever the numbers are and do not go, sorted.

    Source: GC III art. 109(1), 110(1).
    """
    table = Table(classes.instance)
    alive = table.equal("alive_confirmed", True) & ~table.equal("consent", False)
    goes = set(selected)
    ids = classes.instance.ids
    owed = np.nonzero(table.unconditional() & alive)[0].tolist()
    return sorted(ids[person] for person in owed if ids[person] not in goes)


def rounds_of(classes: Classes, reached: Climb) -> dict[str, int]:
    """How often each round between parties is used.

    Which rounds they are follows from who goes on which way and from lots, so that all who
    find the same persons find the same rounds.
    """
    if reached.numbers is None or not classes.cycles:
        return {}
    found = reached.numbers[classes.count :]
    ways = range(len(classes.instance.rules), classes.program.row_count)
    through = [_rounds_through(classes, row) for row in ways]
    rows = [([(ring, 1) for ring in rings], int(found[rings].sum())) for rings in through]
    program = program_from_rows(
        [0] * len(found),
        classes.program.upper[classes.count :].tolist(),
        [(entries, total, total) for entries, total in rows],
    )
    lots = [
        ticket(classes.instance.nonce, constant(f"round:{'>'.join(r)}")) for r in classes.cycles
    ]
    gains = np.array(lots, dtype=np.int64)
    answer = solve_integer(program, gains, seconds=_ROUNDS_SECONDS, effort=_TRY_NODES)
    counts = found if answer.numbers is None else answer.numbers
    pairs = zip(classes.cycles, counts.tolist(), strict=True)
    return {">".join(ring): count for ring, count in pairs if count}


def _rounds_through(classes: Classes, row: int) -> list[int]:
    """The rounds that go a way between parties, as numbers."""
    program = classes.program
    columns = program.columns[int(program.starts[row]) : int(program.starts[row + 1])]
    rounds: list[int] = (columns[columns >= classes.count] - classes.count).tolist()
    return rounds


def notes_on(instance: Instance) -> list[str]:
    """What a reader should know before he signs: rules that count those outside all ratios."""
    table = Table(instance)
    outside = table.unconditional()
    touched = [
        rule.id
        for rule in instance.rules
        # A lower limit alone, such as a demand by name, holds nobody back.
        if rule.upper is not None and bool(np.any(table.weights(rule.terms)[outside]))
    ]
    return [
        f"rule {rule} counts persons who must be released whatever the numbers are "
        "(GC III art. 109, 110)"
        for rule in touched
    ]


def solver_versions() -> dict[str, str]:
    """Which solvers, for whoever wants to compute the same again."""
    return {"highs": version("highspy"), "cp-sat": version("ortools")}


def sha256_of(content: bytes) -> str:
    """SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
