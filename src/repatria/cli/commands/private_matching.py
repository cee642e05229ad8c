"""`private offer|reply|finish|open|check`: two parties find whom both their lists name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from repatria.cli.console import OPERATOR, REFUSED, err, out_console, plain_errors, progress_bar
from repatria.linkage.private.group import MissingLibraryError
from repatria.linkage.private.run import Speed
from repatria.lists.release import ReleaseEntry
from repatria.operations.desk import Desk
from repatria.operations.private_matching import (
    FoundPair,
    Kept,
    Step,
    answer_offer,
    check_their_sample,
    conclude_run,
    make_offer,
    open_our_sample,
)
from repatria.operations.private_runs import MOST_LISTS, Run, run_of
from repatria.terms import Role
from repatria.wiring.installation import Installation
from repatria.wiring.outbox import write_new
from repatria.wiring.private_runs import (
    WORKERS,
    keep,
    kept_of,
    load_library,
    read_message_file,
)

SEEN = (
    "what the other learns: the size of your list to a power of two, which of its own records "
    "share a key with one of yours, and the records that are drawn and opened"
)
FIRST = "whoever offers learns first, and can stop there; nothing can prevent that"
GUESSES = (
    "that they share keys does not make them one person; and a list may hold guesses: "
    "an opened record shows what was committed to, not that somebody is held"
)
Act = Callable[[Desk, Run, Kept], Step]


def offer(home: Path, round_id: str, *, out: Path, shown: int, blind: int) -> int:
    """Write an offer."""
    with progress_bar("hiding keys") as progress:
        speed = Speed(progress=progress, workers=WORKERS)
        code, _ = _step(
            home,
            round_id,
            lambda desk, run, kept: make_offer(
                desk, run, kept, shown=shown, blind=blind, speed=speed
            ),
            out=out,
        )
    return _told(code, SEEN, FIRST)


def reply(home: Path, round_id: str, file: Path, *, out: Path, shown: int, blind: int) -> int:
    """Write the answer to an offer."""
    with progress_bar("hiding keys") as progress:
        speed = Speed(progress=progress, workers=WORKERS)
        code, _ = _step(
            home,
            round_id,
            lambda desk, run, kept: answer_offer(
                desk, run, kept, read_message_file(file), shown=shown, blind=blind, speed=speed
            ),
            out=out,
        )
    return _told(code, SEEN, FIRST)


def finish(home: Path, round_id: str, file: Path, *, out: Path, as_json: bool) -> int:
    """Show the pairs and write the conclusion."""
    with progress_bar("hiding keys") as progress:
        speed = Speed(progress=progress, workers=WORKERS)
        code, step = _step(
            home,
            round_id,
            lambda desk, run, kept: conclude_run(
                desk, run, kept, read_message_file(file), speed=speed
            ),
            out=out,
        )
    return _show(code, step, as_json=as_json)


def open_sample(home: Path, round_id: str, file: Path, *, out: Path, as_json: bool) -> int:
    """Check their sample, show the pairs and write our sample."""
    code, step = _step(
        home,
        round_id,
        lambda desk, run, kept: open_our_sample(desk, run, kept, read_message_file(file)),
        out=out,
    )
    return _show(code, step, as_json=as_json)


def check(home: Path, round_id: str, file: Path, *, as_json: bool) -> int:
    """Check their sample and show the pairs."""
    code, step = _step(
        home,
        round_id,
        lambda desk, run, kept: check_their_sample(desk, run, kept, read_message_file(file)),
        out=None,
    )
    return _show(code, step, as_json=as_json)


def _step(home: Path, round_id: str, act: Act, *, out: Path | None) -> tuple[int, Step | None]:
    step: Step | None = None
    with plain_errors() as code:
        try:
            load_library()
        except MissingLibraryError as missing:
            err.print(str(missing))
            return REFUSED, None
        if out is not None and out.exists():
            raise FileExistsError(str(out))
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.NEGOTIATOR)
            run = run_of(desk, round_id)
            err.print(f"list {run.lists} of at most {MOST_LISTS} that {run.peer} brings")
            step = act(desk, run, kept_of(installation, run))
            # Kept before it is handed on: what was said once must be said the same again.
            keep(installation, run, step.kept)
        installation.close()
        if out is not None:
            write_new(out, step.message)
            err.print(f"written for {run.peer}: {out}")
    return code[0], step


def _told(code: int, *sentences: str) -> int:
    if not code:
        for sentence in sentences:
            err.print(sentence)
    return code


def _show(code: int, step: Step | None, *, as_json: bool) -> int:
    if code or step is None:
        return code
    if as_json:
        told = {
            "pairs": [_described(pair) for pair in step.pairs],
            "disclosed": step.disclosed,
            "opened": [
                {"theirs": slot, "entry": _names(entry)} for slot, entry in step.opened.items()
            ],
        }
        out_console.print_json(json.dumps(told))
        return code
    for pair in step.pairs:
        beside = f" = {_names(pair.theirs)}, as committed" if pair.theirs is not None else ""
        keys = ", ".join(str(sort) for sort in pair.match.sorts)
        out_console.print(
            f"{_names(pair.ours)}  <->  number {pair.match.theirs} of theirs{beside}  ({keys})"
        )
    for slot, entry in step.opened.items():
        out_console.print(f"number {slot} of theirs, drawn blindly: {_names(entry) or 'nobody'}")
    err.print(f"{len(step.pairs)} pairs; {step.disclosed} pairs of records share a key in all")
    err.print(GUESSES)
    return code


def _described(pair: FoundPair) -> dict[str, Any]:
    return {
        "ours": pair.match.own,
        "theirs": pair.match.theirs,
        "keys": [str(sort) for sort in pair.match.sorts],
        "weight": pair.match.weight,
        "our_entry": _names(pair.ours),
        "their_entry": _names(pair.theirs),
    }


def _names(entry: ReleaseEntry | None) -> str:
    if entry is None:
        return ""
    born = f", {entry.birth}" if entry.birth is not None else ""
    reference = f" [{entry.reference}]" if entry.reference else ""
    return " / ".join(name.text for name in entry.names) + born + reference
