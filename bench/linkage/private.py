"""How many true pairs does private matching find, beside comparing in clear, and how fast is it?

Usage: private.py [--time N] CASE_DIR.... A case directory holds `A.csv`, `B.csv`
(id,name,dob,sex) and `truth.csv` (id_a,id_b). The keys are compared in clear: a run finds
exactly the same pairs (a test says so). `--time N` runs the whole protocol on two lists of
N made-up records and needs the extra `private`.

Of each case: recall and false pairs of all pairs that share a key (that is what a run
discloses), of the one-to-one choice among them, and of that choice from weight 8 on;
beside it what `match_lists` finds in clear at its default threshold.
"""

import argparse
import csv
import os
import secrets
import sys
import time
from collections import defaultdict
from pathlib import Path

from repatria.ledger.canonical import decode, encode
from repatria.ledger.escrow import seal_list
from repatria.linkage import Decision, Profile, match_lists
from repatria.linkage.private.keys import WEIGHTS, numbered_keys
from repatria.linkage.private.listing import OwnList, RunSecret
from repatria.linkage.private.messages import Answer, Conclusion, Offer, OpenedSample, read_message
from repatria.linkage.private.run import (
    Match,
    Speed,
    answer,
    conclude,
    offer,
    one_to_one,
    open_sample,
    verify_sample,
)
from repatria.terms import PartialDate, PersonName

SURE = 8
Pairs = set[tuple[str, str]]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def profiles_of(path: Path) -> list[Profile]:
    """The profiles of a list."""
    return [
        Profile(
            id=row["id"],
            names=(PersonName(text=row["name"]),),
            birth=PartialDate.parse(row["dob"]) if row["dob"] else None,
        )
        for row in rows_of(path)
    ]


def found_by_keys(left: list[Profile], right: list[Profile]) -> tuple[Match, ...]:
    """What a run would find: the records that share a numbered key."""
    theirs = {k.text: at for at, keys in enumerate(numbered_keys(right)) for k in keys}
    shared = defaultdict(list)
    for at, keys in enumerate(numbered_keys(left)):
        for each in keys:
            if each.text in theirs:
                shared[at, theirs[each.text]].append(each.key.sort)
    found = [Match(own=a, theirs=b, sorts=tuple(s)) for (a, b), s in shared.items()]
    return tuple(sorted(found, key=lambda match: -match.weight))


def figures(name: str, pairs: Pairs, truth: Pairs) -> str:
    """Recall, false pairs and precision of these pairs, in words."""
    right = len(pairs & truth)
    return (
        f"{name} recall={right / len(truth):.3f} false={len(pairs) - right}"
        f" precision={right / max(len(pairs), 1):.3f}"
    )


def measured(case: Path) -> str:
    """The figures of one case."""
    left, right = profiles_of(case / "A.csv"), profiles_of(case / "B.csv")
    truth = {(row["id_a"], row["id_b"]) for row in rows_of(case / "truth.csv")}

    def named(found: tuple[Match, ...]) -> Pairs:
        return {(left[m.own].id, right[m.theirs].id) for m in found}

    found = found_by_keys(left, right)
    single = one_to_one(found)
    clear = {
        (p.left_id, p.right_id) for p in match_lists(left, right) if p.decision is Decision.LINK
    }
    return "  ".join(
        (
            f"{case.name} {len(left)}x{len(right)} true={len(truth)}",
            figures("disclosed", named(found), truth),
            figures("one-to-one", named(single), truth),
            figures("sure", named(tuple(m for m in single if m.weight >= SURE)), truth),
            figures("clear", clear, truth),
        )
    )


def timed(count: int, workers: int) -> None:
    """Run the protocol on two lists of so many records, half of them common."""
    import random

    chance = random.Random(1)  # noqa: S311 -- as above
    letters = "abdefgiklmnoprstuvz"

    def record() -> bytes:
        words = ["".join(chance.choices(letters, k=7)).capitalize() for _ in range(3)]
        born = f"{chance.randint(1960, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return encode({"name": " ".join(words), "born": born})

    def profile(entry: bytes) -> Profile:
        told = decode(entry, place="record")
        birth = PartialDate.parse(told["born"])
        return Profile(id="-", names=(PersonName(text=told["name"]),), birth=birth)

    both = [record() for _ in range(count // 2)]
    lists = []
    for party in ("north", "south"):
        entries = [*both, *(record() for _ in range(count - len(both)))]
        opening = seal_list(entries, round_id="round:x", party=party, entropy=secrets.token_bytes)
        lists.append(OwnList.of(opening, profile, RunSecret(secrets.token_bytes(32))))
    north, south = lists
    speed = Speed(workers=workers)
    begun = time.process_time()
    started = (time.perf_counter(), time.process_time())
    at = {}

    def step(name: str, raw: bytes) -> bytes:
        nonlocal started
        wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
        at[name] = f"{wall:.1f} s ({cpu:.1f} s of processor), {len(raw) / 1e6:.1f} MB"
        started = (time.perf_counter(), time.process_time())
        return raw

    offered = read_message(step("offer", offer(north, to="south", shown=30, blind=0,
                                               speed=speed).raw), Offer)  # fmt: skip
    answered = read_message(step("answer", answer(south, offered, speed=speed).raw), Answer)
    concluded, found = conclude(north, offered, answered, entropy=secrets.token_bytes, speed=speed)
    concluded = read_message(step("conclusion", concluded.raw), Conclusion)
    opened, _ = open_sample(
        south, offered, answered, concluded, committed=north.opening.commitment,
        profile_of=profile, entropy=secrets.token_bytes,
    )  # fmt: skip
    opened = read_message(step("sample", opened.raw), OpenedSample)
    verify_sample(
        north, offered, answered, concluded, opened, committed=south.opening.commitment,
        profile_of=profile,
    )  # fmt: skip
    step("check", b"")
    used = f"{time.process_time() - begun:.0f} s of processor for both sides"
    print(f"{count} x {count}, {workers} threads, {len(found)} pairs, {used}:", at)


def main() -> None:
    """Run the cases named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path)
    parser.add_argument("--time", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    print("weights", {str(sort): weight for sort, weight in WEIGHTS.items()})
    for case in asked.cases:
        print(measured(case))
        sys.stdout.flush()
    if asked.time:
        timed(asked.time, asked.workers)


if __name__ == "__main__":
    main()
