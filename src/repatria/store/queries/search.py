"""Which records does a typed name or number mean, the nearest first?

In three steps, so that a search costs the same among a hundred persons and among a
hundred thousand: which sounds are kept under the keys of each word, which of those
are near, and who bears them. Only rows folded for the viewer's label are looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connections

from repatria.linkage.search import (
    LONGEST_SOUND,
    MOST_SHORT,
    SearchWord,
    search_reference,
    search_words,
    shortfalls,
)
from repatria.store.database import current
from repatria.store.entries import chunked
from repatria.store.queries.scope import label_of
from repatria.terms import Script, Viewer

MOST_FOUND = 1_000
"""How many records a search on a page looks at; whoever gets so many types more of the name."""

PERSONS, LINES, REQUESTS = ("person", "answered"), ("line",), ("tracing",)
# Rows that are looked through for their sounds: under whole keys, and under longer ones.
_MOST_WHOLE, _MOST_BEGUN = 20_000, 3_000
_MOST_SOUNDS = 400
_AT_ONCE = 100
_FEW_BEARERS = 500
_SCRIPTS = {script.value: script for script in Script}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Subjects that a search means.

    Attributes:
        shortfall: subject -> how far its name falls short of what was typed, bits.
        more: there are others, not nearer than these.
    """

    shortfall: Mapping[str, float]
    more: bool


def found(
    viewer: Viewer,
    text: str,
    about: Sequence[str],
    *,
    list_id: str = "",
    most: int = MOST_FOUND,
) -> Found:
    """The subjects whose name has every word of a text, or whose number begins with it.

    Args:
        viewer: who searches.
        text: a name in any script, in any order, in part; or a number or reference.
        about: `PERSONS`, `LINES` or `REQUESTS`. Lines by which persons are found
            have the line's id.
        list_id: only lines of this list.
        most: how many at most.
    """
    if not text.strip():
        return Found(shortfall={}, more=False)
    index = _Index(label=label_of(viewer), about=tuple(about), list_id=list_id)
    numbered = _bearers(index, _Sought(index, search_reference(text)), most)
    named, more = _named(index, search_words(text), most)
    together = {**named, **dict.fromkeys(numbered, 0.0)}
    nearest = sorted(together, key=lambda subject: (together[subject], subject))[:most]
    return Found(
        shortfall={subject: together[subject] for subject in nearest},
        more=more or len(together) > most or len(numbered) >= most,
    )


def _named(
    index: "_Index", words: Sequence[SearchWord], most: int
) -> tuple[Mapping[str, float], bool]:
    """Those that bear every word; whether some were left out.

    A word of vowels alone is asked for only where nothing else is.
    """
    firm = [word for word in words if word.beginnings] or list(words)
    # What is written as it stands first, then long words: where one has no bearer, none is found.
    firm.sort(key=lambda each: (bool(each.sounds), -_firmness(each)))
    sought: list[_Sought] = []
    for word in firm:
        sought.append(_Sought(index, word))
        if not sought[-1].near:
            return {}, False
        if sought[-1].bearers <= _FEW_BEARERS:
            break
    if not sought:
        return {}, False
    first = min(sought, key=lambda each: each.bearers)
    bearing = _bearers(index, first, most)
    more = len(bearing) >= most
    for word in firm:
        if word is not first.word:
            theirs = _among(index, word, tuple(bearing))
            bearing = {s: bearing[s] + theirs[s] for s in bearing if s in theirs}
    return bearing, more


def _firmness(word: SearchWord) -> int:
    return min(map(len, word.beginnings), default=0)


class _Kept(NamedTuple):
    """A sound that is kept under a key, and by how many rows."""

    about: str
    key: str
    sound: str
    script: str
    rows: int


@dataclass
class _Sought:
    """One word of a search, with the sounds that come near it."""

    index: "_Index"
    word: SearchWord

    @cached_property
    def near(self) -> Sequence[tuple[float, _Kept]]:
        """Near sounds with their shortfall, the nearest first; each under one of its keys."""
        kept = list(self._each_once(self.index.kept(self.word)))
        far = shortfalls(self.word, [(one.sound, _script(one.script)) for one in kept])
        near = [(short, one) for short, one in zip(far, kept, strict=True) if short <= MOST_SHORT]
        near.sort(key=lambda each: (each[0], each[1].sound, each[1].key, each[1].about))
        return near

    @cached_property
    def bearers(self) -> int:
        """How many rows have one of the near sounds: the rarest word is looked up first."""
        return sum(one.rows for _, one in self.near)

    @staticmethod
    def _each_once(kept: Iterable[_Kept]) -> Iterator[_Kept]:
        """A sound has all its keys in each record: one of them finds every bearer.

        Not one that was cut, nor one folded before sounds were kept.
        """
        seen: set[tuple[str, str, str]] = set()
        for one in kept:
            same = (one.about, one.sound, one.script)
            if 0 < len(one.sound) < LONGEST_SOUND:
                if same in seen:
                    continue
                seen.add(same)
            yield one


def _script(code: str) -> Script:
    return _SCRIPTS.get(code, Script.OTHER)


def _bearers(index: "_Index", sought: _Sought, most: int) -> dict[str, float]:
    """At most so many subjects that bear a near sound, with its shortfall, the nearest first."""
    found: dict[str, float] = {}
    for part in _portions(sought.near[:_MOST_SOUNDS], most):
        for at, subject in index.bearing([one for _, one in part], most):
            found.setdefault(subject, part[at][0])
        if len(found) >= most:
            break
    return found


def _portions(
    near: Sequence[tuple[float, _Kept]], most: int
) -> Iterator[Sequence[tuple[float, _Kept]]]:
    """Sounds to be looked up at once: of few rows together, or one that has many."""
    portion: list[tuple[float, _Kept]] = []
    rows = 0
    for each in near:
        if portion and (rows + each[1].rows > most or len(portion) == _AT_ONCE):
            yield portion
            portion, rows = [], 0
        portion.append(each)
        rows += each[1].rows
    if portion:
        yield portion


def _among(index: "_Index", word: SearchWord, subjects: Sequence[str]) -> Mapping[str, float]:
    """Those of the subjects that bear a near sound, with its shortfall."""
    beginnings = tuple(word.beginnings)
    rows = [
        (subject, sound, script)
        for subject, sound, script, key in index.parts_of(subjects)
        if key.startswith(beginnings) or key in word.whole
    ]
    parts = list({(sound, script) for _, sound, script in rows})
    far = shortfalls(word, [(sound, _script(script)) for sound, script in parts])
    short_of = {part: short for part, short in zip(parts, far, strict=True) if short <= MOST_SHORT}
    found: dict[str, float] = {}
    for subject, sound, script in rows:
        short = short_of.get((sound, script))
        if short is not None:
            found[subject] = min(found.get(subject, short), short)
    return found


@dataclass(frozen=True, kw_only=True)
class _Index:
    """The table of search keys as one label reads it; statements both databases understand."""

    label: str
    about: tuple[str, ...]
    list_id: str
    alias: str = field(default_factory=current)

    @cached_property
    def _range(self) -> str:
        # Operators of the index's class: they do not depend on the collation.
        if connections[self.alias].vendor == "postgresql":
            return "key ~>=~ %s AND key ~<~ %s"
        return "key >= %s AND key < %s"

    def kept(self, word: SearchWord) -> Iterator[_Kept]:
        """Sounds under the keys of a word: under the whole ones all, under longer ones many."""
        for about in self.about:
            done: set[tuple[str, str, str]] = set()
            for key in sorted(word.whole):
                for row in self._grouped("key = %s", (about, key), _MOST_WHOLE):
                    done.add(row[:3])
                    yield _Kept(about, *row)
            for key in sorted(word.beginnings):
                after = key[:-1] + chr(ord(key[-1]) + 1)
                for row in self._grouped(self._range, (about, key, after), _MOST_BEGUN):
                    if row[:3] not in done:
                        done.add(row[:3])
                        yield _Kept(about, *row)

    def _grouped(
        self, condition: str, values: tuple[str, ...], most: int
    ) -> list[tuple[str, str, str, int]]:
        return self._rows(
            "SELECT key, sound, script, COUNT(*) FROM ("  # noqa: S608 -- constant text
            "SELECT key, sound, script FROM search_key "
            f"WHERE seen_by = %s AND about = %s AND {condition} LIMIT {most:d}"
            ") AS kept GROUP BY key, sound, script",
            (self.label, *values),
        )

    def bearing(self, kept: Sequence[_Kept], most: int) -> list[tuple[int, str]]:
        """(place among these, subject) of rows with one of these sounds, at most so many.

        Sounds of which there are more rows than that are asked for one at a time.
        """
        values = ", ".join(f"({at}, %s, %s, %s, %s)" for at in range(len(kept)))
        # Lines are looked up by their id: joined to "", their list is no bait for another index.
        lines, within = (
            (
                "CROSS JOIN line_row l ",
                (
                    "l.seen_by = k.seen_by AND l.subject = k.subject "
                    "AND l.list_subject || '' = %s AND "
                ),
            )
            if self.list_id
            else ("", "")
        )
        # Cross joins keep SQLite to this order: each sound is looked up by the index.
        rows = self._rows(
            "SELECT v.column1, k.subject "  # noqa: S608 -- constant text
            f"FROM (VALUES {values}) AS v CROSS JOIN search_key k {lines}"
            f"WHERE {within}k.seen_by = %s AND k.about = v.column2 AND k.key = v.column3 "
            f"AND k.sound = v.column4 AND k.script = v.column5 LIMIT {most:d}",
            (
                *(value for one in kept for value in (one.about, one.key, one.sound, one.script)),
                *((self.list_id,) if self.list_id else ()),
                self.label,
            ),
        )
        return sorted(rows)

    def parts_of(self, subjects: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
        """(subject, sound, script, key) of every row of these subjects."""
        for chunk in chunked(subjects):
            yield from self._rows(
                "SELECT subject, sound, script, key FROM search_key "  # noqa: S608 -- constant
                f"WHERE seen_by = %s AND subject IN ({_marks(len(chunk))})",
                (self.label, *chunk),
            )

    def _rows(self, statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(statement, list(values))
            return list(cursor.fetchall())


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
