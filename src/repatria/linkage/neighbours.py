"""Which parts of the names of two lists sound alike, and how surprising is it?

Found by shared skeletons, one consonant may differ; all else is too far to be
called alike. That rare parts agree says much, that common ones agree little:
how common is counted in the two lists themselves, and of short lists is known
from the peoples they are about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.frequencies import common_shares
from repatria.linkage.names import (
    NameForm,
    NameToken,
    TokenRole,
    other_forms,
    other_readings,
)
from repatria.linkage.names.forms import UNWRITTEN
from repatria.linkage.skeleton_pairs import near_in_skeleton
from repatria.linkage.vocabulary import Floats, Ints, Vocabulary
from repatria.linkage.weights import NAME_WEIGHTS, NameWeights
from repatria.terms import Script

_VOWELS = frozenset("aeiouEIOUAWY")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Neighbours:
    """Pairs of vocabulary entries that sound alike, sorted by row, then column.

    What is made ready of them once is found again by which they are, not by what they hold.

    Attributes:
        rows, columns: entries of the left and the right vocabulary. Shape: (n,) int64.
        bits: what the sounds speak for one name. Shape: (n,) float64.
        shortfall: how much less that is than spellings of one name give on average, bits.
            Shape: (n,) float64.
        surprise: -log2 of the chance that two persons agree at least so well. Shape: (n,) float64.
        contrast: by how many bits both have a nearer neighbour in the other list; nought where
            one of them has none: Mahmoud is not Mohammed where both names are to be found.
            Shape: (n,) float64.
        weight: match weight of the agreement, log2. Shape: (n,) float64.
        initial: one of the two is a lone initial. Shape: (n,) bool.
        form: one is a short form of the other, or both of a third. Shape: (n,) bool.
        shape: sizes of the two vocabularies.
    """

    rows: Ints
    columns: Ints
    bits: Floats
    shortfall: Floats
    surprise: Floats
    contrast: Floats
    weight: Floats
    initial: npt.NDArray[np.bool_]
    form: npt.NDArray[np.bool_]
    shape: tuple[int, int]


def neighbours_of(
    left: Vocabulary,
    right: Vocabulary,
    *,
    weights: NameWeights = NAME_WEIGHTS,
    foreign: bool = True,
) -> Neighbours:
    """The entries of two vocabularies that sound alike, with what their agreement weighs.

    Args:
        left, right: the name parts of both lists.
        weights: how much each agreement counts.
        foreign: a name is also known by what other languages call it.
    """
    ones = _Readings.of(left.entries, right.entries, foreign=foreign)
    others = _Readings.of(right.entries, left.entries, foreign=foreign)
    rows, columns, bits, shortfall, form = _alike(ones, others, weights)
    more = _initials(left.entries, right.entries)
    rows, columns = np.r_[rows, more[0]], np.r_[columns, more[1]]
    bits = np.r_[bits, np.full(len(more[0]), weights.initial_bits)]
    shortfall = np.r_[shortfall, np.full(len(more[0]), weights.initial_shortfall)]
    initial = np.r_[
        np.zeros(len(rows) - len(more[0]), dtype=bool), np.ones(len(more[0]), dtype=bool)
    ]
    form = np.r_[form, np.zeros(len(more[0]), dtype=bool)]
    order = np.lexsort((columns, rows))
    initial, form = initial[order], form[order]
    rows, columns, bits, shortfall = rows[order], columns[order], bits[order], shortfall[order]
    surprise = _surprise(left, right, rows, columns, bits, weights)
    return Neighbours(
        rows=rows,
        columns=columns,
        bits=bits,
        shortfall=shortfall,
        surprise=surprise,
        contrast=np.where(initial, 0, _contrast(rows, columns, bits)),
        weight=_weight(surprise, np.maximum(shortfall, 0), weights),
        initial=initial,
        form=form,
        shape=(len(left.entries), len(right.entries)),
    )


def _contrast(rows: Ints, columns: Ints, bits: Floats) -> Floats:
    """The lesser of how far the best of the row and of the column lie above each. Shape: (n,)."""
    above = []
    for places in (rows, columns):
        best = np.full(int(places.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(best, places, bits)
        above.append(best[places] - bits)
    return np.minimum(*above)


def _weight(surprise: Floats, shortfall: Floats, weights: NameWeights) -> Floats:
    """Gain by which parts are aligned: never below nought where the sounds agree well.

    That Mohammed agrees with Mohammed says next to nothing, but it is no conflict.
    """
    weight = surprise - weights.shortfall * shortfall + weights.aligned
    return np.asarray(
        np.where(shortfall <= weights.agreeing, np.maximum(weight, weights.least_gain), weight)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readings:
    """Every way to read the entries of a vocabulary; initials have none.

    Attributes:
        entry: the entry that is read so. Shape: (n_readings,) int64.
        words: in the phonetic alphabet.
        scripts: class of the script. Shape: (n_readings,) int64.
        form: read as another form of the name. Shape: (n_readings,) bool.
        foreign: read as what another language calls it. Shape: likewise.
    """

    entry: Ints
    words: tuple[str, ...]
    scripts: Ints
    form: npt.NDArray[np.bool_]
    foreign: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls, entries: tuple[NameToken, ...], beside: tuple[NameToken, ...], *, foreign: bool
    ) -> "_Readings":
        """The readings of these entries that those of the other list may meet."""
        # A short form that is written without vowels is not in the dictionary: the full one is
        # asked. What is in none of their scripts meets none of them.
        scripts = frozenset(entry.script for entry in beside)
        found = [
            (number, way)
            for number, entry in enumerate(entries)
            if entry.role is not TokenRole.INITIAL
            for way in _ways_to_read(entry, scripts)
            if foreign or not isinstance(way, NameForm) or not way.foreign
        ]
        ways = [way for _, way in found]
        return cls(
            entry=np.array([number for number, _ in found], dtype=np.int64),
            words=tuple(way.sound for way in ways),
            scripts=np.array([SCRIPT_CLASS[way.script] for way in ways], dtype=np.int64),
            form=np.array([isinstance(way, NameForm) for way in ways], dtype=bool),
            foreign=np.array([isinstance(way, NameForm) and way.foreign for way in ways], bool),
        )


class _Way(NamedTuple):
    """An entry as it is written."""

    sound: str
    script: Script


def _ways_to_read(entry: NameToken, beside: frozenset[Script]) -> Iterator["_Way | NameForm"]:
    """How an entry may sound; `beside` are the scripts of the other list."""
    yield _Way(entry.sound, entry.script)
    if entry.other_sound:
        yield _Way(entry.other_sound, entry.script)
        if entry.other_sound.startswith(tuple(f"{entry.sound}{vowel}" for vowel in "oei")):
            # Арович and Никитич do not show that the father is Ара and Никита.
            yield _Way(f"{entry.sound}a", entry.script)
    for sound in other_readings(entry, beside):
        yield _Way(sound, entry.script)
    for form in other_forms(entry.sound, entry.script, short=bool(beside & UNWRITTEN)):
        if form.script not in UNWRITTEN or form.script in beside:
            yield form


def _alike(
    ones: _Readings, others: _Readings, weights: NameWeights
) -> tuple[Ints, Ints, Floats, Floats, npt.NDArray[np.bool_]]:
    """Pairs of entries that sound alike in their best readings: with bits, shortfall and form."""
    sounds = sounds_of(ones.words, ones.scripts), sounds_of(others.words, others.scripts)
    rows, columns = near_in_skeleton(ones.words, others.words)
    # What two names are called elsewhere is told by either of them.
    here = np.flatnonzero(~(ones.foreign[rows] & others.foreign[columns]))
    rows, columns = rows[here], columns[here]
    bits = sound_bits(*sounds, rows, columns)
    bits -= weights.form * (ones.form[rows].astype(np.int64) + others.form[columns])
    likely = bits >= weights.least_bits
    rows, columns, bits = rows[likely], columns[likely], bits[likely]
    shortfall = expected_bits(*sounds, rows, columns) - bits
    near = shortfall <= weights.furthest
    bits, shortfall = bits[near], shortfall[near]
    form = (ones.form[rows] | others.form[columns])[near]
    rows, columns = ones.entry[rows[near]], others.entry[columns[near]]
    order = np.lexsort((-bits, columns, rows))
    keys = rows[order] * (int(columns.max(initial=0)) + 1) + columns[order]
    best = order[np.r_[True, keys[1:] != keys[:-1]]] if len(order) else order
    return rows[best], columns[best], bits[best], shortfall[best], form[best]


def _initials(left: tuple[NameToken, ...], right: tuple[NameToken, ...]) -> tuple[Ints, Ints]:
    """Pairs in which at least one is a lone initial that the other begins with."""
    pairs: list[tuple[int, int]] = []
    for flipped, (some, others) in enumerate(((left, right), (right, left))):
        beginning = _by_first_sound(others, initials=not flipped)
        for place, entry in enumerate(some):
            if entry.role is not TokenRole.INITIAL:
                continue
            found = sorted({at for key in _first_sounds(entry) for at in beginning.get(key, ())})
            pairs.extend((at, place) if flipped else (place, at) for at in found)
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _by_first_sound(
    entries: tuple[NameToken, ...], *, initials: bool
) -> dict[tuple[bool, str], list[int]]:
    """Entries by their first vowel, or by the skeleton of their first consonant."""
    found: dict[tuple[bool, str], list[int]] = {}
    for at, entry in enumerate(entries):
        if initials or entry.role is not TokenRole.INITIAL:
            vowel = entry.sound[0] in _VOWELS
            key = (vowel, entry.sound[0] if vowel else entry.skeleton[:1])
            found.setdefault(key, []).append(at)
    return found


def _first_sounds(initial: NameToken) -> tuple[tuple[bool, str], ...]:
    return (True, initial.sound[0]), (False, initial.skeleton[:1])


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
    smoothed by a small imagined population, so that a list of one says something too, and long
    lists hardly hear it. Its people bear names that are common among the peoples of the lists,
    and others: by Markov's inequality two unrelated names agree by `bits` with a chance of
    2 ** -bits at most. Names are not unrelated, though: they share endings and roots, so that not
    all bits count.

    Source: a Dirichlet prior counts as so many bearers seen before (Good 1965).
    """
    bearers = _mass_within(rows, -bits, right.mass[columns])
    bearers += _mass_within(columns, -bits, left.mass[rows])
    shares = common_shares(left, right)
    imagined = np.minimum(2.0 ** (-weights.trusted * bits), 0.5)
    imagined = np.maximum(imagined, (shares[0][rows] + shares[1][columns]) / 2)
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
