"""By which keys is a person found again from a name typed in another script?

A record stores the keys of every part of its name; a query asks for keys that
begin with its own. What is found is then compared properly: a key never says
that two names are the same.
"""

from repatria.linkage.names.skeletons import VOWELS_ONLY, skeletons_of
from repatria.linkage.names.sounds import reading_of, sound_of
from repatria.linkage.names.tokens import TokenRole, name_tokens
from repatria.terms import PersonName


def search_keys(name: PersonName) -> frozenset[str]:
    """The keys to be stored for a name: every skeleton of every part, endings on and off."""
    reading = reading_of(name.text)
    keys: set[str] = set()
    for token in name_tokens(name):
        keys |= skeletons_of(token.sound)
        whole = sound_of(token.text.replace(" ", ""), reading)
        if token.role is TokenRole.PATRONYMIC or token.vowels_unwritten:
            keys |= skeletons_of(whole)  # what looks like an ending or an article may be none
    return frozenset(keys)


def query_keys(text: str) -> tuple[frozenset[str], ...]:
    """One set of key beginnings per word of a search text; empty when it has no letter.

    A name matches when for every set at least one of its stored keys begins with one of the
    set's members, so that the beginning of a word finds the whole. A word without a firm
    consonant (`A`) begins every key.
    """
    if not text.strip():
        return ()
    sets = []
    for token in name_tokens(PersonName(text=text)):
        found = skeletons_of(token.sound)
        sets.append(frozenset("" if key == VOWELS_ONLY else key for key in found))
    return tuple(sets)
