"""What does a cell mean that stands in many rows, understood once?"""

from collections.abc import Callable
from typing import Generic, TypeVar

from repatria.lists.reading.dates import YEARS_OF_ANYBODY, LocalDateError, read_local_date
from repatria.lists.reading.folding import fold
from repatria.lists.reading.headings import sex_words, unknown_words
from repatria.terms import PartialDate, Sex

T = TypeVar("T")
HEAD_LETTERS = 3
"""How many letters of a name are looked at to see that it is a name."""


class Understood(dict[str, T | None], Generic[T]):
    """Cell -> meaning, each different cell understood once."""

    def __init__(self, meaning: Callable[[str], tuple[T | None, bool]]) -> None:
        self._meaning = meaning
        self.faults: dict[str, str] = {}
        self.noted: set[str] = set()

    def __missing__(self, cell: str) -> T | None:
        value: T | None = None
        try:
            value, noted = self._meaning(cell)
            if noted:
                self.noted.add(cell)
        except LocalDateError as fault:
            self.faults[cell] = fault.reason
        self[cell] = value
        return value


class Heads(dict[str, bool]):
    """First letters of a name -> whether it may be a word for "unknown", or no name at all."""

    def __missing__(self, head: str) -> bool:
        begins = fold(head)
        plain = len(begins) == len(head) == HEAD_LETTERS and head.isalpha()
        self[head] = not plain or any(word.startswith(begins) for word in unknown_words())
        return self[head]


def date_in(cell: str) -> tuple[PartialDate | None, bool]:
    """The date, and whether day and month were exchanged for it."""
    found = read_local_date(cell, years=YEARS_OF_ANYBODY)
    return found.date, found.swapped


def sex_in(cell: str) -> tuple[Sex | None, bool]:
    """The sex, and whether the cell has a word that nobody here knows."""
    folded = fold(cell)
    found = sex_words().get(folded)
    return found, found is None and folded not in unknown_words()
