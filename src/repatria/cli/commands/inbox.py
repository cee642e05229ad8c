"""`package open`, `inbox`, `accept`, `refuse`, `remove`: what others bring us."""

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table

from repatria.cli.console import (
    DONE,
    OPERATOR,
    REFUSED,
    err,
    out_console,
    plain_errors,
    progress_bar,
)
from repatria.ledger.package import MAX_FILE_BYTES, opened
from repatria.operations.desk import Desk
from repatria.operations.package_states import STATE_WORDS, PackageState
from repatria.operations.preview import Preview, preview_package
from repatria.operations.receiving import TakenIn, refuse_package, take_in_package
from repatria.terms import IntegrityError, NotVisible, Role
from repatria.wiring.inbox import (
    WaitingPackage,
    accept_waiting,
    refuse_waiting,
    remove_waiting,
    waiting_packages,
)
from repatria.wiring.installation import Installation
from repatria.wiring.outbox import write_new
from repatria.wiring.residues import clean_if_erased

_KINDS_SHOWN = 30


@contextlib.contextmanager
def desk_at(home: Path) -> Iterator[tuple[Installation, Desk]]:
    """The installation in a folder, open, and the operator's desk in it."""
    installation = Installation.at(home)
    with installation.open():
        yield installation, installation.desk(OPERATOR, Role.REGISTRAR)
    installation.close()


def open_package_file(home: Path, file: Path, *, inside: Path | None, as_json: bool) -> int:
    """Say what a package would bring."""
    with plain_errors() as code, desk_at(home) as (_, desk):
        raw = _read(file)
        with progress_bar("checking"):
            seen = preview_package(desk, raw, place=file.name)
        if as_json:
            sys.stdout.write(json.dumps(_as_json(seen)) + "\n")
        else:
            _print_preview(seen)
        if inside is not None:
            write_new(inside, opened(raw, desk.node.identity, place=file.name))
            err.print(f"its signed inside is in {inside}; readable statements are in it")
        if seen.state not in (
            PackageState.WAITING,
            PackageState.NOTHING_NEW,
            PackageState.TAKEN_IN,
            PackageState.REFUSED,
        ):
            code[0] = REFUSED
    return code[0]


def _read(file: Path) -> bytes:
    """The bytes of a package file; one that is larger than any package is not read."""
    if file.stat().st_size > MAX_FILE_BYTES:
        raise IntegrityError(file.name, "package-too-large")
    return file.read_bytes()


def said_of(seen: Preview) -> tuple[str, str]:
    """What is the matter with a package, and what to do next."""
    words = STATE_WORDS[seen.state]
    party = {"party": seen.sender or "its sender"}
    return words.sentence % party, words.next % party


def _print_preview(seen: Preview) -> None:
    table = Table(show_header=False, box=None)
    for name, value in _facts(seen):
        if value:
            table.add_row(name, value)
    out_console.print(table)
    if seen.kinds:
        kinds = Table("kind of statement", "new", "all")
        for each in seen.kinds[:_KINDS_SHOWN]:
            kinds.add_row(each.kind.replace(".", " "), str(each.new), str(each.total))
        out_console.print(kinds)
    sentence, after = said_of(seen)
    out_console.print(sentence)
    if seen.reason:
        out_console.print(f"  reason: {seen.reason}")
    if seen.code:
        out_console.print(f"  {seen.place}: {seen.code}" if seen.place else f"  {seen.code}")
    for party in seen.tells_of:
        out_console.print(f"It brings evidence that {party} told two stories.")
    if seen.returned:
        out_console.print(_about_returned(seen.returned))
    out_console.print(f"Next: {after}")


def _about_returned(size: int) -> str:
    return (
        f"It gives our own log back, {size} entries. Taking the package in heals nothing: "
        "that is an act of its own (repatria heal)"
    )


def _facts(seen: Preview) -> Iterator[tuple[str, str]]:
    yield "digest", seen.digest
    if seen.sender is None:
        return
    yield "from", seen.sender + ("" if seen.proven else " (not shown by any key known here)")
    yield "for", ", ".join(seen.recipients)
    yield "fingerprint", seen.fingerprint
    yield "signed by key", seen.signed_by
    yield "leads", f"from {seen.have} to {seen.size}; {seen.held} are here"
    yield "brings", f"{seen.entries} statements, {seen.new} of them new"
    yield "readable here", f"{seen.readable}, {seen.new_readable} of them new"
    yield "withheld from us", str(seen.withheld)
    if seen.attachments:
        yield "files", f"{seen.attachments}, {seen.attached_bytes} bytes"
    yield "new keys", "yes, signed by its root keys" if seen.new_keys else ""
    yield "newest statement", seen.last_said.isoformat() if seen.last_said else ""
    yield "until", seen.until.isoformat() if seen.until else ""


def _as_json(seen: Preview) -> dict[str, Any]:
    sentence, after = said_of(seen)
    return {
        "digest": seen.digest,
        "state": seen.state,
        "sentence": sentence,
        "next": after,
        "code": seen.code,
        "place": seen.place,
        "sender": seen.sender,
        "proven": seen.proven,
        "fingerprint": seen.fingerprint,
        "signed_by": seen.signed_by,
        "recipients": list(seen.recipients),
        "have": seen.have,
        "size": seen.size,
        "held": seen.held,
        "new": seen.new,
        "readable": seen.readable,
        "new_readable": seen.new_readable,
        "kinds": [{"kind": k.kind, "total": k.total, "new": k.new} for k in seen.kinds],
        "withheld": seen.withheld,
        "attachments": seen.attachments,
        "attached_bytes": seen.attached_bytes,
        "until": seen.until.isoformat() if seen.until else None,
        "last_said": seen.last_said.isoformat() if seen.last_said else None,
        "new_keys": seen.new_keys,
        "returned": seen.returned,
        "tells_of": list(seen.tells_of),
        "reason": seen.reason,
    }


def inbox(home: Path, *, as_json: bool) -> int:
    """List what waits."""
    with plain_errors() as code, desk_at(home) as (installation, desk):
        with progress_bar("checking") as progress:
            found = waiting_packages(installation, desk, progress=progress)
        if as_json:
            listed = [
                {"file": w.path.name, "length": w.length, **_as_json(w.preview)} for w in found
            ]
            sys.stdout.write(json.dumps(listed) + "\n")
        elif not found:
            err.print(f"nothing waits; put package files into {installation.folder / 'inbox'}")
        else:
            _print_inbox(found)
    return code[0]


def _print_inbox(found: tuple[WaitingPackage, ...]) -> None:
    for each in found:
        seen = each.preview
        word = STATE_WORDS[seen.state].word
        sentence, after = said_of(seen)
        sender = seen.sender or "?"
        reason = f" ({seen.reason})" if seen.reason else ""
        out_console.print(
            f"{seen.digest[:12]}  {word}{reason}  from {sender}, "
            f"{seen.new} new, {seen.new_readable} of them readable  {each.path.name}"
        )
        if seen.state is not PackageState.WAITING:
            code = f" [{seen.code}]" if seen.code else ""
            out_console.print(f"    {sentence}{code} {after}")


def accept(home: Path, package: str) -> int:
    """Take a package in."""
    with plain_errors() as code, desk_at(home) as (installation, desk):
        try:
            path = Path(package)
            if path.is_file() and not _is_in_inbox(installation, path):
                taken = take_in_package(desk, _read(path), place=path.name)
                clean_if_erased(installation)
                err.print(f"{path} was left where it is; it holds readable statements when opened")
            else:
                taken = accept_waiting(installation, desk, _named(installation, desk, package))
                err.print("its file was removed from the inbox: the log holds what it brought")
        except IntegrityError as fault:
            err.print(_after(fault))
            raise
        _print_taken(taken)
    return code[0]


def _is_in_inbox(installation: Installation, path: Path) -> bool:
    return path.resolve().parent == (installation.folder / "inbox").resolve()


def _named(installation: Installation, desk: Desk, package: str) -> str:
    """The digest of the one package in the inbox that is meant.

    Raises:
        NotVisible: none is, or several are.
    """
    path = Path(package)
    found = {
        each.preview.digest
        for each in waiting_packages(installation, desk)
        if each.path.resolve() == path.resolve()
        or (len(package) >= 6 and each.preview.digest.startswith(package.lower()))
    }
    if len(found) != 1:
        raise NotVisible
    return found.pop()


def _after(fault: IntegrityError) -> str:
    match fault.code:
        case "log-forked":
            return (
                "its log is not the one told before: it is frozen now, and the evidence is kept "
                "(repatria package fork show)"
            )
        case "package-gap":
            return STATE_WORDS[PackageState.GAP].next % {"party": "its sender"}
        case "our-log-differs" | "our-log-shorter-than-theirs":
            return STATE_WORDS[PackageState.SET_BACK].next % {"party": "them"}
        case _:
            return "nothing of it was written; repatria package open FILE says more"


def _print_taken(taken: TakenIn) -> None:
    if not taken.new:
        err.print(f"from {taken.sender}: nothing new")
    else:
        err.print(f"from {taken.sender}: {taken.new} new statements, {taken.disclosed} readable")
    for party in taken.forked:
        err.print(f"{party} told two stories: repatria package fork show {party}")
    if taken.returned:
        err.print(_about_returned(taken.returned))


def refuse(home: Path, package: str, *, reason: str) -> int:
    """Note that a package is not taken in."""
    with plain_errors() as code, desk_at(home) as (installation, desk):
        path = Path(package)
        if path.is_file() and not _is_in_inbox(installation, path):
            seen = preview_package(desk, _read(path), place=path.name)
            if seen.sender is None:
                err.print(f"nothing in it says whose it is: {seen.code}")
                return REFUSED
            refuse_package(desk, digest=seen.digest, origin=seen.sender, reason=reason)
        else:
            digest = _named(installation, desk, package)
            refuse_waiting(installation, desk, digest, reason=reason)
        err.print("noted; the file stays and can still be taken in")
    return code[0]


def remove(home: Path, package: str) -> int:
    """Remove a file from the inbox."""
    with plain_errors() as code, desk_at(home) as (installation, desk):
        remove_waiting(installation, desk, _named(installation, desk, package))
        err.print("removed")
    return code[0] or DONE
