"""By which keys may two records be found to name one person, without showing either?

Hidden keys are equal or not; there is no nearly. So each record gives several, each
of them forgiving in its own way: skeletons of the parts of the name instead of letters
(one for every script), any two or three parts instead of all, the day of birth with any
one part, the year with any two. What recall that gives is measured by
`bench/linkage/private.py`.

Within a list a key counts only as far as it singles somebody out: the weak ones not at
all where two records share them, the strong ones numbered, so that no element stands in
a message twice and nobody can count how common a hidden key is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice, product, zip_longest

from repatria.linkage.model import Profile
from repatria.linkage.names.skeletons import skeletons_of
from repatria.linkage.names.tokens import NameToken, TokenRole, name_tokens
from repatria.terms import DatePrecision, PartialDate, PersonName

KEYS_VERSION = 1
"""Raised whenever keys of the same words change, so that two versions do not miss each other
unnoticed: they refuse each other instead."""
KEYS_PER_RECORD = 16
"""Most keys of one record; every slot of a message has exactly so many elements."""
MOST_ALIKE = 4
"""Records of one list that may share a strong key."""
_MOST_PARTS = 5
# Most of each sort that is taken before the next one; found by `bench/linkage/private.py`.
_MOST_WITH_DAY, _MOST_WITH_YEAR, _MOST_PAIRS, _MOST_THREES = 5, 4, 3, 2


class Sort(StrEnum):
    """What a key is made of."""

    PART_AND_DAY = "part-and-day"
    PARTS_AND_YEAR = "parts-and-year"
    TWO_PARTS = "two-parts"
    THREE_PARTS = "three-parts"


# Log2 of how much likelier a shared key is for one person than for two; judgements of this
# project, only to show the likelier pairs first.
WEIGHTS = {
    Sort.PART_AND_DAY: 12,
    Sort.THREE_PARTS: 8,
    Sort.PARTS_AND_YEAR: 7,
    Sort.TWO_PARTS: 5,
}


@dataclass(frozen=True, slots=True)
class Key:
    """Something that two records of one person are likely to share.

    Attributes:
        sort: what it is made of.
        parts: skeletons in alphabetical order.
        born: day or year of birth; empty where it has none.
    """

    sort: Sort
    parts: tuple[str, ...]
    born: str = ""

    @property
    def text(self) -> bytes:
        """What is hashed: no two keys have the same."""
        return f"{KEYS_VERSION}|{self.sort}|{'+'.join(self.parts)}|{self.born}".encode()


@dataclass(frozen=True, slots=True)
class NumberedKey:
    """A key in its list.

    Attributes:
        place: which of the record's own keys it is, from 0.
        number: how many records of the list had it so far, this one included.
    """

    key: Key
    place: int
    number: int

    @property
    def text(self) -> bytes:
        """What is hashed."""
        return numbered_text(self.key, self.number)


def numbered_text(key: Key, number: int) -> bytes:
    """The bytes of a key under a number."""
    return b"%s|%d" % (key.text, number)


def keys_of(profile: Profile) -> tuple[Key, ...]:
    """The keys of a record, the strongest first; sixteen at most, none twice.

    They follow from the record alone, so that whoever is shown the record can make them.
    """
    day, year = _days(profile.birth)
    ways = [_keys(name, profile.father, day, year) for name in profile.names]
    turns = (key for turn in zip_longest(*ways) for key in turn if key is not None)
    return tuple(islice(dict.fromkeys(turns), KEYS_PER_RECORD))


def numbered_keys(profiles: Sequence[Profile | None]) -> list[tuple[NumberedKey, ...]]:
    """For each record of a list, the keys it is compared by; none for a place without one.

    Two records that share a weak key both lose it; a strong one is numbered in the order
    of the list, and dropped beyond four.
    """
    derived = [keys_of(profile) if profile is not None else () for profile in profiles]
    held = Counter(key for keys in derived for key in keys)
    seen: Counter[Key] = Counter()
    out = []
    for keys in derived:
        kept = []
        for place, key in enumerate(keys):
            if held[key] <= (MOST_ALIKE if key.sort is Sort.PART_AND_DAY else 1):
                seen[key] += 1
                kept.append(NumberedKey(key, place, seen[key]))
        out.append(tuple(kept))
    return out


def _days(birth: PartialDate | None) -> tuple[str, str]:
    """Day and year of birth as they stand in keys; day and month may be exchanged."""
    if birth is None or birth.precision in {DatePrecision.ABOUT, DatePrecision.BETWEEN}:
        return "", ""
    if birth.day is None or birth.month is None:
        return "", f"{birth.year}"
    first, second = sorted((birth.day, birth.month))
    return f"{birth.year}-{first}-{second}", f"{birth.year}"


def _keys(name: PersonName, father: str, day: str, year: str) -> Iterator[Key]:
    parts = _parts(name_tokens(name, father=father))
    plain = [variants[0] for variants in parts]
    if day:
        # The second and third reading of a doubtful part after the first of every part.
        readings = (v for row in zip_longest(*(p[:3] for p in parts)) for v in row if v)
        yield from islice(_each(Sort.PART_AND_DAY, ((r,) for r in readings), day), _MOST_WITH_DAY)
    pairs = list(combinations(plain, 2))
    if year:
        yield from islice(_each(Sort.PARTS_AND_YEAR, pairs, year), _MOST_WITH_YEAR)
    yield from islice(_each(Sort.TWO_PARTS, pairs), _MOST_PAIRS)
    yield from islice(_each(Sort.THREE_PARTS, combinations(plain, 3)), _MOST_THREES)
    others = [
        pair for one, two in combinations(parts, 2) for pair in list(product(one[:2], two[:2]))[1:]
    ]
    if year:
        yield from _each(Sort.PARTS_AND_YEAR, others, year)
    yield from _each(Sort.TWO_PARTS, others)


def _each(sort: Sort, groups: Iterable[tuple[str, ...]], born: str = "") -> Iterator[Key]:
    yield from dict.fromkeys(Key(sort, tuple(sorted(group)), born) for group in groups)


def _parts(tokens: Sequence[NameToken]) -> list[tuple[str, ...]]:
    """Readings of each part, the plain one first; the parts with most consonants first."""
    whole = [token for token in tokens if token.role is not TokenRole.INITIAL] or list(tokens)
    parts = [
        (token.skeleton, *sorted(skeletons_of(token.sound) - {token.skeleton})) for token in whole
    ]
    return sorted(parts, key=lambda part: (-len(part[0]), part[0]))[:_MOST_PARTS]
