"""Who cannot be chosen under these terms, and why?

The law first, then the rules of the terms, then those whose group is broken. A
broken group can break the next one through a member they share.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from repatria.planning.agreement import Terms
from repatria.planning.candidates import Bar, Candidate, bars_by_law
from repatria.planning.eligibility import Together, UnknownRule
from repatria.planning.rule import Rule
from repatria.terms import Objection, Refusal


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


def check_understood(people: Mapping[str, Candidate], terms: Terms) -> None:
    """Nothing, when every rule can be applied to these persons.

    Raises:
        Refusal: a rule is of an unknown kind or names an unknown person.
    """
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
    pending = [rule for rule in terms.rules if isinstance(rule, Together)]
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
