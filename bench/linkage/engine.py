"""What does one engine say about two lists?

Usage: engine.py NAME --left A.csv --right B.csv --out pairs.csv [--birth] ...
One process for one engine and one pair of lists, so that its start and its memory
can be measured. Writes id_a, id_b, score and, where the engine decides, decision.
"""

import argparse
import importlib
import warnings
from pathlib import Path

from cases import rows_of, write_pairs
from peers import ENGINES
from peers.model import Settings


def main() -> None:
    """Compare two lists with the engine named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=ENGINES)
    parser.add_argument("--left", type=Path, required=True)
    parser.add_argument("--right", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--birth", action="store_true")
    parser.add_argument("--romanised", choices=["icu", "ours"], default="icu")
    parser.add_argument("--training", type=Path, nargs="*", default=[])
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    engine = importlib.import_module(f"peers.{ENGINES[asked.name].module}")
    left, right = (rows_of(path, with_birth=asked.birth) for path in (asked.left, asked.right))
    settings = Settings(
        with_birth=asked.birth,
        romanised=asked.romanised,
        training=tuple(asked.training),
        kept=asked.kept,
    )
    write_pairs(asked.out, engine.compared(left, right, settings), left, right)


if __name__ == "__main__":
    main()
