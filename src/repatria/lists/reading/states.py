"""What do the words in the status and health columns of a held list mean?

Only what is plainly said is taken; any other wording is left to a person, and
the text itself is always kept beside it.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.lists.reading.folding import fold
from repatria.terms import PartialDate, UnreadableDateError

if TYPE_CHECKING:
    from repatria.ledger.kinds.custody_noted import CustodyEvent

_DATE = re.compile(r"\b(?:(\d{1,2})[./](\d{1,2})[./])?((?:19|20)\d{2})\b", re.ASCII)


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    raw = tomllib.loads(Path(__file__).with_name("states.toml").read_text("utf-8"))
    return {
        part: {name: tuple(fold(word) for word in words) for name, words in table.items()}
        for part, table in raw.items()
    }


def status_of(text: str) -> tuple["CustodyEvent | None", PartialDate | None, str]:
    """What a status says: the event, its date where one is written, and the text as exchange.

    None for a status that is empty or that names no event we know.
    """
    # Every kind of statement comes with it; whoever only reads a file has no need of them.
    from repatria.ledger.kinds.custody_noted import CustodyEvent  # noqa: PLC0415 -- see above

    event = _first_match("status", text)
    if event is None:
        return None, None, ""
    return CustodyEvent(event), _date_in(text), " ".join(text.split())


def health_class_of(text: str) -> str:
    """`fit`, `sick` or `serious`; empty when the words are not known."""
    return _first_match("health", text) or ""


def _first_match(part: str, text: str) -> str | None:
    """The first class, in the order of the table, one of whose words stands in the text."""
    inside = f" {fold(text)} "
    for name, words in _words()[part].items():
        if any(f" {word} " in inside for word in words):
            return name
    return None


def _date_in(text: str) -> PartialDate | None:
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = (int(g) if g else None for g in found.groups())
    try:
        return PartialDate(year=year or 0, month=month, day=day)
    except UnreadableDateError:
        return PartialDate(year=year or 0)
