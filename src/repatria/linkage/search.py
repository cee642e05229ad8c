"""Which records does a typed name mean, whatever the script, and which of them first?

Keys find: a record keeps one for every way to read each part of its name, and a
typed word asks for keys that begin as its own does. Sounds rank: what is found is
compared under the learned costs, and what sounds too far off is left out. Nothing
is decided here; a person looks at what was found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from repatria.linkage.names import (
    TokenRole,
    name_tokens,
    reading_of,
    skeletons_of,
    sound_of,
)
from repatria.linkage.names.skeletons import VOWELS_ONLY
from repatria.terms import PersonName, Script, script_of

MOST_SHORT = 14.0
"""Bits by which a sound may fall short of the expected and still be found."""

LONGEST_SOUND = 24
_BEGINNING = 1.5  # bits that a mere beginning costs, so that whole words come first
_UNREAD = 10.0  # a sound kept by another version of the alphabet: found, but late
_WRITTEN, _NUMBERED = "=", "#"  # no skeleton begins so
_BREAKS = re.compile(r"[\s,;/_()\"«»“”.\-‐-―־]+")


@dataclass(frozen=True, slots=True, order=True)
class SearchPart:
    """One way to find a part of a name.

    Attributes:
        key: what is looked up; a skeleton, or the word as written where it has no sound.
        sound: in the phonetic alphabet, empty where there is none.
        script: in which the part is written.
    """

    key: str
    sound: str = ""
    script: Script = Script.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWord:
    """One word of a search.

    Attributes:
        beginnings: keys that begin with one of these may be meant.
        whole: keys that are exactly one of these are meant first.
        sounds: how the word may sound; empty where it has no sound.
        script: in which it is typed.
    """

    beginnings: frozenset[str]
    whole: frozenset[str]
    sounds: tuple[str, ...]
    script: Script


def search_parts(name: PersonName) -> frozenset[SearchPart]:
    """How a name is found: every skeleton of every part with its sound, endings on and off.

    The keys of parts that sound are those of `search_keys`. A word that no table reads,
    such as a number, is found as it is written.
    """
    reading = reading_of(name.text)
    found: set[SearchPart] = set()
    for token in name_tokens(name):
        sounds = {token.sound}
        if token.role is TokenRole.PATRONYMIC or token.vowels_unwritten:
            sounds.add(sound_of(token.text.replace(" ", ""), reading))
        for sound in sounds:
            kept = sound[:LONGEST_SOUND]
            found |= {SearchPart(key, kept, token.script) for key in skeletons_of(sound)}
    return frozenset(found | {SearchPart(_WRITTEN + word) for word in _soundless(name.text)})


def reference_part(reference: str) -> SearchPart:
    """How a number or reference is found: by its beginning, capitals and spaces apart."""
    return SearchPart(_NUMBERED + _plain(reference))


def search_words(text: str) -> tuple[SearchWord, ...]:
    """The words of a search; empty when nothing in it can be looked up."""
    if not text.strip():
        return ()
    words = []
    for token in name_tokens(PersonName(text=text)):
        sounds = tuple(sound for sound in (token.sound, token.other_sound) if sound)
        keys = frozenset().union(*map(skeletons_of, sounds))
        words.append(
            SearchWord(
                beginnings=_shortest(keys - {VOWELS_ONLY}),
                whole=keys,
                sounds=sounds,
                script=token.script,
            )
        )
    for word in _soundless(text):
        key = frozenset({_WRITTEN + word})
        words.append(SearchWord(beginnings=key, whole=key, sounds=(), script=Script.OTHER))
    return tuple(words)


def search_reference(text: str) -> SearchWord:
    """The whole text taken for a number or reference, or the beginning of one."""
    key = frozenset({_NUMBERED + _plain(text)})
    return SearchWord(beginnings=key, whole=key, sounds=(), script=script_of(text))


def means(text: str, name: str) -> bool:
    """Whether a name, in whatever script, has a near part for every word of a search."""
    words = search_words(text)
    parts = sorted(search_parts(PersonName(text=name))) if name.strip() else []
    return bool(words) and all(_has_near_part(word, parts) for word in words)


def _has_near_part(word: SearchWord, parts: Sequence[SearchPart]) -> bool:
    keyed = [
        (part.sound, part.script)
        for part in parts
        if part.key in word.whole or any(map(part.key.startswith, word.beginnings))
    ]
    return any(short <= MOST_SHORT for short in shortfalls(word, keyed))


def shortfalls(word: SearchWord, parts: Sequence[tuple[str, Script]]) -> list[float]:
    """How far the sound of each part falls short of what the word leads to expect, bits.

    Nought is a part that sounds as well as spellings of one name do on average. A part that only
    begins so falls short by a little more. Parts without a sound are found as written: nought.

    Args:
        word: what was typed.
        parts: sound and script of each.

    Cost: some microseconds a part; numpy is loaded at the first call.
    """
    if not word.sounds:
        return [0.0] * len(parts)
    from repatria.linkage.likeness import shortfall_of_each  # noqa: PLC0415 -- loads numpy

    sounds = [sound for sound, _ in parts]
    scripts = [script for _, script in parts]
    whole = shortfall_of_each(word.sounds, word.script, sounds, scripts)
    longest = max(map(len, word.sounds))
    begun = [sound[:longest] for sound in sounds]
    longer = [at for at, sound in enumerate(sounds) if len(sound) > longest]
    short = shortfall_of_each(
        word.sounds, word.script, [begun[at] for at in longer], [scripts[at] for at in longer]
    )
    for at, value in zip(longer, short, strict=True):
        whole[at] = min(whole[at], value + _BEGINNING)
    return [_UNREAD if value == inf else value for value in whole]


def _shortest(keys: frozenset[str]) -> frozenset[str]:
    """The keys without those that another of them begins."""
    return frozenset(
        key for key in keys if not any(key != other and key.startswith(other) for other in keys)
    )


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


@lru_cache(maxsize=65536)
def _soundless(text: str) -> frozenset[str]:
    """Words that no table reads, such as numbers, folded."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return frozenset()
    return frozenset(
        word.casefold()
        for word in _BREAKS.split(text)
        if any(char.isalnum() for char in word) and not sound_of(word)
    )
