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
from repatria.record.suggesting.days import Day, days_in
from repatria.record.suggesting.deeds import Deed, deed_of, deeds_in
from repatria.record.suggesting.lexicon import any_action, bounds, not_people, people, speaking
from repatria.record.suggesting.numbers import Counted, numbers_in
from repatria.record.suggesting.speakers import Speaker, speaker_of
from repatria.terms import PartialDate

_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bг)(?<!\bNo)(?<![A-ZА-ЯЁ])(?<=[.!?…])[\"”'»)]*\s+(?=[\"“'«(A-ZА-ЯЁ0-9])"
    r"|\n\s*\n"
)
_YEARS = range(1900, 2101)
_YEAR_LEAD = re.compile(r"\b(?:in|since|of|from|between|until|by|before|after|and|to|early|late|mid|with|в|с|до|после)\s+$|[(/–-]\s*$", re.IGNORECASE)
_AGE_LEAD = re.compile(r"\b(?:aged?|age of|under the age of|article|articles|no\.?|number|page|chapter|возрасте|статья|статье|ст\.|пункт)\s+$", re.IGNORECASE)
_GLUE = re.compile(r"^\s+(?:of\s+(?:the|its|his|her|their|our|these|those|them|ours)\s+)?", re.IGNORECASE)
_MODIFIER = re.compile(r"[\w'’-]+(?:,)?\s+")
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ers|ians?|ans|is|ese|ish|men|ukrainians)\b")
_JOINED = re.compile(r"\s+(?:and|и)\s+", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:at|near|in|on|через|на|в)\s+(?:the\s+)?(?P<place>(?:border|bridge|crossing(?: point)?|airport|checkpoint)|[A-Z][\w'’-]+(?:\s+(?:airport|bridge|border|region|province|[A-Z][\w'’-]+))*)")
_ANAPHORA = re.compile(r"^(?:\s+of\s+(?:them|these|those|ours|whom)\b|\s*[,.;:)\"”]|\s+(?:\w+ly\s+)?(?:were|was|are|is|be|had|have|has|of|in|on|at|to|from|and|or|but|who|whose|will|would|should|could|may|must|can|others?|more|so|each|by|as|for|with|still|not|never|also|already|since|after|before|during|came|went|got|left|fled|remain|alive|free|home|under|while|when|where|taken|held|[a-z]{2,}(?:ed|ing)|[а-яё]+)\b)", re.IGNORECASE)
_MODIFIERS_MOST = 3
_LEADING_DAY = 24
_PRONOUN_ONE = re.compile(r"^\s+(?:of (?:the|them|these|those|several|two)|side|by one|another|who|that|day)\b", re.IGNORECASE)


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
    for start, end in sentences(text):
        sentence = text[start:end]
        speaker = speaker_of(sentence, last_speaker)
        if speaker is None and found and _is_quoted(text, start, end):
            speaker = speaker_of(text[end : end + 200].split(".")[0], None)
        in_it = list(_in_sentence(sentence, start, end, speaker, said_on, found))
        found.extend(_composed(in_it))
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
    return text[start : start + 1] in "\"“«" and text[end - 1 : end] not in "\"”»"


def _in_sentence(
    sentence: str,
    start: int,
    end: int,
    speaker: Speaker | None,
    said_on: date | None,
    before: Sequence[Suggestion],
) -> Iterator[Suggestion]:
    counted = [c for c in numbers_in(sentence)]
    if not counted:
        return
    days = days_in(sentence, said_on=said_on)
    inside = [c for c in counted if not any(d.start <= c.start < d.end for d in days)]
    tells = bool(any_action().search(sentence) or people().search(sentence))
    kept = [(c, category) for c in inside if (category := _category(sentence, c, tells)) is not None]
    deeds = deeds_in(sentence)
    previous: Deed | None = None
    for number, (c, (category, at)) in enumerate(kept):
        reach = kept[number + 1][0].start if number + 1 < len(kept) else len(sentence)
        begin = kept[number - 1][0].end if number else 0
        deed = deed_of(sentence, deeds, c, (begin, reach), at + len(category), previous)
        previous = deed or previous
        when = _day_of(sentence, days, c, deed, (begin, reach))
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
            action=deed.action if deed else "",
            verb=deed.words if deed else "",
            speaker=speaker.name if speaker else "",
            speaker_start=_clip(start + speaker.start) if speaker else 0,
            speaker_end=_clip(start + speaker.end) if speaker else 0,
            when=when,
            place=place["place"] if place and place.start() < reach else "",
            sentence_start=start,
            sentence_end=end,
        )


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


def _category(sentence: str, counted: Counted, tells: bool) -> tuple[str, int] | None:  # noqa: FBT001
    """The people it counts, as worded, and where; empty when left out; None for another count."""
    lead = sentence[max(0, counted.start - 24) : counted.start]
    rest = sentence[counted.end :]
    if _AGE_LEAD.search(lead) or re.match(r"\s*(?:%|-|–|°|:\d)", rest):
        return None
    glue = _GLUE.match(rest)
    begin = counted.end + (glue.end() if glue else 0)
    named = _people_after(sentence, begin)
    if named is not None:
        return sentence[begin:named], begin
    if counted.worded and sentence[counted.start : counted.end].casefold() in ("one", "один", "одна", "одно", "одном"):
        return None
    year = counted.value in _YEARS and "," not in sentence[counted.start : counted.end]
    if year and (_YEAR_LEAD.search(lead) or not glue):
        return None
    if _other_count(sentence, begin) or not tells or not _ANAPHORA.match(rest or "."):
        return None
    return "", begin


def _people_after(sentence: str, begin: int) -> int | None:
    """Where the words for people end that begin here, with a few words before them."""
    at = begin
    for _ in range(_MODIFIERS_MOST + 1):
        match = people().match(sentence, at) or _DEMONYM.match(sentence, at)
        if match:
            end = match.end()
            joined = _JOINED.match(sentence, end)
            if joined:
                second = people().match(sentence, joined.end())
                if second:
                    return second.end()
            # "three prisoners soldiers" is no phrase, "Ukrainian servicemen" is.
            further = re.match(r"\s+", sentence[end:])
            following = people().match(sentence, end + further.end()) if further else None
            return following.end() if following and _DEMONYM.match(sentence, at) else end
        if not_people().match(sentence, at) or any_action().match(sentence, at):
            return None
        modifier = _MODIFIER.match(sentence, at)
        if modifier is None or re.match(r"(?:of|in|on|at|to|from|and|or|who|were|was|had|have|is|are|by|as|for|the|и|в|на|из)\b", modifier[0], re.IGNORECASE):
            return None
        at = modifier.end()
    return None


def _other_count(sentence: str, begin: int) -> bool:
    """Whether it counts days, planes or places."""
    at = begin
    for _ in range(3):
        if not_people().match(sentence, at):
            return True
        modifier = re.compile(r"[\w'’-]+\s+").match(sentence, at)
        if modifier is None or any_action().match(sentence, at):
            return False
        if re.match(r"(?:of|in|on|at|to|from|and|were|was|had|have|is|are|would|will)\b", modifier[0], re.IGNORECASE):
            return False
        at = modifier.end()
    return False


def _day_of(
    sentence: str,
    days: Sequence[Day],
    counted: Counted,
    deed: Deed | None,
    reach: tuple[int, int],
) -> PartialDate | None:
    """The day of what is said of them: the nearest in reach that does not bound a time.

    A day that follows at once on another deed ("captured in September") belongs to that.
    """
    usable = [
        d
        for d in days
        if not d.one_end and not _of_saying(sentence, d) and not _of_another(sentence, d, deed)
    ]
    for day in usable:
        if counted.start < day.start < reach[1] and ";" not in sentence[counted.start : day.start]:
            return day.when
    if deed is None:
        return None
    for day in reversed(usable):
        between = sentence[day.end : counted.start] if day.end <= counted.start else ";"
        nearby = day.end > reach[0] and not re.search(r",|\bin (?:exchange|return)\b", between)
        if ";" not in between and (day.start < _LEADING_DAY or nearby):
            return day.when
    shared = [
        d
        for d in usable
        if d.start > counted.end
        and deed.start > reach[1]
        and ";" not in sentence[counted.end : d.start]
    ]
    return shared[0].when if shared else None


def _of_saying(sentence: str, day: Day) -> bool:
    """Whether it is the day of the saying: "said on Wednesday that", "on 5 May he said that".

    A month at the beginning is of what is counted: "In November they said they held 55".
    """
    lead = sentence[max(0, day.start - 60) : day.start]
    verbs = list(speaking().finditer(lead))
    if verbs:
        between = lead[verbs[-1].end() :]
        if not any_action().search(between) and not re.search(r"\d|\b(?:that|что)\b", between):
            return True
    if day.when.day is None:
        return False
    following = sentence[day.end : day.end + 80]
    verb = speaking().search(following)
    if verb is None:
        return False
    between = following[: verb.start()]
    ended = any_action().search(between) or re.search(r"[;\d]|\b(?:that|что)\b", between)
    return not ended


def _of_another(sentence: str, day: Day, deed: Deed | None) -> bool:
    first = max(0, day.start - 40)
    lead = sentence[first : day.start + 3]  # "taken in" ends within "in September"
    others = list(any_action().finditer(lead))
    if not others:
        return False
    last = others[-1]
    at = first + last.start()
    adjacent = not re.search(r"[,;]", lead[last.end() :])
    return bool(adjacent and (last.lastgroup in ("captured", "held")) and (deed is None or deed.start != at))


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
