"""How many true pairs are among the candidates, and how many candidates has a record?

Usage: candidates.py --cases DIR... [--modes names,birth]. Every pair that is weighed counts,
whatever its score; the mean is over the records of the shorter list. Where true pairs are lost
is told by kind, as in errors.py; no name is printed.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np
from cases import Case, Row, read_case
from errors import kind_of

from repatria.linkage import MatchSettings, Profile
from repatria.linkage.grounds import ListPair
from repatria.linkage.matching import comes_first, in_order
from repatria.terms import PartialDate, PersonName


def profiles(rows: tuple[Row, ...]) -> list[Profile]:
    """The records as the engine takes them."""
    return [
        Profile(
            id=row.id,
            names=(PersonName(text=row.name),),
            birth=PartialDate.parse(row.dob) if row.dob else None,
        )
        for row in rows
    ]


def candidates(case: Case) -> tuple[set[tuple[str, str]], int]:
    """Which true pairs are candidates, by their ids, and how many candidates there are."""
    ones, others = in_order(profiles(case.left)), in_order(profiles(case.right))
    truth = [(case.left[i].id, case.right[j].id) for i, j in sorted(case.truth)]
    turned = comes_first(others, ones)
    if turned:
        ones, others = others, ones
    table = ListPair.of(ones, others).candidates(MatchSettings().neighbours)
    places = [{one.id: at for at, one in enumerate(side)} for side in (ones, others)]
    asked = [pair[::-1] if turned else pair for pair in truth]
    keys = np.array([places[0][one] * len(others) + places[1][other] for one, other in asked])
    there = np.isin(keys, table.rows * len(others) + table.columns)
    found = {pair for pair, seen in zip(truth, there.tolist(), strict=True) if seen}
    return found, len(table.rows)


def main() -> None:
    """Print one line for each case and mode, then the kinds of what is lost by names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--modes", default="names,birth")
    asked = parser.parse_args()
    print("| case | what is compared | recall | candidates a record | processor time |")
    print("|---|---|---|---|---|")
    lost: dict[str, Counter[str]] = {}
    for folder in asked.cases:
        for mode in asked.modes.split(","):
            case = read_case(folder, with_birth=mode == "birth")
            started = time.process_time()
            found, number = candidates(case)
            spent = time.process_time() - started
            recall = len(found) / len(case.truth)
            mean = number / min(len(case.left), len(case.right))
            figures = f"{recall:.4f} | {mean:.1f} | {spent:.1f} s"
            print(f"| {case.name} | {mode} | {figures} |", flush=True)
            lost[f"{case.name}, {mode}"] = Counter(
                kind_of(case.left[i], case.right[j], rival=False)
                for i, j in case.truth
                if (case.left[i].id, case.right[j].id) not in found
            )
    for name, kinds in lost.items():
        print(f"\n{name}: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))


if __name__ == "__main__":
    main()
