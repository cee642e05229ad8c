"""Why is this person not in the plan?

The answer names the fact or the rule that keeps him out, the level that would fall
and by how much, or the turn. It speaks of one person and of numbers, never of
those ahead of him, so that his family may read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from repatria.planning.classes import CAUSES, Classes
from repatria.planning.conflicts import find_conflict
from repatria.planning.forcing import Cost, Forced, Forcing
from repatria.planning.instance import LevelKind
from repatria.planning.reached import Climb, Outcome
from repatria.planning.solvers.program import Whole
from repatria.planning.turns import order_of_turns

_FACTS = {
    "life-not-confirmed": ("life is not confirmed", "proof of life"),
    "consent-refused": ("does not want to go", "GC III art. 109(3)"),
    "vetoed": ("the holder does not release this person", "veto of the holder"),
    "in-another-plan": ("is already in another plan", "one plan per person"),
    "barred": ("the terms keep this person out", "terms"),
    "family-broken": ("goes only with others of whom one cannot go", "together or not at all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The answer for one person.

    Attributes:
        person: whom it is about.
        code: stable, lower-case with hyphens.
        rules: ids of the rules of the terms, or sources in law, it rests on.
        level: the level that would fall, if it is about one.
        values: the numbers in the sentence.
        sentence: the answer in words; no name, no other person's id.
    """

    person: str
    code: str
    rules: tuple[str, ...] = ()
    level: str = ""
    values: Mapping[str, int] = field(default_factory=dict, hash=False)
    sentence: str


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """The answer as plain JSON values."""
    return {
        "code": reason.code,
        "rules": list(reason.rules),
        "level": reason.level,
        "values": dict(reason.values),
        "sentence": reason.sentence,
    }


def reason_from_json(person: str, document: Mapping[str, Any]) -> Reason:
    """The answer for a person that `reason_to_json` wrote down."""
    return Reason(
        person=person,
        code=document["code"],
        rules=tuple(document["rules"]),
        level=document["level"],
        values=dict(document["values"]),
        sentence=document["sentence"],
    )


class Explainer:
    """Answers about one plan; what it computed for one person serves his equals."""

    def __init__(self, classes: Classes, reached: Climb, *, seconds: float = 20.0) -> None:
        self._classes = classes
        self._reached = reached
        self._seconds = seconds
        self._place = {one: number for number, one in enumerate(classes.instance.ids)}
        self._forcing: Forcing | None = None
        self._holders: dict[int, object] = {}
        self._held: Whole | None = None
        self._turns: dict[int, list[int]] = {}
        self._rules_by_id = {rule.id: rule for rule in classes.instance.rules}

    def why_not(self, person: str) -> Reason:
        """The reason why somebody is not in the plan; code `in-plan` when he is.

        Codes: `in-plan`; those of `classes.CAUSES`; `no-plan`; `rules-conflict` (with
        him no plan exists); `level-cost`; `captured-later` and `lottery` (of equal
        standing with some who go); `not-settled`.

        Raises:
            ValueError: he is not in the question.
        """
        if person not in self._place:
            msg = f"{person} is not in the question"
            raise ValueError(msg)
        number = self._place[person]
        cause = CAUSES[int(self._classes.causes[number])]
        if cause:
            words, source = _FACTS[cause]
            sentence = f"Cannot be chosen: {words} ({source})."
            return Reason(person=person, code=cause, rules=(source,), sentence=sentence)
        if self._reached.outcome is Outcome.INFEASIBLE:
            return self._no_plan(person)
        if self._reached.numbers is None:
            return _unsettled(person)
        return self._of_standing(person, int(self._classes.unit_of[number]))

    def _of_standing(self, person: str, unit: int) -> Reason:
        numbers = self._numbers()
        own = int(self._classes.class_of[unit])
        going, equals = int(numbers[own]), int(self._classes.sizes[own])
        turn = 1 if equals == 1 else self._order(own).index(unit) + 1
        if turn <= going:
            return Reason(person=person, code="in-plan", sentence="Is in the plan.")
        if going:
            return self._later_turn(person, own, turn, going)
        if self._reached.outcome is not Outcome.OPTIMAL:
            return _unsettled(person)
        forced = self._cost(own)
        match forced.cost:
            case Cost.CONFLICT:
                return self._conflict(person, forced)
            case Cost.LEVEL:
                return self._level_cost(person, own, forced)
            case Cost.TIE:
                return self._lottery(person, own)
            case Cost.UNSETTLED:
                return _unsettled(person)

    def _numbers(self) -> Whole:
        if self._reached.numbers is None:  # pragma: no cover -- asked only where there are some
            msg = "there is no plan"
            raise ValueError(msg)
        return self._reached.numbers

    def _order(self, own: int) -> list[int]:
        if own not in self._turns:
            classes = self._classes
            (units,) = np.nonzero(classes.class_of == own)
            ids, days = classes.instance.ids, classes.instance.column("days")
            self._turns[own] = order_of_turns(classes, units, ids, days)
        return self._turns[own]

    def _cost(self, own: int) -> Forced:
        if self._forcing is None:
            values = tuple(level.value for level in self._reached.levels)
            self._forcing = Forcing(self._classes, values, self._numbers(), seconds=self._seconds)
        return self._forcing.cost(own)

    def _no_plan(self, person: str) -> Reason:
        rules = find_conflict(self._classes, seconds=self._seconds)
        return Reason(
            person=person,
            code="no-plan",
            rules=rules,
            sentence=f"There is no plan: these rules cannot hold together: {self._words(rules)}.",
        )

    def _later_turn(self, person: str, own: int, turn: int, going: int) -> Reason:
        order = self._order(own)
        longest = self._longest()
        later = longest[order[going - 1]] > longest[order[turn - 1]]
        cause = "longer in captivity" if later else "drawn earlier by lot among those held as long"
        equals = int(self._classes.sizes[own])
        return Reason(
            person=person,
            code="captured-later" if later else "lottery",
            rules=self._full(own),
            values={"equal_standing": equals, "going": going, "turn": turn},
            sentence=f"{going} of {equals} of equal standing go; those who go are {cause}; "
            f"the turn of this person is {turn}.",
        )

    def _longest(self) -> Whole:
        if self._held is not None:
            return self._held
        classes = self._classes
        days = np.array([int(d or 0) for d in classes.instance.column("days")], dtype=np.int64)
        longest = np.zeros(len(classes.class_of), dtype=np.int64)
        chosen = classes.unit_of >= 0
        np.maximum.at(longest, classes.unit_of[chosen], days[chosen])
        self._held = longest
        return longest

    def _conflict(self, person: str, forced: Forced) -> Reason:
        rules = tuple(self._classes.row_name(row) for row in forced.rows)
        return Reason(
            person=person,
            code="rules-conflict",
            rules=rules,
            sentence=f"With this person no plan exists; in the way stand: {self._words(rules)}.",
        )

    def _level_cost(self, person: str, own: int, forced: Forced) -> Reason:
        level = self._classes.instance.levels[forced.level]
        held = self._reached.levels[forced.level].value
        binding = self._full(own) or tuple(self._classes.row_name(row) for row in forced.rows)
        held_back = f"; what holds it down: {self._words(binding)}" if binding else ""
        ahead = self._ahead(own)
        words = f" ({level.words})" if level.words else ""
        return Reason(
            person=person,
            code="level-cost",
            rules=binding,
            level=level.id,
            values={"with": forced.value, "without": held, "ahead": ahead},
            sentence=f"With this person level {level.id}{words} falls from {held} to "
            f"{forced.value}; {ahead} of equal or higher standing go{held_back}.",
        )

    def _lottery(self, person: str, own: int) -> Reason:
        lots = [lv.id for lv in self._classes.instance.levels if lv.kind is LevelKind.HASH]
        return Reason(
            person=person,
            code="lottery",
            rules=self._full(own),
            level=lots[0] if lots else "",
            sentence="Plans with and without this person are equal at every priority; "
            "the lottery decided.",
        )

    def _full(self, own: int) -> tuple[str, ...]:
        """Rules that have no room left for one more of this class."""
        program = self._classes.program
        values = program.row_values(self._numbers())
        weights = np.zeros(program.row_count, dtype=np.int64)
        entries = program.columns == own
        weights[program.row_of_entry()[entries]] = program.weights[entries]
        more = values + weights
        full = (more > program.row_upper) | (more < program.row_lower)
        rows = np.nonzero(full & (weights != 0))[0].tolist()
        return tuple(dict.fromkeys(self._classes.row_name(row) for row in rows))

    def _ahead(self, own: int) -> int:
        """How many in the same hands go whose levels, read in order, are at least as high."""
        classes = self._classes
        gains = [g for n, g in enumerate(classes.gains) if self._counts(n)]
        ours = [int(gain[own]) for gain in gains]
        holder_of = self._holders
        if not holder_of:
            holders = classes.instance.column("holder")
            for number, unit in enumerate(classes.unit_of.tolist()):
                if unit >= 0:
                    holder_of.setdefault(int(classes.class_of[unit]), holders[number])
        return sum(
            count * int(classes.persons[other])
            for other, count in enumerate(self._numbers()[: classes.count].tolist())
            if count
            if holder_of[other] == holder_of[own]
            if [int(gain[other]) for gain in gains] >= ours
        )

    def _counts(self, level: int) -> bool:
        return self._classes.instance.levels[level].kind is LevelKind.COUNT

    def _words(self, rules: Iterable[str]) -> str:
        said = []
        for rule in rules:
            words = self._rules_by_id[rule].words if rule in self._rules_by_id else ""
            said.append(f"{rule} ({words})" if words else rule)
        return "; ".join(said)


def _unsettled(person: str) -> Reason:
    return Reason(
        person=person,
        code="not-settled",
        sentence="The time given did not suffice to prove an answer.",
    )
