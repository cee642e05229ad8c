"""How long does a proven schedule take, beside the relaxations of the same question?

    python bench/planning/staging.py [FILE ...] [--seeds N] [--limit S]

Files are `px-stage/0`; where they hold an optimum it must be reached. Without
files the generated families are run. Times are seconds of processor time and by
the wall clock, in one process; the ratio is to a plain chain of relaxations (each
level in real numbers, its value as a row for the next) in the same run.
"""

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from staged_families import staged

from repatria.planning.solvers import solve_lp
from repatria.planning.staging import answer_staging, canonical, check_staging, staging_from_json
from repatria.planning.staging.building import build_staging

FAMILIES = {
    "two-1000": (lambda seed: staged(1000, 2, 60, seed), 3),
    "two-10000": (lambda seed: staged(10_000, 2, 300, seed), 3),
    "five-400": (lambda seed: staged(400, 5, 20, seed), 3),
    "five-4000": (lambda seed: staged(4000, 5, 30, seed), 3),
}


def main():
    """Print one row per question."""
    call = argparse.ArgumentParser(description=__doc__)
    call.add_argument("what", nargs="*", help="files, or names of families")
    call.add_argument("--seeds", type=int, default=0)
    call.add_argument("--limit", type=float, default=60.0)
    options = call.parse_args()
    files = [Path(each) for each in options.what if each not in FAMILIES]
    named = [each for each in options.what if each in FAMILIES] or ([] if files else FAMILIES)
    documents = [(path.name, json.loads(path.read_text())) for path in files]
    for name in named:
        make, seeds = FAMILIES[name]
        documents += [(f"{name}/{seed}", make(seed)) for seed in range(options.seeds or seeds)]
    wrong = 0
    for name, document in documents:
        wrong += not _row(name, document, options.limit)
    return 1 if wrong else 0


def _row(name, document, limit):
    question = staging_from_json(document)
    relaxed = _relaxations(question)
    begun, cpu = perf_counter(), process_time()
    plan = answer_staging(question, seconds=limit, bounded=False)
    seconds, cpu = perf_counter() - begun, process_time() - cpu
    begun = perf_counter()
    findings, trusted = check_staging(plan, document)
    checked = perf_counter() - begun
    values = [level["value"] for level in plan["levels"]]
    known = document.get("optimum")
    right = not findings and (known is None or values == list(known.values()))
    size = len(json.dumps(plan["certificate"]))
    persons = sum(each.size * each.count for each in question.classes)
    print(
        f"{name:28} {persons:6} persons {plan['T']:3} tranches  {plan['status']:9} {values}  "
        f"{cpu:6.2f} s ({seconds:.2f} wall), {cpu / relaxed:4.1f} x relaxations; "
        f"{4 - len(trusted) if plan['status'] == 'optimal' else 0} of {len(values)} levels "
        f"certified in {size} bytes, checked in {checked:.2f} s{'' if right else '  WRONG'}",
        flush=True,
    )
    return right


def _relaxations(question):
    model = build_staging(canonical(question), question.tranches)
    program, begun = model.program, process_time()
    for costs in model.costs:
        answer = solve_lp(program, -costs)
        program = program.at_least(-costs, -int(np.ceil(-answer.value - 1e-6)))
    return process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
