"""How long does a plan take, beside the relaxations of the same question, in one run?

    python bench/planning/run.py [family ...] [--seeds N] [--json] [--no-why]

Reading, preparing and checking are seconds of processor time, so that a busy machine
does not change them much. Solving is by the wall clock, because a plan that needs long
is finished in another process; run it where nothing else takes the time. The ratio
is to a plain chain of relaxations (HiGHS, each level in real numbers, its floor as a
row for the next) of the same question in the same run.
Questions come from `tests/questions.py`, by seed.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from questions import dix, hard, keys, multi, story, two
from repatria.planning.answering import plan_document, solve_instance
from repatria.planning.building import build_classes
from repatria.planning.certificate_check import _check, check_plan
from repatria.planning.certificate_question import Question
from repatria.planning.instance import LevelKind
from repatria.planning.reading import read_instance
from repatria.planning.reasons import Explainer
from repatria.planning.solvers import NO_LIMIT, LinearChain

FAMILIES = {
    "story": (lambda _: story(), 1),
    "two-100": (lambda seed: two(seed, 100), 20),
    "two-1000": (lambda seed: two(seed, 1000), 20),
    "two-10000": (lambda seed: two(seed, 10_000), 20),
    "three-to-one-1000": (lambda seed: two(seed, 1000, ratio=3), 10),
    "keys": (keys, 10),
    "dix-1000": (lambda seed: dix(seed, 1000), 5),
    "multi-1000": (lambda seed: multi(seed, 5, 1000), 10),
    "multi-10000": (lambda seed: multi(seed, 5, 10_000), 10),
    "multi-100000": (lambda seed: multi(seed, 5, 100_000), 10),
    "hard-50": (lambda seed: hard(seed, 50), 5),
    "hard-200": (lambda seed: hard(seed, 200), 3),
    "hard-1000": (lambda seed: hard(seed, 1000), 2),
}
LIMIT_SECONDS = 30.0
ASKED, ASKED_SEEDS = 40, 2


@dataclass(frozen=True, kw_only=True)
class Run:
    """One question, measured."""

    seed: int
    persons: int
    classes: int
    status: str
    read: float
    prepare: float
    solve: float
    solve_wall: float
    relaxations: float
    levels: int
    certified: int
    certified_but_lottery: int
    certificate_bytes: int
    checking: float
    checking_all: float
    why_p95: float
    why_named: float


def measure(make, seed, *, why=True):
    """One question of a family."""
    content = json.dumps(make(seed)).encode()
    times = [process_time()]
    instance = read_instance(content)
    times.append(process_time())
    classes = build_classes(instance)
    times.append(process_time())
    begun = perf_counter()
    _, reached = solve_instance(instance, classes=classes, seconds=LIMIT_SECONDS)
    wall = perf_counter() - begun
    times.append(process_time())
    program = with_coverage(classes)
    relaxations = time_of(lambda: relax(classes, program))
    plan = plan_document(instance, classes, reached)
    findings, trusted = [], [level["id"] for level in plan["levels"]]
    checking = checking_all = 0.0
    if reached.numbers is not None:
        begun = process_time()
        findings, trusted = check_plan(json.loads(content), plan)
        checking_all = process_time() - begun
        question = Question(json.loads(content))
        checking = time_of(lambda: _check(question, plan))
    if findings:
        sys.exit(f"the plan of seed {seed} does not check: {findings}")
    # A level that is not proven has nothing that a certificate could show.
    shown = {level["id"] for level in plan["levels"] if level["proven"]} - set(trusted)
    # Answers take longer than plans: those of the first questions say enough.
    asked = why and seed < ASKED_SEEDS
    why_p95, named = explain(classes, reached, plan) if asked else (0.0, 1.0)
    read, prepare, solve = (after - before for before, after in pairwise(times))
    return Run(
        seed=seed, persons=len(instance), classes=classes.count, status=plan["status"],
        read=read, prepare=prepare, solve=solve, solve_wall=wall, relaxations=relaxations,
        levels=len(plan["levels"]), certified=len(shown),
        certified_but_lottery=len(shown - {"L8-tiebreak"}),
        certificate_bytes=len(json.dumps(plan["certificate"])), checking=checking,
        checking_all=checking_all, why_p95=why_p95, why_named=named,
    )  # fmt: skip


def relax(classes, program):
    """The chain of relaxations, as plainly as it can be had; coverage is one more unknown."""
    chain = LinearChain(program)
    for number, level in enumerate(classes.instance.levels):
        gains = np.zeros(program.size, dtype=np.int64)
        if level.kind is LevelKind.MAXMIN:
            gains[-1] = 1
        else:
            gains[:-1] = classes.gains[number]
        value = chain.maximise(gains).value
        if level.kind is not LevelKind.HASH and np.isfinite(value):
            chain.at_least(gains, int(np.floor(value + 1e-6)))


def with_coverage(classes):
    """The program with an unknown that no group's coverage, in thousandths, is below."""
    program = classes.program
    program = replace(
        program, lower=np.append(program.lower, 0), upper=np.append(program.upper, 1000)
    )
    for spread in classes.spreads.values():
        for group, total in enumerate(spread.totals.tolist()):
            part = slice(int(spread.starts[group]), int(spread.starts[group + 1]))
            program = program.with_row(
                np.append(spread.columns[part], program.size - 1),
                np.append(1000 * spread.weights[part], -total),
                0,
                NO_LIMIT,
            )
    return program


def explain(classes, reached, plan):
    """Seconds within which 95 of 100 answers came, and the share with a named cause."""
    selected = set(plan["selected"])
    out = [one for one in classes.instance.ids if one not in selected]
    if reached.numbers is None or not out or plan["status"] != "optimal":
        return 0.0, 1.0
    asked = out[:: max(1, len(out) // ASKED)]
    times, named = [], 0
    for person in asked:
        begun = process_time()
        reason = Explainer(classes, reached).why_not(person)
        times.append(process_time() - begun)
        named += bool(reason.rules or reason.level)
    return sorted(times)[int(0.95 * (len(times) - 1))], named / len(asked)


def time_of(task):
    """Seconds of processor time."""
    begun = process_time()
    task()
    return process_time() - begun


def table(name, runs):
    """One line of the table: median and worst."""
    # What the other process does, processor time does not show: the wall clock does.
    solve = sorted(run.solve_wall for run in runs)
    ratios = sorted(run.solve_wall / max(run.relaxations, 1e-9) for run in runs)
    certified = sum(run.certified for run in runs) / max(1, sum(run.levels for run in runs))
    priorities = sum(run.certified_but_lottery for run in runs) / max(
        1, sum(max(0, run.levels - 1) for run in runs)
    )
    proven = sum(run.status != "time_limit" for run in runs)
    return (
        f"| {name} | {len(runs)} | {max(run.classes for run in runs)} | {proven}/{len(runs)} "
        f"| {max(run.read for run in runs):.3f} | {max(run.prepare for run in runs):.3f} "
        f"| {solve[len(solve) // 2]:.3f} | {solve[-1]:.3f} "
        f"| {ratios[len(ratios) // 2]:.1f} | {ratios[-1]:.1f} "
        f"| {100 * priorities:.0f} % | {100 * certified:.0f} % "
        f"| {max(run.certificate_bytes for run in runs)} "
        f"| {max(run.checking for run in runs):.3f} | {max(run.checking_all for run in runs):.2f} "
        f"| {max(run.why_p95 for run in runs):.3f} |"
    )


HEAD = (
    "| family | seeds | classes | ended | read | prepare | solve med | solve worst | x relax. med "
    "| x relax. worst | priorities certified | all levels | bytes | check | recount + check "
    "| why p95 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def main():
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", default=list(FAMILIES))
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-why", action="store_true", help="ask for nobody's reason")
    asked = parser.parse_args()
    measure(FAMILIES["story"][0], 0)
    print(HEAD, flush=True)
    for name in asked.families:
        make, seeds = FAMILIES[name]
        runs = [measure(make, seed, why=not asked.no_why) for seed in range(asked.seeds or seeds)]
        print(table(name, runs), flush=True)
        if asked.json:
            print(json.dumps([asdict(run) for run in runs]), flush=True)


if __name__ == "__main__":
    main()
