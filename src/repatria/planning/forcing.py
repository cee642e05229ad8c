"""What would it cost to take somebody in?

One of a class is made to go, and the levels are climbed again until one falls below
what the plan has. Relaxations find the level; a short search says how far it falls. The
first levels are asked about merged classes: those alike there share the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic
from typing import Any

import numpy as np

from repatria.planning.asking import Asked
from repatria.planning.branching import Search
from repatria.planning.classes import Classes
from repatria.planning.conflicts import conflicting_rows
from repatria.planning.instance import LevelKind
from repatria.planning.merging import first_levels
from repatria.planning.relaxing import Chain, nothing_gained
from repatria.planning.solvers import Ending, Engine
from repatria.planning.solvers.program import Whole

# How many relaxations a search may solve before an engine is asked.
_EFFORT = 150


class Cost(StrEnum):
    """What happens with them in the plan.

    `conflict`: no plan keeps the rules. `level`: a level falls. `tie`: every level
    but the lottery stays. `unsettled`: the time did not suffice.
    """

    CONFLICT = "conflict"
    LEVEL = "level"
    TIE = "tie"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """The cost.

    Attributes:
        cost: what happens.
        level: the number of the first level that falls; -1 if none does.
        value: what it falls to.
        rows: rows of the question that hold it down, or that conflict.
    """

    cost: Cost
    level: int = -1
    value: int = 0
    rows: tuple[int, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class _Stage:
    """Some levels, and a chain in which only what they see is told apart.

    Attributes:
        chain: with the floors of the levels before.
        levels: their numbers.
        place: for each class the one that stands for it; None is itself.
        known: answers, by the class that was asked about; None is that no level falls.
    """

    chain: Chain
    levels: list[int]
    place: Whole | None
    known: dict[int, Forced | None] = field(default_factory=dict)


class Forcing:
    """Answers about one proven plan; what was computed for one serves those alike.

    Args:
        classes: the question.
        values: what the plan reaches, per level.
        numbers: the plan.
        seconds: for each search, and each question to an engine.
    """

    def __init__(
        self, classes: Classes, values: tuple[int, ...], numbers: Whole, *, seconds: float = 20.0
    ) -> None:
        self._classes, self._values, self._numbers = classes, values, numbers
        self._seconds = seconds
        kinds = enumerate(level.kind for level in classes.instance.levels)
        levels = [number for number, kind in kinds if kind is not LevelKind.HASH]
        fewer = first_levels(classes, levels)
        early = [] if fewer is None else levels[: len(fewer.classes.gains)]
        self._early, self._late = early, levels[len(early) :]
        self._stages = []
        if fewer is not None:
            chain = Chain(classes=fewer.classes, alike=fewer.alike)
            self._stages.append(_Stage(chain=chain, levels=early, place=fewer.place))

    def _all_stages(self) -> Iterator[_Stage]:
        """The first levels, then the others; their chain is made when somebody gets so far."""
        yield from list(self._stages)
        if not self._stages or self._stages[-1].levels is not self._late:
            chain = Chain(classes=self._classes)
            for level in self._early:
                chain.set_floor(level, self._values[level])
            self._stages.append(_Stage(chain=chain, levels=self._late, place=None))
            yield self._stages[-1]

    def cost(self, column: int) -> Forced:
        """What it costs that one of a class goes."""
        for stage in self._all_stages():
            own = column if stage.place is None else int(stage.place[column])
            if own not in stage.known:
                stage.known[own] = self._in_stage(stage, own)
            found = stage.known[own]
            if found is not None:
                return found
        return Forced(cost=Cost.TIE)

    def _in_stage(self, stage: _Stage, column: int) -> Forced | None:
        chain = stage.chain
        if stage.place is not None:
            count = chain.classes.program.size
            if np.bincount(stage.place, self._numbers, count)[column] >= 1:
                # In the plan goes somebody who is alike as far as these levels can see.
                return None
        chain.oblige(column, 1)
        try:
            return self._fall(chain, stage.levels, first=stage is self._stages[0])
        finally:
            for level in stage.levels:
                chain.set_floor(level, None)
            chain.oblige(column, 0)

    def _fall(self, chain: Chain, levels: list[int], *, first: bool) -> Forced | None:
        """The first of these levels that falls, and how far; None if none does."""
        suspect = self._suspect(chain, levels)
        if suspect is None:
            found = self._plan_at_all(chain)
            if found is not False:
                return None if found else Forced(cost=Cost.UNSETTLED)
        elif suspect != levels[0] and not (first and self._cannot(chain)):
            # What is above stays, mostly: then this is the level, and one search says it.
            fallen = self._level(chain, suspect, first=False)
            if fallen is not None:
                return fallen
        for level in levels:
            chain.set_floor(level, None)
        for level in levels:
            fallen = self._level(chain, level, first=first and level == levels[0])
            if fallen is not None:
                return fallen
            chain.set_floor(level, self._values[level])
        return None if levels else self._conflict(chain)

    def _cannot(self, chain: Chain) -> bool:
        """Whether it is certain that the floors cannot be kept; soon said where classes are few."""
        answer = self._engines().ask(chain.program(), nothing_gained(chain.classes))
        return answer.ending is Ending.INFEASIBLE

    def _suspect(self, chain: Chain, levels: list[int]) -> int | None:
        """The first level that falls in real numbers; those above it get their floors."""
        for level in levels:
            value = self._values[level]
            if level in chain.classes.spreads:
                chain.set_floor(level, value)
                top, _ = chain.proven(level, chain.ask(level))
            else:
                bound = chain.bound(level)
                top = -1 if bound is None else bound.value
            if top < value:
                chain.set_floor(level, None)
                return level
            chain.set_floor(level, value)
        return None

    def _plan_at_all(self, chain: Chain) -> bool | None:
        """Whether some plan keeps all floors; None when that is not settled."""
        counts = [n for n in range(len(chain.classes.gains)) if n not in chain.classes.spreads]
        if counts:
            found = self._search(chain, counts[-1]).any()
            if found.numbers is not None or found.impossible:
                return found.numbers is not None
        answer = self._engines().ask(chain.program(), nothing_gained(chain.classes))
        if answer.numbers is None and answer.ending is not Ending.INFEASIBLE:
            return None
        return answer.numbers is not None

    def _level(self, chain: Chain, level: int, *, first: bool) -> Forced | None:
        """How far a level falls when those above stay; None if it does not, or they cannot."""
        found = self._search(chain, level).best()
        if found.impossible:
            return self._conflict(chain) if first else None
        value = found.bound
        if found.numbers is None:
            reached, answer = self._engines().best(
                chain.program(), chain.classes, level, found.bound, None
            )
            if reached is None and answer.ending is Ending.INFEASIBLE:
                return self._conflict(chain) if first else None
            if reached is None or answer.ending is not Ending.OPTIMAL:
                return Forced(cost=Cost.UNSETTLED)
            value = reached
        if value >= self._values[level]:
            return None
        return Forced(cost=Cost.LEVEL, level=level, value=value, rows=self._rules(found.shown))

    def _search(self, chain: Chain, level: int) -> Search:
        return Search(
            chain=chain, level=level, effort=_EFFORT, until=monotonic() + self._seconds,
            find=lambda top: self._find(chain, level, top),
        )  # fmt: skip

    def _rules(self, shown: dict[str, Any] | None) -> tuple[int, ...]:
        """The rules that a proof rests on."""
        names: set[str] = set()
        stack = [] if shown is None else [shown]
        while stack:
            node = stack.pop()
            names.update(node.get("multipliers", ()))
            stack += [node[side] for side in ("below", "above") if side in node]
        rules = enumerate(self._classes.instance.rules)
        return tuple(row for row, rule in rules if f"rule:{rule.id}" in names)

    def _conflict(self, chain: Chain) -> Forced:
        program = chain.classes.program
        lower = chain.program().lower
        rows = conflicting_rows(
            replace(program, lower=lower), len(self._classes.instance.rules), seconds=self._seconds
        )
        return Forced(cost=Cost.CONFLICT, rows=rows)

    def _find(self, chain: Chain, level: int, top: int) -> Whole | None:
        chain.follow(())
        if level in chain.classes.spreads:
            chain.set_floor(level, None)
        return self._engines().find(chain.program(), chain.classes, level, top)

    def _engines(self) -> Asked:
        until = monotonic() + self._seconds
        return Asked(engines=tuple(Engine), left=lambda: until - monotonic())
