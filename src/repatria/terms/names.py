"""How is a person called, in which script, in which order?

The text is kept exactly as it was written. Parts are given only where the
source separates them; nothing is guessed here (see `linkage` for that).
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """ISO 15924 codes of the scripts the program knows; `Zyyy` when none applies."""

    LATIN = "Latn"
    ARMENIAN = "Armn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"
    HEBREW = "Hebr"
    GEORGIAN = "Geor"
    GREEK = "Grek"
    OTHER = "Zyyy"

    __hash__ = str.__hash__  # as equality is; that of an enumeration takes ten times as long


_UNICODE_NAMES = {
    "LATIN": Script.LATIN,
    "ARMENIAN": Script.ARMENIAN,
    "CYRILLIC": Script.CYRILLIC,
    "ARABIC": Script.ARABIC,
    "HEBREW": Script.HEBREW,
    "GEORGIAN": Script.GEORGIAN,
    "GREEK": Script.GREEK,
}


class NameOrder(StrEnum):
    """In which order the parts stand in the text."""

    GIVEN_FIRST = "given_first"
    FAMILY_FIRST = "family_first"
    UNKNOWN = "unknown"


class _Scripts(dict[str, Script]):
    """The script of each letter, looked up once."""

    def __missing__(self, char: str) -> Script:
        first = unicodedata.name(char, "").partition(" ")[0]
        self[char] = script = _UNICODE_NAMES.get(first, Script.OTHER)
        return script


_SCRIPTS = _Scripts()


@lru_cache(maxsize=65536)
def script_of(text: str) -> Script:
    """The script most letters of the text are in; `OTHER` when there are no letters."""
    scripts = [*map(_SCRIPTS.__getitem__, filter(str.isalpha, text))]
    if not scripts:
        return Script.OTHER
    first = scripts[0]
    if scripts.count(first) * 2 >= len(scripts):  # nearly always, and twenty times as quick
        return first
    return Counter(scripts).most_common(1)[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name as somebody wrote it.

    Attributes:
        text: the whole name, NFC, single spaces; never empty.
        order: as the source says it, else unknown.
        given, family, patronymic: only where the source has them apart.
        language: BCP 47 tag where the source says it, else empty.
    """

    text: str
    order: NameOrder = NameOrder.UNKNOWN
    given: str = ""
    family: str = ""
    patronymic: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        for part in ("text", "given", "family", "patronymic"):
            written = getattr(self, part)
            cleaned = " ".join(unicodedata.normalize("NFC", written).split()) if written else ""
            if cleaned != written:
                object.__setattr__(self, part, cleaned)
        if not self.text:
            msg = "a name has at least one letter"
            raise ValueError(msg)

    @property
    def script(self) -> Script:
        """The script most of its letters are in."""
        return script_of(self.text)

    @classmethod
    def from_parts(
        cls, *, given: str = "", family: str = "", patronymic: str = "", language: str = ""
    ) -> "PersonName":
        """A name from separate columns, written given, patronymic, family."""
        text = " ".join(part for part in (given, patronymic, family) if part.strip())
        return cls(
            text=text,
            order=NameOrder.GIVEN_FIRST,
            given=given,
            family=family,
            patronymic=patronymic,
            language=language,
        )
