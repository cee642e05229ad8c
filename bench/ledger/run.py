"""How fast is the ledger, beside the least that any ledger would have to do here?

Usage: run.py [--quick] [--runs N] [--folder DIR] [NAME...]. Each benchmark does its
work and the bare limit of that work in turn, several times, and prints the median of
each and of their ratio: a number that means the same on a slow disk as on a fast one.
What each ratio means is told in README.md. Without names, all are run.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import appending
import reading
import trees
from measuring import Result, Setting

from repatria.wiring.memory import look_for_cycles_rarely

BENCHMARKS: dict[str, Callable[[Setting], Iterator[Result]]] = {
    "fsync": appending.synced_writes,
    "append": appending.single_appends,
    "batch": appending.batch_appends,
    "statement": reading.statements_read,
    "verify": reading.verification,
    "mirror": reading.mirroring,
    "tree": trees.large_tree,
    "proofs": trees.proofs,
}


def main() -> None:
    """Run the benchmarks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="a tenth of the size, fewer runs")
    parser.add_argument("--runs", type=int, help="runs of each (default 5, quick 3)")
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    runs = given.runs or (3 if given.quick else 5)
    look_for_cycles_rarely()  # as every process of the program does
    print(f"{'what':44} {'ours':>14} {'limit':>14}  ratio  spread       target")
    for name in given.names or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="repatria-bench-", dir=given.folder) as folder:
            setting = Setting(folder=Path(folder), quick=given.quick, runs=runs)
            for result in BENCHMARKS[name](setting):
                print(result)
                sys.stdout.flush()


if __name__ == "__main__":
    main()
