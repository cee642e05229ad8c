"""How long does it take to say who must be told, for half a million persons?

PYTHONPATH=src:tests python bench/line/exposed.py [--persons 500000]
"""

import argparse
import csv
import tempfile
import time
from pathlib import Path

from repatria.wiring.django_ready import ready

ready()

from repatria.cli.commands.exposing import exposed  # noqa: E402
from repatria.ledger.signing import SigningKey  # noqa: E402
from repatria.store import models  # noqa: E402
from repatria.wiring.installation import Installation  # noqa: E402
from repatria.wiring.keyfile import Cost  # noqa: E402
from repatria.wiring.root_keys import Roots  # noqa: E402


def main():
    """Fill an installation with made-up rows, write the list, and print how long it took."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--persons", type=int, default=500_000)
    persons = asked.parse_args().persons
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "north"
        installation = Installation.create(
            home,
            party="north",
            title="North",
            passphrase="made up for a benchmark",  # noqa: S106 -- protects nothing
            roots=Roots(keys=(SigningKey(b"the root key of this benchmark.."),), threshold=1),
            cost=Cost(memory_kib=8, iterations=1, lanes=1),
        )
        with installation.open():
            for start in range(0, persons, 10_000):
                models.PersonRow.objects.bulk_create(
                    [row_of(number) for number in range(start, min(start + 10_000, persons))]
                )
        installation.close()
        out = Path(folder) / "told.csv"
        begun = time.perf_counter()
        exposed(home, out)
        took = time.perf_counter() - begun
        with out.open(encoding="utf-8-sig", newline="") as file:
            lines = sum(1 for _ in csv.reader(file)) - 1
    print(f"{lines} persons in {took:.1f} s")


def row_of(number):
    """A made-up person of whom everything that is told is known."""
    return models.PersonRow(
        seen_by="north",
        subject=f"person:north-{number:08}",
        name=f"Karo Testyan-{number}",
        sorted_by=f"karo testyan-{number}",
        script="Latn",
        father="Vahe",
        birth="1991-02-05",
        category="soldier",
        reference=f"AA {number}",
        holder="north",
        custody="held",
        captured_on="2028-10-11",
        health="fit",
        statements=5,
        findings=0,
    )


if __name__ == "__main__":
    main()
