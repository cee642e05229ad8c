"""What is counted in one block of a list, and what do the counts of all blocks make?

First pass. Rarity and prior odds are about whole lists: which name parts there are and
how many bear each, which days of birth, sexes and places. That is small beside the
records, is added up at one place, and goes to every worker.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.birth import NO_DAY, BirthComparison, Numbers, dates_of, full_days
from repatria.linkage.blocking import bearing, evened, evened_rows, weight_table
from repatria.linkage.ground import PlaceComparison, SexComparison
from repatria.linkage.model import Profile
from repatria.linkage.names import NameToken, TokenRole
from repatria.linkage.near_dates import ByDate
from repatria.linkage.neighbours import Neighbours, neighbours_of
from repatria.linkage.ranking import sought
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary, vocabulary_of
from repatria.terms import PartialDate, Script, Sex

EntryKey = tuple[str, str, Script, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCounts:
    """What one block says to the first pass.

    Attributes:
        ids: of its records, in order.
        entries: different name parts, as first met.
        mass: how many records bear each. Shape: (n_entries,) float64.
        tokens: entries of each name, padded. Shape: (n_bearers, width) int32.
        patronymic: as in `Vocabulary`. Shape: as tokens, int8.
        owner: record of each name, counted from the first of the block. Shape: (n_bearers,).
        dates: of birth of the bearer, see `birth.dates_of`. Shape: (n_bearers,).
        births, sexes, places: how often each is said.
    """

    ids: tuple[str, ...]
    entries: tuple[NameToken, ...]
    mass: Floats
    tokens: Numbers
    patronymic: npt.NDArray[np.int8]
    owner: Numbers
    dates: Numbers
    births: Counter[PartialDate]
    sexes: Counter[Sex]
    places: Counter[str]


def counted(profiles: Sequence[Profile]) -> BlockCounts:
    """The counts of one block; its records are in the order of their ids."""
    names = vocabulary_of(profiles)
    dates = dates_of([profile.birth for profile in profiles])
    return BlockCounts(
        ids=tuple(profile.id for profile in profiles),
        entries=names.entries,
        mass=names.mass,
        tokens=names.tokens.astype(np.int32),
        patronymic=names.patronymic,
        owner=names.owner.astype(np.int32),
        dates=dates[names.owner] if len(dates) else dates,
        births=Counter(p.birth for p in profiles if p.birth is not None),
        sexes=Counter(p.sex for p in profiles if p.sex is not None),
        places=Counter(p.place_of_birth for p in profiles if p.place_of_birth.strip()),
    )


def entry_key(entry: NameToken) -> EntryKey:
    """What makes two name parts one entry; as in `vocabulary_of`."""
    return entry.sound, entry.other_sound, entry.script, entry.role is TokenRole.INITIAL


@dataclass
class ListCounts:
    """The counts of all blocks of one list, added up in their order.

    Numbers of entries come out as if the list had been read in one piece.
    """

    numbers: dict[EntryKey, int] = field(default_factory=dict)
    entries: list[NameToken] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    records_before: list[int] = field(default_factory=lambda: [0])
    bearers_before: list[int] = field(default_factory=lambda: [0])
    births: Counter[PartialDate] = field(default_factory=Counter)
    sexes: Counter[Sex] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    _mass: list[float] = field(default_factory=list)
    _tokens: list[Numbers] = field(default_factory=list)
    _patronymic: list[npt.NDArray[np.int8]] = field(default_factory=list)
    _owner: list[Numbers] = field(default_factory=list)
    _dates: list[Numbers] = field(default_factory=list)

    def add(self, block: BlockCounts) -> None:
        """Take in the next block.

        Raises:
            ValueError: an id came before, or is out of order.
        """
        self._check_ids(block.ids)
        local = np.empty(len(block.entries) + 1, dtype=np.int32)
        local[-1] = ABSENT  # where -1 points
        for at, entry in enumerate(block.entries):
            number = self.numbers.setdefault(entry_key(entry), len(self.entries))
            if number == len(self.entries):
                self.entries.append(entry)
                self._mass.append(0.0)
            self._mass[number] += float(block.mass[at])
            local[at] = number
        self._tokens.append(local[block.tokens])
        self._patronymic.append(block.patronymic)
        self._owner.append(block.owner + np.int32(len(self.ids)))
        self._dates.append(block.dates)
        self.ids.extend(block.ids)
        self.records_before.append(len(self.ids))
        self.bearers_before.append(self.bearers_before[-1] + len(block.tokens))
        self.births += block.births
        self.sexes += block.sexes
        self.places += block.places

    def _check_ids(self, ids: Sequence[str]) -> None:
        last = self.ids[-1] if self.ids else None
        for each in ids:
            if last is not None and each <= last:
                msg = "two profiles of one list have the same id"
                raise ValueError(msg)
            last = each

    def side(self) -> "Side":
        """The list as every worker holds it."""
        width = max((part.shape[1] for part in self._tokens), default=1)
        return Side(
            tokens=np.concatenate([padded(part, width, ABSENT) for part in self._tokens]),
            patronymic=np.concatenate([padded(part, width, 0) for part in self._patronymic]),
            owner=np.concatenate(self._owner),
            dates=np.concatenate(self._dates),
            mass=np.array(self._mass),
            size=len(self.ids),
            records_before=tuple(self.records_before),
            bearers_before=tuple(self.bearers_before),
        )

    def vocabulary(self) -> Vocabulary:
        """The name parts of the list, without the names they stand in."""
        return replace(
            vocabulary_of(()),
            entries=tuple(self.entries),
            mass=np.array(self._mass),
            size=len(self.ids),
        )


def padded(table: npt.NDArray[Any], width: int, empty: int) -> npt.NDArray[Any]:
    """The table with columns added, up to a width."""
    more = ((0, 0), (0, width - table.shape[1]))
    return np.pad(table, more, constant_values=empty)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One list as numbers: 20 to 40 bytes a record, at every worker.

    Attributes:
        tokens: entries of each name, padded. Shape: (n_bearers, width) int32.
        patronymic: as in `Vocabulary`. Shape: as tokens, int8.
        owner: record of each name. Shape: (n_bearers,) int32.
        dates: of birth of the bearer, see `birth.dates_of`. Shape: (n_bearers,) int32.
        mass: how many records bear each entry. Shape: (n_entries,) float64.
        size: number of records.
        records_before, bearers_before: how many come before each block, and in all.
    """

    tokens: Numbers
    patronymic: npt.NDArray[np.int8]
    owner: Numbers
    dates: Numbers
    mass: Floats
    size: int
    records_before: tuple[int, ...]
    bearers_before: tuple[int, ...]

    @cached_property
    def bearing(self) -> Any:
        """Bearers by entries, a sparse table."""
        return bearing(self.tokens.astype(np.int64), len(self.mass))

    @cached_property
    def by_entry(self) -> list[Any]:
        """Entries by bearers, to be searched."""
        return evened(self.bearing)

    @cached_property
    def by_date(self) -> ByDate:
        """Bearers by year, and by day and month of birth, to be searched."""
        return ByDate(self.dates, evened_rows(self.bearing))

    @cached_property
    def days(self) -> Numbers:
        """Full day of birth of the bearer, or nought. Shape: (n_bearers,) int32."""
        return full_days(self.dates)

    @cached_property
    def by_day(self) -> tuple[Numbers, Ints]:
        """Days in order, and the bearers who were born on them."""
        order = np.argsort(self.days, kind="stable")
        order = order[self.days[order] != NO_DAY]
        return self.days[order], order

    def bearers_of(self, block: int) -> slice:
        """Where the names of a block stand among all names."""
        return slice(self.bearers_before[block], self.bearers_before[block + 1])

    def block_of(self, bearers: Ints) -> Ints:
        """In which block each of these names stands."""
        return np.searchsorted(np.array(self.bearers_before), bearers, side="right") - 1


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Everything that was counted: what each worker needs beside its own block."""

    left: Side
    right: Side
    neighbours: Neighbours
    birth: BirthComparison
    sex: SexComparison
    place: PlaceComparison

    @classmethod
    def of(cls, left: ListCounts, right: ListCounts) -> "Counts":
        """The counts of two lists, with the weights that follow from them."""
        both = (left, right)
        return cls(
            left=left.side(),
            right=right.side(),
            neighbours=neighbours_of(left.vocabulary(), right.vocabulary()),
            birth=BirthComparison(_each(one.births for one in both)),
            sex=SexComparison(_each(one.sexes for one in both)),
            place=PlaceComparison(_each(one.places for one in both)),
        )

    @cached_property
    def vocabularies(self) -> tuple[Vocabulary, Vocabulary]:
        """The names of both lists as numbers, without the parts that they stand for."""
        left, right = (
            replace(
                vocabulary_of(()),
                owner=side.owner.astype(np.int64),
                tokens=side.tokens.astype(np.int64),
                patronymic=side.patronymic,
                mass=side.mass,
                size=side.size,
            )
            for side in (self.left, self.right)
        )
        return left, right

    @property
    def dates(self) -> tuple[Numbers, Numbers]:
        """Of birth of the bearers of both lists."""
        return self.left.dates, self.right.dates

    @cached_property
    def sought(self) -> Neighbours:
        """The neighbours as they count in finding and ranking."""
        return sought(self.neighbours)

    @cached_property
    def weight(self) -> Any:
        """Weights of name parts that agree, entries of the left by entries of the right."""
        return weight_table(self.sought, (self.left.mass, self.right.mass))


def _each(counters: Iterable[Counter[Any]]) -> Iterable[Any]:
    return chain.from_iterable(counter.elements() for counter in counters)
