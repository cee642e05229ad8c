"""Does a cluster give the pairs of one machine? Both engines on the same two lists.

Usage: spark.py CASE_DIR [--master local[2]] [--block 2000], with the Python of an
environment that has the extra `spark`. CASE_DIR as made by large.py, for instance with
--left 50000 --right 50000 --shared 30000. Prints counts, times and the largest difference.
"""

import argparse
import os
import resource
import sys
import time
from pathlib import Path

from cases import rows_of

from repatria.linkage import Profile, score_lists
from repatria.linkage.distributed.spark import score_lists_on_spark, session_here
from repatria.terms import PartialDate, PersonName, Sex


def profiles(path: Path) -> list[Profile]:
    """The records of a list."""
    sexes = {sex.value: sex for sex in Sex}
    return [
        Profile(
            id=row.id,
            names=(PersonName(text=row.name),),
            birth=PartialDate.parse(row.dob) if row.dob else None,
            sex=sexes.get(row.sex),
        )
        for row in rows_of(path, with_birth=True)
    ]


def main() -> None:
    """Compare both ways and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--block", type=int, default=2_000)
    asked = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    left, right = (profiles(asked.case / name) for name in ("A.csv", "B.csv"))
    print(f"{len(left):,} x {len(right):,} records")

    started = time.perf_counter()
    here = score_lists(left, right)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"one process: {len(here):,} pairs, {time.perf_counter() - started:.0f} s, {peak:.0f} MB")

    started = time.perf_counter()
    session = session_here(asked.master)
    print(f"session: {time.perf_counter() - started:.0f} s", flush=True)
    started = time.perf_counter()
    there = score_lists_on_spark(session, left, right, block=asked.block)
    print(f"{asked.master}: {len(there):,} pairs, {time.perf_counter() - started:.0f} s")
    session.stop()

    one, other = ({p.ids(at): at for at in range(len(p))} for p in (here, there))
    both = one.keys() & other.keys()
    print(f"pairs of one engine only: {len(one.keys() ^ other.keys()):,}")
    print(f"links: {int(here.linked.sum()):,} and {int(there.linked.sum()):,}")
    differing = sum(here.decision(one[ids]) != there.decision(other[ids]) for ids in both)
    print(f"decisions that differ: {differing:,}")
    largest = max((abs(here.score[one[ids]] - there.score[other[ids]]) for ids in both), default=0)
    print(f"largest difference of scores: {largest:.2g}")


if __name__ == "__main__":
    main()
