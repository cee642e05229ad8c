"""Another program for kidney exchange, run by itself: one question per line in, one answer out.

Runs in an environment of its own (`bench/planning/setup`), with kep_solver (AGPL),
of which nothing is imported anywhere else.
"""

import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter

from kep_solver.fileio import parse_json_v2
from kep_solver.model import PICEF, CycleAndChainModel, TransplantCount
from kep_solver.programme import Programme

MODELS = {"cycles": CycleAndChainModel, "picef": PICEF}


def spent():
    """Processor seconds of this process and of the solvers it has started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main():
    """Answer until there are no more questions."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        task = json.loads(line)
        begun, cpu = perf_counter(), spent()
        document = json.loads(Path(task["file"]).read_text())
        programme = Programme(
            [TransplantCount()],
            maxCycleLength=task["cycle_cap"],
            maxChainLength=task["chain_cap"] + 1 if task["chain_cap"] else 0,
            description="bench",
            full_details=False,
            model=MODELS[task["model"]],
        )
        solution, _ = programme.solve_single(parse_json_v2(document))
        answer = {
            "value": round(solution.values[0]),
            "seconds": perf_counter() - begun,
            "cpu": spent() - cpu,
        }
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
