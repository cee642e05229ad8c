"""How is an article shown with its figures marked, and each figure found again?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from repatria.terms import ClaimId

_GAP = re.compile(r"\n[^\S\n]*\n\s*")
Marks = Mapping[int, tuple[int, Any]]
"""Where a marked stretch begins -> where it ends, and what it is marked with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text; `mark` is what it is marked with, None for plain text."""

    text: str
    mark: Any = None


Paragraph = Sequence[Piece]


def plain(text: str) -> str:
    """The text as it comes back from a browser too: one kind of line end, none around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return lines.strip()


def claim_id_of(text: str, start: int) -> ClaimId:
    """The id of the claim that a figure becomes: the same whoever opens the same article.

    So a form that is sent twice records once, and an article opened again shows what of it is
    recorded. The id holds a short digest, from which no text comes back.
    """
    return ClaimId(f"article-{sha256(text.encode()).hexdigest()[:12]}-{start}")


def paragraphs(text: str, marks: Marks) -> Sequence[Paragraph]:
    """The paragraphs of a text, each in stretches, with those that are marked."""
    found: list[Paragraph] = []
    start = 0
    for gap in [*_GAP.finditer(text), None]:
        end = len(text) if gap is None else gap.start()
        if end > start:
            found.append(tuple(_pieces(text, start, end, marks)))
        start = end if gap is None else gap.end()
    return tuple(found)


def _pieces(text: str, start: int, end: int, marks: Marks) -> Iterator[Piece]:
    for at in sorted(place for place in marks if start <= place < end):
        if at > start:
            yield Piece(text=text[start:at])
        start, mark = marks[at]
        yield Piece(text=text[at:start], mark=mark)
    if end > start:
        yield Piece(text=text[start:end])
