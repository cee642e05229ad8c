"""What is each column about, and in which language do the headings say so?

The dictionaries are `headings.toml` and `words.toml`; adding a language is
adding a table there. A heading that nobody knows is kept, never guessed.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from repatria.lists.reading.folding import fold
from repatria.lists.reading.model import NAME_FIELDS, Field
from repatria.terms import Category, Sex

_PARTS = re.compile(r"[/\n|()\[\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """Which columns of a row are understood as headings.

    Attributes:
        fields: column index -> field; the same field twice is possible here.
        language: of most headings; the first of the dictionary where two are equal.
    """

    fields: Mapping[int, Field]
    language: str

    @property
    def has_names(self) -> bool:
        """Whether a person could be named by this header."""
        return not NAME_FIELDS.isdisjoint(self.fields.values())


@cache
def heading_dictionary() -> Mapping[str, Mapping[str, Field]]:
    """Language -> folded heading -> field."""
    return {
        language: {
            fold(heading): Field(field) for field, headings in table.items() for heading in headings
        }
        for language, table in _table("headings.toml").items()
    }


@cache
def sex_words() -> Mapping[str, Sex]:
    """Folded word -> sex."""
    return {fold(w): Sex(sex) for sex, words in _table("words.toml")["sex"].items() for w in words}


@cache
def category_words() -> Mapping[str, Category]:
    """Folded word -> category."""
    table = _table("words.toml")["category"]
    return {fold(word): Category(category) for category, words in table.items() for word in words}


@cache
def unknown_words() -> frozenset[str]:
    """Folded words that say that a fact is not known; the empty text is one."""
    return frozenset(fold(word) for word in _table("words.toml")["unknown"]["words"])


@cache
def date_words() -> tuple[frozenset[str], frozenset[str]]:
    """Folded words in a date that mean "about", and those that mean nothing more."""
    table = _table("words.toml")["date"]
    return (
        frozenset(fold(word) for word in table["about"]),
        frozenset(fold(word) for word in table["year"]),
    )


def map_headings(cells: Sequence[str]) -> HeaderMatch:
    """What the cells mean if they are headings.

    A heading in two languages (`Surname / Soyad`) is understood when its parts agree.
    "Name" beside a surname, without a column of given names, is the given name.
    """
    fields: dict[int, Field] = {}
    languages: Counter[str] = Counter()
    for index, cell in enumerate(cells):
        meant = _meaning(cell)
        if len(set(meant.values())) == 1:
            fields[index] = next(iter(meant.values()))
            languages.update(meant.keys())
    if Field.SURNAME in fields.values() and Field.GIVEN_NAME not in fields.values():
        fields = {
            index: Field.GIVEN_NAME if field is Field.FULL_NAME else field
            for index, field in fields.items()
        }
    best = max(heading_dictionary(), key=lambda language: languages[language])
    return HeaderMatch(fields=fields, language=best if languages else "")


def wanted_among(cells: Sequence[str], wanted: Collection[str]) -> int:
    """How many of the cells are headings that somebody asked for by name."""
    return sum(" ".join(cell.split()) in wanted for cell in cells) if wanted else 0


def _meaning(cell: str) -> dict[str, Field]:
    """Language -> field, of the whole cell or else of those of its parts that are known."""
    for parts in ([cell], _PARTS.split(cell)):
        folded = [fold(part) for part in parts]
        found = [
            (language, headings[part])
            for language, headings in heading_dictionary().items()
            for part in folded
            if part in headings
        ]
        if found:
            fields = {field for _, field in found}
            return dict(found) if len(fields) == 1 else {}
    return {}


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    text = files("repatria.lists.reading").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
