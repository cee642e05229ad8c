"""Which different name parts occur in a list, and in which records?

Each distinct part is compared once, however many records bear it. A record
with several names appears here as several bearers of one profile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from repatria.linkage.columns import ProfileColumns, names_of
from repatria.linkage.model import Profile
from repatria.linkage.names import (
    NameToken,
    TokenRole,
    ends_like_a_patronymic,
)
from repatria.linkage.names.whole_list import ABSENT as NO_PART
from repatria.linkage.names.whole_list import ListReader
from repatria.linkage.scientific import each_once_in_order
from repatria.terms import PersonName, Script

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_Kind = TypeVar("_Kind", bound=np.generic)
MOST_TOKENS = 8
_TWO_PARTS = 2
ABSENT = NO_PART


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
    reader = ListReader(MOST_TOKENS)
    texts, owners, others = _written(profiles)
    numbers, shown = reader.read(texts, others)
    lengths = (numbers != ABSENT).sum(axis=1)
    width = int(lengths.max(initial=0)) or 1
    numbers, shown = numbers[:, :width].copy(), shown[:, :width].copy()
    there = numbers != ABSENT
    flat = numbers[there].astype(np.int64)
    entries, tokens = _entries(reader.one_by_one.tokens, flat)
    patronymics = _patronymics(reader.one_by_one.tokens, flat, lengths)
    return Vocabulary(
        entries=entries,
        bearers=Bearers(tokens=reader.one_by_one.tokens, numbers=numbers),
        owner=owners,
        tokens=_padded(tokens, there, np.int64, ABSENT),
        patronymic=_padded(patronymics, there, np.int8, 0),
        parts=shown,
        mass=_mass(np.repeat(owners, lengths), tokens, len(entries)),
        size=len(profiles),
    )


def _written(
    profiles: Sequence[Profile],
) -> tuple[Sequence[str], Ints, Mapping[int, tuple[PersonName, str]]]:
    """Every name as written, whose it is, and those of which more is known than the text."""
    if isinstance(profiles, ProfileColumns) and not (profiles.named or profiles.fathers):
        return profiles.texts, np.arange(len(profiles), dtype=np.int64), {}
    texts: list[str] = []
    owners: list[int] = []
    others: dict[int, tuple[PersonName, str]] = {}
    for owner, (names, father) in enumerate(names_of(profiles)):
        for name in names:
            if isinstance(name, str):
                texts.append(name)
            else:
                if father or name.patronymic:
                    others[len(texts)] = name, father
                texts.append(name.text)
            owners.append(owner)
    return texts, np.array(owners, dtype=np.int64), others


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearers(Sequence[tuple[NameToken, ...]]):
    """The parts of each name of a list, as written.

    Attributes:
        tokens: every different part.
        numbers: places of the parts of each name in `tokens`, padded. Shape: (n_bearers, width).
    """

    tokens: Sequence[NameToken]
    numbers: npt.NDArray[np.int32]

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
        return tuple(self.tokens[number] for number in self.numbers[at] if number != ABSENT)


def _entries(read: Sequence[NameToken], numbers: Ints) -> tuple[tuple[NameToken, ...], Ints]:
    """The distinct parts as first met, and which of them each part is."""
    used, first = np.unique(numbers, return_index=True)
    places: dict[tuple[str, str, Script, bool], int] = {}
    entries: list[NameToken] = []
    entry_of = np.zeros(len(read), dtype=np.int64)
    for number in used[np.argsort(first)].tolist():
        token = read[number]
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
    borne = each_once_in_order(owners * max(count, 1) + entries) % max(count, 1)
    return np.bincount(borne, minlength=count).astype(np.float64)


def _padded(
    flat: npt.NDArray[Any], there: npt.NDArray[np.bool_], kind: type[_Kind], absent: int
) -> npt.NDArray[_Kind]:
    """One row for each name, filled up behind its last part."""
    table = np.full(there.shape, absent, dtype=kind)
    table[there] = flat
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
