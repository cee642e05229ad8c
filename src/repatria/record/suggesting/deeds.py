"""What is said of the people a figure counts?

The verb in whose reach the figure stands: before it when the people are its
object, after it when they are its subject. A participle that only says which
people are meant ("31 servicemen captured in May crossed") gives way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from repatria.record.suggesting.lexicon import any_action
from repatria.record.suggesting.numbers import Counted

_FINITE = re.compile(
    r"\b(?:were|was|are|is|be|been|being|have|has|had|will|would|should|could|must|may|can|to|not|still|also|all|yet|already|both|safely|finally|"
    r"were to|get|got)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_GO = re.compile(
    r"refus|return(?!ed (?:to|by) )|came|went|cross|remain|died|disappear|chang", re.IGNORECASE
)
_RELATIVE = re.compile(r"^,?\s*(?:who|whose|whom|which|that)\b", re.IGNORECASE)
_PARTICIPLES = frozenset(
    {"captured", "held", "wounded", "killed", "missing", "identified", "returned", "released"}
)
_BREAK = re.compile(
    r"[;:]|, (?:while|but|and (?:the|its|his|her))\b|\bwhile\b|\bin (?:exchange|return)\b"
    r"|\bnot\b(?= \d)",
    re.IGNORECASE,
)
_NEAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is said of people: the action, its words and their place in the sentence."""

    action: str
    words: str
    start: int
    end: int
    finite: bool


def deeds_in(sentence: str) -> list[Deed]:
    """Every word for what is said of people, in order."""
    found = []
    for match in any_action().finditer(sentence):
        lead = sentence[max(0, match.start() - 24) : match.start()]
        words = match[0]
        active = not re.search(
            r"(?:ed|en|ught|held|taken|seized|un)$", words.split()[0], re.IGNORECASE
        )
        finite = bool(_FINITE.search(lead) or active or _GO.match(words))
        finite = finite or match.lastgroup == "planned"
        found.append(
            Deed(
                action=match.lastgroup or "",
                words=words,
                start=match.start(),
                end=match.end(),
                finite=finite,
            )
        )
    return found


def deed_of(
    sentence: str,
    deeds: Sequence[Deed],
    counted: Counted,
    reach: tuple[int, int],
    people_end: int,
    previous: Deed | None,
) -> Deed | None:
    """What is said of the people of one figure; None when the sentence does not tell.

    Args:
        sentence: the sentence.
        deeds: its words for what is said of people.
        counted: the figure.
        reach: the end of the figure before it and the start of the one after.
        people_end: where the words for the people end.
        previous: what was said of the figure before it.
    """
    begin, until = reach
    after = [d for d in deeds if d.start >= max(people_end, counted.end) and d.start < until]
    after = [d for d in after if not _BREAK.search(sentence, people_end, d.start)]
    before = [d for d in deeds if d.end <= counted.start and d.start >= begin]
    before = [d for d in before if not _BREAK.search(sentence, d.end, counted.start)]
    if _RELATIVE.match(sentence[people_end:]):
        told = before[-1:] or ([previous] if previous is not None else [])
        if told:
            return told[0]
    subject = _subject_of(sentence, after, people_end)
    if subject is not None and subject.finite:
        return subject
    joined = re.search(r"\band\s+(?:\w+\s+)?$", sentence[:until][-16:])
    if subject is not None and joined and begin == 0 and not before:
        shared = _shared(sentence, deeds, counted, until)
        if shared is not None:
            return shared
    if before and counted.start - before[-1].end <= _NEAR:
        return before[-1]
    if subject is not None:
        return subject
    if after:
        return after[0]
    shared = _shared(sentence, deeds, counted, until)
    if previous is not None and _goes_on(sentence, begin, counted.start):
        return (
            shared
            if shared is not None
            and previous.start < begin
            and shared.finite
            and not _inner(sentence, counted)
            else previous
        )
    return shared or (before[-1] if before else previous)


def _subject_of(sentence: str, after: Sequence[Deed], people_end: int) -> Deed | None:
    """The verb of which the people are the subject: the first that is no mere participle."""
    for deed in after:
        if deed.finite or deed.action not in _PARTICIPLES:
            return deed
        adjacent = not sentence[people_end : deed.start].strip()
        if not adjacent:
            return deed
    return after[0] if after else None


def _shared(sentence: str, deeds: Sequence[Deed], counted: Counted, until: int) -> Deed | None:
    """A verb after the next figure that figures joined by "and" or commas share."""
    later = [d for d in deeds if d.start >= until and d.finite]
    for deed in later:
        between = sentence[counted.end : deed.start]
        if not re.search(r"[;:]", between):
            return deed
    return None


def _goes_on(sentence: str, begin: int, start: int) -> bool:
    """Whether nothing but a list goes on between two figures."""
    return begin > 0 and not re.search(r"[.;]", sentence[begin:start])


def _inner(sentence: str, counted: Counted) -> bool:
    lead = sentence[max(0, counted.start - 30) : counted.start]
    return bool(
        re.search(
            r"including|among|of whom|of which|them|в том числе|из них|:", lead, re.IGNORECASE
        )
    )
