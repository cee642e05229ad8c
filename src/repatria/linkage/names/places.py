"""Which part of a name is the given name, the father's, the family's?

Only what the writing shows: a comma or capitals after the family name, its ending,
a patronymic and what stands before it. Where nothing shows, nothing is said.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from repatria.linkage.names.sounds import plain_text
from repatria.linkage.names.tokens import NameToken, TokenRole
from repatria.terms import Script


class NamePart(IntEnum):
    """What one part of a name is known to be."""

    UNKNOWN = 0
    GIVEN = 1
    FATHER = 2
    FAMILY = 3


# Endings that family names have and given names hardly ever.
# Source: BGN/PCGN guides to Russian, Ukrainian, Armenian, Georgian and Azerbaijani personal names.
_FAMILY_ENDINGS = {
    Script.CYRILLIC: re.compile(
        r"..(?:ян|янц|[оеёу][вў]а?|енко|[сц]ь?к(?:ий|ая|ый|и|ій|а)|чук|[йо]?юк|швили|дзе|заде)$"
    ),
    Script.LATIN: re.compile(
        r"..(?:[yij]ans?|[yi]ants|[oe](?:v|ff?)a?|enko|[sc]k(?:yi?|i[iy]?|aya|aia|a)|chuk|"
        r"shvili|dze|zad[eəa])$"
    ),
    Script.ARMENIAN: re.compile(r"..(?:[յե]ա(?:ն|նց))$"),
    Script.GEORGIAN: re.compile(r"..(?:შვილი|ძე)$"),
}
# Given names that end like Armenian family names written in Latin letters.
_GIVEN_AFTER_ALL = re.compile(
    r"^(?:adr|christ|crist|krist|sebast|fab|dam|jul|flor|viv|lil|gill|mar|br|r|d|gr|luc|max|"
    r"ill|valer|virg|hadr|just|kil|ian|cypr|el|vad|nar|sur|yeg|seb)[yij]ans?$|"
    r"^(?:eva|neva|lev|kiev|geoff|jeff|stev|yov|asenov?a?|ovank?a)$"
)
_CAPITALS = 2


def parts_shown(text: str, tokens: Sequence[NameToken]) -> tuple[NamePart, ...]:
    """What each part of the name `text` shows itself to be, in the order of `tokens`."""
    parts = [
        NamePart.FATHER if token.role is TokenRole.PATRONYMIC else NamePart.UNKNOWN
        for token in tokens
    ]
    if len(tokens) < 2:
        return tuple(parts)
    for at in _family(text, tokens):
        parts[at] = NamePart.FAMILY
    given = _given(tokens, parts)
    if given is not None:
        parts[given] = NamePart.GIVEN
        rest = [at for at, part in enumerate(parts) if part is NamePart.UNKNOWN]
        if len(rest) == 1 and NamePart.FATHER in parts and NamePart.FAMILY not in parts:
            parts[rest[0]] = NamePart.FAMILY
    return tuple(parts)


def _family(text: str, tokens: Sequence[NameToken]) -> list[int]:
    """Places of the family name: by a comma, by capitals, by its ending."""
    names = [at for at, token in enumerate(tokens) if token.role is TokenRole.NAME]
    before = [at for at in _before_comma(text, tokens) if at in names]
    if before:
        return before
    capitals = [at for at in names if _is_capital(tokens[at].text)]
    if len(capitals) == 1 and len(names) > 1:
        return capitals
    ending = [at for at in names if _ends_like_a_family(tokens[at].text, tokens[at].script)]
    return ending if len(ending) == 1 else []


def _before_comma(text: str, tokens: Sequence[NameToken]) -> list[int]:
    comma = text.find(",")
    if comma < 0:
        return []
    found, start = [], 0
    for at, token in enumerate(tokens):
        start = text.find(token.text.split()[0], start)
        if start < 0 or start > comma:
            break
        found.append(at)
    return found if len(found) < len(tokens) else []


@lru_cache(maxsize=65536)
def _is_capital(text: str) -> bool:
    return text.isupper() and sum(letter.isalpha() for letter in text) >= _CAPITALS


@lru_cache(maxsize=65536)
def _ends_like_a_family(text: str, script: Script) -> bool:
    pattern = _FAMILY_ENDINGS.get(script)
    if pattern is None:
        return False
    plain = plain_text(text.rsplit(maxsplit=1)[-1])
    return bool(pattern.search(plain)) and not _GIVEN_AFTER_ALL.search(plain)


def _given(tokens: Sequence[NameToken], parts: Sequence[NamePart]) -> int | None:
    """The part before a patronymic, or the first that is nothing else where the family shows."""
    if NamePart.FATHER in parts:
        before = parts.index(NamePart.FATHER) - 1
        if before >= 0 and parts[before] is NamePart.UNKNOWN:
            return before
    if NamePart.FAMILY not in parts:
        return None
    return next(
        (
            at
            for at, part in enumerate(parts)
            if part is NamePart.UNKNOWN and tokens[at].role is not TokenRole.INITIAL
        ),
        None,
    )
