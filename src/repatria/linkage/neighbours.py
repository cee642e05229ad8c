"""Which parts of the names of two lists sound alike, and how surprising is it?

Found by shared skeletons, one consonant may differ; all else is too far to be
called alike. That rare parts agree says much, that common ones agree little:
how common is counted in the two lists themselves.
"""

from dataclasses import dataclass

import numpy as np

from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
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
        bits: what the sounds speak for one name. Shape: (n,) float64.
        shortfall: how much less that is than spellings of one name give on average, bits.
            Shape: (n,) float64.
        surprise: -log2 of the chance that two persons agree at least so well. Shape: (n,) float64.
        weight: match weight of the agreement, log2. Shape: (n,) float64.
        shape: sizes of the two vocabularies.
    """

    rows: Ints
    columns: Ints
    bits: Floats
    shortfall: Floats
    surprise: Floats
    weight: Floats
    shape: tuple[int, int]


def neighbours_of(
    left: Vocabulary, right: Vocabulary, *, weights: NameWeights = NAME_WEIGHTS
) -> Neighbours:
    """The entries of two vocabularies that sound alike, with what their agreement weighs."""
    sounds = sounds_of(left.entries), sounds_of(right.entries)
    rows, columns = _sharing_a_skeleton(left.entries, right.entries)
    bits = sound_bits(*sounds, rows, columns)
    likely = bits >= weights.least_bits
    rows, columns, bits = rows[likely], columns[likely], bits[likely]
    shortfall = expected_bits(*sounds, rows, columns) - bits
    near = shortfall <= weights.furthest
    more = _initials(left.entries, right.entries)
    rows, columns = np.r_[rows[near], more[0]], np.r_[columns[near], more[1]]
    bits = np.r_[bits[near], np.full(len(more[0]), weights.initial_bits)]
    shortfall = np.r_[shortfall[near], np.full(len(more[0]), weights.initial_shortfall)]
    order = np.lexsort((columns, rows))
    rows, columns, bits, shortfall = rows[order], columns[order], bits[order], shortfall[order]
    surprise = _surprise(left, right, rows, columns, bits, weights)
    return Neighbours(
        rows=rows,
        columns=columns,
        bits=bits,
        shortfall=shortfall,
        surprise=surprise,
        weight=surprise - weights.shortfall * np.maximum(shortfall, 0) + weights.aligned,
        shape=(len(left.entries), len(right.entries)),
    )


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
    bits: Floats,
    weights: NameWeights,
) -> Floats:
    """-log2 of the chance that a part of another person's name agrees at least so well.

    The bearers that agree so well are counted in both lists, the pair itself left out, and
    smoothed by a small imagined population, so that a list of one says something too: by
    Markov's inequality two unrelated names agree by `bits` with a chance of 2 ** -bits at most.
    """
    bearers = _mass_within(rows, -bits, right.mass[columns])
    bearers += _mass_within(columns, -bits, left.mass[rows])
    imagined = np.minimum(2.0**-bits, 0.5)
    chance = (np.maximum(bearers - 2, 0) + weights.imagined * imagined) / (
        left.size + right.size + weights.imagined
    )
    return np.asarray(-np.log2(np.clip(chance, 2.0**-40, 1.0)))


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
