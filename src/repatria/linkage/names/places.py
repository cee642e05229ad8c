"""Which part of a name is the given name, the father's, the family's?

Only what the writing shows: a comma or capitals after the family name, its ending,
a patronymic and what stands before it. Where nothing shows, nothing is said.
"""

import re
from collections.abc import Sequence
from enum import IntEnum, IntFlag
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


class TokenKind(IntFlag):
    """What one part of a name shows by itself; names of the same kinds have the same parts."""

    NAME = 1
    FATHER = 2
    CAPITALS = 4
    FAMILY_ENDING = 8


_KINDS = {
    (False, False): TokenKind.NAME,
    (False, True): TokenKind.NAME | TokenKind.FAMILY_ENDING,
    (True, False): TokenKind.NAME | TokenKind.CAPITALS,
    (True, True): TokenKind.NAME | TokenKind.CAPITALS | TokenKind.FAMILY_ENDING,
}
"""By whether a part is in capitals, and whether it ends like a family name."""


def token_kind(token: NameToken) -> TokenKind:
    """What a part shows by itself."""
    if token.role is TokenRole.PATRONYMIC:
        return TokenKind.FATHER
    if token.role is TokenRole.INITIAL:
        return TokenKind(0)
    return _KINDS[_is_capital(token.text), _ends_like_a_family(token.text, token.script)]


def parts_shown(text: str, tokens: Sequence[NameToken]) -> tuple[NamePart, ...]:
    """What each part of the name `text` shows itself to be, in the order of `tokens`."""
    kinds = tuple(token_kind(token) for token in tokens)
    return parts_of(kinds, before_comma=_before_comma(text, tokens))


def parts_of(
    kinds: Sequence[TokenKind], *, before_comma: Sequence[int] = ()
) -> tuple[NamePart, ...]:
    """What each part is in a name whose parts are of these kinds.

    Args:
        kinds: in the order written.
        before_comma: places of the parts that stand before a comma, if any and not all do.
    """
    parts = [NamePart.FATHER if kind is TokenKind.FATHER else NamePart.UNKNOWN for kind in kinds]
    if len(kinds) < 2:
        return tuple(parts)
    for at in _family(kinds, before_comma):
        parts[at] = NamePart.FAMILY
    given = _given(kinds, parts)
    if given is not None:
        parts[given] = NamePart.GIVEN
        rest = [at for at, part in enumerate(parts) if part is NamePart.UNKNOWN]
        if len(rest) == 1 and NamePart.FATHER in parts and NamePart.FAMILY not in parts:
            parts[rest[0]] = NamePart.FAMILY
    return tuple(parts)


def _family(kinds: Sequence[TokenKind], before_comma: Sequence[int]) -> list[int]:
    """Places of the family name: by a comma, by capitals, by its ending."""
    names = [at for at, kind in enumerate(kinds) if kind & TokenKind.NAME]
    before = [at for at in before_comma if at in names]
    if before:
        return before
    capitals = [at for at in names if kinds[at] & TokenKind.CAPITALS]
    if len(capitals) == 1 and len(names) > 1:
        return capitals
    ending = [at for at in names if kinds[at] & TokenKind.FAMILY_ENDING]
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


def _given(kinds: Sequence[TokenKind], parts: Sequence[NamePart]) -> int | None:
    """The part before a patronymic, or the first that is nothing else where the family shows."""
    if NamePart.FATHER in parts:
        before = parts.index(NamePart.FATHER) - 1
        if before >= 0 and parts[before] is NamePart.UNKNOWN:
            return before
    if NamePart.FAMILY not in parts:
        return None
    initial = TokenKind(0)
    return next(
        (
            at
            for at, part in enumerate(parts)
            if part is NamePart.UNKNOWN and kinds[at] is not initial
        ),
        None,
    )
