"""Which given names sound like others and are not the same name?

Source: `given_names.txt`, written down for this project; spellings are looked up as they
are written, so that no likeness of sound makes two names of one or one of two.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from repatria.linkage.names.sounds import plain_text

_FILE = "given_names.txt"
_BETWEEN = re.compile(r"[\s\-־’'`]+")


def given_name_numbers(word: str) -> frozenset[int]:
    """The numbers of the given names that a word is a spelling of; none of an unknown word.

    Two words that have numbers, and none of them in common, are two names.
    """
    return _numbers().get(_in_one(word), frozenset())


def listed_given_names() -> tuple[tuple[str, ...], ...]:
    """The spellings of each name of the list, in its order."""
    text = (resources.files("repatria.linkage.names") / _FILE).read_text(encoding="utf-8")
    return tuple(
        tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#")
    )


def _in_one(word: str) -> str:
    """Abd al-Rahman as Abdalrahman: halves and hyphens are written in every way."""
    return _BETWEEN.sub("", plain_text(word))


@lru_cache(maxsize=1)
def _numbers() -> Mapping[str, frozenset[int]]:
    """Cost: some milliseconds once."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, spellings in enumerate(listed_given_names()):
        for spelling in spellings:
            found[_in_one(spelling)].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
