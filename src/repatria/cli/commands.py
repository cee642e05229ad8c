"""What the commands do, once somebody really calls them."""

import contextlib
import csv
import gc
import getpass
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from repatria.ledger.kinds import KINDS
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.signing import VerifyKey
from repatria.linkage import Profile, match_lists
from repatria.lists.reading import (
    ListFile,
    ReadRow,
    UnreadableFileError,
    UnreadableRow,
    open_list_file,
    write_unreadable,
)
from repatria.terms import PartyCode, Refusal, Role
from repatria.terms.parties import INTERMEDIARY, PUBLIC
from repatria.wiring.accounts import WeakPasswordError, open_account
from repatria.wiring.installation import Installation, NoInstallationError
from repatria.wiring.verification import NothingToVerifyError, PlaceReport, verify_path

OPERATOR = "operator"
DONE, REFUSED, WRONG_CALL = 0, 1, 2
# No markup and no wrapping: file names hold brackets, and paths are copied from here.
_err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
_out = Console(highlight=False, markup=False, soft_wrap=True)
_PARTY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
# A large list is a million small objects that stay alive until it is written: looking
# for cycles among them every 700 allocations is a tenth of the time.
gc.set_threshold(100_000, 20, 20)


@contextlib.contextmanager
def _plain_errors() -> Iterator[list[int]]:
    """Turns what can go wrong into lines on standard error and an exit code."""
    code = [DONE]
    try:
        yield code
    except UnreadableFileError as unreadable:
        _err.print(f"refused: {unreadable.code}: {unreadable.sentence}")
        code[0] = REFUSED
    except Refusal as refusal:
        for objection in refusal.objections:
            where = f" ({', '.join(objection.about)})" if objection.about else ""
            _err.print(f"refused: {objection.code}{where}: {objection.rule}")
        code[0] = REFUSED
    except (NoInstallationError, NothingToVerifyError, WeakPasswordError) as wrong:
        _err.print(str(wrong))
        code[0] = WRONG_CALL
    except FileNotFoundError as missing:
        _err.print(f"no such file: {missing.filename}")
        code[0] = WRONG_CALL
    except FileExistsError as there:
        _err.print(f"already there and not empty: {there.args[0]}")
        code[0] = WRONG_CALL


@contextlib.contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=_err,
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def demo(workspace: Path, *, serve_pages: bool, as_json: bool, port: int) -> int:
    """Tell the story; then serve its pages unless told not to."""
    from repatria.cli import demo as story  # noqa: PLC0415 -- the solver and the typesetter

    with _plain_errors() as code:
        account_of = Console(stderr=True, highlight=False)
        result = story.run_demo(workspace, account_of)
        if as_json:
            story.print_json(result)
        story.print_summary(result, account_of)
        if not all(result["verified"].values()):
            return REFUSED
        if serve_pages:
            places = [(workspace / p, port + n) for n, p in enumerate(story.SERVED)]
            story.print_accounts(account_of, port)
            return serve(places)
    return code[0]


def init(folder: Path, *, party: str, title: str, postgresql: str) -> int:
    """Make an installation."""
    with _plain_errors() as code:
        if not _is_party(party):
            return WRONG_CALL
        parts = postgresql.split()
        if not all("=" in part for part in parts):
            _err.print("the address of the database is written as host=... dbname=... user=...")
            return WRONG_CALL
        address = dict(part.split("=", 1) for part in parts)
        named = {{"dbname": "NAME"}.get(key, key.upper()): value for key, value in address.items()}
        made = Installation.create(
            folder, party=PartyCode(party), title=title, postgresql=named or None
        )
        _err.print(f"{title} ({party}): {folder}")
        _err.print(f"fingerprint of its key, to be read aloud: {made.public_key.fingerprint}")
        _err.print(f"next: repatria account NAME --role registrar --party {party} --home {folder}")
    return code[0]


def _is_party(code: str) -> bool:
    """Whether this can be the code of a party; says what is wrong if not.

    The code stands in audiences beside `public` and `<party>.medical`, and in the
    header of every package.
    """
    fits = _PARTY.fullmatch(code) is not None and code != PUBLIC
    if not fits:
        _err.print(
            "the code of a party is made of the letters a to z, digits and hyphens, "
            f"begins with no hyphen and is not {PUBLIC!r}"
        )
    return fits


def account(home: Path, *, name: str, role: str, party: str, title: str) -> int:
    """Open an account."""
    with _plain_errors() as code:
        installation = Installation.at(home)
        try:
            known = Role(role)
        except ValueError:
            _err.print(f"no such role; one of: {', '.join(Role)}")
            return WRONG_CALL
        if party and not _is_party(party):
            return WRONG_CALL
        password = os.environ.get("REPATRIA_PASSWORD") or getpass.getpass("password: ")
        open_account(
            installation,
            name=name,
            password=password,
            role=known,
            party=PartyCode(party) if party else None,
            title=title,
        )
    return code[0]


def serve(places: Sequence[tuple[Path, int]]) -> int:
    """Serve the pages of installations, each in a process of its own, until interrupted."""
    with _plain_errors() as code:
        installations = [(Installation.at(folder), port) for folder, port in places]
        children = [
            subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                [sys.executable, "-m", "repatria.cli.server", str(port)],
                env={**os.environ, "REPATRIA_HOME": str(installation.folder.resolve())},
            )
            for installation, port in installations
        ]
        for installation, port in installations:
            _err.print(f"{installation.title}: http://localhost:{port}")
        try:
            while all(child.poll() is None for child in children):
                time.sleep(0.2)
            code[0] = REFUSED
        except KeyboardInterrupt:
            pass
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(10)
    return code[0]


def import_list(
    home: Path,
    file: Path,
    *,
    title: str,
    held: bool,
    to: str,
    dry_run: bool,
    unreadable: Path | None,
) -> int:
    """Read a list file and hand it in."""
    from repatria.operations.submission import submit_list  # noqa: PLC0415 -- as above

    with _plain_errors() as code:
        installation = Installation.at(home)
        if not to and not held:
            _err.print("say to which party the list is put: --to PARTY")
            return WRONG_CALL
        if to and not _is_party(to):
            return WRONG_CALL
        read = open_list_file(file)
        _describe(read)
        with _bar("reading") as progress:
            rows = tuple(read.rows(progress))
        with installation.open(), _bar("writing") as progress:
            done = submit_list(
                installation.desk(OPERATOR, Role.REGISTRAR),
                rows,
                read.description,
                title=title or file.stem,
                population=Population.HELD if held else Population.CLAIMED,
                to=PartyCode(to) if to else INTERMEDIARY,
                dry_run=dry_run,
                progress=progress,
            )
        installation.close()
        changes = done.changes
        _err.print(
            f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.same)} same, "
            f"{len(changes.unreadable)} unreadable, {read.description.blank_rows} blank, "
            f"{len(changes.absent)} no longer in the file"
        )
        for changed in changes.changed[:20]:
            _err.print(f"  row {changed.row.number}: {', '.join(changed.fields)}")
        if changes.unreadable:
            _give_back(changes.unreadable, unreadable or file.with_suffix(".unreadable.csv"))
        if dry_run:
            _err.print("nothing was written (dry run)")
        elif not done.written:
            _err.print("nothing was written: this file changes nothing")
        else:
            _err.print(f"{done.written} statements written to list {done.list_id}")
    return code[0]


def _describe(read: ListFile) -> None:
    shape = read.description
    table = Table(title=shape.name, show_header=False)
    for name, value in (
        ("format", shape.format),
        ("encoding", shape.encoding),
        ("delimiter", repr(shape.delimiter) if shape.delimiter else ""),
        ("sheet", shape.sheet),
        ("headings", f"row {shape.header_row}, language {shape.header_language}"),
        ("rows", str(shape.rows)),
        ("not understood", ", ".join(shape.unmapped)),
    ):
        if value:
            table.add_row(name, value)
    for heading, meaning in shape.columns.items():
        table.add_row(heading, meaning)
    _err.print(table)


def _give_back(rows: Sequence[UnreadableRow], path: Path) -> None:
    for row in rows[:10]:
        _err.print(f"  row {row.number}, column {row.column}: {row.reason}")
    try:
        write_unreadable(rows, path)
        _err.print(f"rows that cannot be read are in {path}")
    except FileExistsError:
        _err.print(f"{path} exists already; name another file with --unreadable")


def match(left: Path, right: Path, *, out: Path | None) -> int:
    """Compare two list files."""
    with _plain_errors() as code:
        lists = [_profiles(left), _profiles(right)]
        with _bar("comparing") as progress:
            pairs = match_lists(lists[0], lists[1], progress=progress)
        target = out.open("w", encoding="utf-8", newline="") if out else sys.stdout
        with contextlib.ExitStack() as stack:
            if out:
                stack.enter_context(target)
            writer = csv.writer(target)
            writer.writerow(["id_a", "id_b", "score", "decision"])
            for pair in pairs:
                writer.writerow([pair.left_id, pair.right_id, f"{pair.score:.6f}", pair.decision])
        links = sum(pair.decision == "link" for pair in pairs)
        _err.print(f"{links} links, {len(pairs)} candidate pairs")
    return code[0]


def _profiles(file: Path) -> list[Profile]:
    """The readable lines of a list file; an own number of the list is the id."""
    read = open_list_file(file)
    profiles = []
    unreadable = 0
    for row in read.rows():
        if not isinstance(row, ReadRow):
            unreadable += 1
            continue
        record = row.record
        profiles.append(
            Profile(
                id=record.reference or str(record.line_number),
                names=record.names,
                birth=record.birth,
                sex=record.sex,
                father=record.father,
                captured_on=record.captured_on,
                place_of_birth=record.born_at,
            )
        )
    if unreadable:
        _err.print(f"{file.name}: {unreadable} rows cannot be read and were left out")
    return profiles


def plan(home: Path, *, terms: str, parties: Sequence[str]) -> int:
    """Solve a plan and show it."""
    from repatria.operations.agreement import plan_exchange  # noqa: PLC0415 -- the solver

    with _plain_errors() as code:
        installation = Installation.at(home)
        with installation.open():
            made = plan_exchange(
                installation.desk(OPERATOR, Role.NEGOTIATOR),
                terms_id=terms,
                parties=[PartyCode(p) for p in parties],
            )
        installation.close()
        _err.print(f"{made.plan_id}: {len(made.selected)} go, {len(made.left_out)} stay")
        for level in made.levels:
            proven = "proven" if level["proven"] else "not proven"
            _err.print(f"  {level['id']}: {level['value']} ({proven})")
        for person, reason in made.reasons.items():
            _err.print(f"  {person}: {reason['sentence']}")
    return code[0]


def verify(path: Path, *, key: str, as_json: bool) -> int:
    """Verify and say what is wrong, and where."""
    with _plain_errors() as code:
        try:
            known = VerifyKey.from_text(key) if key else None
        except ValueError:
            _err.print("the key is not a public key in base64")
            return WRONG_CALL
        reports = verify_path(path, key=known)
        if as_json:
            sys.stdout.write(json.dumps([_as_json(r) for r in reports]) + "\n")
        else:
            for report in reports:
                _print_report(report)
        if not all(report.holds for report in reports):
            code[0] = REFUSED
    return code[0]


def _as_json(report: PlaceReport) -> dict[str, Any]:
    return {
        "place": report.place,
        "party": report.party,
        "size": report.size,
        "root": report.root,
        "statements": report.statements,
        "holds": report.holds,
        "faults": [{"place": f.place, "code": f.code} for f in report.faults],
    }


def _print_report(report: PlaceReport) -> None:
    if report.holds:
        _out.print(
            f"{report.place}: as signed; {report.size} entries, "
            f"{report.statements} statements, root {report.root}"
        )
        if report.note:
            _out.print(f"  {report.note}")
    for fault in report.faults:
        _out.print(f"{report.place}: NOT AS SIGNED: {fault.place}: {fault.code}")


def rebuild(home: Path) -> int:
    """Fold everything derived anew."""
    with _plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), _bar("folding") as progress:
            from repatria.store.projections import (  # noqa: PLC0415 -- needs Django set up
                rebuild as fold_anew,
            )
            from repatria.store.projections import table_digests  # noqa: PLC0415 -- same

            log = installation.log()
            with log.exclusive():
                before = table_digests()
                fold_anew(installation.party, progress)
                after = table_digests()
        installation.close()
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            _err.print(f"these tables were not as the log says, and are now: {', '.join(changed)}")
        else:
            _err.print("all derived tables were as the log says")
    return code[0]


def export(home: Path, out: Path, *, redacted: bool) -> int:
    """Write the own log as lines of JSON."""
    with _plain_errors() as code:
        installation = Installation.at(home)
        with installation.open(), out.open("x", encoding="utf-8") as file:
            log = installation.log()
            count = 0
            for entry in log.of_kind(*KINDS):
                if entry.origin != installation.party:
                    continue
                statement = entry.statement
                content = dict(statement.content)
                if redacted:
                    content = KINDS[statement.kind].redact(content)
                body = {**json.loads(statement.body), "content": content, "ref": entry.ref}
                file.write(json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n")
                count += 1
        _err.print(f"{count} statements written to {out}")
    return code[0]
