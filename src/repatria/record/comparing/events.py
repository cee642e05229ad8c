"""Which movements happened, and who gives a figure that stands for each?

An event is a day on which people moved, so far as words or columns tell it. The
figure that stands for it is that of whoever counts all of them; where nobody
does, the largest.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from repatria.record.comparing.parties_named import same_party
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import Aspect

_OTHERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One event for one group of people.

    Attributes:
        first, last: its days.
        told: the claim that stands for it.
        others: claims of it that give another number, each number once.
        whose: key of whose people moved; empty when not said.
    """

    first: date
    last: date
    told: Told
    others: tuple[Told, ...]
    whose: str


def movements(told: Sequence[Told], *, bodies: bool = False) -> dict[str, list[Movement]]:
    """The events of each matter, by day; of the living, or of bodies."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        if _moves(each) and bodies == ("bodies" in each.says.marks):
            first, last = each.happened
            key = (each.matter, each.event_key or (first, last), whose(each))
            groups[key].append(each)
    found: dict[str, list[Movement]] = defaultdict(list)
    for (matter, _, people), claims in groups.items():
        chosen = min(claims, key=lambda t: (not t.whole, -t.value, t.order))
        first, last = _days(claims)
        numbers = {t.value: t for t in sorted(claims, key=lambda t: t.order, reverse=True)}
        numbers.pop(chosen.value)
        others = tuple(numbers[n] for n in sorted(numbers, reverse=True)[:_OTHERS])
        event = Movement(first=first, last=last, told=chosen, others=others, whose=str(people))
        found[str(matter)].append(event)
    for events in found.values():
        events.sort(key=lambda m: (m.first, m.last, m.told.id))
    return found


def _moves(told: Told) -> bool:
    says = told.says
    return (
        says.aspect is Aspect.MOVED
        and not says.partial
        and not says.since
        and says.formula is None
        and "cumulative" not in says.marks
    )


def _days(claims: Sequence[Told]) -> tuple[date, date]:
    """The narrowest days any claim of the event gives."""
    days = [c.happened for c in claims]
    return min(days, key=lambda d: (d[1] - d[0], d[0]))


def whose(told: Told) -> str:
    """Whose people moved; those who return to a party are its own."""
    return told.says.ways.people or told.says.ways.taker


def can_be_of(people: str, other: str) -> bool:
    """Whether two keys can mean the same people; what is not said can be anybody's."""
    return not people or not other or same_party(people, other)


def held_alike(one: Told, other: Told) -> bool:
    """Whether two counts of people held can be of the same: the same people, or the same holder."""
    if one.says.frame == other.says.frame or one.says.topic == other.says.topic:
        return True
    a, b = one.says.ways, other.says.ways
    if a.people and b.people:
        return same_party(a.people, b.people) and can_be_of(a.giver, b.giver)
    return bool(a.giver and b.giver and same_party(a.giver, b.giver))
