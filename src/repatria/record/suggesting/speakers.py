"""Who says the sentence?

The words before or after a verb of saying, "according to", a name before a
colon, or, for a quotation or a pronoun, whoever spoke last. The words of the
text are kept: nobody is looked up.
"""

import re
from dataclasses import dataclass

from repatria.record.suggesting.lexicon import speaking

_ACCORDING = re.compile(
    r"\b(?:according to|by the account of|as reported by|in the words of|citing|quoting"
    r"|по данным|по словам"
    r"|по информации|как сообщает|по сообщению|согласно)\s+(?P<who>[^,.;:]+)",
    re.IGNORECASE,
)
_COLON = re.compile(r"^[“\"'(]?(?P<who>[A-ZА-ЯЁ][^,.;:0-9]{2,60}?):\s")
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|who|his|her|their|он|она|они|who also|which)$", re.IGNORECASE
)
_BY_HIS = re.compile(
    r"\b(?:by (?:his|her|their) (?:account|count|estimate)|by its count)\b", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"^[“\"']?(?:of (?:these|them|those)|among (?:them|these)|из них|среди них|ещё|еще"
    r"|(?:by \w+,? |so far )?(?:it|he|she|they) (?:still |also )?(?:has|have|had)"
    r"|[\w-]+ (?:of (?:them|these|those)|others)|ещё)\b",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:also|later|earlier|then|has|have|had|is|was|again|further|online|reportedly|now"
    r"|in a statement|"
    r"could|would|will|did|not|last week)"
)
_TRAILING = re.compile(rf"(?:\s+{_ADVERBS})+$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:and|but|while|meanwhile|however|earlier|later"
    r"|as of (?:\d+ \w+|\w+ \d+)(?:,? \d{4})?|as|in turn"
    r"|(?:on )?\d{1,2} (?:[A-Z]\w+|[а-я]+)(?: \d{4})?|on \w+ \d+|on \d+ \w+|on \w+|(?:in"
    r"|since|by) [A-Z]\w+(?: \d{4})?|that"
    r"|и|а|но|однако|в свою очередь)\s+)+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_PERSON = re.compile(
    r"(?<!\w)(?:[A-ZА-ЯЁ][\w'’-]+)(?:\s+(?:al-|bin\s|von\s|de\s)?[A-ZА-ЯЁ][\w'’-]+){1,2}$"
)
_LOWER_TITLE = re.compile(
    r"(?:^|\s)[a-zа-яё][\w'’-]*\s+(?=[A-ZА-ЯЁ][\w'’-]+(?:\s+[A-ZА-ЯЁ][\w'’-]+){1,2}$)"
)
_TITLES = (
    r"(?:President|Premier|Minister|Prime Minister|Chancellor|Senator|General|Colonel"
    r"|Major|Captain|Foreign Minister"
    r"|Defen[cs]e Minister|Spokes\w+|Ombuds\w+|Secretary|Ambassador|Mr|Mrs|Ms|Dr|Lawyer"
    r"|Negotiator|Омбудсмен|Президент|Премьер-министр|Министр)"
)
_BEFORE_NAME = re.compile(rf"^(?:{_TITLES}\.?\s+)+(?=[A-ZА-ЯЁ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, in the words of the text, and where they stand; and the verb's place."""

    name: str
    start: int
    end: int
    verb: int


def speaker_of(sentence: str, before: Speaker | None) -> Speaker | None:
    """Who says this sentence; None when the text itself does.

    Args:
        sentence: one sentence.
        before: who spoke last in the text.
    """
    colon = _COLON.match(sentence)
    if colon and not speaking().search(colon["who"]):
        return _named(colon["who"], colon.start("who"), 0)
    according = _ACCORDING.search(sentence)
    if according:
        return _named(according["who"], according.start("who"), according.start())
    for verb in speaking().finditer(sentence):
        found = _subject(sentence, verb, before)
        if found is not None:
            return found
    if before is not None and (_CONTINUES.match(sentence) or _BY_HIS.search(sentence)):
        return before
    return None


def _subject(sentence: str, verb: "re.Match[str]", before: Speaker | None) -> Speaker | None:
    if re.search(
        r"\b(?:to|be|being|been|was|were|is|are|and|or)\s+(?:\w+ly\s+)?$",
        sentence[: verb.start()][-18:],
        re.IGNORECASE,
    ):
        return None  # "was reported", "to say": nobody is named
    if verb[0].casefold() == "put" and re.match(
        r"\s+(?:back|into|in|on)\b", sentence[verb.end() :]
    ):
        return None
    start = max((sentence.rfind(mark, 0, verb.start()) + 1 for mark in ',;:"”“—('), default=0)
    words = sentence[start : verb.start()]
    apposition = (
        re.search(r"(?:^|[,;—]\s*)([^,;—]+),\s*$", sentence[:start]) if not words.strip() else None
    )
    aside = re.search(
        r"(?:^|[,;—]\s*)(?:the\s+)?([^,;—]+),\s*(?:in|at|on|during|through|speaking)\b[^,]*,\s*$",
        sentence[: verb.start()],
        re.IGNORECASE,
    )
    if not words.strip() and aside:
        return _named(aside[1], aside.start(1), verb.start())
    if not words.strip() and apposition:
        start = apposition.start(1)
        words = sentence[start : verb.start()].rstrip(" ,")
    trimmed = _TRAILING.sub("", words.rstrip())
    lead = _LEADING.match(trimmed.lstrip())
    offset = start + len(words) - len(words.lstrip()) + (lead.end() if lead else 0)
    name = trimmed.lstrip()[lead.end() if lead else 0 :].strip()
    if _PRONOUN.match(name):
        return before
    if name and _can_speak(name):
        return _named(name, offset, verb.start())
    after = re.match(
        r"\s+(?P<who>(?:[a-zа-яё'’-]+\s){0,4}[A-ZА-ЯЁ][\w'’-]*(?:\s[A-ZА-ЯЁ][\w'’-]*){0,4}|(?:the|в|министерств\w+|штаб\w*)\s[^,.;:\"”]{2,50}|[а-яё-]{3,}(?:\s[а-яё-]+){0,4}(?=[,.;:]|$))",
        sentence[verb.end() :],
    )
    quoted = re.search(r"[\"”»,]\s*$", sentence[: verb.start()])
    if after and quoted:
        return _named(after["who"], verb.end() + after.start("who"), verb.start())
    return None


def _can_speak(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= 12
        and not re.match(
            r"^(?:that|which|who|of|in|on|at|from|with|there|this)\b", name, re.IGNORECASE
        )
        and not re.search(r"\d", name)
    )


def _named(words: str, start: int, verb: int) -> Speaker | None:
    text = words.strip()
    start += len(words) - len(words.lstrip())
    for pattern in (_ARTICLE,):
        match = pattern.match(text)
        if match:
            text, start = text[match.end() :], start + match.end()
    title = _LOWER_TITLE.search(text)
    if title:
        start, text = start + title.end(), text[title.end() :]
    titled = _BEFORE_NAME.match(text)
    if titled and len(text[titled.end() :].split()) > 1:
        start, text = start + titled.end(), text[titled.end() :]
    if not text or not _can_speak(text):
        return None
    return Speaker(name=text, start=start, end=start + len(text), verb=verb)
