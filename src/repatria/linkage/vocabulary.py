"""Which different name parts occur in a list, and in which records?

Each distinct part is compared once, however many records bear it. A record
with several names appears here as several bearers of one profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from repatria.linkage.model import Profile
from repatria.linkage.names import (
    NamePart,
    NameReader,
    NameToken,
    TokenRole,
    ends_like_a_patronymic,
)
from repatria.terms import Script

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_Kind = TypeVar("_Kind", bound=np.generic)
MOST_TOKENS = 8
_TWO_PARTS = 2
ABSENT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The name parts of one list.

    Attributes:
        entries: distinct parts (as first met), one per sound, script class and initial.
        bearers: the parts of each name of each profile.
        owner: index of the profile that bears the name. Shape: (n_bearers,) int64.
        tokens: entry numbers of each name, padded. Shape: (n_bearers, width) int64.
        patronymic: 1 shown, 0 possible (three parts or more), -1 not. Shape: as tokens, int8.
        parts: what each part shows itself to be (`NamePart`). Shape: as tokens, int8.
        mass: number of profiles that bear each entry. Shape: (n_entries,) float64.
        size: number of profiles.
    """

    entries: tuple[NameToken, ...]
    bearers: "Bearers"
    owner: Ints
    tokens: Ints
    patronymic: npt.NDArray[np.int8]
    parts: npt.NDArray[np.int8]
    mass: Floats
    size: int


def vocabulary_of(profiles: Sequence[Profile]) -> Vocabulary:
    """The vocabulary of a list. Names beyond eight parts keep their first eight."""
    reader = NameReader()
    owner: list[int] = []
    read: list[tuple[int, ...]] = []
    shown: list[tuple[NamePart, ...]] = []
    for index, profile in enumerate(profiles):
        for name in profile.names:
            places, parts = reader.read(name, father=profile.father, most=MOST_TOKENS)
            owner.append(index)
            read.append(places)
            shown.append(parts)
    owners = np.array(owner, dtype=np.int64)
    lengths = np.fromiter(map(len, read), dtype=np.int64, count=len(read))
    numbers = np.fromiter(chain.from_iterable(read), dtype=np.int64, count=int(lengths.sum()))
    entries, tokens = _entries(reader.tokens, numbers)
    return Vocabulary(
        entries=entries,
        bearers=Bearers(tokens=reader.tokens, numbers=read),
        owner=owners,
        tokens=_padded(tokens, lengths, np.int64, ABSENT),
        patronymic=_padded(_patronymics(reader.tokens, numbers, lengths), lengths, np.int8, 0),
        parts=_padded(
            np.fromiter(chain.from_iterable(shown), dtype=np.int8, count=len(tokens)),
            lengths,
            np.int8,
            0,
        ),
        mass=_mass(np.repeat(owners, lengths), tokens, len(entries)),
        size=len(profiles),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearers(Sequence[tuple[NameToken, ...]]):
    """The parts of each name of a list, as written.

    Attributes:
        tokens: every different part.
        numbers: places of the parts of each name in `tokens`.
    """

    tokens: Sequence[NameToken]
    numbers: Sequence[tuple[int, ...]]

    def __len__(self) -> int:
        """How many names there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> tuple[NameToken, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> "Bearers": ...

    def __getitem__(self, at: int | slice) -> "tuple[NameToken, ...] | Bearers":
        """The parts of one name, or the names of a stretch."""
        if isinstance(at, slice):
            return Bearers(tokens=self.tokens, numbers=self.numbers[at])
        return tuple(self.tokens[number] for number in self.numbers[at])


def _entries(read: Sequence[NameToken], numbers: Ints) -> tuple[tuple[NameToken, ...], Ints]:
    """The distinct parts as first met, and which of them each part is."""
    used, first = np.unique(numbers, return_index=True)
    places: dict[tuple[str, str, Script, bool], int] = {}
    entries: list[NameToken] = []
    entry_of = np.zeros(len(read), dtype=np.int64)
    for number in used[np.argsort(first)]:
        token = read[int(number)]
        initial = token.role is TokenRole.INITIAL
        place = places.setdefault(
            (token.sound, token.other_sound, token.script, initial), len(entries)
        )
        if place == len(entries):
            entries.append(token)
        entry_of[number] = place
    return tuple(entries), entry_of[numbers]


def _mass(owners: Ints, entries: Ints, count: int) -> Floats:
    """How many profiles bear each entry. Shape: (count,) float64."""
    borne = np.unique(owners * max(count, 1) + entries) % max(count, 1)
    return np.bincount(borne, minlength=count).astype(np.float64)


def _padded(
    flat: npt.NDArray[Any], lengths: Ints, kind: type[_Kind], absent: int
) -> npt.NDArray[_Kind]:
    """One row for each name, filled up behind its last part."""
    width = int(lengths.max(initial=0)) or 1
    table = np.full((len(lengths), width), absent, dtype=kind)
    table[np.arange(width) < lengths[:, None]] = flat
    return table


def _patronymics(read: Sequence[NameToken], numbers: Ints, lengths: Ints) -> Ints:
    """Which parts are a patronymic: 1 shown, 0 possible, -1 not.

    Two parts are a given and a family name, unless one of them ends like a patronymic; where one
    part shows itself, the others are none.
    """
    ends = np.array([ends_like_a_patronymic(token) for token in read], dtype=bool)[numbers]
    shows = np.array([token.role is TokenRole.PATRONYMIC for token in read], dtype=bool)[numbers]
    name = np.repeat(np.arange(len(lengths)), lengths)
    known = np.bincount(name, weights=shows, minlength=len(lengths)) > 0
    others = np.where(known | (lengths <= _TWO_PARTS), -1, 0)
    possible = ends & (lengths == _TWO_PARTS)[name] & ~known[name]
    return np.asarray(np.where(shows, 1, np.where(possible, 0, others[name])), dtype=np.int64)
