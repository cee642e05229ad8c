"""How fast is something said, durably and signed?"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from measuring import NORTH, Result, Setting, lines, seconds

from repatria.ledger.commitment import commitment
from repatria.ledger.log import Log
from repatria.wiring.installation import Installation

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
_TABLES = """
CREATE TABLE log_entry (origin TEXT, seq INTEGER, commitment BLOB, PRIMARY KEY (origin, seq));
CREATE TABLE body (origin TEXT, seq INTEGER, salt BLOB, text TEXT, PRIMARY KEY (origin, seq));
CREATE TABLE head_note (origin TEXT, size INTEGER, note TEXT, PRIMARY KEY (origin, size));
"""


class FileGuard:
    """The newest head in a file of one sector, synced: what the real one costs on disk."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_RDWR)
        os.pwrite(self._file, bytes(512), 0)
        os.fsync(self._file)

    def check(self, size: int, root_at: Callable[[int], bytes | None]) -> None:
        """Compare the head as it stands."""
        kept = os.pread(self._file, 512, 0)
        if int.from_bytes(kept[:8], "big") and kept[8:40] != root_at(size):
            raise AssertionError

    def advance(self, size: int, root: bytes) -> None:
        """Remember a head."""
        os.pwrite(self._file, (size.to_bytes(8, "big") + root).ljust(512, b"\0"), 0)
        os.fdatasync(self._file)


@contextmanager
def opened_log(folder: Path, *, projections: bool, guarded: bool = True) -> Iterator[Log]:
    """The log of a new installation."""
    made = Installation.create(folder, party=NORTH, title="North")
    with made.open():
        from repatria.store.log import StoreLog

        guard = FileGuard(folder / "mark") if guarded else None
        log = StoreLog(NORTH, made.signing_key(), secrets.token_bytes, guard)
        if projections:
            yield log
        else:
            with mock.patch("repatria.store.log.project", lambda *_, **__: None):
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
    count = setting.size(3_000)
    for projections, guarded in ((False, False), (False, True), (True, True)):
        name = f"{projections}-{guarded}"
        with (
            opened_log(setting.folder / name, projections=projections, guarded=guarded) as log,
            closing(raw_database(setting.folder / f"{name}.raw")) as raw,
        ):
            ours, limit = [], []
            rows = raw_rows(count)
            for run in range(setting.runs):
                said = lines(count, seed=run + 2)
                ours.append(count / seconds(lambda: [log.append((one,)) for one in said]))
                limit.append(
                    count
                    / seconds(
                        lambda: [
                            raw_write(raw, run * count + n, [row]) for n, row in enumerate(rows)
                        ]
                    )
                )
        yield Result(
            what=f"append 1, {_how(projections, guarded)}",
            unit="/s",
            ours=ours,
            limit=limit,
            target=">= 0.40 of raw commits" if not projections else "",
        )


def batch_appends(setting: Setting) -> Iterator[Result]:
    """A thousand statements in a transaction."""
    size, count = 1_000, setting.size(20)
    for projections in (False, True):
        with (
            opened_log(setting.folder / f"{projections}", projections=projections) as log,
            closing(raw_database(setting.folder / f"{projections}.raw")) as raw,
        ):
            ours, limit = [], []
            rows = raw_rows(size)
            for run in range(setting.runs):
                said = [lines(size, seed=100 * run + n) for n in range(count)]
                ours.append(size * count / seconds(lambda: [log.append(batch) for batch in said]))
                limit.append(
                    size
                    * count
                    / seconds(
                        lambda: [
                            raw_write(raw, (run * count + n) * size, rows) for n in range(count)
                        ]
                    )
                )
        yield Result(
            what=f"append 1,000, {_how(projections, True)}",
            unit="/s",
            ours=ours,
            limit=limit,
            target=">= 0.50 of raw rows" if not projections else "",
        )


def _how(projections: bool, guarded: bool) -> str:
    return f"projections {'on' if projections else 'off'}{', guard' if guarded else ''}"
