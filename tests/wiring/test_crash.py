"""Killed without warning, in the middle of it: what was acknowledged is there, nothing is half done."""

import os
import random
import signal
import sys

import pytest
from dialogue import made_up_lines, submit, write_list
from statements import named, noted

from repatria.terms import PartyCode, Role
from repatria.wiring.installation import Installation
from repatria.wiring.verification import verify_path

SOUTH = PartyCode("south")
KILLS = int(os.environ.get("REPATRIA_KILLS", "50"))


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

    def kill(self):
        """Kill it now; gives what else it had acknowledged by then."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        rest = b""
        while more := os.read(self._read, 65536):
            rest += more
        os.close(self._read)
        return rest


def spin(turns):
    """Let a random, short time pass without looking at a clock."""
    for _ in range(turns):
        os.sched_yield()


def append_for_ever(installation, acknowledge):
    """One statement at a time, each acknowledged with its place."""
    desk = installation.desk("registrar", Role.REGISTRAR)
    number = 0
    while True:
        receipt = desk.log.append([noted(number % 7)])
        acknowledge(receipt.first)
        number += 1


def state_of(installation):
    """Places of our own log with their commitments, after everything was verified."""
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
        spin(draw.randint(0, 400))
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


def kill_while_importing(make_installation, kind, path, lines, kills, seed):
    def import_list(installation, acknowledge):
        acknowledge("at work")
        submit(installation.desk("registrar", Role.REGISTRAR), path, to=SOUTH)
        acknowledge("done")

    draw = random.Random(seed)  # noqa: S311 -- when to kill
    whole, half = {1: "nothing", 1 + 2 + lines: "everything"}, []
    seen = dict.fromkeys(whole, 0)
    for number in range(kills):
        installation = make_installation("north", kind, name=f"north-{number}")
        installation.close()
        child = Child(installation.folder, import_list)
        child.hear(1)
        # Up to a little longer than an import takes, so that both ends are hit.
        spin_for(draw.random() * IMPORT_SECONDS)
        said = child.kill()
        assert b"failed" not in said, said
        size = len(state_of(installation))
        if size not in whole:
            half.append(size)
            continue
        seen[size] += 1
        if b"done" in said:
            assert whole[size] == "everything"
        with installation.open():
            again = submit(installation.desk("registrar", Role.REGISTRAR), path, to=SOUTH)
        assert again.written == (0 if whole[size] == "everything" else lines + 2)
    assert half == []
    return seen
