"""Which counts of people does a text hold, and what does it say of each?

Suggestions only: each shows its place in the text, and a person confirms or
corrects it. What the words do not say is left empty, never guessed from
elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from repatria.record.claims import Bound
from repatria.record.suggesting.act_days import day_of_act
from repatria.record.suggesting.days import Day, days_in
from repatria.record.suggesting.deeds import Deed, deed_of, deeds_in
from repatria.record.suggesting.lexicon import any_action, bounds, people
from repatria.record.suggesting.numbers import Counted, numbers_in
from repatria.record.suggesting.speakers import Speaker, speaker_of
from repatria.record.suggesting.whom import category_of
from repatria.terms import PartialDate

_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bг)(?<!\bNo)(?<![A-ZА-ЯЁ])(?<=[.!?…])[\"”'»)]*\s+(?=[\"“'«(A-ZА-ЯЁ0-9])"
    r"|\n\s*\n"
)
_STATES = frozenset({"missing", "killed", "wounded", "captured"})
_OF_THESE = re.compile(
    r"^(?:[\w-]+ ){1,3}of (?:them|these|those|whom)\b|^(?:of|among) (?:them|these|those)\b"
    r"|^из них\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:at|near|in|on|через|на|в)\s+(?:the\s+)?(?P<place>(?:border|bridge"
    r"|crossing(?: point)?|airport|checkpoint)|[A-Z][\w'’-]+(?:\s+(?:airport|bridge"
    r"|border|region|province|[A-Z][\w'’-]+))*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One count of people as a text gives it; positions are characters of the text.

    Attributes:
        start, end: of the figure.
        figure: as written.
        value, bound: what it means.
        category, category_start, category_end: the people, as worded; empty when not said.
        action, verb: what is said of them: a word of the lexicon, and as worded.
        speaker, speaker_start, speaker_end: who says so, as worded; empty for the text itself.
        when: the day, month or year of the action, as far as it is told.
        place: as worded.
        composition: starts of the figures that it is the sum of.
        sentence_start, sentence_end: of the sentence.
    """

    start: int
    end: int
    figure: str
    value: int
    bound: Bound
    category: str = ""
    category_start: int = 0
    category_end: int = 0
    action: str = ""
    verb: str = ""
    speaker: str = ""
    speaker_start: int = 0
    speaker_end: int = 0
    when: PartialDate | None = None
    place: str = ""
    composition: tuple[int, ...] = ()
    sentence_start: int = 0
    sentence_end: int = 0


def suggestions(text: str, *, said_on: date | None = None) -> tuple[Suggestion, ...]:
    """The counts of people in a text, in order.

    Args:
        text: of an article.
        said_on: the day it was written; without it "on Wednesday" is no date.

    Cost: linear in the text.
    """
    found: list[Suggestion] = []
    last_speaker: Speaker | None = None
    known: PartialDate | None = None
    for start, end in sentences(text):
        sentence = text[start:end]
        speaker = speaker_of(sentence, last_speaker)
        if speaker is None and found and _is_quoted(text, start, end):
            speaker = speaker_of(text[end : end + 200].split(".", maxsplit=1)[0], None)
        days = days_in(sentence, said_on=said_on, known=known)
        in_it = list(_in_sentence(sentence, start, end, speaker, days))
        if in_it and found and _OF_THESE.match(sentence):
            in_it = [_as_the_whole(each, found) for each in in_it]
        found.extend(_composed(in_it))
        known = next((d.when for d in reversed(days) if d.when.day), known)
        last_speaker = speaker or last_speaker
    return tuple(found)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start : start + 1] in '"“«' and text[end - 1 : end] not in '"”»'


def _in_sentence(
    sentence: str,
    start: int,
    end: int,
    speaker: Speaker | None,
    days: Sequence[Day],
) -> Iterator[Suggestion]:
    counted = list(numbers_in(sentence))
    if not counted:
        return
    inside = [c for c in counted if not any(d.start <= c.start < d.end for d in days)]
    tells = bool(any_action().search(sentence) or people().search(sentence))
    read = [(c, category_of(sentence, c, tells)) for c in inside]
    kept = [(c, *category) for c, category in read if category is not None]
    deeds = deeds_in(sentence)
    previous: Deed | None = None
    for number, (c, category, at) in enumerate(kept):
        reach = kept[number + 1][0].start if number + 1 < len(kept) else len(sentence)
        begin = kept[number - 1][0].end if number else 0
        deed = deed_of(sentence, deeds, c, (begin, reach), at + len(category), previous)
        previous = deed or previous
        state = "" if deed else _state_of(category)
        when = day_of_act(sentence, days, c, deed, (begin, reach))
        place = _PLACE.search(sentence, c.end)
        yield Suggestion(
            start=start + c.start,
            end=start + c.end,
            figure=sentence[c.start : c.end],
            value=c.value,
            bound=_bound(sentence, c),
            category=category,
            category_start=start + at if category else 0,
            category_end=start + at + len(category) if category else 0,
            action=deed.action if deed else state,
            verb=deed.words if deed else "",
            speaker=speaker.name if speaker else "",
            speaker_start=_clip(start + speaker.start) if speaker else 0,
            speaker_end=_clip(start + speaker.end) if speaker else 0,
            when=when,
            place=place["place"] if place and place.start() < reach else "",
            sentence_start=start,
            sentence_end=end,
        )


def _state_of(category: str) -> str:
    """What the word for the people says of them, where nothing else does: "missing persons"."""
    match = any_action().search(category)
    return match.lastgroup or "" if match and match.lastgroup in _STATES else ""


def _as_the_whole(part: Suggestion, found: Sequence[Suggestion]) -> Suggestion:
    """A part as in "four of them were women": done when and as the whole was, whose part it is."""
    whole = next((s for s in reversed(found) if s.value >= part.value), None)
    if whole is None or part.verb:
        return part
    return replace(part, action=whole.action, when=part.when or whole.when)


def _clip(position: int) -> int:
    return max(0, position)


def _bound(sentence: str, counted: Counted) -> Bound:
    lead = sentence[max(0, counted.start - 24) : counted.start]
    for name, pattern in bounds():
        if pattern.search(lead):
            return Bound(name)
    if re.match(r"\s+(?:or so|or more)\b", sentence[counted.end :]):
        return Bound.ABOUT
    return Bound.EXACTLY


def _composed(found: Sequence[Suggestion]) -> list[Suggestion]:
    """The figures of a sentence, those that are the sum of the ones after them marked so."""
    result = list(found)
    for number, whole in enumerate(found):
        total = 0
        for last in range(number + 1, len(found)):
            total += found[last].value
            if total == whole.value and last > number + 1:
                parts = tuple(s.start for s in found[number + 1 : last + 1])
                result[number] = replace(whole, composition=parts)
            if total >= whole.value:
                break
    return result
