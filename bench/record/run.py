"""How well are figures compared and found in texts, and how fast?

Usage: run.py [findings] [extraction] [curve] [command] [--claims FILE --checks FILE [--also FILE]]
Without a name all of them. Times are of this process alone (processor time), so that what
else runs on the machine counts little.
"""

import argparse
import csv
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from extraction import table
from findings import HEAD, compare, files, signature
from made_up import HEADINGS, rows

from repatria.record.claim_rows import claims_of_table
from repatria.record.comparing import findings
from repatria.record.suggesting import suggestions

HERE = Path(__file__).parent
PARTS = ["findings", "extraction", "curve", "command"]
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
_FILLER = (
    " The convoy left in the morning and crossed the valley under a grey sky while relatives"
    " waited by the road, and nobody in the town spoke of anything else all week."
)


def show_findings(asked: argparse.Namespace) -> None:
    """The tables of findings, with what was missed and what else was found."""
    pairs = [(asked.claims, asked.checks)] if asked.claims else list(files())
    print(HEAD)
    results = [
        compare(claims, checks, asked.also or claims.with_suffix(".also"))
        for claims, checks in pairs
    ]
    for each in results:
        print(each.line())
    for each in results:
        for label in each.missed:
            print(f"\n{each.name} missed: {label}", end="")
        for label in each.outside:
            print(f"\n{each.name} not from the columns: {label}", end="")
        for other in each.others:
            print(f"\n{each.name} also: {signature(other)} ({other.arithmetic})", end="")
    print()


def show_extraction() -> None:
    """The scores on both splits, and articles a second."""
    print(table("development"), "\n")
    print(table("test"), "\n")
    print(table("test_later"), "\n")
    texts = json.loads((HERE / "annotated" / "development.json").read_text("utf-8"))
    articles = []
    for number in range(200):
        text = " ".join(t["text"] for t in texts[number % 7 : number % 7 + 3])
        text += _FILLER * (1 + (600 - len(text.split())) // len(_FILLER.split()))
        articles.append(" ".join(text.split()[:600]))
    suggestions(articles[0], said_on=date(2031, 12, 13))
    began = time.process_time()
    found = sum(len(suggestions(a, said_on=date(2031, 12, 13))) for a in articles)
    spent = time.process_time() - began
    print(
        f"{len(articles) / spent:.0f} articles of 600 words a second, "
        f"{found / len(articles):.1f} figures each"
    )


def show_curve() -> None:
    """Seconds by number of claims: many matters, and one matter for all."""
    print("| claims | matters | read s | compare s | findings | compare s / (n log n) · 10⁶ |")
    print("|--:|--:|--:|--:|--:|--:|")
    for matters in (0, 1):
        for size in SIZES:
            table_rows = list(enumerate(rows(size, matters=matters), start=2))
            began = time.process_time()
            claims = claims_of_table(HEADINGS, table_rows)
            read = time.process_time()
            found = findings(claims)
            done = time.process_time()
            per = (done - read) / (size * math.log2(size)) * 1e6
            print(
                f"| {size:,} | {matters or size // 1000} | {read - began:.2f} | {done - read:.2f} "
                f"| {len(found):,} | {per:.1f} |",
                flush=True,
            )


def show_command() -> None:
    """Seconds of `repatria figures check FILE --json`, started afresh, by number of claims."""
    print("| claims | seconds of the whole command | processor seconds |\n|--:|--:|--:|")
    call = "import sys; from repatria.cli.main import main; sys.exit(main())"
    for size in (1_000, 10_000, 100_000):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            csv.writer(file, delimiter="|").writerows([HEADINGS, *rows(size)])
            file.flush()
            began, spent = time.perf_counter(), _children()
            subprocess.run(
                [sys.executable, "-c", call, "figures", "check", file.name, "--json"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds = time.perf_counter() - began
        print(f"| {size:,} | {seconds:.1f} | {_children() - spent:.1f} |", flush=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=PARTS)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--checks", type=Path)
    parser.add_argument("--also", type=Path)
    asked = parser.parse_args()
    if "findings" in asked.what:
        show_findings(asked)
    if "extraction" in asked.what:
        show_extraction()
    if "curve" in asked.what:
        show_curve()
    if "command" in asked.what:
        show_command()


if __name__ == "__main__":
    main()
