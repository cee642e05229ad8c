"""How does a question become a program over classes?

Works on the coefficients: but for who is eligible it knows nothing of the field.
"""

import hashlib
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from repatria.planning.classes import CAUSES, Classes, Spread
from repatria.planning.instance import Instance, Level, LevelKind
from repatria.planning.rounds import find_arcs, find_cycles, ways_of
from repatria.planning.solvers import NO_LIMIT, Program
from repatria.planning.solvers.program import Whole
from repatria.planning.table import Table

LOTTERY_BITS = 20
Numbers = TypeVar("Numbers", Whole, NDArray[np.uint64])
_BROKEN = CAUSES.index("family-broken")


def build_classes(instance: Instance, table: Table | None = None) -> Classes:
    """The program of a question.

    Cost: linear in persons times rules; half a second for 100,000 persons.
    """
    table = table or Table(instance)
    causes = find_causes(instance, table)
    unit_of = _units(table, causes)
    eligible = unit_of >= 0
    units = unit_of[eligible]
    unit_count = int(units.max()) + 1 if len(units) else 0
    parts = _Parts(eligible=eligible, units=units, unit_count=unit_count)
    rows = [parts.per_unit(table.weights(rule.terms)) for rule in instance.rules]
    levels = [
        parts.per_unit(table.picked(level.select).astype(np.int64))
        for level in instance.levels
        if level.kind is LevelKind.COUNT
    ]
    size = parts.per_unit(np.ones(len(table), dtype=np.int64))
    arcs = find_arcs(instance, table)
    spreads = [
        (level, _spread_codes(level, table, causes))
        for level in instance.levels
        if level.kind is LevelKind.MAXMIN
    ]
    keys = _keys(instance, parts, rows, levels, size, arcs, spreads)
    unique, first, class_of, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    exact = [*rows, *levels, size]
    if any(bool(np.any(part != part[first][class_of])) for part in exact):
        msg = "two standings that differ have got the same key"
        raise ArithmeticError(msg)
    return _assemble(
        instance, causes, unit_of, class_of, counts, unique, parts,
        [row[first] for row in rows], [level[first] for level in levels], size[first],
        first, arcs, spreads,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Parts:
    """How persons add up to units."""

    eligible: NDArray[np.bool_]
    units: Whole
    unit_count: int

    def per_unit(self, per_person: Numbers) -> Numbers:
        """The sums over the members of each unit."""
        total: Numbers = np.zeros(self.unit_count, dtype=per_person.dtype)
        np.add.at(total, self.units, per_person[self.eligible])
        return total


def find_causes(instance: Instance, table: Table) -> NDArray[np.int8]:
    """For each person why he cannot be chosen, as an index into `CAUSES`.

    Source: GC III art. 109(3), nobody against his will; one plan per person.
    """
    causes = np.zeros(len(instance), dtype=np.int8)
    checks = (
        ~table.equal("alive_confirmed", True),
        table.equal("consent", False),
        table.equal("vetoed", True),
        ~table.equal("locked_in", ""),
        ~table.equal("barred", ""),
    )
    for cause, applies in reversed(tuple(enumerate(checks, start=1))):
        causes[applies] = cause
    codes, numbers = table.codes("family")
    if set(numbers) - {None}:
        broken = np.zeros(len(numbers), dtype=bool)
        broken[codes[causes != 0]] = True
        if None in numbers:
            broken[numbers[None]] = False
        causes[(causes == 0) & broken[codes]] = _BROKEN
    return causes


def _units(table: Table, causes: NDArray[np.int8]) -> Whole:
    codes, numbers = table.codes("family")
    alone = codes == numbers.get(None, -1)
    # Families first, by number, then each of the others for himself.
    labels = np.where(alone, np.arange(len(codes)) + len(numbers), codes)
    eligible = causes == 0
    unit_of = np.full(len(codes), -1, dtype=np.int64)
    _, inverse = np.unique(labels[eligible], return_inverse=True)
    unit_of[eligible] = inverse
    return unit_of


def _spread_codes(
    level: Level, table: Table, causes: NDArray[np.int8]
) -> tuple[tuple[str, ...], Whole, Whole]:
    """Names of the groups, for each person his group or -1, and their totals."""
    codes, numbers = table.codes(level.by)
    picked = table.picked(level.select)
    counted = picked & ((causes == 0) | (causes == _BROKEN))
    totals = np.bincount(codes[counted], minlength=len(numbers))
    names = sorted((str(value), number) for value, number in numbers.items() if totals[number])
    place = np.full(len(numbers), -1, dtype=np.int64)
    for index, (_, number) in enumerate(names):
        place[number] = index
    groups = np.where(picked, place[codes], -1)
    return tuple(name for name, _ in names), groups, totals[[number for _, number in names]]


def constant(name: str) -> int:
    """A number that stands for a rule, a level or a group in the key of a class."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def ticket(nonce: str, key: int) -> int:
    """The lottery number of a class, from what the rules see of it; at least 1.

    20 bits, so that sums over a hundred thousand persons stay exact in floating
    point. Neither an id nor the order of the file goes in.
    """
    digest = hashlib.sha256(f"{nonce}\n{key}".encode()).digest()
    return (int.from_bytes(digest[:4], "big") >> (32 - LOTTERY_BITS)) + 1


def _keys(
    instance: Instance,
    parts: _Parts,
    rows: list[Whole],
    levels: list[Whole],
    size: Whole,
    arcs: dict[tuple[str, str], NDArray[np.bool_]],
    spreads: list[tuple[Level, tuple[tuple[str, ...], Whole, Whole]]],
) -> NDArray[np.uint64]:
    """Per unit a number that is equal exactly for units that look the same."""
    keys = size.astype(np.uint64) * np.uint64(constant("size"))
    counted = [level.id for level in instance.levels if level.kind is LevelKind.COUNT]
    names = [*(f"rule:{rule.id}" for rule in instance.rules), *(f"level:{id_}" for id_ in counted)]
    for name, part in zip(names, [*rows, *levels], strict=True):
        keys += part.astype(np.uint64) * np.uint64(constant(name))
    ways = np.zeros(len(parts.eligible), dtype=np.uint64)
    for (giver, taker), mask in arcs.items():
        ways[mask] += np.uint64(constant(f"arc:{giver}>{taker}"))
    for level, (names_, groups, _) in spreads:
        marks = [constant(f"level:{level.id}:{name}") for name in names_]
        ways += np.array([*marks, 0], dtype=np.uint64)[groups]
    return keys + parts.per_unit(ways)


def _assemble(
    instance: Instance,
    causes: NDArray[np.int8],
    unit_of: Whole,
    class_of: Whole,
    sizes: Whole,
    keys: NDArray[np.uint64],
    parts: _Parts,
    rows: list[Whole],
    levels: list[Whole],
    persons: Whole,
    first: Whole,
    arcs: dict[tuple[str, str], NDArray[np.bool_]],
    spreads: list[tuple[Level, tuple[tuple[str, ...], Whole, Whole]]],
) -> Classes:
    # Of each class one unit stands for all: its members, person by person.
    stands_for = np.full(parts.unit_count, -1, dtype=np.int64)
    stands_for[first] = np.arange(len(first))
    place = np.full(len(causes), -1, dtype=np.int64)
    place[parts.eligible] = stands_for[parts.units]
    ways = [_per_class(place, mask, len(sizes)) for mask in arcs.values()]
    capacity = [int(way @ sizes) for way in ways]
    cycles = find_cycles(arcs, capacity, instance.cycle_cap)
    program = _program(instance, rows, sizes, list(arcs), ways, capacity, cycles)
    gains: list[Whole] = []
    lots = iter(levels)
    nothing = np.zeros(0, dtype=np.int64)
    rounds = np.zeros(len(cycles), dtype=np.int64)
    for level in instance.levels:
        if level.kind is LevelKind.COUNT:
            gains.append(np.concatenate([next(lots), rounds]))
        elif level.kind is LevelKind.HASH:
            tickets = [ticket(f"{instance.nonce}\n{level.id}", int(key)) for key in keys.tolist()]
            gains.append(np.concatenate([np.array(tickets, dtype=np.int64), rounds]))
        else:
            gains.append(nothing)
    found = {
        instance.levels.index(level): _spread(place, names, groups, totals, len(sizes))
        for level, (names, groups, totals) in spreads
    }
    return Classes(
        instance=instance, causes=causes, unit_of=unit_of, class_of=class_of,
        sizes=sizes, persons=persons, keys=tuple(keys.tolist()), program=program,
        gains=tuple(gains), spreads=found, ways=tuple(arcs), cycles=cycles,
    )  # fmt: skip


def _per_class(place: Whole, mask: NDArray[np.bool_], count: int) -> Whole:
    return np.bincount(place[mask & (place >= 0)], minlength=count)


def _spread(
    place: Whole, names: tuple[str, ...], groups: Whole, totals: Whole, count: int
) -> Spread:
    counted = (place >= 0) & (groups >= 0)
    flat = groups[counted] * count + place[counted]
    entries, weights = np.unique(flat, return_counts=True)
    group = entries // count if count else entries
    return Spread(
        groups=names,
        totals=totals,
        starts=np.searchsorted(group, np.arange(len(names) + 1)),
        columns=entries - group * count,
        weights=weights,
    )


def _program(
    instance: Instance,
    rows: list[Whole],
    sizes: Whole,
    ways: list[tuple[str, str]],
    per_way: list[Whole],
    capacity: list[int],
    cycles: tuple[tuple[str, ...], ...],
) -> Program:
    starts, columns, weights = [0], [], []
    rounds = {way: [n for n, ring in enumerate(cycles) if way in ways_of(ring)] for way in ways}
    for row in rows:
        (nonzero,) = np.nonzero(row)
        columns.append(nonzero)
        weights.append(row[nonzero])
    for way, part in zip(ways, per_way, strict=True):
        (nonzero,) = np.nonzero(part)
        through = np.array(rounds[way], dtype=np.int64)
        columns.append(np.concatenate([nonzero, through + len(sizes)]))
        weights.append(np.concatenate([part[nonzero], np.full(len(through), -1)]))
    for part in columns:
        starts.append(starts[-1] + len(part))
    room = dict(zip(ways, capacity, strict=True))
    most = [min(room[way] for way in ways_of(ring)) for ring in cycles]
    nothing = np.zeros(0, dtype=np.int64)
    even = np.zeros(len(ways), dtype=np.int64)
    lower = [-NO_LIMIT if rule.lower is None else rule.lower for rule in instance.rules]
    upper = [NO_LIMIT if rule.upper is None else rule.upper for rule in instance.rules]
    return Program(
        lower=np.zeros(len(sizes) + len(cycles), dtype=np.int64),
        upper=np.concatenate([sizes, np.array(most, dtype=np.int64)]),
        starts=np.array(starts, dtype=np.int64),
        columns=np.concatenate([nothing, *columns]),
        weights=np.concatenate([nothing, *weights]),
        row_lower=np.concatenate([np.array(lower, dtype=np.int64), even]),
        row_upper=np.concatenate([np.array(upper, dtype=np.int64), even]),
    )
