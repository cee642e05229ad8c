"""Does what was held, less what went, give what remains? And what was planned, what moved?

Only where the order of days is certain. A figure that counts people whom the
holder does not acknowledge is not set off against one that does not.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from repatria.record.check import Check, CheckKind
from repatria.record.comparing.events import Movement, can_be_of, movements
from repatria.record.comparing.sums import near, summed
from repatria.record.comparing.told import Told
from repatria.record.comparing.wholes import utterances
from repatria.record.comparing.words import Aspect

_COUNTED_AFTER = timedelta(days=45)
_CARRIED_OUT = timedelta(days=92)
_ONE_AGREEMENT = timedelta(days=14)
_LOOK_BACK = 24
_AT_ONCE = 4


def stock_less_moved(told: Sequence[Told], inner: Collection[str]) -> Iterator[Check]:
    """One check for each movement after which somebody says what remains.

    The stock before is the newest from which the sum comes out; where it does not come out
    from any, the newest.

    Args:
        told: the claims, in order of saying.
        inner: ids of claims that are part of any whole: a part of those who moved is not all.

    Cost: n log n; at most a few dozen stocks are looked back at.
    """
    stocks: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        held = each.says.aspect is Aspect.HELD and not each.says.since
        if held and each.almost_whole and "bodies" not in each.says.marks:
            stocks[each.matter].append(each)
    for matter, events in movements([t for t in told if t.id not in inner]).items():
        same = stocks.get(matter, [])
        days = [t.last_day for t in same]
        for number, event in enumerate(events):
            yield from _after(event, events[max(0, number - _AT_ONCE) : number], same, days)


def _after(
    event: Movement, earlier: Sequence[Movement], stocks: Sequence[Told], days: Sequence[date]
) -> Iterator[Check]:
    start = bisect_left(days, event.first.replace(day=1))
    before = [
        s
        for s in stocks[max(0, start - _LOOK_BACK) : start + _LOOK_BACK]
        if s.last_day < event.first and can_be_of(_people(s), event.whose)
    ]
    counted: set[int] = set()
    held = {s.value for s in before}
    figures = (event.told, *event.others)
    for later in stocks[start : start + _LOOK_BACK]:
        if not _counted_after(later, event) or not can_be_of(_people(later), event.whose):
            continue
        remaining = "remaining" in later.says.marks
        comes_out = any(later.value + figure.value in held for figure in figures)
        if later.value in counted or not (comes_out or remaining):
            continue
        usable = [s for s in before if _comparable(s, later)]
        check = _best(usable, event, earlier, later)
        if check is not None and (check.holds or remaining):
            counted.add(later.value)
            yield check


def _counted_after(stock: Told, event: Movement) -> bool:
    """Said on the day, of what is still held; or surely afterwards, and soon."""
    if stock.day > event.last:
        return stock.day - event.last <= _COUNTED_AFTER
    return "remaining" in stock.says.marks and stock.day == event.first == event.last


def _people(stock: Told) -> str:
    return stock.says.ways.people


def _comparable(before: Told, after: Told) -> bool:
    hidden = (before.says.standing == "hidden", after.says.standing == "hidden")
    holders = before.says.ways.giver, after.says.ways.giver
    return (
        hidden[0] == hidden[1]
        and can_be_of(_people(before), _people(after))
        and can_be_of(*holders)
    )


def _best(
    before: Sequence[Told], event: Movement, earlier: Sequence[Movement], after: Told
) -> Check | None:
    """The sum that comes out, from a stock that counts everybody first; or the newest stock's."""
    if not before:
        return None
    figures = (event.told, *event.others)
    exact = [
        (stock, figure)
        for figure in figures
        for stock in before
        if stock.value - figure.value == after.value and not _between(stock, event, earlier)
    ]
    if exact:
        # Whoever's figure of the movement it is: that it comes out is what is said.
        chosen, moved = max(exact, key=lambda e: (-figures.index(e[1]), e[0].whole, e[0].order))
        less: tuple[Told, ...] = (moved,)
    else:
        chosen = max(before, key=lambda s: (s.says.frame == after.says.frame, s.order))
        if chosen.span.about or after.span.about:
            return None
        less = (*(m.told for m in _between(chosen, event, earlier)), event.told)
    return summed(CheckKind.STOCK_MINUS_RELEASED, (chosen,), (after,), less=less)


def _between(stock: Told, event: Movement, earlier: Sequence[Movement]) -> list[Movement]:
    """Movements surely after the stock and before the event, of the same people."""
    return [
        m
        for m in earlier
        if m.first > stock.last_day
        and m.last < event.first
        and can_be_of(m.whose, event.whose)
        and m.whose == event.whose
    ]


def planned_and_moved(told: Sequence[Told]) -> Iterator[Check]:
    """What was agreed, against the first movement after it that counts the same people.

    What moved carries out one plan: that which it fits, or else the newest.
    """
    carried_out: list[tuple[Told, Check]] = []
    events = movements(told)
    plans = [
        t
        for t in told
        if t.says.aspect is Aspect.PLANNED and not t.says.partial and "bodies" not in t.says.marks
    ]
    frames: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in plans:
        frames[each.matter, each.says.frame].append(each)
    keys: Mapping[str, list[date]] = {m: [e.first for e in es] for m, es in events.items()}
    moved = _claims_of_movements(told)
    told_by_matter: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        if "stayed" in each.says.marks and not each.says.partial:
            told_by_matter[each.matter].append(each)
    for (matter, _), same in frames.items():
        later = events.get(str(matter), [])
        for plan in utterances(same):
            start = bisect_left(keys.get(str(matter), []), plan[0].day)
            inside = _within_reach(later[start : start + _AT_ONCE], plan[0], same)
            for each in [t for t in plan if "each" in t.says.marks]:
                yield from _each_side(each, inside)
            stayed = _stayed(told_by_matter.get(str(matter), []), plan[0])
            going = [t for t in plan if not t.says.marks & {"stayed", "each"}]
            carried_out.extend((plan[0], check) for check in _carried_out(going, inside, stayed))
            yield from _each_part(plan, moved.get(str(matter), []))
    yield from _of_one_plan(carried_out)


def _of_one_plan(carried_out: Sequence[tuple[Told, Check]]) -> Iterator[Check]:
    """Of comparisons with one movement those that hold, or else those with the newest plan."""
    by_movement: dict[str, list[tuple[Told, Check]]] = defaultdict(list)
    for plan, check in carried_out:
        moved = check.left_of if "+" in check.right_of else check.right_of
        by_movement[moved].append((plan, check))
    for same in by_movement.values():
        newest = max(plan.last_day for plan, _ in same)
        fits = any(check.holds for _, check in same)
        for plan, check in same:
            if check.holds or (not fits and newest - plan.last_day <= _ONE_AGREEMENT):
                yield check


def _within_reach(events: Sequence[Movement], plan: Told, same: Sequence[Told]) -> list[Movement]:
    """The movements that can carry a plan out: soon after it, and before a newer plan."""
    newer = [t.day for t in same if t.day > plan.day]
    reach = min([plan.day + _CARRIED_OUT, *newer])
    soon = plan.day + timedelta(days=31)
    last = min(max(reach, soon), plan.day + _CARRIED_OUT)
    return [e for e in events if e.first <= last]


def _stayed(told: Sequence[Told], plan: Told) -> list[Told]:
    """Who is said to have refused or to have been held back, from the plan on."""
    start = bisect_left([t.last_day for t in told], plan.day)
    return [t for t in told[start : start + _AT_ONCE] if t.day - plan.day <= _CARRIED_OUT]


def _each_side(plan: Told, events: Sequence[Movement]) -> Iterator[Check]:
    """What "each side" is to get, against what either side got on the first day after."""
    for event in events:
        first = event.first == events[0].first and event.whose and event.told.whole
        if first and event.told.utterance[0] != plan.utterance[0]:
            yield summed(CheckKind.ANNOUNCED_AND_MOVED, (plan,), (event.told,), derived=True)


def _carried_out(
    plan: Sequence[Told], events: Sequence[Movement], stayed: Sequence[Told]
) -> Iterator[Check]:
    whole = [t for t in plan if t.whole] or (list(plan) if len(plan) == 1 else [])
    total = whole[:1] if whole else list(plan)
    if not total:
        return
    rules = {t.says.rule for t in total}
    takers = {t.says.ways.taker for t in total if t.says.ways.taker}
    # Who is promised to a party goes to that party, where it is told who went where.
    for event in sorted(events, key=lambda e: e.told.says.ways.taker not in takers):
        same_rule = len(total) == 1 and event.told.says.rule in rules
        sum_of_all = len(total) > 1 and (
            event.told.whole or event.told.value == sum(t.value for t in total)
        )
        people = {t.says.ways.people for t in total}
        fits = all(can_be_of(p, event.whose) for p in people) or event.told.whole
        if fits and (same_rule or sum_of_all or (len(total) == 1 and event.told.whole)):
            pair: tuple[Sequence[Told], Sequence[Told]] = (total, (event.told,))
            if len(total) > 1 and not event.told.whole:
                pair = (pair[1], pair[0])  # parts of a plan that give what moved
            less = [t for t in stayed if t.day <= event.last and t.value < pair[0][0].value]
            with_refusals = summed(CheckKind.ANNOUNCED_AND_MOVED, *pair, less=less)
            if less and with_refusals.holds:
                yield with_refusals
            else:
                yield summed(CheckKind.ANNOUNCED_AND_MOVED, *pair)
            return


def _claims_of_movements(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        if each.says.aspect is Aspect.MOVED and not each.says.partial and each.says.ways.people:
            found[each.matter].append(each)
    return found


def _each_part(plan: Sequence[Told], moved: Sequence[Told]) -> Iterator[Check]:
    """Each party's part of a plan, against what is later said to have moved of that party.

    The plan is only one of the ways they can have gone, so a figure is compared only where
    it is close; that it is not equal is then what somebody should look at.
    """
    if len(plan) < 2:
        return
    days = [t.last_day for t in moved]
    start = bisect_left(days, plan[0].day)
    for part in plan:
        people = part.says.ways.people
        if not people:
            continue
        for later in moved[start : start + _LOOK_BACK]:
            close = near(part.value, later.value, 0.05)
            soon = later.day - part.day <= _CARRIED_OUT + _CARRIED_OUT // 2
            if close and soon and later.says.ways.people == people and _not_before(later, part):
                yield summed(CheckKind.ANNOUNCED_AND_MOVED, (part,), (later,))
                break


def _not_before(later: Told, part: Told) -> bool:
    return later.happened[1] >= part.day
