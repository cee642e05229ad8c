"""How are lists of a million made, for time and memory?

Usage: large.py CASE_DIR FOLDER [--left 10000] [--right 1000000] [--shared 6000].
Persons are recombined from the words of a case whose two lists are in two scripts;
a word's counterpart is the one at the same place of a true pair with as many words.
The names are made up; quality on them says little, time and memory much.
"""

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

from cases import Row, read_case, write_case

_FIRST_DAY = date(1950, 1, 1)
_DAYS = 20_000
_LETTERS = "патронимикesaionrt"


def words_of(folder: Path) -> list[list[tuple[str, str]]]:
    """For each place in a name of three the words seen there, in both scripts."""
    case = read_case(folder)
    found: list[set[tuple[str, str]]] = [set(), set(), set()]
    for i, j in sorted(case.truth):
        names = [row.name.replace(",", " ").split() for row in (case.left[i], case.right[j])]
        if len(names[0]) == len(names[1]) == 3:
            for place, pair in enumerate(zip(*names, strict=True)):
                found[place].add(pair)
    return [sorted(place) for place in found]


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
