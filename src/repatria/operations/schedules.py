"""In which order could the persons of a plan cross, so that nobody is far ahead?

From a plan to the question that `planning.staging` answers. One crossing point;
the seriously wounded and sick weigh nothing and go first, then the others in need
of protection.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Any

from repatria.planning import Candidate, Ratio, Terms
from repatria.planning.staging import Legs, StagingQuestion, UnitClass, answer_staging

_FIRST, _SOON, _THEN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """One day of a schedule.

    Attributes:
        number: from 1.
        crosses: how many leave whose hands, by party.
        ahead: by how much each party is ahead at most on that day, by party.
        stopped: what each party has when the exchange stops after it.
    """

    number: int
    crosses: Mapping[str, int]
    ahead: Mapping[str, int]
    stopped: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule for a plan.

    Attributes:
        status: `optimal`, `feasible`, `infeasible` or `time-limit`.
        reason: why there is none, in words.
        parties: who exchange.
        worth: how much one person counts, by who holds him.
        most_ahead: the greatest that any party is ever ahead; None without a schedule.
        proven: whether no schedule has less.
        tranches: day by day.
    """

    status: str
    reason: str
    parties: tuple[str, ...]
    worth: Mapping[str, int]
    most_ahead: int | None
    proven: bool
    tranches: tuple[Tranche, ...]


def worth_of(going: Iterable[Candidate], terms: Terms) -> dict[str, int]:
    """How much one person counts, by who holds him, so that a kept agreement is even.

    As the one rule of "so many for so many" has it; without one, as the numbers of the
    plan have it between two parties; else everybody counts one.
    """
    counts = Counter(str(person.holder) for person in going if not person.outside_ratios)
    whole = [
        rule
        for rule in terms.rules
        if isinstance(rule, Ratio) and not rule.first_categories and not rule.second_categories
    ]
    if len(whole) == 1:
        # Three of one side for one of the other: the one is worth three.
        worth = {
            str(whole[0].first): whole[0].second_count,
            str(whole[0].second): whole[0].first_count,
        }
        if set(counts) <= set(worth):
            return worth
    if len(counts) == 2:
        (first, many), (second, few) = sorted(counts.items())
        shared = gcd(many, few)
        return {first: few // shared, second: many // shared}
    return dict.fromkeys(counts, 1)


def question_for(
    going: Iterable[Candidate],
    terms: Terms,
    *,
    per_day: int,
    days: int | None = None,
    most_ahead: int | None = None,
    simultaneous: bool = True,
) -> StagingQuestion:
    """The question in which order these persons cross.

    Args:
        going: the persons of a plan.
        terms: under which it was made; for what a person counts, and for ages.
        per_day: how many can cross a day, both directions together.
        days: how many; None asks for the fewest.
        most_ahead: by how much each party may be ahead at most; None asks for the least.
        simultaneous: whether both sides hand over at the same moment.
    """
    people = tuple(going)
    worth = worth_of(people, terms)
    looks = Counter(
        (
            str(person.holder),
            str(person.receiver),
            _tier(person, terms),
            0 if person.outside_ratios else worth.get(str(person.holder), 1),
        )
        for person in people
    )
    parties = tuple(sorted({party for look in looks for party in look[:2]}))
    return StagingQuestion(
        base=terms.id,
        parties=parties,
        tranches=days,
        classes=tuple(
            UnitClass(
                holder=holder,
                claimant=receiver,
                site="crossing",
                tier=tier,
                ready=0,
                value=value,
                size=1,
                count=count,
            )
            for (holder, receiver, tier, value), count in sorted(looks.items())
        ),
        capacity=per_day,
        site_capacity={},
        agreed=dict.fromkeys(parties, most_ahead) if most_ahead is not None else {},
        legs=Legs.SIMULTANEOUS if simultaneous else Legs.ALTERNATING,
    )


def schedule_for(
    going: Iterable[Candidate], terms: Terms, question: StagingQuestion, *, seconds: float
) -> Schedule:
    """The best schedule, or why there is none; solved in a process that is killed in time."""
    document = answer_staging(question, seconds=seconds)
    parties = tuple(str(party) for party in question.parties)
    levels = document["levels"]
    has_one = "schedule" in document
    return Schedule(
        status=str(document["status"]),
        reason=str(document.get("reason", "")),
        parties=parties,
        worth=worth_of(going, terms),
        most_ahead=document.get("E"),
        proven=has_one and bool(levels) and bool(levels[0]["proven"]),
        tranches=tuple(_tranches(document, parties)) if has_one else (),
    )


def _tranches(document: Mapping[str, Any], parties: tuple[str, ...]) -> Iterable[Tranche]:
    for number in range(document["T"]):
        lines = [line for line in document["schedule"] if line["tranche"] == number]
        yield Tranche(
            number=number + 1,
            crosses={
                party: sum(line["persons"] for line in lines if line["holder"] == party)
                for party in parties
            },
            ahead={party: document["exposure"][party][number] for party in parties},
            stopped=document["if_stopped_after"][number],
        )


def _tier(person: Candidate, terms: Terms) -> int:
    if person.outside_ratios:
        return _FIRST
    return _SOON if person.vulnerable(terms.as_of) else _THEN
