"""A write that fails, whichever it is, leaves all as it was before or all as it is after.

The database's own errors are raised at the k-th statement that is sent to it, for
every k, or by default for each fourth, until nothing fails any more; then at the
commit, and at the mark beside it.
"""

import os
import resource
import signal
import sqlite3
from contextlib import contextmanager

import psycopg
import pytest

from conftest import BOTH_DATABASES
from counts import lots, often
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import PartyCode
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.verification import verify_path
from statements import named, noted, placed

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


class DiskError(sqlite3.OperationalError, psycopg.OperationalError):
    """The disk says no, in the words of either driver."""


class _Cursor:
    """A driver's cursor whose k-th statement fails."""

    def __init__(self, cursor, faults):
        self.__dict__.update(cursor=cursor, faults=faults)

    def __getattr__(self, name):
        return getattr(self.cursor, name)

    def __setattr__(self, name, value):
        setattr(self.cursor, name, value)

    def __iter__(self):
        return iter(self.cursor)

    def __enter__(self):
        self.cursor.__enter__()
        return self

    def __exit__(self, *raised):
        return self.cursor.__exit__(*raised)

    def execute(self, *args, **named):
        """One statement, or the fault that is due."""
        self.faults.count()
        return self.cursor.execute(*args, **named)

    def executemany(self, *args, **named):
        """One statement for many rows, or the fault that is due."""
        self.faults.count()
        return self.cursor.executemany(*args, **named)


class _Connection:
    """A driver's connection whose k-th statement fails, however it is reached."""

    def __init__(self, connection, k):
        self.__dict__.update(connection=connection, due=k, sent=0)

    def count(self):
        """Count a statement; raise what is due."""
        self.__dict__["sent"] += 1
        if self.sent == self.due:
            raise DiskError("disk I/O error")

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def __setattr__(self, name, value):
        setattr(self.connection, name, value)

    def cursor(self, *args, **named):
        """A cursor that counts."""
        return _Cursor(self.connection.cursor(*args, **named), self)


@contextmanager
def failing_at(installation, k):
    """The k-th statement that the database is sent fails; gives what counts them."""
    from django.db import connections

    django = connections[installation.alias]
    django.ensure_connection()
    driver = django.connection
    django.connection = _Connection(driver, k)
    try:
        yield django.connection
    finally:
        django.connection = driver


def state(installation):
    """Heads, commitments and tables of an installation that is open."""
    from repatria.store.projections import table_digests

    log = installation.log()
    heads = {party: log.head(party) for party in (NORTH, SOUTH)}
    return heads, log.commitments(NORTH), log.commitments(SOUTH), table_digests()


def fail_everywhere(installation, act):
    """Do the act with a fault at each statement in turn; gives how many there are."""
    from django.db import DatabaseError

    # By default each fourth statement: wherever the first is, all runs together come to every one.
    stride = often(4, 1)
    before, k = state(installation), lots().randint(1, stride) - stride
    while True:
        k += stride
        try:
            with failing_at(installation, k) as counted:
                act()
        except DatabaseError:
            assert state(installation) == before, k
            continue
        assert counted.sent < k
        assert state(installation) != before
        return counted.sent


@pytest.mark.often
@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
def test_a_fault_at_any_write_of_an_append_changes_nothing(north, database_kind):
    with north.open():
        log = north.log()
        sent = fail_everywhere(north, lambda: log.append([named(1), placed(1), noted(2)]))
    assert sent >= 8
    assert all(report.holds for report in verify_path(north.folder))


@pytest.mark.often
@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
def test_a_fault_at_any_write_of_an_import_changes_nothing(
    north, south, desk, acquaint, database_kind
):
    acquaint(north, south)
    with north.open():
        north.log().append([named(1), placed(1), noted(2), noted(3)])
        raw = send_package(desk(north), to=SOUTH).raw
    with south.open():
        sent = fail_everywhere(south, lambda: take_in_package(desk(south), raw))
        assert take_in_package(desk(south), raw).new == 0
    assert sent >= 20
    assert all(report.holds for report in verify_path(south.folder))


def test_a_commit_that_fails_is_not_acknowledged_and_changes_nothing(north, monkeypatch):
    from django.db import OperationalError, connections

    def breaks(*_):
        raise OperationalError("disk I/O error")

    with north.open():
        before, connection = state(north), connections[north.alias]
        with monkeypatch.context() as patched:
            patched.setattr(connection, "_commit", breaks)
            with pytest.raises(OperationalError):
                north.log().append([noted(1)])
        assert state(north) == before
        assert north.log().append([noted(1)]).size == 2


@pytest.mark.parametrize("step", ["pwrite", "fdatasync"])
def test_a_mark_that_cannot_be_written_leaves_the_act_unacknowledged_and_the_log_usable(
    north, monkeypatch, step
):
    """The database is ahead of its mark then, as after a power failure between the two."""
    from repatria.wiring import high_water

    def breaks(*_):
        raise OSError(28, "No space left on device")

    with north.open():
        log = north.log()
        with monkeypatch.context() as patched:
            patched.setattr(high_water.os, step, breaks)
            with pytest.raises(OSError, match="No space left"):
                log.append([noted(1)])
        assert log.append([noted(2)]).size == 3
        assert north.mark().read() == (3, log.head(NORTH).root)
    assert all(report.holds for report in verify_path(north.folder))


def append_until_the_disk_is_full(installation, pipe, limit):
    """Run in a child: append until the file may not grow; tell what was acknowledged."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with installation.open():
        log = installation.log()
        while True:
            try:
                size = log.append([noted(n) for n in range(20)]).size
            except Exception as full:  # noqa: BLE001 -- whatever it is, it is told
                os.write(pipe, f"{type(full).__name__}: {full}\n".encode())
                return
            os.write(pipe, f"{size}\n".encode())


def test_a_full_disk_loses_nothing_that_was_acknowledged_and_work_goes_on_after_it(north):
    north.close()
    database = north.folder / "ledger.sqlite3"
    limit = database.stat().st_size + 400_000
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover -- the child; coverage does not look there
        try:
            append_until_the_disk_is_full(north, write, limit)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        *acknowledged, fault = told.read().splitlines()
    os.waitpid(child, 0)
    assert len(acknowledged) > 3
    assert "full" in fault.lower() or "disk" in fault.lower(), fault
    [report] = verify_path(north.folder)
    assert report.holds, report.faults
    assert report.size >= int(acknowledged[-1])
    with north.open():
        assert north.log().append([noted(1)]).size == report.size + 1
        assert north.log().append([noted(2)]).size == report.size + 2


def test_two_marks_are_kept_so_that_a_torn_write_leaves_one(north):
    with north.open():
        log = north.log()
        sizes = [log.append([noted(n)]).size for n in range(4)]
    path = north.folder / "high-water"
    whole = path.read_bytes()
    for place in range(len(whole)):
        torn = whole[:place] + bytes(len(whole) - place)
        path.write_bytes(torn)
        mark = HighWaterMark(path, north.node().signing)
        try:
            size, _ = mark.read()
        except Exception as damaged:  # noqa: BLE001 -- looked at below
            assert getattr(damaged, "code", "") == "mark-damaged"  # noqa: PT017 -- some tears leave one
            assert place < 256  # both slots are gone only if the first was torn
        else:
            assert size in (sizes[-1], sizes[-2])
