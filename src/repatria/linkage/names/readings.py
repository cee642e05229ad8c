"""How else may a name part be read, beside a list in another script?

What a clerk writes stands for more than one sound: ё is written е, the Armenian h is
left out in Russian, th is one sound or two. Each such habit gives a part one more reading
for comparing; none of them is shown, stored or made into a key.

Source: for ё and h the BGN/PCGN guides to Russian and Armenian; for the endings of Arabic
names Wightwick and Gaafar 2005 on Egyptian spelling; the rest is plain ambiguity of letters.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from repatria.linkage.names.sounds import plain_text, sound_of
from repatria.linkage.names.tokens import NameToken, TokenRole
from repatria.terms import Script

_ANY = frozenset(Script)
_ARABIC_NAMES = frozenset({Script.ARABIC, Script.LATIN})
_SECOND_HALF = re.compile(
    r"(?: ?ال ?دين| ?ال?له| ?الله| (?:al|el|ad|ed|ud)? ?-?(?:din|deen|dine)| allah| ullah)$"
)
_LEAST_HALF = 3
_READ_OTHERWISE = re.compile("[ضظذث]")
_PERSIAN = str.maketrans("ضظذث", "زززس")
_SHORTEST_WITH_ARTICLE = 4
_NO_NAMES = frozenset({"abd", "abdu", "عبد"})  # a servant of God, and of nobody
_UNWRITTEN = frozenset({Script.ARABIC, Script.HEBREW})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    """In which scripts a part is written, beside which others the habit counts, and what it does.

    What it does gets the sound and the plain text, and gives a sound.
    """

    of: frozenset[Script]
    beside: frozenset[Script]
    read: Callable[[str, str], str]


def _replaced(pattern: str, by: str) -> Callable[[str, str], str]:
    found = re.compile(pattern)
    return lambda sound, _: found.sub(by, sound)


def _if_written(written: str, pattern: str, by: str) -> Callable[[str, str], str]:
    letters, found = re.compile(written), re.compile(pattern)
    return lambda sound, text: found.sub(by, sound) if letters.search(text) else sound


def _ligature_turned(sound: str, text: str) -> str:
    """Lam and alef, which are one sign in print, come out of some PDF files in the other order."""
    return sound_of(text[:2].replace("ال", "") + text[2:].replace("ال", "لا")) if text else sound


def _as_in_persian(sound: str, text: str) -> str:
    """Reza for what Arabic reads as Rida, Zulfiqar for Dhu al-Fiqar."""
    if not _READ_OTHERWISE.search(text):
        return sound
    bare = text[2:] if text.startswith("ال") and len(text) > _SHORTEST_WITH_ARTICLE else text
    return sound_of(bare.translate(_PERSIAN))


def _first_half(sound: str, text: str) -> str:
    """What stands before al-Din and Allah, if that is a name."""
    half = _SECOND_HALF.sub("", text)
    if half == text or len(half) < _LEAST_HALF or half in _NO_NAMES:
        return sound
    return sound_of(half)


_HABITS = (
    # Артём is written Артем, Лёва Лева.
    _Habit(of=_ANY, beside=_ANY, read=_replaced("(?<=.)[yY]o", "e")),
    # Սահակ is Саак, Վահան Ваан, and so from Russian into Latin.
    _Habit(of=frozenset({Script.ARMENIAN}), beside=_ANY, read=_replaced("(?<=.)h", "")),
    _Habit(
        of=frozenset({Script.LATIN}),
        beside=frozenset({Script.CYRILLIC}),
        read=_replaced("(?<=.)h", ""),
    ),
    # The Armenian h became a Russian г, and that an Azerbaijani q: Հրանտ, Qrant.
    _Habit(
        of=frozenset({Script.LATIN}),
        beside=frozenset({Script.ARMENIAN}),
        read=_if_written("q", "g", "h"),
    ),
    # Qudra and Zaqqut have no w.
    _Habit(
        of=frozenset({Script.LATIN}),
        beside=frozenset({Script.ARABIC}),
        read=_replaced("q?kW", "qu"),
    ),
    # Fathi is Fat-hi, Madhat Mad-hat.
    _Habit(
        of=frozenset({Script.LATIN}),
        beside=frozenset({Script.ARABIC}),
        read=lambda sound, _: sound.replace("8", "th").replace("9", "dh"),
    ),
    # Roberts ends with two sounds, Tsvi begins with one; Zvi and Zion are written the German way.
    _Habit(of=frozenset({Script.LATIN}), beside=_UNWRITTEN, read=_if_written("ts", "c", "ts")),
    _Habit(
        of=frozenset({Script.LATIN}), beside=frozenset({Script.HEBREW}), read=_replaced("^z", "c")
    ),
    # An undotted ya at the end is a or i, a dotted one too, and ha stands for ta marbuta.
    _Habit(of=frozenset({Script.ARABIC}), beside=_ANY, read=_if_written("ى$", "A$", "Y")),
    _Habit(of=frozenset({Script.ARABIC}), beside=_ANY, read=_if_written("ي$", "Y$", "A")),
    _Habit(of=frozenset({Script.ARABIC}), beside=_ANY, read=_if_written("ه$", "h$", "A")),
    # Persian, Turkish and the Caucasus have one z for three letters of Arabic, and one s for two.
    _Habit(of=frozenset({Script.ARABIC}), beside=_ANY, read=_as_in_persian),
    # Of Nour al-Din and Ata Allah the second half is left out.
    _Habit(of=_ARABIC_NAMES, beside=_ARABIC_NAMES, read=_first_half),
    _Habit(
        of=frozenset({Script.ARABIC}),
        beside=_ANY,
        read=lambda sound, text: _ligature_turned(sound, text) if "ال" in text[1:] else sound,
    ),
)


def other_readings(token: NameToken, beside: frozenset[Script]) -> Iterator[str]:
    """Sounds that a part may have besides its own, each once.

    Args:
        token: of one list.
        beside: the scripts of the other list.
    """
    if token.role is TokenRole.INITIAL:
        return
    text, told = plain_text(token.text), {token.sound, token.other_sound}
    for habit in _HABITS:
        if token.script in habit.of and habit.beside & beside:
            sound = habit.read(token.sound, text)
            if sound and sound not in told:
                told.add(sound)
                yield sound
