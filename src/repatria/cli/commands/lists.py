"""`import`: list files in."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from repatria.cli.console import OPERATOR, WRONG_CALL, err, is_party, plain_errors, progress_bar
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import (
    ListFile,
    UnreadableRow,
    open_list_file,
    write_unreadable,
)
from repatria.terms import PartyCode, Role
from repatria.terms.parties import INTERMEDIARY
from repatria.wiring.installation import Installation


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
    from repatria.operations.submission import submit_list  # noqa: PLC0415 -- not for help

    with plain_errors() as code:
        installation = Installation.at(home)
        if not to and not held:
            err.print("say to which party the list is put: --to PARTY")
            return WRONG_CALL
        if to and not is_party(to):
            return WRONG_CALL
        read = open_list_file(file)
        _describe(read)
        with progress_bar("reading") as progress:
            rows = tuple(read.rows(progress))
        with installation.open(), progress_bar("writing") as progress:
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
        err.print(
            f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.same)} same, "
            f"{len(changes.unreadable)} unreadable, {read.description.blank_rows} blank, "
            f"{len(changes.absent)} no longer in the file"
        )
        for changed in changes.changed[:20]:
            err.print(f"  row {changed.row.number}: {', '.join(changed.fields)}")
        if changes.unreadable:
            _give_back(changes.unreadable, unreadable or file.with_suffix(".unreadable.csv"))
        if dry_run:
            err.print("nothing was written (dry run)")
        elif not done.written:
            err.print("nothing was written: this file changes nothing")
        else:
            err.print(f"{done.written} statements written to list {done.list_id}")
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
    err.print(table)


def _give_back(rows: Sequence[UnreadableRow], path: Path) -> None:
    for row in rows[:10]:
        err.print(f"  row {row.number}, column {row.column}: {row.reason}")
    try:
        write_unreadable(rows, path)
        err.print(f"rows that cannot be read are in {path}")
    except FileExistsError:
        err.print(f"{path} exists already; name another file with --unreadable")
