"""Does a score of 0.8 mean that eight pairs of ten are the same person?

Usage: calibration.py --pairs FOLDER --cases DIR... [--svg FILE]. Reads the pairs that
`run.py` kept for an engine whose scores are meant as probabilities, all cases
together, and prints a reliability table; a true pair that was never a candidate is
no part of it, since no score was given.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from cases import read_case, read_pairs
from scoring import is_true

_EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


def reliability(
    score: np.ndarray, true: np.ndarray
) -> list[tuple[float, float, int, float, float]]:
    """For each bin that is not empty: from, to, pairs, mean score and share that is true."""
    places = np.clip(np.searchsorted(_EDGES, score, side="right") - 1, 0, len(_EDGES) - 2)
    return [
        (low, high, int(here.sum()), float(score[here].mean()), float(true[here].mean()))
        for at, (low, high) in enumerate(pairwise(_EDGES))
        if (here := places == at).any()
    ]


def figures(score: np.ndarray, true: np.ndarray) -> dict[str, float]:
    """Expected calibration error and Brier score, of all pairs and of those from 0.1 on.

    Nearly all candidates are no match and say so; the second pair of figures is about
    those that a person would look at.
    """
    found = {}
    for name, here in (("all", score >= 0), ("from_0.1", score >= 0.1)):
        bins = reliability(score[here], true[here])
        total = max(int(here.sum()), 1)
        found[f"ece_{name}"] = sum(n * abs(mean - share) for _, _, n, mean, share in bins) / total
        found[f"brier_{name}"] = float(((score[here] - true[here]) ** 2).sum() / total)
    return found


def drawing(bins: list[tuple[float, float, int, float, float]]) -> str:
    """The curve as SVG: mean score across, share that is true up."""
    at = [(40 + 320 * mean, 360 - 320 * share, n) for _, _, n, mean, share in bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + np.log10(n):.1f}">'
        f"<title>{n} pairs</title></circle>"
        for x, y, n in at
    )
    ticks = "".join(
        f'<text x="{40 + 320 * t:.0f}" y="376" text-anchor="middle">{t:.1f}</text>'
        f'<text x="34" y="{364 - 320 * t:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" font-family="sans-serif" '
        'font-size="11"><rect x="40" y="40" width="320" height="320" fill="none" stroke="#999"/>'
        '<path d="M40 360L360 40" stroke="#999" stroke-dasharray="4"/>'
        f'<polyline points="{line}" fill="none" stroke="#0b5" stroke-width="2"/>'
        f'<g fill="#0b5">{dots}</g>{ticks}'
        '<text x="200" y="394" text-anchor="middle">mean score</text>'
        '<text x="40" y="30">share that is the same person</text></svg>\n'
    )


def main() -> None:
    """Print the table and draw the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="such as pairs/ours/names")
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    scores, truths = [], []
    for folder in asked.cases:
        case = read_case(folder)
        pairs = read_pairs(asked.pairs / f"{folder.name}.csv", case.left, case.right)
        scores.append(pairs.score)
        truths.append(is_true(pairs, case))
    score, true = np.concatenate(scores), np.concatenate(truths).astype(float)
    print("| score | pairs | mean score | same person |\n| --- | --- | --- | --- |")
    bins = reliability(score, true)
    for low, high, number, mean, share in bins:
        print(f"| {low:.2f} to {high:.2f} | {number} | {mean:.3f} | {share:.3f} |")
    print({name: round(value, 4) for name, value in figures(score, true).items()})
    if asked.svg:
        asked.svg.write_text(drawing(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
