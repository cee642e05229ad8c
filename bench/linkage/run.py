"""How well and how fast are lists matched, beside what others offer?

Usage: run.py --cases DIR... [--engines ours,tfidf,...] [--modes names,birth] [--out FILE]
Each engine, case and mode is a process of its own; time and memory are those of the
whole process. Results are lines of JSON; what is in the file already is not run again
unless asked. An engine with -own behind its name gets names as we romanise them.
Engines that learn do so on the training cases of other tracks, never on the measured
one, and before the clock starts.
"""

import argparse
import importlib.metadata
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from cases import read_case, read_pairs
from peers import ENGINES, OWN
from scoring import measured
from tables import table

HERE = Path(__file__).parent


def versions(engine: str) -> dict[str, str]:
    """The packages behind an engine that are installed here."""
    packages = ENGINES[engine].packages
    return {name: importlib.metadata.version(name) for name in packages if _is_here(name)}


def _is_here(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def command(engine: str, case: Path, mode: str, asked: argparse.Namespace, out: Path) -> list[str]:
    """What is run for one engine, case and mode."""
    plain = engine.removesuffix(OWN)
    own = dict(line.split("=", 1) for line in asked.command)
    if plain in own:
        lists = {"left": case / "A.csv", "right": case / "B.csv", "out": out, "mode": mode}
        return [part.format(**lists) for part in shlex.split(own[plain])]
    words = [asked.python, str(HERE / "engine.py"), plain, "--left", str(case / "A.csv")]
    words += ["--right", str(case / "B.csv"), "--out", str(out)]
    words += ["--birth"] if mode == "birth" else []
    words += ["--romanised", "ours"] if engine.endswith(OWN) else []
    if ENGINES[plain].learns:
        words += ["--kept", str(asked.kept), "--training", *map(str, training(case, asked))]
    return words


def training(case: Path, asked: argparse.Namespace) -> list[Path]:
    """The training cases of other tracks."""
    track = case.name.rsplit("_", 1)[0]
    return [path for path in asked.training or asked.cases if path.name.rsplit("_", 1)[0] != track]


def timed(words: list[str], *, limit: float) -> tuple[float, float, float]:
    """Seconds, seconds of processor time and peak megabytes of one process.

    Raises:
        RuntimeError: it failed or took longer than the limit.
    """
    started = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        os.set_blocking(process.stderr.fileno(), False)
        said = b""
        while True:
            said = (said + (process.stderr.read() or b""))[-2_000:]
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.perf_counter() - started > limit:
                process.kill()
            time.sleep(0.005)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"ended with {process.returncode}: {said.decode(errors='replace')}")
    seconds = time.perf_counter() - started
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def result(engine: str, case: Path, mode: str, asked: argparse.Namespace) -> dict:
    """One line of results."""
    plain = engine.removesuffix(OWN)
    folder = asked.pairs / engine / mode
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"{case.name}.csv"
    words = command(engine, case, mode, asked, out)
    line = {"engine": engine, "case": case.name, "mode": mode, "versions": versions(plain)}
    line["at"] = datetime.now(tz=UTC).isoformat(timespec="seconds")
    if asked.rescore:
        before = {(one["engine"], one["case"], one["mode"]): one for one in lines_of(asked.out)}
        return {**before.get((engine, case.name, mode), line), **scored(out, case, mode, plain)}
    try:
        if ENGINES[plain].learns:  # learns what it has not learned yet
            timed(words, limit=asked.limit)
        seconds, processor, megabytes = timed(words, limit=asked.limit)
    except RuntimeError as error:
        return {**line, "error": str(error)[-500:]}
    spent = {"seconds": seconds, "cpu_seconds": processor, "megabytes": megabytes}
    return {**line, **spent, **scored(out, case, mode, plain)}


def scored(out: Path, case: Path, mode: str, engine: str) -> dict[str, float]:
    """The figures of a file of pairs."""
    read = read_case(case, with_birth=mode == "birth")
    pairs = read_pairs(out, read.left, read.right)
    return measured(pairs, read, ENGINES[engine].threshold)


def lines_of(path: Path) -> list[dict]:
    """The results in a file; of repeated ones the last."""
    if not path.exists():
        return []
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return list({(one["engine"], one["case"], one["mode"]): one for one in read}.values())


def wanted(asked: argparse.Namespace) -> Iterator[tuple[str, Path, str]]:
    """What is still to be run."""
    done = {(one["engine"], one["case"], one["mode"]) for one in lines_of(asked.out)}
    for engine in asked.engines.split(","):
        for case in asked.cases:
            for mode in asked.modes.split(","):
                if asked.again or asked.rescore or (engine, case.name, mode) not in done:
                    yield engine, case, mode


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, nargs="+", default=[])
    parser.add_argument("--training", type=Path, nargs="*", help="default: the cases themselves")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--modes", default="names,birth")
    parser.add_argument("--out", type=Path, default=Path("results.jsonl"))
    parser.add_argument("--pairs", type=Path, default=Path("pairs"), help="folder for scored pairs")
    parser.add_argument("--kept", type=Path, default=Path("learned"), help="what peers learned")
    parser.add_argument("--again", action="store_true", help="also what is in the file already")
    parser.add_argument("--rescore", action="store_true", help="of the pairs kept, without running")
    parser.add_argument("--limit", type=float, default=3_600.0, help="seconds for one process")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument(
        "--command",
        action="append",
        default=[],
        help="ENGINE=WORDS with {left} {right} {out} {mode}, in place of our own script",
    )
    return parser.parse_args()


def main() -> None:
    """Run what is asked and print the table of everything in the file."""
    asked = arguments()
    if find_spec("scipy") is None:
        raise SystemExit("run bench/linkage/setup first, and this with its Python")
    for engine, case, mode in wanted(asked):
        line = result(engine, case.resolve(), mode, asked)
        with asked.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        shown = line.get("error") or (
            f"best F1 {line['best_f1']:.3f}, default {line['default_f1']:.3f} "
            f"(precision {line['default_precision']:.3f}), {line.get('seconds', 0):.1f} s "
            f"({line.get('cpu_seconds', 0):.1f} s of processor time)"
        )
        print(f"{engine} {case.name} {mode}: {shown}", file=sys.stderr, flush=True)
    print(table(lines_of(asked.out)))


if __name__ == "__main__":
    main()
