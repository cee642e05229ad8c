"""Where, in the words of whoever says so?

A place is kept as it was written; no gazetteer decides here which place is
meant, and none draws a border.
"""

import unicodedata
from dataclasses import dataclass

from repatria.terms.names import Script, script_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as somebody names it.

    Attributes:
        name: as written, NFC, single spaces; never empty.
        within: the larger place, only where the source has it apart.
    """

    name: str
    within: str = ""

    def __post_init__(self) -> None:
        for part in ("name", "within"):
            cleaned = " ".join(unicodedata.normalize("NFC", getattr(self, part)).split())
            object.__setattr__(self, part, cleaned)
        if not self.name:
            msg = "a place has at least one letter"
            raise ValueError(msg)

    @property
    def script(self) -> Script:
        """The script most of its letters are in."""
        return script_of(self.name)

    @classmethod
    def named(cls, text: str) -> "Place | None":
        """The place in a cell; None when the cell is empty."""
        return cls(name=text) if text.strip() else None

    def __str__(self) -> str:
        return f"{self.name}, {self.within}" if self.within else self.name
