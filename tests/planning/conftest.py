"""The persons and terms of the story: 32 for 2."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from repatria.planning import (
    Candidate,
    CapturedTotal,
    CategoryExcluded,
    CategoryOnly,
    Ratio,
    Terms,
    Total,
    standard_priorities,
)
from repatria.terms import Category, PartialDate, PartyCode

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
STATEMENT = "joint statement"


def _held_by_north(number, category, captured):
    return Candidate(
        id=f"person:n{number:02d}",
        holder=NORTH,
        receiver=SOUTH,
        category=category,
        captured_on=PartialDate.on(captured),
        alive_confirmed=True,
    )


@pytest.fixture
def story_candidates():
    """41 soldiers, 6 civilians and 8 leaders held by north; 2 soldiers held by south."""
    people = []
    for number in range(41):
        # Seven soldiers were captured late, one of them in September 2023.
        captured = date(2020, 10, 1) + timedelta(days=15 * number)
        if number >= 34:
            captured = date(2023, 3, 1) + timedelta(days=number)
        if number == 40:
            captured = date(2023, 9, 20)
        people.append(_held_by_north(number, Category.SOLDIER, captured))
    people += [
        _held_by_north(number, Category.CIVILIAN, date(2021, 1, 10) + timedelta(days=number))
        for number in range(41, 47)
    ]
    people += [
        _held_by_north(number, Category.POLITICAL_LEADER, date(2020, 11, 1))
        for number in range(47, 55)
    ]
    people += [
        Candidate(
            id=f"person:s{number}",
            holder=SOUTH,
            receiver=NORTH,
            category=Category.SOLDIER,
            captured_on=PartialDate.on(date(2023, 4, 10)),
            alive_confirmed=True,
        )
        for number in range(2)
    ]
    return tuple(people)


@pytest.fixture
def story_terms():
    """Exactly 32 for exactly 2, nobody of the leaders, one of September 2023."""
    return Terms(
        id="terms:story",
        version=1,
        as_of=date(2023, 12, 13),
        rules=(
            Total(
                id="north-32",
                proposer=SOUTH,
                source=STATEMENT,
                from_party=NORTH,
                minimum=32,
                maximum=32,
            ),
            Total(
                id="south-2",
                proposer=NORTH,
                source=STATEMENT,
                from_party=SOUTH,
                minimum=2,
                maximum=2,
            ),
            CategoryExcluded(
                id="no-leaders",
                proposer=NORTH,
                source="statement of north",
                from_party=NORTH,
                categories=(Category.POLITICAL_LEADER,),
            ),
            CategoryOnly(
                id="soldiers-and-civilians",
                proposer=SOUTH,
                source=STATEMENT,
                from_party=NORTH,
                categories=(Category.SOLDIER, Category.CIVILIAN),
            ),
            CapturedTotal(
                id="31-of-2020-to-2022",
                proposer=SOUTH,
                source=STATEMENT,
                from_party=NORTH,
                since=date(2020, 1, 1),
                until=date(2022, 12, 31),
                minimum=31,
                maximum=31,
            ),
            CapturedTotal(
                id="one-of-september-2023",
                proposer=SOUTH,
                source=STATEMENT,
                from_party=NORTH,
                since=date(2023, 9, 1),
                until=date(2023, 9, 30),
                minimum=1,
                maximum=1,
            ),
        ),
        priorities=standard_priorities((36, 33, 30, 27, 24, 21, 18, 12)),
        nonce="made by both parties",
    )


@pytest.fixture
def person():
    """A function that makes one eligible soldier held by north, with changes."""

    def make(name, **changes):
        base = _held_by_north(0, Category.SOLDIER, date(2021, 1, 1))
        return replace(base, **({"id": f"person:{name}"} | changes))

    return make


@pytest.fixture
def agreed():
    """A function that makes terms from rules, with the standard priorities."""

    def make(*rules, bands=(36, 24, 12), **changes):
        base = Terms(
            id="terms:test",
            version=1,
            as_of=date(2023, 12, 13),
            rules=rules,
            priorities=standard_priorities(bands),
            nonce="nonce",
        )
        return replace(base, **changes)

    return make


@pytest.fixture
def said():
    """The parts every rule has, for a rule of this id."""

    def make(rule_id, proposer=SOUTH):
        return {"id": rule_id, "proposer": proposer, "source": STATEMENT}

    return make


@pytest.fixture
def ratio(said):
    """A function that makes the ratio n from north for m from south."""

    def make(north_count, south_count, tolerance=0, rule_id="ratio"):
        return Ratio(
            **said(rule_id),
            first=NORTH,
            first_count=north_count,
            second=SOUTH,
            second_count=south_count,
            tolerance=tolerance,
        )

    return make
