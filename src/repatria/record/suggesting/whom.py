"""Whom does a number count: people, in which words, or no people at all?

A number is taken for people when words for people follow, or when nothing
else is named and the sentence tells of people. Years, ages and what is counted
in days, planes or places are left out.
"""

import re

from repatria.record.suggesting.lexicon import any_action, not_people, people
from repatria.record.suggesting.numbers import Counted

_YEARS = range(1900, 2101)
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|of|from|between|until|by|before|after|and|to|early|late|mid|with|в|с|до|после)\s+$|[(/–-]\s*$",
    re.IGNORECASE,
)
_AGE_LEAD = re.compile(
    r"\b(?:aged?|age of|under the age of|article|articles|no\.?|number|page|chapter"
    r"|возрасте|статья|статье|ст\.|пункт)\s+$",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^\s+(?:of\s+(?:the|its|his|her|their|our|these|those|them|ours)\s+)?", re.IGNORECASE
)
_MODIFIER = re.compile(r"[\w'’-]+(?:,)?\s+")
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ers|ians?|ans|is|ese|ish|men|ukrainians)\b")
_JOINED = re.compile(r"\s+(?:and|и)\s+", re.IGNORECASE)
_ANAPHORA = re.compile(
    r"^(?:\s+of\s+(?:them|these|those|ours|whom)\b|\s*[,.;:)\"”]|\s+(?:\w+ly\s+)?(?:were|was|are|is|be|had|have|has|of|in|on|at|to|from|and|or|but|who|whose|will|would|should|could|may|must|can|others?|more|so|each|by|as|for|with|still|not|never|also|already|since|after|before|during|came|went|got|left|fled|remain|alive|free|home|under|while|when|where|taken|held|[a-z]{2,}(?:ed|ing)|[а-яё]+)\b)",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of (?:them|whom)\b|\s+из них\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\s+of (?:them|whom|these|those)(?: (?:were|are|was))(?: \w+ly)? (?P<who>\w+)", re.IGNORECASE
)
_MODIFIERS_MOST = 3


def category_of(sentence: str, counted: Counted, tells: bool) -> tuple[str, int] | None:
    """The people it counts, as worded, and where; empty when left out; None for another count."""
    called = _CALLED.match(sentence, counted.end)
    if called and people().fullmatch(called["who"]):
        return called["who"], called.start("who")
    if _OF_THEM.match(sentence, counted.end):
        return "", counted.end
    lead = sentence[max(0, counted.start - 24) : counted.start]
    rest = sentence[counted.end :]
    if _AGE_LEAD.search(lead) or re.match(r"\s*(?:%|-|–|°|:\d)", rest):
        return None
    glue = _GLUE.match(rest)
    begin = counted.end + (glue.end() if glue else 0)
    named = _people_after(sentence, begin)
    if named is not None:
        return sentence[begin:named], begin
    if counted.worded and sentence[counted.start : counted.end].casefold() in (
        "one",
        "один",
        "одна",
        "одно",
        "одном",
    ):
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
            # "Southern servicemen": the words for people go on.
            further = re.match(r"\s+", sentence[end:])
            following = people().match(sentence, end + further.end()) if further else None
            return following.end() if following else end
        if not_people().match(sentence, at) or any_action().match(sentence, at):
            return None
        modifier = _MODIFIER.match(sentence, at)
        if modifier is None or re.match(
            r"(?:of|in|on|at|to|from|and|or|who|were|was|had|have|is|are|by|as|for|the|и|в|на|из)\b",
            modifier[0],
            re.IGNORECASE,
        ):
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
        if re.match(
            r"(?:of|in|on|at|to|from|and|were|was|had|have|is|are|would|will)\b",
            modifier[0],
            re.IGNORECASE,
        ):
            return False
        at = modifier.end()
    return False
