"""Killed without warning: what was acknowledged is there, and nothing is half done."""

import os
import random
import select
import signal
import time

import pytest

from conftest import BOTH_DATABASES
from counts import often
from dialogue import made_up_lines, submit, write_list
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.submission import submit_list
from repatria.terms import PartyCode, Role
from repatria.wiring.installation import Installation
from repatria.wiring.verification import verify_path
from statements import noted

SOUTH = PartyCode("south")
KILLS = int(os.environ.get("REPATRIA_KILLS", often(6, 150)))
IMPORT_KILLS = int(os.environ.get("REPATRIA_IMPORT_KILLS", often(5, 100)))


class Child:
    """A process that works in an installation until it is killed.

    It is a fork of this one, so it is at work within milliseconds. Whatever it
    acknowledges it writes to a pipe, after the operation has returned.
    """

    def __init__(self, folder, work):
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:  # pragma: no cover -- runs in the child, where coverage does not look
            try:
                os.close(self._read)
                installation = Installation.at(folder)
                with installation.open():
                    work(installation, lambda said: os.write(write, f"{said}\n".encode()))
            except BaseException as error:  # noqa: BLE001 -- told to the test, then gone
                os.write(write, f"failed {error!r}\n".encode())
            finally:
                os._exit(0)
        os.close(write)

    def hear(self, lines):
        """What the child acknowledged, once it has said so many lines or has ended."""
        said = b""
        while said.count(b"\n") < lines and (more := os.read(self._read, 1)):
            said += more
        return said

    def wait_a_little(self, seconds):
        """Wait until the child has said more, at most so long: a random moment to be killed."""
        select.select([self._read], [], [], seconds)

    def kill(self):
        """Kill it now; gives what else it had acknowledged by then."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        rest = b""
        while more := os.read(self._read, 65536):
            rest += more
        os.close(self._read)
        return rest


def append_for_ever(installation, acknowledge):
    """One statement at a time, each acknowledged with its place."""
    desk = installation.desk("registrar", Role.REGISTRAR)
    number = 0
    while True:
        receipt = desk.log.append([noted(number % 7)])
        acknowledge(receipt.first)
        number += 1


def state_of(installation):
    """The commitments of our own log, after everything was verified."""
    with installation.open(), installation.log().exclusive():
        pass  # a server may still be ending what its killed client had begun
    [report] = verify_path(installation.folder)
    assert report.holds, [str(fault) for fault in report.faults]
    with installation.open():
        commitments = installation.log().commitments(installation.party)
    assert len(commitments) == report.size
    return commitments


def kill_while_appending(installation, kills, seed):
    draw = random.Random(seed)  # noqa: S311 -- when to kill
    before = state_of(installation)
    for _ in range(kills):
        installation.close()
        child = Child(installation.folder, append_for_ever)
        said = child.hear(draw.randint(1, 12))
        said += child.kill()
        assert b"failed" not in said, said
        whole = said[: said.rfind(b"\n") + 1].split()
        places = [int(place) for place in whole]
        assert places == list(range(len(before), len(before) + len(places)))
        after = state_of(installation)
        assert after[: len(before)] == before
        # At most one was written whose acknowledgement did not get out any more.
        assert 0 <= len(after) - len(before) - len(places) <= 1
        before = after


def moments_to_kill(draw, kills, long_enough, seen):
    """How long to wait before each kill: spread over the whole time of the work.

    Where the machine was slower or faster than when `long_enough` was measured, all of them may
    fall on one side of the write. Then more follow, each later (or earlier) than the one before,
    until `seen`, the counts of nothing and of everything, has both. Twelve doublings reach any end.
    """
    for number in range(kills):
        yield (number + draw.random()) / kills * long_enough
    nothing, everything = seen
    later = earlier = long_enough
    for _ in range(12):
        if not seen[everything]:
            later *= 2
            yield later
        if not seen[nothing]:
            earlier /= 2
            yield earlier


def undisturbed(installation, work):
    """Half as long again as the work takes here from its first word to `done`."""
    installation.close()
    child = Child(installation.folder, work)
    said = child.hear(1)
    started = time.monotonic()
    while b"done" not in said and b"failed" not in said:
        said += child.hear(1)
    child.kill()
    return 1.5 * (time.monotonic() - started)


def kill_while_importing(make_installation, kind, path, lines, kills, seed):
    """Kill at a random step of an import; gives how often all of it or none was there."""

    def import_list(installation, acknowledge):
        # Progress is told while statements are made, before the one write at the end.
        desk = installation.desk("registrar", Role.REGISTRAR)
        file = open_list_file(path)
        submit_list(
            desk,
            tuple(file.rows()),
            file.description,
            title="List",
            population=Population.CLAIMED,
            to=SOUTH,
            progress=lambda done, _: acknowledge(done),
        )
        acknowledge("done")

    draw = random.Random(seed)  # noqa: S311 -- when to kill
    nothing, everything = 1, 1 + 2 + lines
    seen = {nothing: 0, everything: 0}
    long_enough = undisturbed(make_installation("north", kind, name=f"{kind}-first"), import_list)
    for number, moment in enumerate(moments_to_kill(draw, kills, long_enough, seen)):
        installation = make_installation("north", kind, name=f"{kind}-{number}")
        installation.close()
        child = Child(installation.folder, import_list)
        said = child.hear(1)
        time.sleep(moment)
        said += child.kill()
        assert b"failed" not in said, said
        size = len(state_of(installation))
        assert size in seen, f"half an import: {size} statements"
        seen[size] += 1
        if b"done" in said:
            assert size == everything
        with installation.open():
            again = submit(installation.desk("registrar", Role.REGISTRAR), path, to=SOUTH)
        assert again.written == everything - size
        assert len(state_of(installation)) == everything
    return seen


def test_no_acknowledged_statement_is_lost_when_the_process_is_killed(north):
    kill_while_appending(north, 5, seed=1)


def test_an_import_that_is_killed_leaves_nothing_or_everything(make_installation, tmp_path):
    path = write_list(tmp_path / "list.csv", made_up_lines(60))
    seen = kill_while_importing(make_installation, "sqlite", path, 60, 4, seed=1)
    assert all(seen.values()), f"the kills never hit both sides of the write: {seen}"


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
def test_no_acknowledged_statement_is_lost_over_many_kills(north, database_kind):
    kill_while_appending(north, KILLS if database_kind == "sqlite" else KILLS // 2, seed=2)


@pytest.mark.often
@pytest.mark.slow
@pytest.mark.parametrize("database_kind", BOTH_DATABASES, indirect=True)
def test_an_import_is_all_or_nothing_over_many_kills(make_installation, tmp_path, database_kind):
    path = write_list(tmp_path / "list.csv", made_up_lines(300))
    kills = IMPORT_KILLS if database_kind == "sqlite" else IMPORT_KILLS // 2
    seen = kill_while_importing(make_installation, database_kind, path, 300, kills, seed=3)
    assert all(seen.values()), f"the kills never hit both sides of the write: {seen}"


@pytest.mark.slow
def test_a_package_is_taken_in_whole_or_not_at_all_when_killed(
    make_installation, desk, acquaint, tmp_path
):
    def take_in(installation, acknowledge):
        acknowledge("at work")
        take_in_package(installation.desk("registrar", Role.REGISTRAR), raw)
        acknowledge("done")

    draw = random.Random(4)  # noqa: S311 -- when to kill
    nothing, everything = 0, 304
    seen = {nothing: 0, everything: 0}
    south = make_installation("south", name="sender")
    north = make_installation("north", name="receiver")
    acquaint(south, north)
    with south.open():
        path = write_list(tmp_path / "list.csv", made_up_lines(300))
        submit(desk(south), path, to=north.party)
        raw = send_package(desk(south), to=north.party).raw
    north.close()
    # The whole state is put back before each try: the database, and the mark beside it.
    whole = {name: (north.folder / name).read_bytes() for name in ("ledger.sqlite3", "high-water")}
    # How long it takes undisturbed on this machine, so that kills fall before and after the end.
    child = Child(north.folder, take_in)
    child.hear(1)
    started = time.monotonic()
    child.hear(1)
    long_enough = 1.6 * (time.monotonic() - started)
    child.kill()
    for moment in moments_to_kill(draw, IMPORT_KILLS, long_enough, seen):
        for name, content in whole.items():
            (north.folder / name).write_bytes(content)
        child = Child(north.folder, take_in)
        said = child.hear(1)
        child.wait_a_little(moment)
        said += child.kill()
        assert b"failed" not in said, said
        state_of(north)
        with north.open():
            held = north.log().head(SOUTH).size
            assert held in seen, f"half a package: {held} commitments"
            seen[held] += 1
            assert held == everything or b"done" not in said
            assert take_in_package(desk(north), raw).new == everything - held
        north.close()
    assert all(seen.values()), f"the kills never hit both sides of the write: {seen}"
