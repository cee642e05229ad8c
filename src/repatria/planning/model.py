"""Which whole numbers does the solver have to choose?

Persons who look the same to every rule and every priority are of equal
standing: one number says how many of them go, and their turn within it is by
day of capture, then by lottery. No name, id or order of input decides anything.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from repatria.planning.agreement import KEPT, LOTTERIES, Terms
from repatria.planning.candidates import Bar, Candidate, bars_by_law
from repatria.planning.eligibility import Together, UnknownRule
from repatria.planning.rule import Rule
from repatria.terms import Objection, Refusal

LOTTERY_BITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named row; None is no limit on that side."""

    rule: str
    lower: int | None
    upper: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Persons, or groups that go together, whom no rule and no priority tells apart.

    Attributes:
        groups: in the order of their turn; mostly groups of one.
        weights: what one group adds to each row of the model.
        gains: what one group adds to each level of the model.
    """

    groups: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...]
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The integer program of a plan.

    Attributes:
        standings: the unknowns, each from 0 to its number of groups.
        rows: the rules that count.
        levels: ids of what is maximised, in order; the last two are the lottery.
        bars: why the others cannot be chosen, by person.
    """

    standings: tuple[Standing, ...]
    rows: tuple[Row, ...]
    levels: tuple[str, ...]
    bars: Mapping[str, tuple[Bar, ...]]

    def position(self, person: str) -> tuple[int, int]:
        """Index of the person's standing and of his group's turn in it."""
        return next(
            (index, turn)
            for index, standing in enumerate(self.standings)
            for turn, group in enumerate(standing.groups)
            if person in group
        )

    def chosen(self, counts: Iterable[int]) -> tuple[str, ...]:
        """Ids of those who go when so many of each standing go, sorted."""
        return tuple(
            sorted(
                person
                for standing, count in zip(self.standings, counts, strict=True)
                for group in standing.groups[:count]
                for person in group
            )
        )


def build_model(
    candidates: Iterable[Candidate],
    terms: Terms,
    *,
    previous: frozenset[str] = frozenset(),
    withdrawn: frozenset[str] = frozenset(),
) -> Model:
    """The program for these persons and terms.

    Args:
        candidates: in any order.
        terms: what is agreed.
        previous: persons to keep in the plan where possible, before all else.
        withdrawn: persons who can no longer go.

    Raises:
        Refusal: a rule is of an unknown kind or names an unknown person.
        ValueError: the same id stands twice.
    """
    people = {person.id: person for person in unique(candidates)}
    _check(people, terms)
    bars = find_bars(people, terms, withdrawn)
    groups = _groups(people, terms, frozenset(bars))
    counted = [(rule, rule.bounds) for rule in terms.rules]
    rows = tuple(
        Row(rule=rule.id, lower=bounds[0], upper=bounds[1]) for rule, bounds in counted if bounds
    )
    row_rules = [rule for rule, bounds in counted if bounds]
    return Model(
        standings=_standings(people, groups, terms, row_rules, previous),
        rows=rows,
        levels=level_ids(terms, previous),
        bars=bars,
    )


def level_ids(terms: Terms, previous: frozenset[str]) -> tuple[str, ...]:
    """The levels in order: keeping an earlier plan, the priorities, the lottery."""
    kept = (KEPT,) if previous else ()
    return (*kept, *(priority.id for priority in terms.priorities), *LOTTERIES)


def unique(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates as they came.

    Raises:
        ValueError: the same id stands twice.
    """
    people = tuple(candidates)
    seen: set[str] = set()
    for person in people:
        if person.id in seen:
            msg = f"candidate {person.id} stands twice"
            raise ValueError(msg)
        seen.add(person.id)
    return people


def find_bars(
    people: Mapping[str, Candidate], terms: Terms, withdrawn: frozenset[str]
) -> dict[str, tuple[Bar, ...]]:
    """All that keeps each barred person out: the law first, then rules in order of terms."""
    gone = Bar(code="withdrawn", rule="withdrawn from an earlier plan", words="was withdrawn")
    bars: defaultdict[str, list[Bar]] = defaultdict(list)
    for person in people.values():
        found = [*bars_by_law(person), *([gone] if person.id in withdrawn else [])]
        found += [_bar_of(rule) for rule in terms.rules if rule.bars(person)]
        if found:
            bars[person.id] = found
    # A broken group can break the next one through a shared member.
    together = [rule for rule in terms.rules if isinstance(rule, Together)]
    pending = list(together)
    while pending:
        broken = [rule for rule in pending if any(_breaks(people[p], rule, bars) for p in rule.ids)]
        if not broken:
            break
        for rule in broken:
            pending.remove(rule)
            for bound in rule.ids:
                if rule.binds(people[bound]):
                    bars[bound].append(_bar_of(rule))
    return {person: tuple(found) for person, found in bars.items()}


def _breaks(person: Candidate, rule: Together, bars: Mapping[str, list[Bar]]) -> bool:
    return rule.binds(person) and person.id in bars


def _bar_of(rule: Rule) -> Bar:
    return Bar(code=rule.bar_code, rule=rule.id, words=rule.in_words())


def _check(people: Mapping[str, Candidate], terms: Terms) -> None:
    objections = [
        Objection(code="rule-not-understood", rule=rule.id)
        for rule in terms.rules
        if isinstance(rule, UnknownRule)
    ]
    for rule in terms.rules:
        missing = tuple(person for person in rule.persons if person not in people)
        if missing:
            objections.append(Objection(code="person-not-a-candidate", rule=rule.id, about=missing))
    Refusal.unless_empty(objections)


def _groups(
    people: Mapping[str, Candidate], terms: Terms, barred: frozenset[str]
) -> list[tuple[str, ...]]:
    """Eligible persons, those who go together in one tuple."""
    group_of = {person: {person} for person in people if person not in barred}
    for rule in terms.rules:
        if not isinstance(rule, Together):
            continue
        bound = [p for p in rule.ids if p in group_of and rule.binds(people[p])]
        merged = set[str]().union(*(group_of[person] for person in bound))
        for person in merged:
            group_of[person] = merged
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def _standings(
    people: Mapping[str, Candidate],
    groups: list[tuple[str, ...]],
    terms: Terms,
    row_rules: list[Rule],
    previous: frozenset[str],
) -> tuple[Standing, ...]:
    alike: defaultdict[tuple[int, tuple[int, ...], tuple[int, ...]], list[tuple[str, ...]]]
    alike = defaultdict(list)
    for group in groups:
        members = [people[person] for person in group]
        weights = tuple(sum(map(rule.coefficient, members)) for rule in row_rules)
        kept = (len(previous.intersection(group)),) if previous else ()
        gains = tuple(
            sum(priority.gain(member, terms.as_of) for member in members)
            for priority in terms.priorities
        )
        alike[len(group), weights, kept + gains].append(group)

    def turn(group: tuple[str, ...]) -> tuple[object, ...]:
        since = min(people[person].held_since for person in group)
        return since, lottery_number(terms.nonce, "turn", group), group

    names = [rule.id for rule in row_rules]
    levels = level_ids(terms, previous)
    standings = []
    for (size, weights, gains), equals in sorted(alike.items()):
        # The ticket is drawn by what the rules see, never by an id: somebody
        # who cannot go must not change the lottery of those who can.
        seen = [size, *(_nonzero(names, weights)), *(_nonzero(levels, gains))]
        tickets = tuple(lottery_number(terms.nonce, lottery, seen) + 1 for lottery in LOTTERIES)
        standings.append(
            Standing(groups=tuple(sorted(equals, key=turn)), weights=weights, gains=gains + tickets)
        )
    return tuple(standings)


def _nonzero(names: Iterable[str], values: tuple[int, ...]) -> list[tuple[str, int]]:
    return sorted((name, value) for name, value in zip(names, values, strict=False) if value)


def lottery_number(nonce: str, purpose: str, subject: object) -> int:
    """A number that nobody can steer who did not know the nonce beforehand.

    20 bits, so that sums over a hundred thousand persons stay exact in the
    solver's floating point; two levels of it make 40.
    """
    text = json.dumps([nonce, purpose, subject], ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - LOTTERY_BITS)
