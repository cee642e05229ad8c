"""How are lists of a million made, for time and memory?

Usage: large.py CASE_DIR FOLDER [--left 10000] [--right 1000000] [--shared 6000].
Persons are recombined from the words of a case whose right list is Russian; a word's
counterpart is the one of a true pair that sounds most like it. The names are made up
from a few hundred words; quality on them says little, time and memory much.
"""

import argparse
import itertools
import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from cases import Row, read_case, write_case

from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import sound_bits, sounds_of
from repatria.linkage.names import sound_of
from repatria.terms import script_of

_FIRST_DAY = date(1950, 1, 1)
_DAYS = 20_000
_LETTERS = "патронимикesaionrt"


def words_of(folder: Path) -> list[list[tuple[str, str]]]:
    """Given, fathers' and family names seen in names of three words, in both scripts."""
    case = read_case(folder)
    found: list[set[tuple[str, str]]] = [set(), set(), set()]
    for i, j in sorted(case.truth):
        one, other = (
            row.name.replace(",", " ").title().split() for row in (case.left[i], case.right[j])
        )
        if len(one) != len(other) or len(other) != len(found):
            continue
        pairs = [(one[at], word) for at, word in zip(order_in(one, other), other, strict=True)]
        places = [place_of(word) for _, word in pairs]
        if sorted(places) == [0, 1, 2]:
            for place, pair in zip(places, pairs, strict=True):
                found[place].add(pair)
    return [sorted(place) for place in found]


def order_in(one: list[str], other: list[str]) -> tuple[int, ...]:
    """Which words of one name sound most like the words of the other, each once."""
    sounds = [
        sounds_of(
            [sound_of(word) for word in words],
            np.array([SCRIPT_CLASS[script_of(word)] for word in words]),
        )
        for words in (one, other)
    ]
    rows, columns = (axis.ravel() for axis in np.indices((len(one), len(other))))
    bits = sound_bits(*sounds, rows, columns).reshape(len(one), len(other))
    orders = itertools.permutations(range(len(one)))
    return max(orders, key=lambda order: sum(bits[at, k] for k, at in enumerate(order)))


def place_of(word: str) -> int:
    """0 for a given name, 1 for a father's, 2 for a family's, by its ending in Russian."""
    if word.endswith(("вич", "вна")):
        return 1
    return 2 if word.endswith(("ян", "янц")) else 0


def person(drawn: random.Random, words: list[list[tuple[str, str]]]):
    """A name in two scripts and a birthday; few words are common and most rare."""
    chosen = [place[int(len(place) * drawn.random() ** 2)] for place in words]
    return chosen, _FIRST_DAY + timedelta(days=drawn.randrange(_DAYS))


def record(drawn: random.Random, row_id: str, names: list[str], born: date) -> Row:
    """The person as a list has it, with the usual noise."""
    kept = list(names)
    if drawn.random() < 0.35:
        del kept[1]
    if drawn.random() < 0.30:
        kept = [kept[-1], *kept[:-1]]
    name = " ".join(kept)
    if drawn.random() < 0.10:
        at = drawn.randrange(len(name))
        name = name[:at] + drawn.choice(["", name[at] * 2, drawn.choice(_LETTERS)]) + name[at + 1 :]
    return Row(id=row_id, name=name.strip() or names[0], dob=birth(drawn, born), sex="")


def birth(drawn: random.Random, born: date) -> str:
    """The birthday as written: missing, only a year, wrong or right."""
    luck = drawn.random()
    steps = [
        (0.10, lambda: ""),
        (0.10, lambda: f"{born.year}"),
        (0.03, lambda: f"{born.year}-01-01"),
        (0.03, lambda: str(born + timedelta(days=drawn.choice([-1, 1])))),
        (
            0.03,
            lambda: f"{born.year}-{born.day:02}-{born.month:02}" if born.day <= 12 else str(born),
        ),
        (0.02, lambda: f"{born.year + drawn.choice([-1, 1])}{str(born)[4:]}"),
    ]
    for share, written in steps:
        luck -= share
        if luck < 0:
            text = written()
            return text if not text.endswith("-02-29") else str(born)
    return str(born)


def main() -> None:
    """Write the case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--left", type=int, default=10_000)
    parser.add_argument("--right", type=int, default=1_000_000)
    parser.add_argument("--shared", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    drawn = random.Random(asked.seed)  # noqa: S311 -- made-up persons, not secrets
    words = words_of(asked.case)
    people = [person(drawn, words) for _ in range(asked.left + asked.right - asked.shared)]
    places = [range(asked.left), range(asked.left - asked.shared, len(people))]
    sides = []
    for side, letter in enumerate("ab"):
        order = list(places[side])
        drawn.shuffle(order)
        numbers = {who: f"{letter}{at:07}" for at, who in enumerate(order)}
        names = (
            ([pair[side] for pair in people[who][0]], people[who][1], numbers[who]) for who in order
        )
        rows = [record(drawn, row_id, name, born) for name, born, row_id in names]
        sides.append((numbers, rows))
    shared = range(asked.left - asked.shared, asked.left)
    truth = [(sides[0][0][who], sides[1][0][who]) for who in shared]
    write_case(asked.folder, sides[0][1], sides[1][1], truth)


if __name__ == "__main__":
    main()
