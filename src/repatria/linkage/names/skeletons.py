"""Which firm consonants are left of a sound when everything doubtful is folded?

A skeleton is for finding, never for deciding: two names with one skeleton may
be compared, two persons with one skeleton are not thereby one.
"""

from functools import lru_cache
from itertools import product

from repatria.linkage.names.alphabet import SOUNDS, once_each

# Every sound falls into one class of consonants that are written for one another, or is silent.
_CLASSES = {
    "p": "bBpP",
    "f": "fvw",
    "t": "td8",
    "s": "szSZX9",
    "c": "cDCjJ",
    "k": "gG6kqKx1",
    "m": "m",
    "n": "n",
    "l": "l",
    "r": "r",
}
CONSONANTS = "".join(_CLASSES)
"""Every letter of a skeleton that has a firm consonant."""
_CLASS_OF = {sound: folded for folded, sounds in _CLASSES.items() for sound in sounds}
_FOLDED = {ord(sound): _CLASS_OF.get(sound) for sound in SOUNDS}

# Doubtful sounds that may also fall into other classes, used where a name is to be found by any.
_OTHERWISE = {
    "1": "ksc",
    "B": "pf",
    "P": "pf",
    "W": ("", "f"),
    "J": ("c", "s", "k", ""),
    "8": "ts",
    "9": "st",
    "6": ("k", ""),
    "x": ("k", ""),
    "q": ("k", ""),
    "C": "ck",
    "g": "kc",
}
# In lists that are at hand a French ch and g are found under sh and zh as well. Keys that are
# stored, or that two parties have agreed upon, stay as they are.
_WIDER = {**_OTHERWISE, "C": "cks", "g": "kcs"}
_MOST_VARIANTS = 12
VOWELS_ONLY = "a"


@lru_cache(maxsize=65536)
def skeleton_of(sound: str) -> str:
    """The one skeleton of a sound; `a` when it has no firm consonant."""
    return _folded(sound.translate(_FOLDED))


@lru_cache(maxsize=65536)
def skeletons_of(sound: str, *, wider: bool = False) -> frozenset[str]:
    """Every skeleton that the doubtful sounds allow, the plain one among them; at most thirteen.

    Args:
        sound: in the phonetic alphabet.
        wider: also those of spellings that are read otherwise in one language only.
    """
    otherwise = _WIDER if wider else _OTHERWISE
    ways = [tuple(otherwise.get(one, (_CLASS_OF.get(one, ""),))) for one in sound]
    found = {skeleton_of(sound)}
    for number, classes in enumerate(product(*ways)):
        if number == _MOST_VARIANTS:
            break
        found.add(_folded("".join(classes)))
    return frozenset(found)


def _folded(classes: str) -> str:
    return once_each(classes) or VOWELS_ONLY
