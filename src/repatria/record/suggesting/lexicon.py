"""Which words tell of people, of what happened to them, and of who says so?

Closed dictionaries in `lexicon.toml`, compiled once.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Pattern = re.Pattern[str]


@cache
def _tables() -> Mapping[str, Any]:
    text = files("repatria.record.suggesting").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def people() -> Pattern:
    """A word for people, or for their bodies and names."""
    words = [w for language in ("en", "ru") for w in _tables()["people"][language]]
    return _whole(words)


@cache
def not_people() -> Pattern:
    """A word for what is counted and is not people."""
    words = [w for language in ("en", "ru") for w in _tables()["not_people"][language]]
    return re.compile(rf"(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def any_action() -> Pattern:
    """Any word for what is said of people, each action a named group."""
    groups = [f"(?P<{name}>{'|'.join(words)})" for name, words in _tables()["actions"].items()]
    # "In return" and "in exchange" say what for, not what is done.
    return re.compile(rf"(?<!\w)(?<!\bin )(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def speaking() -> Pattern:
    """A verb of saying."""
    table = _tables()["speaking"]
    return _whole([table["en"], table["ru"]])


@cache
def bounds() -> tuple[tuple[str, Pattern], ...]:
    """Words before a number that say how firmly it is put."""
    table: Mapping[str, list[str]] = _tables()["bounds"]
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+(?:the\s+|a\s+)?$", re.IGNORECASE))
        for name, words in table.items()
    )


def _whole(words: list[str]) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
