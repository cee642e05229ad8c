"""Which fields does a form have, and how are they called in each language?

A list of fields is a TOML text with a version and a source. What comes with the
program was written from memory of the treaties; who has the official text lays a
corrected list beside it, and every sheet says which one it follows.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from repatria.paper.names import FORMS, LANGUAGES, MOST_LANGUAGES
from repatria.terms import Objection, Refusal

_HERE = Path(__file__).parent / "forms"
_RULE = "GC III annex IV: cards are in two or three languages, one of them the prisoner's"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field.

    Attributes:
        key: under which its value is looked up; what nothing is known of is left blank.
        labels: by language.
        lines: how many lines of writing it leaves.
        choices: what can be ticked, each by language; empty for a line to write on.
    """

    key: str
    labels: Words
    lines: int = 1
    choices: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A list of fields.

    Attributes:
        version: of the list, in its author's words.
        status: how sure it is, in its author's words.
        parts: of a tag, by letter.
    """

    name: str
    version: str
    status: str
    source: str
    title: Words
    fields: tuple[FormField, ...]
    parts: Mapping[str, Words] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """What a sheet prints about the list it follows."""
        return f"{self.name} {self.version} ({self.source}; {self.status})"


@cache
def builtin_form(name: str) -> Form:
    """The list of fields that comes with the program.

    Raises:
        Refusal: `form-unknown`.
    """
    return read_form(builtin_text(name))


def builtin_text(name: str) -> str:
    """The text of that list, to be copied and corrected.

    Raises:
        Refusal: `form-unknown`.
    """
    if name not in FORMS:
        raise Refusal(Objection(code="form-unknown", rule=_RULE, about=(name,)))
    return (_HERE / f"{name}.toml").read_text("utf-8")


@cache
def words_on_sheets() -> Mapping[str, Words]:
    """What every sheet says besides its fields."""
    return tomllib.loads((_HERE / "words.toml").read_text("utf-8"))


def read_form(text: str) -> Form:
    """The form in a text.

    Raises:
        Refusal: `form-malformed`: it is no list of fields, or a field has no label.
    """
    try:
        said = tomllib.loads(text)
        choices = said.get("choices", {})
        form = Form(
            name=_word(said["form"]),
            version=_word(said["version"]),
            status=_word(said["status"]),
            source=_word(said["source"]),
            title=_words(said["title"]),
            fields=tuple(_field(each, choices) for each in said["field"]),
            parts={letter: _words(each) for letter, each in said.get("parts", {}).items()},
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise Refusal(Objection(code="form-malformed", rule=_RULE)) from None
    if form.name not in FORMS:
        raise Refusal(Objection(code="form-unknown", rule=_RULE, about=(form.name,)))
    return form


def check_languages(languages: Sequence[str]) -> None:
    """Nothing, for one to three languages that the sheets have.

    Raises:
        Refusal: `languages-on-paper`.
    """
    good = 1 <= len(languages) <= MOST_LANGUAGES and len(set(languages)) == len(languages)
    if not good or not set(languages) <= set(LANGUAGES):
        raise Refusal(Objection(code="languages-on-paper", rule=_RULE, about=tuple(languages)))


def _field(said: Mapping[str, Any], choices: Mapping[str, Any]) -> FormField:
    listed = choices[said["choices"]] if "choices" in said else ()
    lines = said.get("lines", 1)
    if not isinstance(lines, int) or not 1 <= lines <= 20:
        raise ValueError(said)
    return FormField(
        key=_word(said["key"]),
        labels=_words(said["labels"]),
        lines=lines,
        choices=tuple(_words(each) for each in listed),
    )


def _words(said: Mapping[str, Any]) -> Words:
    found = {language: _word(text) for language, text in said.items()}
    if not found:
        raise ValueError(said)
    return found


def _word(said: object) -> str:
    if not isinstance(said, str) or not said.strip():
        raise TypeError(said)
    return said.strip()
