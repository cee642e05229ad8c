"""Which parts of the names of two lists sound alike, and how surprising is it?

Found by shared skeletons, one consonant may differ; all else is too far to be
called alike. That rare parts agree says much, that common ones agree little:
how common is counted in the two lists themselves.
"""

from dataclasses import dataclass

import numpy as np

from repatria.linkage.distance import sound_distances
from repatria.linkage.names import NameToken, TokenRole, skeletons_of
from repatria.linkage.scientific import sparse_table
from repatria.linkage.vocabulary import Floats, Ints, Vocabulary
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights

_LEAST_TO_DROP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Pairs of vocabulary entries that sound alike, sorted by row, then column.

    Attributes:
        rows, columns: entries of the left and the right vocabulary. Shape: (n,) int64.
        distance: of the sounds. Shape: (n,) float64.
        surprise: -log2 of the chance that two persons agree at least so well. Shape: (n,) float64.
        weight: match weight of the agreement, log2. Shape: (n,) float64.
        shape: sizes of the two vocabularies.
    """

    rows: Ints
    columns: Ints
    distance: Floats
    surprise: Floats
    weight: Floats
    shape: tuple[int, int]


def neighbours_of(
    left: Vocabulary, right: Vocabulary, *, weights: NameWeights = NAME_WEIGHTS
) -> Neighbours:
    """The entries of two vocabularies that sound alike, with what their agreement weighs."""
    rows, columns = _sharing_a_skeleton(left.entries, right.entries)
    distance = sound_distances(left.entries, right.entries, rows, columns)
    one, other = _lengths(left.entries)[rows], _lengths(right.entries)[columns]
    near = distance <= np.minimum(weights.furthest, weights.furthest_share * np.maximum(one, other))
    rows, columns, distance = rows[near], columns[near], distance[near]
    more = _initials(left.entries, right.entries)
    rows, columns = np.r_[rows, more[0]], np.r_[columns, more[1]]
    distance = np.r_[distance, np.full(len(more[0]), weights.initial_distance)]
    order = np.lexsort((columns, rows))
    rows, columns, distance = rows[order], columns[order], distance[order]
    surprise = _surprise(left, right, rows, columns, distance, weights)
    return Neighbours(
        rows=rows,
        columns=columns,
        distance=distance,
        surprise=surprise,
        weight=weights.surprise * surprise - weights.distance * distance + weights.aligned,
        shape=(len(left.entries), len(right.entries)),
    )


def _lengths(entries: tuple[NameToken, ...]) -> Floats:
    return np.array([len(entry.sound) for entry in entries], dtype=np.float64)


def _sharing_a_skeleton(
    left: tuple[NameToken, ...], right: tuple[NameToken, ...]
) -> tuple[Ints, Ints]:
    """Pairs of entries with a common key: a skeleton, or one with a consonant dropped."""
    numbers: dict[str, int] = {}
    keyed = [_keyed(entries, numbers) for entries in (left, right)]
    tables = [
        sparse_table(np.ones(len(places), dtype=np.int32), places, keys, (len(side), len(numbers)))
        for side, (places, keys) in zip((left, right), keyed, strict=True)
    ]
    both = (tables[0] @ tables[1].T).tocoo()
    return both.row.astype(np.int64), both.col.astype(np.int64)


def _keyed(entries: tuple[NameToken, ...], numbers: dict[str, int]) -> tuple[Ints, Ints]:
    places, keys = [], []
    for place, entry in enumerate(entries):
        if entry.role is TokenRole.INITIAL:
            continue
        for key in _dropping_one(skeletons_of(entry.sound)):
            places.append(place)
            keys.append(numbers.setdefault(key, len(numbers)))
    return np.array(places, dtype=np.int64), np.array(keys, dtype=np.int64)


def _dropping_one(skeletons: frozenset[str]) -> frozenset[str]:
    found = set(skeletons)
    for skeleton in skeletons:
        if len(skeleton) >= _LEAST_TO_DROP:
            found.update(skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton)))
    return frozenset(found)


def _initials(left: tuple[NameToken, ...], right: tuple[NameToken, ...]) -> tuple[Ints, Ints]:
    """Pairs in which at least one is a lone initial that the other begins with."""
    pairs: list[tuple[int, int]] = []
    for flipped, (some, others) in enumerate(((left, right), (right, left))):
        for place, entry in enumerate(some):
            if entry.role is not TokenRole.INITIAL:
                continue
            for at, other in enumerate(others):
                if flipped and other.role is TokenRole.INITIAL:
                    continue
                if _begins(entry, other):
                    pairs.append((at, place) if flipped else (place, at))
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _begins(initial: NameToken, other: NameToken) -> bool:
    return (
        initial.skeleton[0] == other.skeleton[0]
        if other.sound[0] not in "aeiouEIOUAWY"
        else initial.sound[0] == other.sound[0]
    )


def _surprise(
    left: Vocabulary,
    right: Vocabulary,
    rows: Ints,
    columns: Ints,
    distance: Floats,
    weights: NameWeights,
) -> Floats:
    """-log2 of the chance that a part of another person's name sounds at least so near.

    The bearers at least so near are counted in both lists, the pair itself left out, and
    smoothed by a small imagined population, so that a list of one says something too.
    """
    bearers = _mass_within(rows, distance, right.mass[columns])
    bearers += _mass_within(columns, distance, left.mass[rows])
    firm = np.minimum(_firm(left.entries)[rows], _firm(right.entries)[columns])
    imagined = np.minimum(2.0 ** (weights.doubt_per_distance * distance - 2 * firm - 1), 0.5)
    chance = (np.maximum(bearers - 2, 0) + weights.imagined * imagined) / (
        left.size + right.size + weights.imagined
    )
    return np.asarray(-np.log2(np.minimum(chance, 1.0)))


def _firm(entries: tuple[NameToken, ...]) -> Floats:
    """Firm consonants of each entry; of an initial, half of one."""
    return np.array(
        [0.5 if e.role is TokenRole.INITIAL else len(e.skeleton) for e in entries],
        dtype=np.float64,
    )


def _mass_within(places: Ints, distance: Floats, mass: Floats) -> Floats:
    """For each pair, the mass of all pairs of the same place at the same distance or nearer."""
    order = np.lexsort((distance, places))
    place, near, running = places[order], distance[order], np.cumsum(mass[order])
    if not len(order):
        return running
    first = np.r_[True, place[1:] != place[:-1]]
    before = (running - mass[order])[first][np.cumsum(first) - 1]
    last_of_tie = np.r_[(place[1:] != place[:-1]) | (near[1:] > near[:-1] + 1e-9), True]
    ends = np.flatnonzero(last_of_tie)
    reached = running[ends[np.searchsorted(ends, np.arange(len(order)))]]
    result = np.empty(len(order))
    result[order] = reached - before
    return result
