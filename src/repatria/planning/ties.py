"""What do the terms say about a person that nobody said of him alone?

Who has a small child with her, because the two are bound together; whose demand
and whose veto names him. Found anew each time from the terms, so that every party
finds the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from repatria.planning.agreement import Terms
from repatria.planning.candidates import Candidate
from repatria.planning.counts import Demand, Include
from repatria.planning.eligibility import Exclude, Together
from repatria.planning.rule import Rule
from repatria.terms import PartyCode


def with_ties(people: Iterable[Candidate], terms: Terms) -> tuple[Candidate, ...]:
    """The candidates with `with_infant`, `demanded_by` and `vetoed_by` as the terms have them."""
    people = tuple(people)
    small = {person.id for person in people if person.young_child(terms.as_of)}
    mothers = {
        bound
        for rule in terms.rules
        if isinstance(rule, Together) and small.intersection(rule.ids)
        for bound in rule.ids
        if bound not in small
    }
    demanded = _proposers(terms, (Demand, Include))
    vetoed = _proposers(terms, (Exclude,))
    return tuple(
        replace(
            person,
            with_infant=person.with_infant or person.id in mothers,
            demanded_by=demanded.get(person.id, ()),
            vetoed_by=vetoed.get(person.id, ()),
        )
        for person in people
    )


def _proposers(terms: Terms, kinds: tuple[type[Rule], ...]) -> dict[str, tuple[PartyCode, ...]]:
    found: defaultdict[str, set[PartyCode]] = defaultdict(set)
    for rule in terms.rules:
        if isinstance(rule, kinds):
            for person in rule.persons:
                found[person].add(rule.proposer)
    return {person: tuple(sorted(parties)) for person, parties in found.items()}
