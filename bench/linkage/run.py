"""How well and how fast are lists matched, beside a plain fuzzy comparison?

Usage: run.py CASE_DIR.... A case directory holds `A.csv`,
`B.csv` (id,name,dob,sex) and `truth.csv` (id_a,id_b). Prints F1 of the one-to-one
links at the default threshold and at the best threshold for the case, names only
and with date of birth, beside a rapidfuzz token-sort comparison in the same run.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from repatria.linkage import Decision, MatchSettings, Profile, match_lists
from repatria.linkage.names import name_tokens
from repatria.terms import PartialDate, PersonName

_BASELINE_AT_MOST = 4_000_000
_SEARCH = MatchSettings(link_at=1e-6, possible_at=1e-6, show_at=1e-6)
# What a plain romanisation would write for the letters of the phonetic alphabet.
_PLAIN = str.maketrans(
    dict(
        zip(
            "EIOUAWYBPqKG6SZXDCJ189x",
            [
                "a",
                "i",
                "o",
                "u",
                "a",
                "u",
                "y",
                "b",
                "p",
                "k",
                "k",
                "gh",
                "g",
                "sh",
                "zh",
                "sh",
                "dz",
                "ch",
                "j",
                "k",
                "th",
                "dh",
                "kh",
            ],
            strict=True,
        )
    )
    | {"`": "", "c": "ts"}
)
Links = list[tuple[float, str, str]]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def profiles_of(path: Path, *, with_birth: bool) -> list[Profile]:
    """The profiles of a list, with or without dates of birth."""
    return [
        Profile(
            id=row["id"],
            names=(PersonName(text=row["name"]),),
            birth=PartialDate.parse(row["dob"]) if with_birth and row["dob"] else None,
        )
        for row in rows_of(path)
    ]


def f1(found: int, right: int, true: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (found + true) if found + true else 0.0


def best_f1(links: Links, truth: set[tuple[str, str]]) -> float:
    """F1 at the threshold that suits the case best, which nobody knows beforehand."""
    best, right = 0.0, 0
    ordered = sorted(links, reverse=True)
    for number, (score, one, other) in enumerate(ordered, start=1):
        right += (one, other) in truth
        if number == len(ordered) or ordered[number][0] < score:
            best = max(best, f1(number, right, len(truth)))
    return best


def linked(left: Sequence[Profile], right: Sequence[Profile], settings: MatchSettings) -> Links:
    """The one-to-one links with their scores."""
    pairs = match_lists(left, right, settings=settings)
    return [(p.score, p.left_id, p.right_id) for p in pairs if p.decision is Decision.LINK]


def baseline(left: Sequence[Profile], right: Sequence[Profile]) -> Links:
    """Token-sort ratio of romanised names, a point per hundred for an equal birth date."""
    texts = [[_romanised(profile) for profile in side] for side in (left, right)]
    scores = process.cdist(texts[0], texts[1], scorer=fuzz.token_sort_ratio).astype(float)
    births = [np.array([str(p.birth or i) for i, p in enumerate(side)]) for side in (left, right)]
    scores += 30.0 * (births[0][:, None] == births[1][None, :])
    ones, others = linear_sum_assignment(scores, maximize=True)
    return [
        (float(scores[i, j]), left[i].id, right[j].id) for i, j in zip(ones, others, strict=True)
    ]


def _romanised(profile: Profile) -> str:
    """The name in plain Latin letters, doubtful sounds in their commonest spelling."""
    return " ".join(token.sound.translate(_PLAIN) for token in name_tokens(profile.names[0]))


def measured(case: Path, *, with_birth: bool) -> dict[str, float | str]:
    """The figures of one case."""
    left, right = (profiles_of(case / n, with_birth=with_birth) for n in ("A.csv", "B.csv"))
    truth = {(row["id_a"], row["id_b"]) for row in rows_of(case / "truth.csv")}
    started = time.perf_counter()
    default = linked(left, right, MatchSettings())
    seconds = time.perf_counter() - started
    right_ones = sum((one, other) in truth for _, one, other in default)
    small = len(left) * len(right) <= _BASELINE_AT_MOST
    return {
        "case": case.name,
        "fields": "names+birth" if with_birth else "names",
        "default": f1(len(default), right_ones, len(truth)),
        "precision": right_ones / max(len(default), 1),
        "best": best_f1(linked(left, right, _SEARCH), truth),
        "token_sort": best_f1(baseline(left, right), truth) if small else float("nan"),
        "seconds": seconds,
    }


def report(results: Iterable[dict[str, float | str]]) -> None:
    """Print one line per case as it comes, then means."""
    lines = []
    for result in results:
        lines.append(result)
        print("  ".join(f"{k}={v:.3f}" if isinstance(v, float) else v for k, v in result.items()))
        sys.stdout.flush()
    for fields in sorted({str(line["fields"]) for line in lines}):
        those = [line for line in lines if line["fields"] == fields]
        means = {
            key: np.nanmean([float(line[key]) for line in those])
            for key in ("default", "precision", "best", "token_sort", "seconds")
        }
        print(
            f"mean of {len(those)}, {fields}: ", {k: round(float(v), 3) for k, v in means.items()}
        )


def main() -> None:
    """Run the cases named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    cases = parser.parse_args().cases
    report(measured(case, with_birth=birth) for case in cases for birth in (False, True))


if __name__ == "__main__":
    main()
