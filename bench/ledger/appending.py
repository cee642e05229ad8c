"""How fast is something said, durably and signed?"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

from measuring import NORTH, Result, Setting, installation, lines, seconds

from repatria.ledger.commitment import commitment
from repatria.ledger.log import Log
from repatria.ledger.statement import Statement

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
_TABLES = """
CREATE TABLE log_entry (origin TEXT, seq INTEGER, commitment BLOB, PRIMARY KEY (origin, seq));
CREATE TABLE body (origin TEXT, seq INTEGER, salt BLOB, text TEXT, PRIMARY KEY (origin, seq));
CREATE TABLE head_note (origin TEXT, size INTEGER, note TEXT, PRIMARY KEY (origin, size));
"""


@contextmanager
def opened_log(folder: Path, *, projections: bool, guarded: bool = True) -> Iterator[Log]:
    """The log of a new installation."""
    made = installation(folder, NORTH)
    with made.open():
        from repatria.store.log import StoreLog

        guard = made.mark() if guarded else None
        log = StoreLog(NORTH, made.node().signing, secrets.token_bytes, guard)
        if projections:
            yield log
        else:
            with mock.patch("repatria.store.log.project"):
                yield log
    made.close()


def raw_database(path: Path) -> sqlite3.Connection:
    """The three tables that hold what was said, without Django and without triggers."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(_PRAGMAS + _TABLES)
    return database


def raw_rows(count: int) -> list[tuple[bytes, bytes, str]]:
    """Commitment, salt and body of statements, made beforehand."""
    salted = [(secrets.token_bytes(16), said.body) for said in lines(count, seed=1)]
    return [(commitment(salt, body), salt, body.decode()) for salt, body in salted]


def raw_write(
    database: sqlite3.Connection, first: int, rows: list[tuple[bytes, bytes, str]]
) -> None:
    """One transaction."""
    database.execute("BEGIN IMMEDIATE")
    database.executemany(
        "INSERT INTO log_entry VALUES ('north', ?, ?)",
        [(first + n, row[0]) for n, row in enumerate(rows)],
    )
    database.executemany(
        "INSERT INTO body VALUES ('north', ?, ?, ?)",
        [(first + n, row[1], row[2]) for n, row in enumerate(rows)],
    )
    database.execute("INSERT INTO head_note VALUES ('north', ?, ?)", (first + len(rows), "n" * 160))
    database.execute("COMMIT")


def synced_writes(setting: Setting) -> Iterator[Result]:
    """Writes of one sector to a file, each forced to disk: the rhythm of this disk."""
    count, file = setting.size(5_000), os.open(setting.folder / "file", os.O_CREAT | os.O_RDWR)
    os.pwrite(file, bytes(4096), 0)
    os.fsync(file)

    def work() -> None:
        for _ in range(count):
            os.pwrite(file, bytes(512), 0)
            os.fdatasync(file)

    rates = [count / seconds(work) for _ in range(setting.runs)]
    yield Result(what="write of 512 bytes and fdatasync", unit="/s", ours=rates, limit=[])


def single_appends(setting: Setting) -> Iterator[Result]:
    """One statement in a transaction of its own."""
    for projections, guarded in ((False, False), (False, True), (True, True)):
        yield _appends(setting, 1, setting.size(3_000), projections=projections, guarded=guarded)


def batch_appends(setting: Setting) -> Iterator[Result]:
    """A thousand statements in a transaction."""
    for projections in (False, True):
        yield _appends(setting, 1_000, setting.size(20), projections=projections, guarded=True)


def _appends(
    setting: Setting, size: int, count: int, *, projections: bool, guarded: bool
) -> Result:
    """So many appends of so many statements each, beside the bare rows."""
    name = f"{size}-{projections}-{guarded}"
    rows = raw_rows(size)
    ours, limit = [], []
    with (
        opened_log(setting.folder / name, projections=projections, guarded=guarded) as log,
        closing(raw_database(setting.folder / f"{name}.raw")) as raw,
    ):

        def append_all(batches: list[list[Statement]]) -> None:
            for batch in batches:
                log.append(batch)

        def write_all(start: int) -> None:
            for number in range(count):
                raw_write(raw, start + number * size, rows)

        for run in range(setting.runs):
            said = lines(size * count, seed=run + 2)
            batches = [said[at : at + size] for at in range(0, len(said), size)]
            ours.append(len(said) / seconds(partial(append_all, batches)))
            limit.append(len(said) / seconds(partial(write_all, run * len(said))))
    target = f">= {0.4 if size == 1 else 0.5} of bare rows"
    return Result(
        what=f"append {size:,}, projections {'on' if projections else 'off'}"
        + (", guard" if guarded else ""),
        unit="/s",
        ours=ours,
        limit=limit,
        target="" if projections else target,
    )
