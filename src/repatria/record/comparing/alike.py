"""Is it the same number, but not the same people; or the same words, long overtaken?

Two equal numbers are never joined on the number. What speaks against joining
them is said: another composition, another kind of count, or a newer figure.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from repatria.record.check import Check, CheckKind
from repatria.record.comparing.events import can_be_of, held_alike
from repatria.record.comparing.sums import disagree, summed
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import Aspect
from repatria.terms import Severity

_CONFUSED_WITHIN = timedelta(days=120)
_STALE_AFTER = timedelta(days=180)
_LOOK_BACK = 24


def same_number_other_people(
    told: Sequence[Told],
    compositions: Mapping[str, Sequence[str]],
    inner: Collection[str],
) -> Iterator[Check]:
    """Equal numbers near in time that count different people, each against the one before it.

    Args:
        told: the claims, in order of saying.
        compositions: id of a whole -> ids of the parts its own speaker gave.
        inner: ids of claims that are part of any whole.
    """
    by_id = {t.id: t for t in told}
    last: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for each in told:
        if each.says.partial or each.says.aspect in (Aspect.OTHER, Aspect.LISTED):
            continue
        seen = last[each.matter, each.value]
        for other in reversed(seen[-_LOOK_BACK:]):
            if each.day - other.last_day > _CONFUSED_WITHIN:
                break
            # Two parts are confused less easily than two figures of an event.
            both_parts = other.id in inner and each.id in inner
            if not both_parts and _other_people(other, each, compositions, by_id):
                yield _lookalike(other, each)
                yield from _like_for_like(other, each, compositions, by_id)
                break
        stands_for_same = any(o.says.frame == each.says.frame and o.day == each.day for o in seen)
        if not stands_for_same:
            seen.append(each)


def _other_people(
    one: Told, other: Told, compositions: Mapping[str, Sequence[str]], by_id: Mapping[str, Told]
) -> bool:
    if one.utterance == other.utterance:
        return False
    if not can_be_of(one.says.ways.people or one.says.ways.taker, other.says.ways.people):
        return False
    kinds = {one.says.aspect, other.says.aspect}
    if kinds == {Aspect.HELD, Aspect.MOVED}:
        return "bodies" not in one.says.marks | other.says.marks
    if kinds != {Aspect.HELD}:
        return False
    divided = [
        tuple(sorted(by_id[p].value for p in compositions.get(t.id, ()))) for t in (one, other)
    ]
    hidden = [_has_hidden(t, compositions, by_id) for t in (one, other)]
    return hidden[0] != hidden[1] or (all(divided) and divided[0] != divided[1])


def _has_hidden(
    told: Told, compositions: Mapping[str, Sequence[str]], by_id: Mapping[str, Told]
) -> bool:
    parts = [by_id[p] for p in compositions.get(told.id, ())]
    return any("hidden" in t.says.marks for t in (told, *parts))


def _lookalike(one: Told, other: Told) -> Check:
    kind = CheckKind.SAME_NUMBER_DIFFERENT_MEANING
    return disagree(kind, one, other, f"{one.value} ≢ {other.value}", Severity.WARNING)


def _like_for_like(
    one: Told, other: Told, compositions: Mapping[str, Sequence[str]], by_id: Mapping[str, Told]
) -> Iterator[Check]:
    """What the other figure would be if it counted only the people the first counts."""
    hidden = [_has_hidden(t, compositions, by_id) for t in (one, other)]
    if hidden[0] == hidden[1]:
        return
    plain, mixed = (one, other) if hidden[1] else (other, one)
    parts = [by_id[p] for p in compositions.get(mixed.id, ())]
    shown = [t for t in parts if "hidden" not in t.says.marks]
    if shown and len(shown) < len(parts):
        yield summed(CheckKind.SAME_NUMBER_DIFFERENT_MEANING, (plain,), shown, derived=True)


def stale_copies(told: Sequence[Told]) -> Iterator[Check]:
    """Figures that return long after, though newer ones had taken their place.

    Each against the figure it repeats, and against the newest of the same quantity between.

    Cost: n log n.
    """
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        counts = each.says.aspect in (Aspect.HELD, Aspect.MISSING) and not each.says.since
        if counts and each.almost_whole and "bodies" not in each.says.marks:
            groups[each.matter, each.says.aspect, each.says.standing == "hidden"].append(each)
    for stocks in groups.values():
        yield from _stale_among(stocks)


def _stale_among(stocks: Sequence[Told]) -> Iterator[Check]:
    days = [t.last_day for t in stocks]
    earlier: dict[int, list[Told]] = defaultdict(list)
    for number, copy in enumerate(stocks):
        origin = next(
            (
                o
                for o in reversed(earlier[copy.value][-_LOOK_BACK:])
                if copy.day - o.last_day >= _STALE_AFTER and held_alike(o, copy)
            ),
            None,
        )
        first = next((o for o in earlier[copy.value] if held_alike(o, copy)), None)
        earlier[copy.value].append(copy)
        if origin is None or first is None:
            continue
        start = bisect_right(days, first.last_day)
        between = [
            t
            for t in stocks[max(start, number - _LOOK_BACK) : number]
            if t.value != copy.value
            and t.last_day < copy.day
            and not t.span.meets(copy.span)
            and held_alike(t, copy)
            and t.says.standing in (copy.says.standing, "")
        ]
        if not between:
            between = _longer_ago(stocks, start, number, copy)
        if between:
            same_standing = [t for t in between if t.says.standing == copy.says.standing]
            newest = (same_standing or between)[-1]
            yield _stale(copy, first)
            yield summed(CheckKind.STALE_COPY, (copy,), (newest,), derived=True)


def _longer_ago(stocks: Sequence[Told], start: int, end: int, copy: Told) -> list[Told]:
    return [
        t
        for t in stocks[start : min(end, start + _LOOK_BACK)]
        if t.value != copy.value and t.last_day < copy.day and held_alike(t, copy)
    ]


def _stale(copy: Told, first: Told) -> Check:
    days = f"{copy.value} ({first.claim.said_on} → {copy.claim.said_on})"
    return disagree(CheckKind.STALE_COPY, copy, first, days, Severity.WARNING)
