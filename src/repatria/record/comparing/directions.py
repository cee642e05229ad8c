"""Did the numbers of the two directions change places, and is either side's rest the other's?

Where one report gives 1,200 one way and 1,700 the other, and another report
turns them round, at least one is wrong about who holds whom.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from repatria.record.check import Check, CheckKind
from repatria.record.comparing.sums import summed
from repatria.record.comparing.told import Told
from repatria.record.comparing.wholes import utterances
from repatria.record.comparing.words import Aspect

_SAME_EVENT_DAYS = 14
_HEADS = 8


def turned_round(told: Sequence[Told]) -> Iterator[Check]:
    """Each direction whose number another speaker gives for the other direction.

    Cost: n log n.
    """
    heads: dict[tuple[object, ...], deque[Mapping[str, Told]]] = defaultdict(
        lambda: deque(maxlen=_HEADS)
    )
    for said in utterances(t for t in told if not t.says.partial):
        for (matter, aspect, event, axis), ways in _by_way(said).items():
            others = heads[matter, aspect, event, axis]
            for other in others:
                yield from _swapped(other, ways)
            others.append(ways)


def _by_way(said: Sequence[Told]) -> Mapping[tuple[object, ...], Mapping[str, Told]]:
    """For each kind of count the figure of each giver, or else of each taker or people."""
    found: dict[tuple[object, ...], dict[str, Told]] = defaultdict(dict)
    for each in said:
        ways = each.says.ways
        for axis, party in (("giver", ways.giver), ("taker", ways.taker), ("people", ways.people)):
            if party:
                aspect = each.says.aspect
                found[each.matter, aspect, each.event_key, axis].setdefault(party, each)
    return {key: ways for key, ways in found.items() if len(ways) <= 2}


def _swapped(one: Mapping[str, Told], other: Mapping[str, Told]) -> Iterator[Check]:
    if len(one) + len(other) < 3:
        return
    both, single = (one, other) if len(one) == 2 else (other, one)
    first = next(iter(both.values()))
    second = next(iter(single.values()))
    if abs((first.day - second.day).days) > _SAME_EVENT_DAYS:
        return
    if first.utterance[0] == second.utterance[0]:
        return
    parties = sorted(both)
    values = {both[p].value for p in parties}
    if len(values) == 1 or not set(single) <= set(both):
        return
    crossed = {parties[0]: both[parties[1]].value, parties[1]: both[parties[0]].value}
    if all(single[p].value == crossed[p] for p in single):
        for party in sorted(single):
            pair = sorted((both[party], single[party]), key=lambda t: t.order)
            yield summed(CheckKind.DIRECTION_CONFLICT, pair[:1], pair[1:], derived=True)


def rest_of_an_exchange(told: Sequence[Told]) -> Iterator[Check]:
    """Both sides' figures of one exchange, less those of whom it is said they came outside it."""
    days: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        formula = each.says.aspect is Aspect.PLANNED and "each" in each.says.marks
        if (formula or each.says.aspect is Aspect.MOVED) and not each.says.partial:
            days[each.matter, each.happened[0], "bodies" in each.says.marks].append(each)
    for same_day in days.values():
        outside = [t for t in same_day if "outside" in t.says.marks]
        for apart in outside[:_HEADS]:
            yield from _less_outside(apart, same_day)
        if not outside:
            yield from _each_way(same_day)


def _less_outside(apart: Told, same_day: Sequence[Told]) -> Iterator[Check]:
    wholes = [t for t in same_day if t.whole and t is not apart]
    mine = next((t for t in wholes if t.says.frame == apart.says.frame), None)
    if mine is None or mine.value <= apart.value:
        return
    theirs = next((t for t in wholes if _is_other_way(mine, t)), None)
    if theirs is not None:
        yield summed(
            CheckKind.COUNTING_RULE_DIFFERS, (mine,), (theirs,), less=(apart,), derived=True
        )


def _is_other_way(one: Told, other: Told) -> bool:
    a, b = one.says.ways, other.says.ways
    return bool(a.taker and b.taker and a.taker != b.taker) or bool(
        a.giver and b.giver and a.giver != b.giver
    )


def _each_way(same_day: Sequence[Told]) -> Iterator[Check]:
    """What "each side" is to get, against what either side says that it got back that day."""
    each = [t for t in same_day if "each" in t.says.marks]
    for formula in each[:1]:
        for side in [t for t in same_day if t.whole and "each" not in t.says.marks][:_HEADS]:
            if side.utterance[0] == formula.utterance[0]:
                continue
            if side.says.ways.taker or side.says.ways.people:
                yield summed(CheckKind.ANNOUNCED_AND_MOVED, (formula,), (side,), derived=True)
