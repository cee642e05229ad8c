"""Do two speakers give one quantity alike?

Two figures are of one quantity only when everything their words say agrees:
what is counted, whose people, which way, which event, who is singled out. What
the one says and the other leaves open is not taken to be equal, unless both
name the same event.
"""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from repatria.record.check import Check, CheckKind
from repatria.record.comparing.events import movements
from repatria.record.comparing.parties_named import same_party
from repatria.record.comparing.sums import disagree, summed
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import Aspect
from repatria.terms import Severity

_WINDOW_DAYS = {
    Aspect.HELD: 31,
    Aspect.MISSING: 31,
    Aspect.MOVED: 3,
    Aspect.PLANNED: 14,
    Aspect.STAYED: 14,
    Aspect.LISTED: 92,
    Aspect.OTHER: 7,
}
_HEADS = 8
_INCLUDED = re.compile(
    r"(?P<word>incl\w*\.?|plus|with|\+|without|excl\w*\.?|not counting|besides|of them)\s*"
    r"(?:the\s+|another\s+)?(?P<count>\d+)\b",
    re.IGNORECASE,
)


def told_differently(told: Sequence[Told], inner: Collection[str]) -> Iterator[Check]:
    """Each figure against the earliest figures of the same quantity, where they differ.

    Never all against all: what everybody is compared with is who said it first. People held
    are not the same quantity before and after a movement, and a part is not a whole.

    Args:
        told: the claims, in order of saying.
        inner: ids of claims that are part of any whole.

    Cost: n log n.
    """
    moved = {matter: sorted(m.first for m in events) for matter, events in movements(told).items()}
    buckets: dict[tuple[object, ...], deque[Told]] = defaultdict(lambda: deque(maxlen=_HEADS))
    for each in told:
        if each.says.partial:
            continue
        key = (each.matter, each.says.aspect, "bodies" in each.says.marks, each.event_key)
        heads = buckets[key]
        same = [
            head
            for head in heads
            if _one_quantity(head, each)
            and (head.id in inner) == (each.id in inner)
            and not _moved_between(head, each, moved)
        ]
        for head in same[:1]:
            yield from _compared(head, each)
        if not same:
            heads.append(each)


def _moved_between(first: Told, second: Told, moved: Mapping[str, Sequence[date]]) -> bool:
    if second.says.aspect is not Aspect.HELD:
        return False
    days = moved.get(second.matter, ())
    return bisect_right(days, first.last_day) < bisect_right(days, second.last_day)


def _compared(first: Told, second: Told) -> Iterator[Check]:
    if first.value == second.value:
        yield from _called_differently(first, second)
        return
    counted = _counted_apart(first, second)
    if counted:
        check = summed(CheckKind.COUNTING_RULE_DIFFERS, (first,), (second,))
        yield _softened(check)
        return
    kind = CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE
    if first.utterance[0] == second.utterance[0]:
        kind = CheckKind.ANSWER_CHANGED
    yield summed(kind, (first,), (second,))


def _softened(check: Check) -> Check:
    return replace(check, holds=False, severity=Severity.WARNING)


def _counted_apart(first: Told, second: Told) -> bool:
    """Whether the words of one give the difference as people counted in or left out."""
    gap = abs(first.value - second.value)
    for each in (first, second):
        text = f"{each.claim.category} {each.claim.note} {' '.join(each.claim.included)}"
        if any(int(m["count"]) == gap for m in _INCLUDED.finditer(text)):
            return True
    twice = {first.value, second.value}
    both_ways = "both" in first.says.marks | second.says.marks
    return both_ways and max(twice) == 2 * min(twice)


def _called_differently(first: Told, second: Told) -> Iterator[Check]:
    """One number, one event, but the people in it are called by other words."""
    one, other = first.says.dimensions, second.says.dimensions
    for name in sorted(set(one) & set(other)):
        if one[name] != other[name]:
            kind, severity = CheckKind.CATEGORY_CONFLICT, Severity.CONTRADICTION
            of = (_named(one[name]), _named(other[name]))
            formula = f"{first.value} {of[0]} ≠ {second.value} {of[1]}"
            yield disagree(kind, first, second, formula, severity)
            return


def _named(sides: frozenset[str]) -> str:
    return "{" + ", ".join(sorted(sides)) + "}"


def _one_quantity(first: Told, second: Told) -> bool:
    if first.utterance == second.utterance:
        return False
    one, other = first.says, second.says
    if one.marks & {"cumulative", "day", "outside"} != other.marks & {
        "cumulative",
        "day",
        "outside",
    }:
        return False
    if "hidden" in (one.standing, other.standing) and one.standing != other.standing:
        return False
    return _same_time(first, second) and _same_people(first, second) and _same_rule(first, second)


def _same_time(first: Told, second: Told) -> bool:
    if first.event_key:
        return True
    dated = first.says.event is not None, second.says.event is not None
    window = timedelta(days=_WINDOW_DAYS[first.says.aspect])
    if all(dated):
        return _overlap(first, second, timedelta(0))
    if any(dated):
        return _overlap(first, second, timedelta(days=3))
    return second.day - first.last_day <= window


def _overlap(first: Told, second: Told, slack: timedelta) -> bool:
    (start, end), (other_start, other_end) = first.happened, second.happened
    return start <= other_end + slack and other_start <= end + slack


def _same_people(first: Told, second: Told) -> bool:
    if first.says.frame == second.says.frame:
        return _same_way(first, second)
    one, other = first.says.ways, second.says.ways
    known = bool(_whose(first)), bool(_whose(second))
    if all(known):
        return same_party(_whose(first), _whose(second)) and (
            one.giver == other.giver or not (one.giver and other.giver)
        )
    explicit = first.says.event is not None and first.says.event == second.says.event
    alike = first.says.marks & {"day", "cumulative"} and first.says.marks == second.says.marks
    if any(known):
        return explicit or bool(alike and first.day == second.day)
    return bool(explicit or alike or first.says.topic == second.says.topic)


def _same_way(first: Told, second: Told) -> bool:
    one, other = first.says.ways, second.says.ways
    return one.giver == other.giver and one.taker == other.taker


def _whose(told: Told) -> str:
    """Whose people they are; those who return to a party are its own."""
    ways = told.says.ways
    home = ways.taker if told.says.aspect in (Aspect.MOVED, Aspect.PLANNED) else ""
    return ways.people or home


def _same_rule(first: Told, second: Told) -> bool:
    one, other = first.says, second.says
    if first.almost_whole and second.almost_whole:
        return True
    if one.aspect is Aspect.LISTED and one.frame == other.frame:
        return True
    if one.rule == other.rule:
        return True
    overlapping = list(set(one.dimensions) & set(other.dimensions))
    same_sides = overlapping and all(one.dimensions[n] == other.dimensions[n] for n in overlapping)
    if same_sides and set(one.dimensions) == set(other.dimensions):
        return True
    # One number for one named event under two wordings is a question of wording.
    return bool(overlapping) and first.value == second.value and one.frame == other.frame


def constant_gaps(differing: Sequence[Check], told: Sequence[Told]) -> Iterator[Check]:
    """Two disagreements of one day by the same number: one batch was counted differently."""
    by_id = {t.id: t for t in told}
    found: dict[tuple[object, ...], list[Check]] = defaultdict(list)
    for check in differing:
        if check.kind is CheckKind.SAME_QUANTITY_DIFFERENT_FIGURE and len(check.claims) == 2:
            first, second = (by_id[c] for c in check.claims)
            if first.says.aspect is Aspect.MOVED:
                key = (
                    first.matter,
                    abs(first.value - second.value),
                    "bodies" in first.says.marks,
                )
                found[(*key, max(first.day, second.day))].append(check)
    for checks in found.values():
        step = [c for c in checks if "cumulative" not in by_id[c.claims[0]].says.marks]
        total = [c for c in checks if "cumulative" in by_id[c.claims[0]].says.marks]
        for one, other in zip(step, total, strict=False):
            yield Check(
                kind=CheckKind.CONSTANT_GAP,
                claims=(*one.claims, *other.claims),
                left=one.right - one.left,
                right=other.right - other.left,
                holds=one.right - one.left == other.right - other.left,
                derived=True,
                arithmetic=f"{one.right} - {one.left} = {other.right} - {other.left}",
                severity=Severity.WARNING,
                left_of=f"{one.claims[1]}-{one.claims[0]}",
                right_of=f"{other.claims[1]}-{other.claims[0]}",
            )
