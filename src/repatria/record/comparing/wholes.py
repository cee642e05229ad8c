"""Do the parts give the whole?

Parts that one speaker gave at one time, of one measure; a whole that somebody
else gave of the same; totals of both directions, of several batches, of two
lists; and parts that say of what number or of which claim they are part.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from repatria.record.check import Check, CheckKind
from repatria.record.claims import Span
from repatria.record.comparing.sums import SEARCHED, divisions, near, summed, total_of
from repatria.record.comparing.told import Told
from repatria.record.comparing.words import Aspect

_SAME_EVENT_DAYS = 14
_REMAINDER_DAYS = 7
Utterance = list[Told]


def wholes_and_parts(told: Sequence[Told]) -> Iterator[Check]:
    """Every comparison of a whole with its parts.

    Cost: n log n, as long as no speaker gives a very long list at one time.
    """
    frames: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for each in told:
        if not each.says.partial:
            frames[each.matter, each.says.frame].append(each)
    for same_frame in frames.values():
        yield from _in_one_frame(same_frame)
    yield from _across_frames(told)
    yield from _part_of_something(told)
    yield from _two_lists(told)


def utterances(told: Iterable[Told]) -> list[Utterance]:
    """The claims that were made together: one speaker, one day."""
    found: dict[tuple[str, str], Utterance] = defaultdict(list)
    for each in told:
        found[each.utterance].append(each)
    return list(found.values())


def _by_speaker(told: Iterable[Told]) -> list[Utterance]:
    found: dict[str, Utterance] = defaultdict(list)
    for each in told:
        found[each.utterance[0]].append(each)
    return list(found.values())


def whole_among(said: Utterance) -> Told | None:
    """The claim that counts everybody, or that its words put together from the others."""
    wholes = [t for t in said if t.whole]
    if wholes:
        return max(wholes, key=lambda t: (t.value, t.id))
    joined = [t for t in said if t.says.several and _puts_together(t, said)]
    if joined:
        return max(joined, key=lambda t: (t.value, t.id))
    top = max(said, key=lambda t: (t.value, t.id))
    rest = [t for t in said if t is not top]
    if len(said) <= SEARCHED and _first_exact(top.span, rest):
        return top
    return None


def _puts_together(whole: Told, said: Utterance) -> bool:
    """Whether its counting rule joins what the counting rules of the others say apart."""
    others = [t for t in said if t is not whole]
    larger = all(whole.value >= t.value for t in others)
    return larger and len(others) > 1


def _first_exact(whole: Span, parts: Sequence[Told]) -> bool:
    return len(parts) > 1 and any(
        total_of(way).value == whole.value for way in divisions(whole, parts)
    )


def _in_one_frame(told: Sequence[Told]) -> Iterator[Check]:
    """One measure in one wording: each speaker's parts against his own whole, or another's."""
    # Whoever tells an exchange of so many for so many day by day tells one thing.
    in_stages = any(t.says.formula for t in told)
    said = _by_speaker(told) if in_stages else utterances(told)
    without: list[Utterance] = []
    wholes: list[Told] = []
    for one in said:
        whole = whole_among(one) if len(one) > 1 else one[0]
        if whole is not None:
            wholes.append(whole)
        parts = [t for t in one if t is not whole and not t.whole]
        if whole is not None and len(parts) > 1:
            yield from _divided(CheckKind.COMPOSITION, whole, parts)
        elif whole is None and len(parts) > 1:
            without.append(parts)
    for parts in without:
        formula = next((t.says.formula for t in parts if t.says.formula), None)
        if formula is not None:
            for way in divisions(Span.exactly(formula), parts):
                yield summed(CheckKind.COMPOSITION, (), way, literal=formula)
        yield from _wholes_of_others(parts, wholes)


def _divided(kind: CheckKind, whole: Told, parts: Sequence[Told]) -> Iterator[Check]:
    for way in divisions(whole.span, parts):
        yield summed(kind, (whole,), way)


def _wholes_of_others(parts: Utterance, wholes: Sequence[Told]) -> Iterator[Check]:
    """Parts without a whole of their own, against wholes of the same that others gave.

    A whole of as many days away as a fortnight, in the same words.
    """
    for whole in wholes:
        if whole.says.event is None and abs((whole.day - parts[0].day).days) > _SAME_EVENT_DAYS:
            continue
        if whole.says.whole or whole.says.dimensions or whole.value >= max(t.value for t in parts):
            ways = divisions(whole.span, parts)
            whole_way = [w for w in ways if len(w) == len(parts)] or ways[:1]
            for way in whole_way:
                yield summed(CheckKind.COMPOSITION, (whole,), way, derived=True)


def _across_frames(told: Sequence[Told]) -> Iterator[Check]:
    """What one speaker gave at one time in several wordings: directions, batches, remainders."""
    for said in utterances(told):
        by_kind: dict[tuple[str, Aspect, bool], list[Told]] = defaultdict(list)
        for each in said:
            if not each.says.partial:
                key = each.matter, each.says.aspect, "bodies" in each.says.marks
                by_kind[key].append(each)
        for same_kind in by_kind.values():
            if len({t.says.frame for t in same_kind}) > 1 and len(same_kind) <= SEARCHED:
                yield from _total_of_frames(same_kind)


def _total_of_frames(said: Sequence[Told]) -> Iterator[Check]:
    for whole in said:
        if whole.says.rule and not whole.says.whole:
            continue
        parts = [t for t in said if t.says.frame != whole.says.frame and t.value <= whole.value]
        undirected = not (whole.says.ways.taker or whole.says.ways.giver)
        by_way = [t for t in parts if t.whole and (t.says.ways.taker or t.says.ways.giver)]
        ways = {(t.says.ways.giver, t.says.ways.taker) for t in by_way}
        if undirected and len(by_way) == len(ways) > 1:
            sums = divisions(whole.span, by_way)
            for way in sums:
                yield summed(CheckKind.TOTAL_ACROSS, (whole,), way)
            if sums:
                continue
        batches = [t for t in parts if t.says.event is not None]
        events = {t.says.event for t in batches}
        dated_whole = whole.says.event is not None and "cumulative" not in whole.says.marks
        if not dated_whole and len(batches) == len(events) > 1:
            for way in divisions(whole.span, batches):
                yield summed(CheckKind.TOTAL_ACROSS, (whole,), way)


def _part_of_something(told: Sequence[Told]) -> Iterator[Check]:
    """Parts whose words say of which claim, or of which number, they are part."""
    by_id = {t.id: t for t in told}
    same: dict[tuple[str, object], list[Told]] = defaultdict(list)
    for each in told:
        if each.says.part_of_id in by_id:
            same[each.matter, each.says.part_of_id].append(each)
        elif each.says.part_of_number is not None:
            same[each.matter, each.says.part_of_number].append(each)
    wanted = {key for key in same if isinstance(key[1], int)}
    given: dict[tuple[str, object], list[Told]] = defaultdict(list)
    for each in told:
        if (each.matter, each.value) in wanted and not each.says.partial and each.almost_whole:
            given[each.matter, each.value].append(each)
    for (matter, of_what), parts in same.items():
        if isinstance(of_what, str):
            yield from _of_whole(by_id[of_what], of_what, parts)
        else:
            wholes = sorted(given[matter, of_what], key=lambda t: (not t.whole, t.order))
            yield from _of_whole(wholes[0] if wholes else None, of_what, parts)


def _of_whole(whole: Told | None, of_what: object, parts: Sequence[Told]) -> Iterator[Check]:
    literal = None if whole is not None else int(str(of_what))
    span = whole.span if whole is not None else Span.exactly(int(str(of_what)))
    left = (whole,) if whole is not None else ()
    alone: list[Told] = []
    for said in utterances(parts):
        ways = divisions(span, said) if len(said) > 1 else []
        for way in ways:
            yield summed(CheckKind.COMPOSITION, left, way, literal=literal)
        if len(said) == 1:
            alone.extend(said)
    for part in alone[:SEARCHED]:
        yield from _with_another_speaker(part, parts, left, span, literal)


def _with_another_speaker(
    part: Told, parts: Sequence[Told], left: Sequence[Told], whole: Span, literal: int | None
) -> Iterator[Check]:
    """One speaker's only part with another's part for another year, if together they come close."""
    for other in parts[: 4 * SEARCHED]:
        apart = part.says.years and other.says.years and part.says.years != other.says.years
        together = part.value + other.value
        if other.utterance[0] != part.utterance[0] and apart and near(together, whole.value):
            pair = sorted((part, other), key=lambda t: (sorted(t.says.years), t.id))
            yield summed(CheckKind.COMPOSITION, left, pair, literal=literal, derived=True)


def _two_lists(told: Sequence[Told]) -> Iterator[Check]:
    """A figure of both sides' lists against one figure for each side's list."""
    sides: dict[tuple[str, frozenset[str]], dict[str, list[Told]]] = defaultdict(dict)
    both: list[Told] = []
    for each in told:
        if each.says.partial or each.says.aspect is not Aspect.LISTED:
            continue
        topic = each.says.topic
        if "both" in topic:
            both.append(each)
        for word in topic:
            sides[each.matter, topic - {word}].setdefault(word, []).append(each)
    for whole in both:
        topic = whole.says.topic - {"both"}
        lists = sides.get((whole.matter, topic), {})
        named = {word: told for word, told in lists.items() if word != "both"}
        if len(named) == 2:
            one, other = (min(named[word], key=_how_rounded) for word in sorted(named))
            pair = sorted((one, other), key=lambda t: t.order)
            yield summed(CheckKind.TOTAL_ACROSS, (whole,), pair, derived=True)


def _how_rounded(told: Told) -> tuple[object, ...]:
    """First who gave it first; on one day first who gave it least rounded."""
    text = str(told.value)
    return (told.day, len(text) - len(text.rstrip("0")), told.id)


def remainders(told: Sequence[Told]) -> Iterator[Check]:
    """A whole of which its speaker names one part: the rest against a figure given nearby.

    Only where the numbers fit exactly, the speakers share a name and nothing else fits.
    """
    by_value: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for each in told:
        by_value[each.matter, each.value].append(each)
    frames: dict[tuple[str, str, tuple[str, str]], list[Told]] = defaultdict(list)
    for each in told:
        if not each.says.partial:
            frames[each.matter, each.says.frame, each.utterance].append(each)
    for said in frames.values():
        if len(said) != 2:
            continue
        part, whole = sorted(said, key=lambda t: (t.whole, t.value))
        if not whole.whole or part.whole or part.value >= whole.value:
            continue
        fits = [
            t
            for t in by_value.get((whole.matter, whole.value - part.value), ())
            if t not in said
            and abs((t.day - whole.day).days) <= _REMAINDER_DAYS
            and set(t.utterance[0].split()) & set(whole.utterance[0].split())
            and t.says.frame != whole.says.frame
        ]
        if len(fits) == 1:
            yield summed(CheckKind.COMPOSITION, (whole,), (fits[0], part), derived=True)
