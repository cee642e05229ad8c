"""From how many sources does what is said about a person come?

Two copies of one source are not two sources. Counted is where words come from, not how
often they were repeated; where two may be one they are counted as one, since support that
is not there does more harm than support that is overlooked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.statement import Entry

_REFERENCE = re.compile(r"[a-z][a-z0-9_-]*/[0-9]+")
# So many parts of a line that are equal as written are hardly so by chance.
_PARTS_OF_A_COPY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source with every statement that goes back to it.

    Attributes:
        refs: references of the statements, by log and place.
        speakers: the parties that said them.
    """

    refs: tuple[str, ...]
    speakers: tuple[str, ...]

    @property
    def copies(self) -> int:
        """How many of its statements only repeat it."""
        return len(self.refs) - 1


def sources_of(entries: Iterable[Entry]) -> tuple[Source, ...]:
    """The sources that statements go back to, each once, in the order of their first statement.

    One source are: what was read from the same file; versions of one list; a statement and
    whatever names it as its ground; what cites the same publication; lines of two lists that
    agree in every part as written, with three parts at least; and whatever a party says of
    itself without naming a source. Neither order nor repetition changes it.
    """
    told = sorted({entry.ref: entry for entry in entries}.values())
    roots = _Roots()
    held = {entry.ref for entry in told}
    for entry in told:
        for mark in _marks(entry, held):
            roots.join(entry.ref, mark)
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in told:
        groups[roots.find(entry.ref)].append(entry)
    return tuple(
        Source(
            refs=tuple(entry.ref for entry in group),
            speakers=tuple(sorted({str(entry.origin) for entry in group})),
        )
        for group in groups.values()
    )


def one_source(left: Sequence[Entry], right: Sequence[Entry]) -> bool:
    """Whether everything said of two records goes back to one source: no second witness."""
    return bool(left) and bool(right) and len(sources_of([*left, *right])) == 1


def _marks(entry: Entry, held: Iterable[str]) -> Iterator[str]:
    """By what a statement is known to come from the same source as another."""
    statement, source = entry.statement, entry.statement.ground.source
    if _REFERENCE.fullmatch(source):
        yield source if source in held else f"statement {source}"
    elif source.startswith("sha256:"):
        yield source
    elif statement.ground.basis == "publication" and source:
        yield f"publication {' '.join(source.casefold().split())}"
    else:
        yield f"{entry.origin} {statement.ground.basis}"
    if statement.kind == "list.line":
        line = payload_of(entry, ListLine)
        yield f"list {line.list_id}"
        parts = _parts(line)
        if len(parts) >= _PARTS_OF_A_COPY:
            yield f"words {sorted(parts.items())}"


def _parts(line: ListLine) -> Mapping[str, str]:
    """What a line says of the person, as written; parts it leaves out are left out."""
    said = {
        "names": " / ".join(sorted(name.text.strip() for name in line.names)),
        "father": line.father.strip(),
        "birth": str(line.birth or ""),
        "born_at": str(line.born_at or ""),
        "captured_on": str(line.captured_on or ""),
        "captured_at": str(line.captured_at or ""),
        "rank": line.rank.strip(),
        "note": line.note.strip(),
    }
    return {part: text for part, text in said.items() if text}


class _Roots:
    """Which statements and marks belong together (union and find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, item: str) -> str:
        """What stands for everything an item belongs to."""
        while self._above.setdefault(item, item) != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, one: str, other: str) -> None:
        """From now on both belong together."""
        self._above[self.find(other)] = self.find(one)
