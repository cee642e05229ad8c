"""What does a newer version of a bulletin say differently?

Sentence by sentence; in a sentence that was changed, word by word. Nothing is
left out: what stayed is shown as well, so that a reader sees the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

_ALIKE = 0.5  # of words in common, below which two sentences are two and not one changed


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


Pieces = tuple[tuple[Change, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """One line of both versions, in pieces that were kept, removed or added."""

    pieces: Pieces

    @property
    def changed(self) -> bool:
        """Whether anything in it is not as before."""
        return any(change is not Change.KEPT for change, _ in self.pieces)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ChangedLine, ...]:
    """Every line of both documents in order, with what became of it.

    Args:
        before, after: two documents as `publicity.document_of` writes them.
    """
    return tuple(_aligned([*_lines(before)], [*_lines(after)]))


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield str(document.get("title", ""))
    if "issued" in document:
        yield str(document["issued"])
    for section in document.get("sections", ()):
        yield str(section["heading"])
        for sentence in section["sentences"]:
            sources = ", ".join(map(str, sentence["sources"]))
            yield f"{sentence['text']} [{sources}]" if sources else str(sentence["text"])
    for table in document.get("tables", ()):
        yield str(table["caption"])
        for row in table["rows"]:
            yield " | ".join(map(str, row))
    yield str(document.get("closing", ""))


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[ChangedLine]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole(Change.KEPT, text) for text in after[j1:j2])
        else:
            yield from _replaced(before[i1:i2], list(after[j1:j2]))


def _replaced(gone: Sequence[str], come: list[str]) -> Iterator[ChangedLine]:
    for text in gone:
        words = text.split()
        likeness = [SequenceMatcher(None, words, c.split(), autojunk=False).ratio() for c in come]
        best = max(likeness, default=0.0)
        if best < _ALIKE:
            yield _whole(Change.REMOVED, text)
            continue
        place = likeness.index(best)
        yield from (_whole(Change.ADDED, each) for each in come[:place])
        yield ChangedLine(pieces=tuple(_by_words(words, come[place].split())))
        del come[: place + 1]
    yield from (_whole(Change.ADDED, text) for text in come)


def _by_words(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Change, str]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change.KEPT, " ".join(after[j1:j2])
            continue
        if i2 > i1:
            yield Change.REMOVED, " ".join(before[i1:i2])
        if j2 > j1:
            yield Change.ADDED, " ".join(after[j1:j2])


def _whole(change: Change, text: str) -> ChangedLine:
    return ChangedLine(pieces=((change, text),))
