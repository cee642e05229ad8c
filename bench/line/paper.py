"""How long does a manifest of a thousand lines take as PDF?

PYTHONPATH=src python bench/line/paper.py [--lines 1000]

Says seconds on the clock and seconds of processor: on a busy machine only the second
can be compared. The aim is 3 s.
"""

import argparse
import random
import time
from datetime import UTC, datetime

from repatria.operations.codes import card_code, list_stamp
from repatria.paper import ListedPerson, ManifestPaper, manifest_pdf

AT = datetime(2030, 3, 1, 8, tzinfo=UTC)
NAMES = ("Моделян Арам Карович", "أحمد المثالي بن سالم", "Sınaqov Ramin", "Մոդելյան Արամ")


def main():
    """Print a made-up manifest in three languages, and how long it took."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--lines", type=int, default=1000)
    count = asked.parse_args().lines
    chance = random.Random(1)  # noqa: S311 -- made-up codes
    lines = tuple(
        ListedPerson(
            number=number,
            name=NAMES[number % len(NAMES)],
            birth="1991-02-05",
            reference=f"AA {number}",
            giver="north",
            receiver="south",
            code=card_code(chance.randbytes(5)),
        )
        for number in range(1, count + 1)
    )
    paper = ManifestPaper(
        crossing_point="The bridge",
        frozen_at=AT,
        lines=lines,
        parties=("North", "South"),
        signed_by=("North", "South"),
        digest="ab" * 32,
        stamp=list_stamp({"north": 1234, "south": 88}),
        as_of=AT,
    )
    clock, processor = time.perf_counter(), time.process_time()
    pdf = manifest_pdf(paper, languages=("hy", "az", "ru"))
    print(
        f"{count} lines, {len(pdf)} bytes: {time.perf_counter() - clock:.2f} s on the clock, "
        f"{time.process_time() - processor:.2f} s of processor"
    )


if __name__ == "__main__":
    main()
