"""How is a name written in plain Latin letters for tools that compare only those?

Two ways: ICU's transliteration, the best that is freely available, and the sounds
that our own engine reads, spelt out: how much of a gap is romanisation alone?
"""

import re
from collections.abc import Callable
from functools import cache

ICU_RULES = "Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"
# Latin-ASCII leaves these alone.
_LEFT_OVER = str.maketrans({"ə": "a", "ʿ": "", "ʾ": "", "ʹ": "", "ʺ": "", "ʻ": "", "ʼ": ""})
# The commonest spelling of the letters of our phonetic alphabet.
_PARTS = [
    "E",
    "a",
    "I",
    "i",
    "O",
    "o",
    "U",
    "u",
    "A",
    "a",
    "W",
    "u",
    "Y",
    "y",
    "B",
    "b",
    "P",
    "p",
    "q",
    "k",
    "K",
    "k",
    "G",
    "gh",
    "6",
    "g",
    "S",
    "sh",
    "Z",
    "zh",
    "X",
    "sh",
    "D",
    "dz",
    "C",
    "ch",
    "J",
    "j",
    "1",
    "k",
    "8",
    "th",
    "9",
    "dh",
]
_SPELT = str.maketrans(
    {**dict(zip(_PARTS[::2], _PARTS[1::2], strict=True)), "x": "kh", "c": "ts", "`": ""}
)
_NOT_A_LETTER = re.compile(r"[^a-z]+")


def with_icu() -> Callable[[str], list[str]]:
    """A function that gives the tokens of a name, romanised by ICU."""
    import icu

    rules = icu.Transliterator.createInstance(ICU_RULES)

    @cache
    def tokens(name: str) -> list[str]:
        text = rules.transliterate(name).translate(_LEFT_OVER)
        text = re.sub(r"['`’]", "", text)
        return [token for token in _NOT_A_LETTER.split(text) if token]

    return tokens


def with_ours() -> Callable[[str], list[str]]:
    """A function that gives the tokens of a name as our engine reads it, spelt out."""
    from repatria.linkage.names import name_tokens
    from repatria.terms import PersonName

    @cache
    def tokens(name: str) -> list[str]:
        parts = name_tokens(PersonName(text=name))
        spelt = (_NOT_A_LETTER.sub("", part.sound.translate(_SPELT)) for part in parts)
        return [token for token in spelt if token]

    return tokens


def romaniser(kind: str) -> Callable[[str], list[str]]:
    """The function for `icu` or `ours`."""
    return {"icu": with_icu, "ours": with_ours}[kind]()
