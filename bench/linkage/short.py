"""How well are short lists matched: a submission of ten lines against another of two hundred?

Usage: short.py CASE... [--cuts 40] [--seed 1]. Cuts short lists out of long cases at
random, always the same ones, matches each cut for itself by names alone, and adds up
what comes out. A case of up to a hundred records is also matched whole.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from calibration import figures, reliability
from cases import Case, read_case

from repatria.linkage import MatchSettings, Profile, score_lists
from repatria.terms import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How cuts are made: so many records of each side, of which so many persons are on both."""

    name: str
    left: int
    right: int
    shared: int


KINDS = (
    Kind(name="5 x 20, 3 shared", left=5, right=20, shared=3),
    Kind(name="20 x 20, 12 shared", left=20, right=20, shared=12),
    Kind(name="20 x 20, 4 shared", left=20, right=20, shared=4),
    Kind(name="10 x 200, 6 shared", left=10, right=200, shared=6),
    Kind(name="10 x 200, 2 shared", left=10, right=200, shared=2),
)
_WHOLE = Kind(name="whole cases of 100", left=0, right=0, shared=0)
_SHOWN = MatchSettings(show_at=0.002, possible_at=0.1)


@dataclass(slots=True, kw_only=True)
class Sum:
    """What was found in many cuts of one kind."""

    links: int = 0
    right: int = 0
    true: int = 0
    score: list[np.ndarray] = field(default_factory=list)
    same: list[np.ndarray] = field(default_factory=list)

    def add(self, other: "Sum") -> None:
        """Take in what was found in more cuts."""
        self.links += other.links
        self.right += other.right
        self.true += other.true
        self.score += other.score
        self.same += other.same

    def row(self, name: str) -> str:
        """One line of the table: what is linked, then how well scores from 0.1 on keep their word.

        The log loss is of all true pairs and of whatever else was scored: the lower, the better.
        """
        score, same = np.concatenate(self.score), np.concatenate(self.same).astype(float)
        precision = self.right / max(self.links, 1)
        recall = self.right / max(self.true, 1)
        f1 = 2 * self.right / max(self.links + self.true, 1)
        found = figures(score, same)
        lost = np.log2(np.where(same > 0, score, 1 - score)).clip(-20).sum()
        lost += np.log2(_SHOWN.show_at) * (self.true - same.sum())
        return (
            f"| {name} | {self.true} | {self.links} | {self.links - self.right} | {precision:.4f} "
            f"| {recall:.4f} | {f1:.4f} | {found['ece_from_0.1']:.4f} "
            f"| {found['brier_from_0.1']:.4f} | {-lost / max(self.true, 1):.4f} |"
        )


HEAD = (
    "| lists | true pairs | links | wrong | precision | recall | F1 | calibration error "
    "| Brier | bits lost |\n|---|---|---|---|---|---|---|---|---|---|"
)


def cut(case: Case, kind: Kind, chance: random.Random) -> Case | None:
    """A short case out of a long one; None where there are too few records for it."""
    pairs = sorted(case.truth)
    chance.shuffle(pairs)
    sides = []
    for side, (records, size) in enumerate(((case.left, kind.left), (case.right, kind.right))):
        matched = {pair[side] for pair in pairs}
        alone = [at for at in range(len(records)) if at not in matched]
        # Persons of other true pairs stand alone here: the one is drawn on one side only.
        apart = pairs[kind.shared :][side::2]
        alone += [pair[side] for pair in apart]
        if len(alone) < size - kind.shared or len(pairs) < kind.shared:
            return None
        sides.append(
            [pair[side] for pair in pairs[: kind.shared]] + chance.sample(alone, size - kind.shared)
        )
    left, right = (
        tuple(records[at] for at in chosen)
        for records, chosen in zip((case.left, case.right), sides, strict=True)
    )
    truth = frozenset((at, at) for at in range(kind.shared))
    return Case(name=case.name, left=left, right=right, truth=truth)


def matched(case: Case) -> Sum:
    """What the engine makes of a case by its names alone."""
    sides = [
        [Profile(id=f"{at:06d}", names=(PersonName(text=row.name),)) for at, row in enumerate(rows)]
        for rows in (case.left, case.right)
    ]
    found = score_lists(*sides, settings=_SHOWN)
    places = [[int(one) for one in ids] for ids in (found.left_ids, found.right_ids)]
    pairs = [
        (places[0][i], places[1][j])
        for i, j in zip(found.rows.tolist(), found.columns.tolist(), strict=True)
    ]
    same = np.array([pair in case.truth for pair in pairs], dtype=bool)
    return Sum(
        links=int(found.linked.sum()),
        right=int(same[found.linked].sum()),
        true=len(case.truth),
        score=[found.score],
        same=[same],
    )


def one_case(asked: tuple[Path, int, int]) -> dict[str, Sum]:
    """The sums of one case, by kind of cut."""
    folder, cuts, seed = asked
    case = read_case(folder, with_birth=False)
    if max(len(case.left), len(case.right)) <= 100:
        return {_WHOLE.name: matched(case)}
    found = {}
    for kind in KINDS:
        chance = random.Random(  # noqa: S311 -- the same cuts every time
            f"{case.name} {kind.name} {seed}"
        )
        made = [cut(case, kind, chance) for _ in range(cuts)]
        total = Sum()
        for short in made:
            if short is not None:
                total.add(matched(short))
        if total.true:
            found[kind.name] = total
    return found


def rows(results: list[tuple[str, dict[str, Sum]]], *, by_case: bool) -> Iterator[str]:
    """The lines of the table, pooled over the cases, or one for each case and kind."""
    pooled: dict[str, Sum] = {}
    for name, found in results:
        for kind, total in found.items():
            key = f"{name}: {kind}" if by_case else kind
            pooled.setdefault(key, Sum()).add(total)
    for key, total in pooled.items():
        yield total.row(key)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+", help="case directories")
    parser.add_argument("--cuts", type=int, default=40, help="of each kind, from each case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by-case", action="store_true")
    parser.add_argument("--reliability", action="store_true", help="print the curve of all cuts")
    asked = parser.parse_args()
    with Pool(2) as pool:
        found = pool.map(
            one_case, [(folder, asked.cuts, asked.seed) for folder in asked.cases], chunksize=1
        )
    results = list(zip((folder.name for folder in asked.cases), found, strict=True))
    print(HEAD)
    for line in rows(results, by_case=asked.by_case):
        print(line)
    if asked.reliability:
        totals = [total for found in found for total in found.values()]
        score = np.concatenate([one for total in totals for one in total.score])
        same = np.concatenate([one for total in totals for one in total.same]).astype(float)
        for low, high, number, mean, share in reliability(score, same):
            print(f"{low:.2f} to {high:.2f}: {number} pairs, mean {mean:.3f}, true {share:.3f}")


if __name__ == "__main__":
    main()
