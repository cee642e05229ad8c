"""How does a written word sound, in the phonetic alphabet?

Reads by table only, longest spelling first. Decides nothing that the script
leaves open, and never fails: a letter of no known table is left out.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from repatria.linkage.names import letters


class Reading(StrEnum):
    """Which reading of its letters the whole name shows."""

    PLAIN = "plain"
    UKRAINIAN = "ukrainian"
    AZERBAIJANI = "azerbaijani"


_TABLES: Mapping[Reading, Mapping[str, str]] = {
    Reading.PLAIN: letters.EVERY_SCRIPT,
    Reading.UKRAINIAN: {**letters.EVERY_SCRIPT, **letters.UKRAINIAN},
    Reading.AZERBAIJANI: {**letters.EVERY_SCRIPT, **letters.AZERBAIJANI},
}
_LONGEST = max(map(len, letters.EVERY_SCRIPT))
_UKRAINIAN = re.compile("[іїєґ]")
# Letters by which a Latin spelling shows the Azerbaijani or Turkish way of reading c, j, q and x.
# French and German share ç, ö, ü: they count only beside a q without u or a medial x.
_MAY_SHOW = re.compile("[іїєґІЇЄҐəğışƏĞİŞçöüÇÖÜ\u0300-\u036f\uff00-\uffef]")
_AZERBAIJANI = re.compile(r"[əğış]|[çöü].*(?:q(?!u)|\Bx)|(?:q(?!u)|\Bx).*[çöü]")

# A text that went through a page-layout file may have its lam-alef ligatures turned round. Only
# those results are turned back which are no Arabic spelling otherwise.
_TURNED_LIGATURES = (("هللا", "الله"), ("اهلل", "الله"), ("اال", "الا"))


class _Unpointed(dict[int, str | None]):
    """Leaves points and stretching out; each letter is looked up once."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if letter == "ـ" or unicodedata.category(letter) == "Mn" else letter
        return self[code]


_UNPOINTED = _Unpointed()


def reading_of(whole_name: str) -> Reading:
    """The reading that the letters of a name show; one name is read in one way."""
    if not _MAY_SHOW.search(whole_name):
        return Reading.PLAIN
    shown = plain_text(whole_name)
    if _UKRAINIAN.search(shown):
        return Reading.UKRAINIAN
    if _AZERBAIJANI.search(shown):
        return Reading.AZERBAIJANI
    return Reading.PLAIN


@lru_cache(maxsize=65536)  # reading one name asks for the same few words twenty times
def plain_text(word: str) -> str:
    """The text in lower case, compatibility forms resolved, without points and stretching."""
    text = word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()
    text = text.translate(_UNPOINTED)
    for turned, straight in _TURNED_LIGATURES:
        text = text.replace(turned, straight)
    return text


@lru_cache(maxsize=65536)
def sound_of(word: str, reading: Reading = Reading.PLAIN) -> str:
    """The sound of one word in the letters of `alphabet.SOUNDS`, doubled sounds written once.

    Args:
        word: without spaces; whatever is no letter of a known script is left out.
        reading: what `reading_of` gave for the whole name.
    """
    text = plain_text(word)
    table = _TABLES[reading]
    sounds: list[str] = []
    at = 0
    while at < len(text):
        spelling, sound = _longest_spelling(text, at, table)
        for one in sound:
            if not sounds or sounds[-1] != one:
                sounds.append(one)
        at += len(spelling)
    return "".join(sounds)


def _longest_spelling(text: str, at: int, table: Mapping[str, str]) -> tuple[str, str]:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        spelling = text[at : at + length]
        if at == 0 and spelling in letters.FIRST:
            return spelling, letters.FIRST[spelling]
        if spelling in table:
            return spelling, table[spelling]
    letter = text[at]
    bare = unicodedata.normalize("NFD", letter)[0]
    return letter, table.get(bare, "")
