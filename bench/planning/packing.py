"""Cycles and chains beside kep_solver, on PrefLib's kidney files, in one run.

    bench/planning/setup                       makes the peer's environment
    python bench/planning/packing.py --cases DIR --optima FILE [--only TEXT] [--json]

Each case is solved by this program and by both models of the peer, one after the
other, and the faster model counts. Times are of reading, building and solving,
without starting Python: seconds of processor time, the peer's solver included,
and by the wall clock. A ratio above 1 says that the peer takes longer.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from repatria.planning.packing import answer_packing, check_packing, read_packing

HERE = Path(__file__).resolve().parent
PEER = HERE.parents[1] / ".venv-kep" / "bin" / "python"


def main():
    """Print one row per case, and the medians."""
    call = argparse.ArgumentParser(description=__doc__)
    call.add_argument("--cases", type=Path, required=True, help="folder of KP_Num*.txt")
    call.add_argument("--optima", type=Path, required=True, help="known optima, as JSON")
    call.add_argument("--peer", type=Path, default=PEER, help="Python with kep_solver")
    call.add_argument("--only", default="", help="cases whose name holds this")
    call.add_argument("--json", action="store_true")
    options = call.parse_args()
    cases = json.loads(options.optima.read_text())["optima"]
    cases = [case for case in cases if options.only in case["name"]]
    warm = options.cases / f"{cases[0]['name']}.txt"
    answer_packing(read_packing(warm.read_bytes()))
    rows = []
    with tempfile.TemporaryDirectory() as folder, _peer(options.peer) as peer:
        for case in cases:
            rows.append(_row(case, options.cases, Path(folder), peer))
            if not options.json:
                print(_line(rows[-1]), flush=True)
    if options.json:
        print(json.dumps(rows))
    else:
        _summary(rows)
    return 0 if all(row["right"] for row in rows) else 1


def _peer(python):
    return subprocess.Popen(
        [str(python), str(HERE / "peers" / "kep_peer.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _row(case, folder, scratch, peer):
    content = (folder / f"{case['name']}.txt").read_bytes()
    caps = {"cycle_cap": case["cycle_cap"], "chain_cap": case["chain_pairs"]}
    begun, cpu = perf_counter(), process_time()
    question = read_packing(content, **caps)
    plan = answer_packing(question, seconds=120)
    ours, ours_cpu = perf_counter() - begun, process_time() - cpu
    file = scratch / "question.json"
    file.write_text(json.dumps(_for_peer(question)))
    theirs = []
    for model in ("cycles", "picef"):
        peer.stdin.write(json.dumps({"file": str(file), "model": model, **caps}) + "\n")
        peer.stdin.flush()
        theirs.append(json.loads(peer.stdout.readline()))
    value = plan["levels"][0]["value"]
    right = value == case["optimum"] and plan["status"] == "optimal"
    return {
        "case": case["name"],
        **caps,
        "value": value,
        "right": right and not check_packing(question, plan),
        "peer_right": all(each["value"] == value for each in theirs),
        "cpu": ours_cpu,
        "peer_cpu": min(each["cpu"] for each in theirs),
        "seconds": ours,
        "peer_seconds": min(each["seconds"] for each in theirs),
    }


def _for_peer(question):
    """The question in the peer's own format, version 2."""
    pairs = [v for v in range(len(question.names)) if v not in question.altruists]
    going = {v: [] for v in range(len(question.names))}
    for (giver, receiver), weight in question.edges.items():
        going[giver].append({"recipient": str(receiver), "score": weight})
    donors = [
        {
            "id": str(v),
            "paired_recipients": [] if v in question.altruists else [str(v)],
            "outgoing_transplants": going[v],
        }
        for v in range(len(question.names))
    ]
    return {"schema_version": 2, "donors": donors, "recipients": [{"id": str(v)} for v in pairs]}


def _line(row):
    ratio, wall = row["peer_cpu"] / row["cpu"], row["peer_seconds"] / row["seconds"]
    return (
        f"{row['case']:22} {row['cycle_cap']},{row['chain_cap']}  {row['value']:4}  "
        f"{'equal' if row['right'] else 'WRONG'}  {row['cpu']:7.3f} s  "
        f"peer {row['peer_cpu']:7.3f} s  ratio {ratio:6.2f}  (wall {wall:6.2f})"
    )


def _summary(rows):
    for name, top, bottom in (
        ("processor time", "peer_cpu", "cpu"),
        ("wall clock", "peer_seconds", "seconds"),
    ):
        ratios = [row[top] / row[bottom] for row in rows]
        print(
            f"{name}: median ratio {statistics.median(ratios):.2f}, geometric "
            f"{statistics.geometric_mean(ratios):.2f}, least {min(ratios):.2f}, "
            f"slower in {sum(ratio < 1 for ratio in ratios)} of {len(rows)}"
        )
    right = sum(row["right"] for row in rows)
    print(f"optima equal: {right} of {len(rows)}; the peer's: {sum(r['peer_right'] for r in rows)}")


if __name__ == "__main__":
    sys.exit(main())
