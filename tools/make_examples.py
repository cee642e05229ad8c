"""Which synthetic lists and claims does the demonstration start from?

Run it to write `examples/` anew: `python tools/make_examples.py`. The seed is fixed,
so the files come out the same byte for byte; another folder may be named. Everybody in
them is made up.
"""

import csv
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from claims_of_the_story import CLAIMS, COLUMNS
from renderings import Habit, in_armenian, in_azerbaijani, of_the_father, older_spelling
from workbooks import write_workbook

SEED = 20231213
HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"

Category = Literal["soldier", "civilian", "political_leader"]
Cell = str | int | date

# In whose words: south in Armenian, north in Azerbaijani.
HY = {
    "soldier": "զինծառայող",
    "civilian": "քաղաքացիական անձ",
    "political_leader": "քաղաքական գործիչ",
}
AZ = {"soldier": "hərbi qulluqçu", "civilian": "mülki şəxs", "political_leader": "siyasi rəhbər"}
HEALTH_AZ = {"fit": "kafi", "sick": "xəstə", "serious": "ağır yaralı"}
RANKS = (("շարքային", "sıravi"), ("կրտսեր սերժանտ", "kiçik çavuş"), ("սերժանտ", "çavuş"))
SITES = ("1 saylı müəssisə", "2 saylı müəssisə", "3 saylı müəssisə", "hərbi hospital")

CLAIM_HEADINGS = (
    "Հ/Հ", "Ազգանուն", "Անուն", "Հայրանուն", "Ծննդյան ամսաթիվ", "Սեռ", "Կատեգորիա", "Կոչում",
    "Գերեվարման ամսաթիվ", "Գերեվարման վայր", "ԿԽՄԿ համար", "Նշում",
)  # fmt: skip
HELD_HEADINGS = (
    "№", "Qeydiyyat nömrəsi", "Soyadı, adı", "Ata adı", "Doğum tarixi", "Cinsi", "Kateqoriyası",
    "Rütbəsi", "Əsir düşdüyü tarix", "Əsir düşdüyü yer", "Saxlanma yeri", "Səhhəti", "Statusu",
)  # fmt: skip
NORTH_CLAIM_HEADINGS = (
    "№", "Soyadı", "Adı", "Ata adı", "Doğum tarixi", "Cinsi", "Kateqoriyası", "Rütbəsi",
    "Tutulduğu tarix", "Tutulduğu yer", "Qeyd",
)  # fmt: skip
SOUTH_HELD_HEADINGS = (
    "Հ/Հ", "Գրանցման համար", "Անուն Ազգանուն", "Հայրանուն", "Ծննդյան ամսաթիվ", "Սեռ",
    "Կատեգորիա", "Կոչում", "Գերեվարման ամսաթիվ", "Գերեվարման վայր", "Պահման վայր",
    "Առողջական վիճակ", "Կարգավիճակ",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A made-up person as things are, before two clerks write them down."""

    given: str
    family: str
    father: str
    born: date
    category: Category
    captured_on: date
    height: int
    woman: bool = False
    health: str = "fit"
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """So many persons of one category, captured between two days at an age between two."""

    count: int
    category: Category
    captured: tuple[date, date]
    ages: tuple[int, int]


# 41 soldiers, 6 civilians and 8 leaders; 36 of them captured from 2020 to early 2023.
GROUPS = (
    Group(27, "soldier", (date(2020, 9, 29), date(2020, 12, 16)), (18, 38)),
    Group(2, "soldier", (date(2021, 5, 20), date(2021, 11, 16)), (19, 30)),
    Group(3, "soldier", (date(2022, 9, 13), date(2022, 9, 14)), (19, 41)),
    Group(1, "soldier", (date(2023, 2, 3), date(2023, 2, 20)), (22, 35)),
    Group(3, "civilian", (date(2020, 10, 5), date(2020, 12, 16)), (28, 58)),
    Group(1, "civilian", (date(2023, 7, 4), date(2023, 7, 26)), (40, 55)),
    Group(8, "soldier", (date(2023, 9, 19), date(2023, 9, 20)), (19, 45)),
    Group(2, "civilian", (date(2023, 9, 22), date(2023, 9, 28)), (30, 57)),
    Group(8, "political_leader", (date(2023, 9, 27), date(2023, 9, 29)), (44, 61)),
)
# Families whose name stands before this letter may occur twice, the others once.
SHARED_BEFORE = "Ե"


def main(folder: Path = EXAMPLES) -> None:
    """Write all files into the folder."""
    rng = random.Random(SEED)
    held = _held(rng)
    released = replace(_one(rng, GROUPS[0], held), captured_on=date(2020, 11, 21))
    elsewhere = [_one(rng, GROUPS[0], [*held, released]) for _ in range(2)]
    folder.mkdir(exist_ok=True)
    lines = _south_claims(folder, rng, held, released, elsewhere)
    registered = _north_holds(folder, rng, held, released)
    _write_truth(folder, lines, registered)
    _write_soldiers_of_north(folder, rng)
    _write_csv(folder / "claims.csv", [COLUMNS, *CLAIMS], encoding="utf-8", delimiter=",")
    print(f"wrote {len(lines)} lines, {len(registered)} held rows, {len(CLAIMS)} claims")


def _held(rng: random.Random) -> list[Person]:
    """The 55, with the vulnerable among them."""
    held: list[Person] = []
    for group in GROUPS:
        for _ in range(group.count):
            held.append(_one(rng, group, held))
    civilians = [n for n, p in enumerate(held) if p.category == "civilian"]
    woman, old, youth, *_ = civilians
    last_wave = date(2023, 9, 19)
    recent = next(
        n for n, p in enumerate(held) if p.captured_on >= last_wave and p.category == "soldier"
    )
    at_capture = {old: 63, youth: 17}
    for n, age in at_capture.items():
        born = held[n].captured_on - timedelta(days=age * 365 + 120)
        held[n] = replace(held[n], born=born)
    held[woman] = replace(held[woman], given=rng.choice(_names("armenian", "female")), woman=True)
    held[3] = replace(held[3], health="serious")
    held[11] = replace(held[11], health="sick")
    held[recent] = replace(held[recent], health="sick")
    return held


def _one(rng: random.Random, group: Group, others: Sequence[Person]) -> Person:
    """A person of the group whom nobody among the others is named like."""
    first, last = group.captured
    captured_on = first + timedelta(days=rng.randrange((last - first).days + 1))
    born = captured_on - timedelta(days=rng.randrange(group.ages[0] * 366, group.ages[1] * 366))
    families, males = _names("armenian", "family"), _names("armenian", "male")
    taken = [other.family for other in others]
    free = [f for f in families if taken.count(f) < (2 if f < SHARED_BEFORE else 1)]
    given, father = rng.sample(males, 2)
    return Person(
        given=given,
        family=rng.choice(free),
        father=father,
        born=born,
        category=group.category,
        captured_on=captured_on,
        height=rng.randrange(200, 240),
        rank=rng.choice((0, 0, 0, 1, 2)),
    )


def _names(language: str, kind: str) -> list[str]:
    with (HERE / "names" / f"{language}.csv").open(encoding="utf-8", newline="") as stream:
        return [row["name"] for row in csv.DictReader(stream) if row["kind"] == kind]


def _south_claims(
    folder: Path,
    rng: random.Random,
    held: list[Person],
    released: Person,
    elsewhere: list[Person],
) -> list[Person]:
    """Write what south says that north holds; gives back who is on which line."""
    lines = [*held, released, *elsewhere]
    rng.shuffle(lines)
    soldiers = [p for p in held if p.category == "soldier"]
    repeated = soldiers[7]
    lines.append(repeated)
    no_father, only_year = set(rng.sample(held, 3)), rng.choice(soldiers[12:])
    rows: list[list[Cell]] = []
    for number, person in enumerate(lines, start=1):
        again = number == len(lines)
        spelt = older_spelling if again else str
        soldier = person.category == "soldier"
        rows.append(
            [
                number,
                spelt(person.family),
                spelt(person.given),
                "" if person in no_father else of_the_father(person.father),
                person.born.year if person is only_year or again else person.born,
                "իգական" if person.woman else "արական",
                HY[person.category],
                RANKS[person.rank][0] if soldier else "",
                person.captured_on,
                f"{person.height} բարձունք" if soldier else "ճանապարհ",
                "" if again else f"S-{rng.randrange(1000, 10_000)}",
                "",
            ]
        )
    write_workbook(folder / "south-claims.xlsx", "Ցուցակ", [CLAIM_HEADINGS, *rows])
    return lines


def _north_holds(
    folder: Path, rng: random.Random, held: list[Person], released: Person
) -> dict[int, str]:
    """Write what north holds, in its own order; gives back the register number of each."""
    order = [*held, released]
    rng.shuffle(order)
    no_father = set(rng.sample(held, 6))
    swapped = [p for p in held if p.born.day <= 12 and p.born.day != p.born.month][:2]
    years_only = [p for p in held if p.category == "soldier" and p not in swapped][-2:]
    a_day_later = set(rng.sample(held, 5))
    register = sorted(rng.sample(range(100, 1000), len(order)))
    rng.shuffle(register)
    numbers: dict[int, str] = {}
    rows: list[list[Cell]] = []
    for row, person in enumerate(order, start=1):
        habit = rng.choice(list(Habit))
        born = f"{person.born:%d.%m.%Y}"
        if person in swapped:
            born = f"{person.born:%m.%d.%Y}"
        elif person in years_only:
            born = str(person.born.year)
        captured_on = person.captured_on + timedelta(days=person in a_day_later)
        numbers[id(person)] = f"Ş-{register[row - 1]:04d}"
        site = 3 if person.health == "serious" else rng.randrange(3)
        soldier = person.category == "soldier"
        gone = person is released
        rows.append(
            [
                row,
                numbers[id(person)],
                f"{in_azerbaijani(person.family, habit)} {in_azerbaijani(person.given, habit)}",
                "" if person in no_father else in_azerbaijani(person.father, habit),
                born,
                "qadın" if person.woman else "kişi",
                AZ[person.category],
                RANKS[person.rank][1] if soldier else "",
                f"{captured_on:%d.%m.%Y}",
                f"{person.height} yüksəkliyi" if soldier else "yol",
                "" if gone else SITES[site],
                "" if gone else HEALTH_AZ[person.health],
                "azad edilib 08.02.2021" if gone else "saxlanılır",
            ]
        )
    _write_csv(folder / "north-holds.csv", [HELD_HEADINGS, *rows], encoding="utf-16", delimiter=";")
    return numbers


def _write_truth(folder: Path, lines: list[Person], registered: dict[int, str]) -> None:
    rows: list[list[Cell]] = [
        [n, registered[id(p)]] for n, p in enumerate(lines, start=1) if id(p) in registered
    ]
    path = folder / "truth.csv"
    _write_csv(path, [["line", "register_number"], *rows], encoding="utf-8", delimiter=",")


def _write_soldiers_of_north(folder: Path, rng: random.Random) -> None:
    """Write the two soldiers whom north claims and south holds, each in his clerk's letters."""
    forenames, families = _names("azerbaijani", "male"), _names("azerbaijani", "family")
    names = rng.sample(forenames, 4)
    claims: list[list[Cell]] = []
    held: list[list[Cell]] = []
    for n, family in enumerate(rng.sample(families, 2), start=1):
        given, father = names[2 * n - 2 : 2 * n]
        captured_on = date(2023, 4, 9 + n)
        born = captured_on - timedelta(days=rng.randrange(19 * 366, 22 * 366))
        height = rng.randrange(240, 250)
        day, birth_day = f"{captured_on:%d.%m.%Y}", f"{born:%d.%m.%Y}"
        place, site = f"{height} yüksəkliyi", f"{n} հիմնարկ"
        claims.append(
            [
                n,
                family,
                given,
                father,
                birth_day,
                "kişi",
                AZ["soldier"],
                RANKS[0][1],
                day,
                place,
                "",
            ]
        )
        held.append(
            [
                n, f"Հ-{rng.randrange(10, 100)}", f"{in_armenian(given)} {in_armenian(family)}",
                of_the_father(in_armenian(father)), born, "արական", HY["soldier"], RANKS[0][0],
                captured_on, f"{height} բարձունք", site, "բավարար", "պահվում է",
            ]
        )  # fmt: skip
    rows = [NORTH_CLAIM_HEADINGS, *claims]
    _write_csv(folder / "north-claims.csv", rows, encoding="utf-8", delimiter=",")
    write_workbook(folder / "south-holds.xlsx", "Ցուցակ", [SOUTH_HELD_HEADINGS, *held])


def _write_csv(
    path: Path, rows: Iterable[Sequence[Cell]], *, encoding: str, delimiter: str
) -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
