"""How are the names of a long list read, when most of their words come again and again?

What words and names of one shape have in common is worked out once; a name that
needs more is read as `name_tokens` reads it, and every name gives what that gives.
"""

from itertools import count

from repatria.linkage.names.places import (
    NamePart,
    TokenKind,
    parts_of,
    parts_shown,
    token_kind,
)
from repatria.linkage.names.sounds import Reading, reading_of
from repatria.linkage.names.tokens import (
    NameToken,
    WordShape,
    name_tokens,
    place_of_patronymic,
    token_of,
    word_shape,
    words_of,
)
from repatria.terms import PersonName

_NOT_USUAL = WordShape.PARTICLE | WordShape.NOTHING
MORE_NEEDED = -2
"""In place of the patronymic of a name that has to be read by itself."""
_NO_PATRONYMIC = -1
SILENT = -1
"""In place of the number of a part that does not sound."""


class NameReader:
    """Reads names into numbered parts.

    Cost: some three microseconds a name whose words were met before.

    Attributes:
        tokens: every different part met so far; its place is its number.
        kinds: what each of them shows by itself.
    """

    def __init__(self) -> None:
        self.tokens: list[NameToken] = []
        self._numbers: dict[NameToken, int] = {}
        self.kinds: list[TokenKind] = []
        self._words: dict[tuple[str, Reading, bool, bool], int] = {}
        self._fathers: dict[tuple[WordShape, ...], int] = {}
        self._parts: dict[tuple[TokenKind, ...], tuple[NamePart, ...]] = {}

    def read(
        self, name: PersonName, *, father: str = "", most: int
    ) -> tuple[tuple[int, ...], tuple[NamePart, ...]]:
        """The numbers of the first `most` parts of a name, and what each shows itself to be.

        Args:
            name: as somebody wrote it.
            father: the father's name where the source gives it apart, see `name_tokens`.
            most: how many parts are kept.
        """
        text = name.text
        if father or name.patronymic or "," in text:
            return self._slowly(name, father, most)
        words = words_of(text)
        shapes = tuple([word_shape(word) for word in words])
        place = self._fathers.get(shapes)
        if place is None:
            place = self._fathers[shapes] = father_place(shapes)
        if place == MORE_NEEDED:
            return self._slowly(name, father, most)
        reading, many = reading_of(text), len(words) > 2
        known = self._words
        numbers = []
        for at, word in zip(count(), words, strict=False):
            key = (word, reading, at == place, many)
            number = known.get(key)
            if number is None:
                number = known[key] = self.number_of(*key[:2], shows_father=key[2], many=key[3])
            if number != SILENT:
                numbers.append(number)
        kinds = tuple([self.kinds[number] for number in numbers[:most]])
        parts = self._parts.get(kinds)
        if parts is None:
            parts = self._parts[kinds] = parts_of(kinds)
        return tuple(numbers[:most]), parts

    def _slowly(
        self, name: PersonName, father: str, most: int
    ) -> tuple[tuple[int, ...], tuple[NamePart, ...]]:
        tokens = name_tokens(name, father=father)[:most]
        return tuple(map(self._number, tokens)), parts_shown(name.text, tokens)

    def number_of(self, word: str, reading: Reading, *, shows_father: bool, many: bool) -> int:
        """The number of the part that a word makes, see `token_of`; `SILENT` without a sound."""
        token = token_of(word, reading, shows_father=shows_father, many=many)
        return SILENT if token is None else self._number(token)

    def _number(self, token: NameToken) -> int:
        number = self._numbers.setdefault(token, len(self.tokens))
        if number == len(self.tokens):
            self.tokens.append(token)
            self.kinds.append(token_kind(token))
        return number


def father_place(shapes: tuple[WordShape, ...]) -> int:
    """Where the patronymic stands in a name of words of these shapes, if anywhere.

    `MORE_NEEDED` where a word may be something else than a part.
    """
    if any(shape & _NOT_USUAL for shape in shapes):
        return MORE_NEEDED
    place = place_of_patronymic(shapes)
    return _NO_PATRONYMIC if place is None else place
