"""How well are short lists matched: a submission of ten lines against another of two hundred?

Usage: short.py CASE... [--cuts 40] [--seed 1]. Cuts short lists out of long cases at
random, always the same ones, matches each cut for itself, and adds up what comes out:
by names alone, and with dates of birth where it says so. Some cuts have nobody in
common, some of these with equal birthdays, and in some a person's twin stands on the
other list: the same name but for another given name, and the same birthday. A case of
up to a hundred records is also matched whole.
"""

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from calibration import figures, reliability
from cases import Case, Row, read_case

from repatria.linkage import MatchSettings, Profile, score_lists
from repatria.terms import PartialDate, PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How cuts are made: so many records of each side, of which so many persons are on both.

    Attributes:
        born: dates of birth are used.
        alike: so many others of the left have the birthday of another on the right.
        twins: so many others of the left have a twin on the right.
    """

    name: str
    left: int
    right: int
    shared: int
    born: bool = False
    alike: int = 0
    twins: int = 0


KINDS = (
    Kind(name="5 x 20, 3 shared", left=5, right=20, shared=3),
    Kind(name="20 x 20, 12 shared", left=20, right=20, shared=12),
    Kind(name="20 x 20, 4 shared", left=20, right=20, shared=4),
    Kind(name="10 x 200, 6 shared", left=10, right=200, shared=6),
    Kind(name="10 x 200, 2 shared", left=10, right=200, shared=2),
    Kind(name="1 x 1, shared", left=1, right=1, shared=1),
    Kind(name="1 x 1, nobody shared", left=1, right=1, shared=0),
    Kind(name="5 x 20, nobody shared", left=5, right=20, shared=0),
    Kind(name="20 x 20, nobody shared", left=20, right=20, shared=0),
    Kind(name="1 x 1, shared, dates", left=1, right=1, shared=1, born=True),
    Kind(name="1 x 1, nobody shared, born alike", left=1, right=1, shared=0, born=True, alike=1),
    Kind(name="5 x 20, nobody shared, born alike", left=5, right=20, shared=0, born=True, alike=5),
    Kind(name="20 x 20, 8 shared, 8 born alike", left=20, right=20, shared=8, born=True, alike=8),
    Kind(name="1 x 1, twins", left=1, right=1, shared=0, born=True, twins=1),
    Kind(name="20 x 20, 8 shared, 8 twins", left=20, right=20, shared=8, born=True, twins=8),
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
        possible = int(((score >= _SHOWN.possible_at) & (same == 0)).sum()) - (
            self.links - self.right
        )
        return (
            f"| {name} | {self.true} | {self.links} | {self.links - self.right} | {possible} "
            f"| {precision:.4f} "
            f"| {recall:.4f} | {f1:.4f} | {found['ece_from_0.1']:.4f} "
            f"| {found['brier_from_0.1']:.4f} | {-lost:.0f} |"
        )


HEAD = (
    "| lists | true pairs | links | wrong links | wrong possible | precision | recall | F1 "
    "| calibration error | Brier | bits lost |\n|---|---|---|---|---|---|---|---|---|---|---|"
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
    for at in range(kind.shared, kind.shared + kind.alike):
        born = left[at].dob or "1983-07-18"
        left, right = _with(left, at, dob=born), _with(right, at, dob=born)
    if kind.twins:
        partners = [pair for pair in pairs[kind.shared :] if case.left[pair[0]].dob]
        given = [_given_place(row.name) for row in case.right]
        partners = [pair for pair in partners if given[pair[1]] is not None]
        if len(partners) < 2 * kind.twins:
            return None
        for at, (one, other) in enumerate(partners[: kind.twins], kind.shared):
            twin = _twin(case, other, [pair[1] for pair in partners[kind.twins :]], chance)
            if twin is None:
                return None
            born = case.left[one].dob
            left = _with(left, at, name=case.left[one].name, dob=born)
            right = _with(right, at, name=twin, dob=born)
    truth = frozenset((at, at) for at in range(kind.shared))
    return Case(name=case.name, left=left, right=right, truth=truth)


# Enough to tell a family name from a given name in these lists; others are not made twins of.
_FAMILY = re.compile(
    r"(?:յան|յանց|[yj]an|ян|янц|[oeоеё][vв][aа]?|енко|enko|dze|shvili|чук)$", re.IGNORECASE
)


def _given_place(name: str) -> int | None:
    """Which word is the given name; None where it does not show."""
    words = name.split()
    families = [at for at, word in enumerate(words) if _FAMILY.search(word.strip(","))]
    if len(words) not in {2, 3} or len(families) != 1 or families[0] not in {0, len(words) - 1}:
        return None
    return 1 if families[0] == 0 else 0


def _twin(case: Case, of: int, others: list[int], chance: random.Random) -> str | None:
    """The name with another's given name, which begins otherwise and is as common as it is."""
    words = case.right[of].name.split()
    place = _given_place(case.right[of].name)
    chance.shuffle(others)
    for other in others:
        name = case.right[other].name
        given = name.split()[_given_place(name)]
        mine = words[place].casefold()
        if given.casefold()[:1] != mine[:1] and given.casefold()[-1:] != mine[-1:]:
            return " ".join([*words[:place], given, *words[place + 1 :]])
    return None


def _with(rows: tuple[Row, ...], at: int, **said: str) -> tuple[Row, ...]:
    return (*rows[:at], replace(rows[at], **said), *rows[at + 1 :])


def matched(case: Case, *, born: bool = False) -> Sum:
    """What the engine makes of a case by its names alone, or with the dates of birth."""
    sides = [
        [
            Profile(
                id=f"{at:06d}",
                names=(PersonName(text=row.name),),
                birth=PartialDate.parse(row.dob) if born and row.dob else None,
            )
            for at, row in enumerate(rows)
        ]
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
    case = read_case(folder)
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
                total.add(matched(short, born=kind.born))
        if total.score:
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
