"""Do running totals grow by their steps?

A total that counts both directions grows by both. A total that grows by more
than the steps that were told means a step that nobody told.
"""

import itertools
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import timedelta

from repatria.record.check import Check, CheckKind
from repatria.record.comparing.events import Movement, can_be_of, movements, whose
from repatria.record.comparing.sums import severity_of, summed
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import Aspect

_NUMBER = re.compile(r"\d+")
_EACH_DIRECTION = re.compile(r"\b(\d{1,5})\s?(?:\+|[- ]for[- ]|[×x])\s?(\d{1,5})\b")
_MOST_STEPS = 40
_MOST_BATCHES = 8
_ONE_OPERATION = timedelta(days=92)


def running_totals(told: Sequence[Told]) -> Iterator[Check]:
    """Each running total against the one before it and the steps between them.

    Cost: n log n.
    """
    series: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        says = each.says
        if "cumulative" in says.marks and says.aspect is Aspect.MOVED and not says.partial:
            rule = frozenset(w for w in says.rule if not (each.whole or _NUMBER.search(w)))
            bodies = "bodies" in says.marks
            series[each.matter, bodies, _wording(each), whose(each), rule].append(each)
    steps = {False: movements(told), True: movements(told, bodies=True)}
    for (matter, dead, *_), totals in series.items():
        events = steps[bool(dead)].get(str(matter), [])
        lasts = [e.last for e in events]
        in_order = sorted(totals, key=lambda t: t.order)
        for before, after in itertools.pairwise(in_order):
            first = bisect_right(lasts, before.last_day)
            inside = [
                e
                for e in events[first : first + _MOST_STEPS]
                if e.last <= after.last_day and can_be_of(e.whose, whose(after))
            ]
            yield from _step(before, after, _once(inside))


def batches(told: Sequence[Told]) -> Iterator[Check]:
    """Each total against the last batches that its speaker told, where they make it up.

    Cost: n log n.
    """
    last: dict[tuple[object, ...], deque[Told]] = defaultdict(lambda: deque(maxlen=_MOST_BATCHES))
    totals: list[Told] = []
    for each in told:
        says = each.says
        if says.aspect is not Aspect.MOVED or says.partial or "each" in says.marks:
            continue
        if "cumulative" in says.marks:
            totals.append(each)
        elif says.event is not None or each.claim.as_of is not None:
            last[_series(each)].append(each)
            for total in [t for t in totals[-2:] if t.utterance == each.utterance]:
                yield from _made_up(total, last[_series(each)])
            continue
        if totals and totals[-1] is each:
            yield from _made_up(each, last[_series(each)])


def _series(told: Told) -> tuple[object, ...]:
    return (told.matter, told.utterance[0], "bodies" in told.says.marks)


def _made_up(total: Told, batches: Sequence[Told]) -> Iterator[Check]:
    """The fewest of the last batches, of different days, that give the total."""
    recent = [
        b
        for b in batches
        if timedelta(0) <= total.last_day - b.happened[0] <= _ONE_OPERATION
        and can_be_of(whose(b), whose(total))
    ]
    for count in range(2, len(recent) + 1):
        chosen = recent[-count:]
        days = {b.happened for b in chosen}
        if len(days) == count and sum(b.value for b in chosen) == total.value:
            yield summed(CheckKind.TOTAL_ACROSS, (total,), chosen)
            return


def _wording(told: Told) -> str:
    return " ".join(sorted(w for w in told.says.topic if not w.isdigit()))


def _once(events: Sequence[Movement]) -> list[Told]:
    """One figure for each day: each direction, or what stands for both."""
    days: dict[object, list[Told]] = defaultdict(list)
    for event in events:
        days[event.last].append(event.told)
    found: list[Told] = []
    for same in days.values():
        open_ended = [t for t in same if not whose(t)]
        found.extend(open_ended[:1] or same)
    return found


def _step(before: Told, after: Told, steps: Sequence[Told]) -> Iterator[Check]:
    if before.last_day >= after.day and before.value <= after.value:
        return
    noted = [int(n) for n in _NUMBER.findall(match[0])] if (match := _noted(after)) else []
    if noted and not steps:
        yield _by_note(before, noted, after)
        return
    if not steps:
        if after.value < before.value:
            yield _total(before, (), after, times=1)
        return
    gap = after.value - before.value
    once = sum(t.value for t in steps)
    each = sum(t.value * (2 if "each" in t.says.marks else 1) for t in steps)
    # A total of both directions whose steps are told for each direction grows by each once.
    told_each_way = len({(whose(t), t.happened) for t in steps}) > len({t.happened for t in steps})
    both_ways = "both" in after.says.marks | before.says.marks and not told_each_way
    if gap == once and not both_ways:
        yield _total(before, steps, after, times=1)
    elif gap == 2 * once:
        yield _total(before, steps, after, times=2)
    else:
        doubled = each != once or both_ways
        yield _total(before, steps, after, times=2 if doubled and once else 1)


def _noted(after: Told) -> "re.Match[str] | None":
    """What a note says of a total's last step: a number for each direction."""
    return _EACH_DIRECTION.search(f"{after.claim.note} {after.claim.category}")


def _by_note(before: Told, steps: Sequence[int], after: Told) -> Check:
    """The check with the step that only the words beside the total tell."""
    left = before.value + sum(steps)
    added = " + ".join(map(str, steps))
    holds = left == after.value
    return Check(
        kind=CheckKind.RUNNING_TOTAL,
        claims=(before.id, after.id),
        left=left,
        right=after.value,
        holds=holds,
        derived=before.utterance[0] != after.utterance[0],
        arithmetic=f"{before.value} + {added} {'=' if holds else '≠'} {after.value}",
        severity=severity_of(holds, not holds),
        left_of="+".join((before.id, *map(str, steps))),
        right_of=after.id,
    )


def _total(before: Told, steps: Sequence[Told], after: Told, *, times: int) -> Check:
    """The check, with each step counted once, or once for each direction."""
    if times == 1:
        return summed(CheckKind.RUNNING_TOTAL, (before, *steps), (after,))
    left = before.value + times * sum(t.value for t in steps)
    told = [before, *steps, after]
    holds = left == after.value
    added = "".join(f" + {times}·{t.value}" for t in steps)
    return Check(
        kind=CheckKind.RUNNING_TOTAL,
        claims=tuple(dict.fromkeys(t.id for t in told)),
        left=left,
        right=after.value,
        holds=holds,
        derived=len({t.utterance[0] for t in told}) > 1,
        arithmetic=f"{before.value}{added} {'=' if holds else '≠'} {after.value}",
        severity=severity_of(holds, not holds),
        left_of="+".join((before.id, *(f"{times}*{t.id}" for t in steps))),
        right_of=after.id,
    )
