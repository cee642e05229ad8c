"""What would be agreed if each party were right about who is what?

A key asks for thirty for a civilian and fifty for a soldier; whether somebody was a
soldier decides for how many. Before anybody signs, the plan is made once for
each party's word, and those who differ are named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from repatria.planning.agreement import Terms
from repatria.planning.bars import unique
from repatria.planning.candidates import Candidate
from repatria.planning.plan import Plan
from repatria.planning.selection import solve
from repatria.terms import Category, PartyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A category that whoever claims a person gives otherwise than whoever holds him."""

    person: str
    by_holder: Category
    by_claimant: Category


def contested_facts(candidates: Iterable[Candidate]) -> tuple[Contested, ...]:
    """Whose category the claimant gives otherwise than the holder, by id."""
    found = (
        (person, dict(person.asserted).get(person.receiver, person.category))
        for person in candidates
    )
    return tuple(
        Contested(person=person.id, by_holder=person.category, by_claimant=claimed)
        for person, claimed in sorted(found, key=lambda pair: pair[0].id)
        if claimed is not person.category
    )


def as_claimed(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The same persons, each of the category that whoever claims him gives."""
    return tuple(
        replace(person, category=dict(person.asserted).get(person.receiver, person.category))
        for person in candidates
    )


def plans_by_word(candidates: Iterable[Candidate], terms: Terms) -> dict[PartyCode, Plan]:
    """For each party that contradicts a holder, the plan as if it were right everywhere.

    Each holder's own word is the plan of `solve`; it is not among these.

    Raises:
        Refusal: as `solve`.
        ValueError: a candidate stands twice.
    """
    people = unique(candidates)
    parties = sorted(
        {
            party
            for person in people
            for party, category in person.asserted
            if category is not person.category
        }
    )
    return {party: solve(_as_said_by(party, people), terms) for party in parties}


def who_changes(plans: Mapping[PartyCode, Plan], plan: Plan) -> dict[PartyCode, tuple[str, ...]]:
    """By party, ids of those who go under its word or under the holders', not under both."""
    return {
        party: tuple(sorted(set(other.selected).symmetric_difference(plan.selected)))
        for party, other in plans.items()
    }


def _as_said_by(party: PartyCode, people: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        replace(person, category=dict(person.asserted).get(party, person.category))
        for person in people
    )
