"""How does a written word sound, in the phonetic alphabet?

Reads by table only, longest spelling first. Decides nothing that the script
leaves open, and never fails: a letter of no known table is left out.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import IntFlag, StrEnum
from functools import lru_cache

from repatria.linkage.names import letters
from repatria.linkage.names.alphabet import once_each


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
# The longest spelling is tried first, a letter of no table last.
_SPELLINGS = {
    reading: re.compile(
        "|".join([*map(re.escape, sorted(table, key=len, reverse=True)), "."]), re.DOTALL
    )
    for reading, table in _TABLES.items()
}
# Letters by which a Latin spelling shows the Azerbaijani or Turkish way of reading c, j, q and x.
# French and German share ç, ö, ü: they count only beside a q without u or a medial x.
_MAY_SHOW = re.compile(
    "[іїєґІЇЄҐəğışƏĞİŞçöüÇÖÜ\u0300-\u036f\uff00-\uffef]|[\u0400-\u052f][iI]|[iI][\u0400-\u052f]"
)

# A text that went through a page-layout file may have its lam-alef ligatures turned round. Only
# those results are turned back which are no Arabic spelling otherwise.
_TURNED_LIGATURES = (
    ("هللا", "الله"),
    ("اهلل", "الله"),
    ("اال", "الا"),
    ("األ", "الأ"),
    ("اإل", "الإ"),
    ("اآل", "الآ"),
)

# Letters of one alphabet in a word of the other, by a keyboard not switched or a scanner.
# Source: Unicode Technical Standard 39, confusables of Latin and Cyrillic, letters of names only.
_LATIN_LOOK, _CYRILLIC_LOOK = "AaBCcEeHIiJjKkMOoPpSsTXxYy", "АаВСсЕеНІіЈјКкМОоРрЅѕТХхУу"
_AS_CYRILLIC = str.maketrans(_LATIN_LOOK, _CYRILLIC_LOOK)
_AS_LATIN = str.maketrans(_CYRILLIC_LOOK, _LATIN_LOOK)
_ONLY_LATIN = re.compile(f"[A-Za-z](?<![{_LATIN_LOOK}])")
_ONLY_CYRILLIC = re.compile(f"[\u0400-\u052f](?<![{_CYRILLIC_LOOK}])")
# Where one alphabet meets the other; looked for first, since a pattern of whole mixed words takes
# a time that grows with the square of a long word, and a stranger may send one.
_MEETING = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_WORD = re.compile(r"\w+")


def _of_one_script(found: re.Match[str]) -> str:
    """The word in the alphabet of which it has letters that the other has not, if it has both."""
    word = found.group()
    if not _MEETING.search(word):
        return word
    latin, cyrillic = len(_ONLY_LATIN.findall(word)), len(_ONLY_CYRILLIC.findall(word))
    return word.translate(_AS_LATIN if latin > cyrillic else _AS_CYRILLIC)


class _Unpointed(dict[int, str | None]):
    """Leaves points and stretching out; each letter is looked up once."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if letter == "ـ" or unicodedata.category(letter) == "Mn" else letter
        return self[code]


_UNPOINTED = _Unpointed()


class ReadingSign(IntFlag):
    """What one word shows of the reading of the name that it stands in."""

    LETTER = 1
    UKRAINIAN = 2
    AZERBAIJANI = 4
    EUROPEAN = 8
    BESIDE_EUROPEAN = 16


_NO_SIGN = ReadingSign(0)
_SIGNS = {
    ReadingSign.UKRAINIAN: re.compile("[іїєґ]"),
    ReadingSign.AZERBAIJANI: re.compile("[əğış]"),
    ReadingSign.EUROPEAN: re.compile("[çöü]"),
    ReadingSign.BESIDE_EUROPEAN: re.compile(r"q(?!u)|\Bx"),
}

_ANY_SIGN = re.compile("|".join(pattern.pattern for pattern in _SIGNS.values()))


def reading_of(whole_name: str) -> Reading:
    """The reading that the letters of a name show; one name is read in one way."""
    if not _MAY_SHOW.search(whole_name):
        return Reading.PLAIN
    return reading_shown(reading_signs(whole_name))


def reading_signs(text: str) -> ReadingSign:
    """The signs in a word or in a name; those of a name are those of its words together."""
    plain = plain_text(text)
    if not _ANY_SIGN.search(plain) and (text.isascii() or not _MAY_SHOW.search(text)):
        return _NO_SIGN
    signs = ReadingSign.LETTER if _MAY_SHOW.search(text) else ReadingSign(0)
    for sign, pattern in _SIGNS.items():
        if pattern.search(plain):
            signs |= sign
    return signs


def reading_shown(signs: ReadingSign) -> Reading:
    """The reading of a name with these signs."""
    if not signs & ReadingSign.LETTER:
        return Reading.PLAIN
    if signs & ReadingSign.UKRAINIAN:
        return Reading.UKRAINIAN
    beside = ReadingSign.EUROPEAN | ReadingSign.BESIDE_EUROPEAN
    if signs & ReadingSign.AZERBAIJANI or signs & beside == beside:
        return Reading.AZERBAIJANI
    return Reading.PLAIN


@lru_cache(maxsize=65536)  # reading one name asks for the same few words twenty times
def plain_text(word: str) -> str:
    """The text in lower case, without points and stretching, each word in letters of one script."""
    if word.isascii():
        return word.lower()
    text = unicodedata.normalize("NFKC", word)
    if _MEETING.search(text):
        text = _WORD.sub(_of_one_script, text)
    text = text.lower().translate(_UNPOINTED)
    for turned, straight in _TURNED_LIGATURES:
        text = text.replace(turned, straight)
    return text


# Where short vowels are left out, two letters that stand side by side are two sounds, and a doubled
# sound is one letter; but the l of the Arabic article may meet another one.
_VOWELS_BETWEEN = re.compile("[\u0590-\u06ff]")
_LAM = re.compile("^All+")


@lru_cache(maxsize=65536)
def sound_of(word: str, reading: Reading = Reading.PLAIN) -> str:
    """The sound of one word in the letters of `alphabet.SOUNDS`, doubled letters written once.

    Args:
        word: without spaces; whatever is no letter of a known script is left out.
        reading: what `reading_of` gave for the whole name.
    """
    text = plain_text(word)
    table, spellings = _TABLES[reading], _SPELLINGS[reading]
    if not text:
        return ""
    beginning, first = _at_the_beginning(text, table)
    rest = spellings.findall(text, len(beginning))
    joined = first + "".join([table[one] if one in table else _sound(one, table) for one in rest])
    if _VOWELS_BETWEEN.search(text):
        return _LAM.sub("Al", joined)
    return once_each(joined)


def _at_the_beginning(text: str, table: Mapping[str, str]) -> tuple[str, str]:
    for length in range(min(_LONGEST, len(text)), 0, -1):
        spelling = text[:length]
        if spelling in letters.FIRST:
            return spelling, letters.FIRST[spelling]
        if spelling in table:
            return spelling, table[spelling]
    return text[0], _sound(text[0], table)


def _sound(spelling: str, table: Mapping[str, str]) -> str:
    """The sound of a spelling of the table, or of a letter without what it has above and below."""
    sound = table.get(spelling)
    return table.get(unicodedata.normalize("NFD", spelling)[0], "") if sound is None else sound
