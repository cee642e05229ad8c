"""How common are name parts among the peoples that two lists are about?

Ten names say nothing of how many people are called Mohammed. A table of what peoples
call their children does, once it is known which peoples the lists are about, and that
the names in them tell. It speaks for names that it knows: of any other name it says
nothing, neither that it is common nor that it is rare.

Source: `names/frequencies.csv`, made by `tools/linkage/frequencies.py` from open counts
of births and bearers; shares of peoples by expectation maximisation for mixtures
(Dempster, Laird and Rubin 1977).
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import Sounds, expected_bits, sound_bits, sounds_of
from repatria.linkage.names import NameToken, TokenRole, other_forms, skeleton_of, skeletons_of
from repatria.linkage.scientific import each_once_in_order
from repatria.linkage.vocabulary import Floats, Ints, Vocabulary
from repatria.terms import Script

_FILE = "frequencies.csv"
_UNIT = 1e-5
_SCRIPTS = {script.value: script for script in Script}
# A part is taken for a name of the table when its sound falls short by so many bits at most.
_FURTHEST = 5.0
# What a people is thought to call one in so many of its parts where the table knows nothing.
_UNKNOWN = 1e-4
_ROUNDS = 20
_MOST = 0.5
_LONG = 2_000
"""So many records of both lists are long lists: the table is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The names of the file, one entry for each spelling.

    Attributes:
        sounds: how each is spoken.
        name: which names of a people share bearers: spellings of one have one number.
        people: whose each name is. Shape: (n_names,) int64.
        given, family: share of the people that bears it so. Shape: (n_names,) float64.
        at: places of spellings by the script in which they are met, and skeleton.
        peoples: how many there are.
    """

    sounds: Sounds
    name: Ints
    people: Ints
    given: Floats
    family: Floats
    at: Mapping[tuple[Script, str], tuple[int, ...]]
    peoples: int


@lru_cache(maxsize=1)
def _table() -> _Table:
    """Cost: some 30 ms once."""
    path = resources.files("repatria.linkage.names") / _FILE
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    peoples: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    at: dict[tuple[Script, str], list[int]] = defaultdict(list)
    scripts = [[_SCRIPTS[script] for script in row[1].split("+")] for row in rows]
    for place, (people, _, sound, name, _, _) in enumerate(rows):
        names.setdefault((people, name), len(names))
        peoples.setdefault(people, len(peoples))
        for script in scripts[place]:
            at[script, skeleton_of(sound)].append(place)
    numbers = np.array([names[row[0], row[3]] for row in rows], dtype=np.int64)
    shares = np.zeros((2, len(names)))
    shares[:, numbers] = [[int(row[kind]) * _UNIT for row in rows] for kind in (4, 5)]
    return _Table(
        sounds=sounds_of(
            [row[2] for row in rows],
            np.array([SCRIPT_CLASS[first] for first, *_ in scripts], dtype=np.int64),
        ),
        name=numbers,
        people=np.array([peoples[people] for people, _ in names], dtype=np.int64),
        given=shares[0],
        family=shares[1],
        at={key: tuple(places) for key, places in at.items()},
        peoples=len(peoples),
    )


def common_shares(left: Vocabulary, right: Vocabulary) -> tuple[Floats, Floats]:
    """Which share of people has a name with such a part; nought for parts that no table knows.

    The more records there are, the less of it is told, and nothing of long lists, which say
    better themselves who is in them.

    Shape: one float64 for each entry of the left and of the right.

    Args:
        left, right: of two lists that speak of the same peoples.
    """
    told = 1 - (left.size + right.size) / _LONG
    if told <= 0:
        return np.zeros(len(left.entries)), np.zeros(len(right.entries))
    table = _table()
    entries = (*left.entries, *right.entries)
    mass = np.r_[left.mass, right.mass]
    given, family = _borne(table, entries)
    parts = max(mass.sum() / (left.size + right.size), 1) if len(mass) else 1.0
    # A name has a family name, and every other part of it is somebody's given name.
    borne = given * max(parts - 1, 1) + family
    shares = told * np.minimum(borne @ _peoples(borne / parts, mass), _MOST)
    return shares[: len(left.entries)], shares[len(left.entries) :]


def _peoples(chance: Floats, mass: Floats) -> Floats:
    """The share of each people in the parts of both lists. Shape: (n_peoples,) float64.

    Args:
        chance: that a part of a name of a people is the one. Shape: (n_entries, n_peoples).
        mass: how often each part is borne. Shape: (n_entries,).
    """
    count = chance.shape[1]
    known = chance.any(axis=1)
    likely, weight = np.maximum(chance[known], _UNKNOWN), mass[known]
    shares = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        theirs = likely * shares
        theirs *= (weight / theirs.sum(axis=1))[:, None]
        shares = (theirs.sum(axis=0) + 1 / count) / (weight.sum() + 1)
    return shares


def _borne(table: _Table, entries: tuple[NameToken, ...]) -> tuple[Floats, Floats]:
    """Share of each people that bears each entry as given and as family name.

    Shape: (n_entries, n_peoples) float64 each.
    """
    entry, names = _names_met(table, entries)
    shape = (len(entries), table.peoples)
    given, family = np.zeros(shape), np.zeros(shape)
    people = table.people[names]
    np.add.at(given, (entry, people), table.given[names])
    np.add.at(family, (entry, people), table.family[names])
    return given, family


def _names_met(table: _Table, entries: tuple[NameToken, ...]) -> tuple[Ints, Ints]:
    """Entries with the names of the table that each is a spelling of, each pair once, in order."""
    words: list[str] = []
    scripts: list[int] = []
    bearer: list[int] = []
    pairs: list[tuple[int, int]] = []
    for number, entry in enumerate(entries):
        if entry.role is TokenRole.INITIAL:
            continue
        for sound, script in _ways_to_read(entry):
            keys = skeletons_of(sound)
            found = {place for key in keys for place in table.at.get((script, key), ())}
            if found:
                pairs.extend((len(words), place) for place in found)
                words.append(sound)
                scripts.append(SCRIPT_CLASS[script])
                bearer.append(number)
    if not pairs:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    sounds = sounds_of(words, np.array(scripts, dtype=np.int64))
    rows, places = np.array(pairs, dtype=np.int64).T
    short = expected_bits(sounds, table.sounds, rows, places)
    short -= sound_bits(sounds, table.sounds, rows, places)
    near = short <= _FURTHEST
    met = np.array(bearer, dtype=np.int64)[rows[near]] * len(table.people)
    met = each_once_in_order(met + table.name[places[near]])
    return met // len(table.people), met % len(table.people)


def _ways_to_read(entry: NameToken) -> Iterator[tuple[str, Script]]:
    """Sounds of an entry with their script; a short form is as common as the full one.

    What another people calls the name says nothing of how common it is here.
    """
    yield entry.sound, entry.script
    if entry.other_sound:
        yield entry.other_sound, entry.script
    for form in other_forms(entry.sound, entry.script, short=False):
        if not form.foreign:
            yield form.sound, form.script
