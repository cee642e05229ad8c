"""Long work outlives the page that asked for it, a kill, and a stop; it is never done twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from conftest import BOTH_DATABASES, PASSPHRASE
from dialogue import hand_over, made_up_lines, submit, write_list
from repatria.operations.list_check import (
    answers_from,
    check_list,
    digest_of_answers,
    last_check,
)
from repatria.store import jobs
from repatria.store.queries.jobs import job as job_of
from repatria.terms import ActorId, NotVisible, PartyCode, Role, Viewer
from repatria.wiring.accounts import open_account
from repatria.wiring.installation import now
from repatria.wiring.job_kinds import KINDS, LIST_ANSWERS, LIST_CHECK
from repatria.wiring.jobs import JobLostError, Told, ask_for, work_once
from repatria.wiring.work_told import ToldBeside, as_told

NORTH = PartyCode("north")
NADIA = Viewer(actor=ActorId("nadia"), role=Role.REGISTRAR, party=NORTH)
SOUTH = PartyCode("south")
SAMIR = Viewer(actor=ActorId("samir"), role=Role.REGISTRAR, party=SOUTH)
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
LATER = jobs.LEASE + timedelta(seconds=1)


@pytest.fixture
def north(make_installation, tmp_path, request):
    """North's installation with a list of sixty lines; the list's id."""
    made = make_installation("north", getattr(request, "param", "sqlite"))
    open_account(made, "nadia", "made-up-for-tests", Role.REGISTRAR, NORTH)
    path = write_list(tmp_path / "list.csv", made_up_lines(60))
    with made.open():
        desk = made.desk("nadia", Role.REGISTRAR)
        made_list = submit(desk, path, to=PartyCode("south")).list_id
    return made, made_list


def asked(installation, list_id, kind=LIST_CHECK, clock=lambda: NOON):
    with installation.open():
        return ask_for(NADIA, kind, about=list_id, asked={}, clock=clock).id


def state_of(installation, job_id, viewer=NADIA):
    with installation.open():
        return job_of(viewer, job_id)


def answers_of(installation):
    with installation.open():
        return len(installation.log().of_kind("line.answered"))


def checks_of(installation):
    with installation.open():
        return len(installation.log().of_kind("list.checked"))


@pytest.mark.parametrize("north", BOTH_DATABASES, indirect=True)
def test_a_job_is_one_worker_s_until_its_lease_runs_out(north):
    here, list_id = north
    one = asked(here, list_id)
    again = asked(here, list_id)
    with here.open():
        first = jobs.take("first", NOON)
        second = jobs.take("second", NOON)
        kept = jobs.beat(one, "first", NOON + jobs.LEASE, stage="comparing", done=1, total=2)
        early = jobs.take("second", NOON + jobs.LEASE)
        taken_over = jobs.take("second", NOON + jobs.LEASE + LATER)
        lost = jobs.beat(one, "first", NOON + jobs.LEASE + LATER)
        ends = [jobs.end(one, who, NOON + LATER, "done", {}) for who in ("first", "second")]

    assert again == one
    assert (first.id, second, kept, early) == (one, None, True, None)
    assert (taken_over.attempts, lost, ends) == (2, False, [False, True])


def test_a_job_that_kills_its_worker_each_time_is_given_up(north):
    here, list_id = north
    one = asked(here, list_id)
    with here.open():
        at = NOON
        for _ in range(jobs.MOST_ATTEMPTS):
            assert jobs.take("first", at) is not None
            at += LATER
        assert jobs.take("second", at) is None
    assert state_of(here, one).result == {"code": "job-given-up"}


def test_what_is_stopped_writes_nothing(north):
    here, list_id = north
    one = asked(here, list_id)

    def stopped_meanwhile(desk, job, told):
        assert jobs.stop(job.id, NOON)
        while not told.lost.is_set():
            time.sleep(0.01)
        return KINDS[LIST_CHECK](desk, job, told)

    work_once(here, {LIST_CHECK: stopped_meanwhile}, worker="w", clock=lambda: NOON)

    assert state_of(here, one).state == "stopped"
    assert checks_of(here) == 0


@pytest.mark.parametrize(
    ("account", "role", "outcome"),
    [("nadia", Role.REGISTRAR, "done"), ("nadia", Role.PRESS, "refused"),
     ("nadia", Role.MONITOR, "failed")],
)  # fmt: skip
def test_the_role_counts_that_somebody_has_when_the_work_is_done(north, account, role, outcome):
    here, list_id = north
    one = asked(here, list_id)
    party = NORTH if role is not Role.MONITOR else None
    open_account(here, account, "made-up-for-tests", role, party)

    work_once(here, KINDS, worker="w", clock=lambda: NOON)

    assert state_of(here, one).state == outcome
    assert checks_of(here) == (outcome == "done")


def test_a_broken_job_ends_and_the_next_is_done(north, capfd):
    here, list_id = north
    broken = asked(here, list_id, kind="breaks")
    after = asked(here, list_id, clock=lambda: NOON + timedelta(seconds=1))

    def breaks(_desk, _job, _told):
        msg = "broken on purpose"
        raise ZeroDivisionError(msg)

    for _ in range(2):
        work_once(here, {**KINDS, "breaks": breaks}, worker="w", clock=lambda: NOON)

    assert state_of(here, broken).result == {"code": "job-broke"}
    assert state_of(here, after).state == "done"
    assert "broken on purpose" in capfd.readouterr().err


def test_nobody_else_s_desk_sees_a_job(north):
    here, list_id = north
    one = asked(here, list_id)
    for role in (Role.PRESS, Role.FAMILY, Role.MONITOR):
        viewer = Viewer(actor=ActorId("x"), role=role, party=None)
        with here.open(), pytest.raises(NotVisible):
            job_of(viewer, one)


# A process of its own, not a fork: the libraries that compare have threads.
HANGS = """
import sys, time
from pathlib import Path
from repatria.wiring.django_ready import ready
ready()
from repatria.wiring.installation import Installation
from repatria.wiring.installation import now
from repatria.wiring.job_kinds import KINDS, LIST_CHECK
from repatria.wiring.jobs import work_once

def hangs(desk, job, told):
    if sys.argv[2] == "True":
        KINDS[LIST_CHECK](desk, job, told)
    print("here", flush=True)
    time.sleep(600)

work_once(Installation.at(Path(sys.argv[1])), {LIST_CHECK: hangs}, worker="first")
"""


@pytest.mark.slow
@pytest.mark.parametrize("after_writing", [False, True])
def test_killed_in_the_middle_it_is_done_once_by_whoever_comes_next(north, after_writing):
    here, list_id = north
    one = asked(here, list_id, clock=now)
    here.close()
    child = subprocess.Popen(
        [sys.executable, "-c", HANGS, str(here.folder), str(after_writing)],
        stdout=subprocess.PIPE,
        env=with_home(here),
    )
    assert child.stdout.readline() == b"here\n"
    child.kill()
    child.communicate()

    assert state_of(here, one).state == "running"
    assert work_once(here, KINDS, worker="second") is None
    done = work_once(here, KINDS, worker="second", clock=lambda: now() + LATER)
    assert done.attempts == 2
    assert state_of(here, one).result == {"count": 60}
    assert checks_of(here) == 1
    with here.open():
        assert last_check(here.desk("nadia", Role.REGISTRAR), list_id) is not None


# The bulk act itself, held in the middle of what it writes: nothing of it is to be seen.
WRITES = """
import sys, time
from pathlib import Path
from repatria.wiring.django_ready import ready
ready()
from repatria.wiring.installation import Installation
from repatria.wiring.job_kinds import KINDS, LIST_ANSWERS
from repatria.wiring.jobs import Told, work_once

def held(desk, job, told):
    at_stage = Told.at_stage
    def until_written(self, stage):
        tell = at_stage(self, stage)
        def hold(done, total):
            tell(done, total)
            if 2 * done > total:
                print("here", flush=True)
                time.sleep(600)
        return hold
    Told.at_stage = until_written
    return KINDS[LIST_ANSWERS](desk, job, told)

work_once(Installation.at(Path(sys.argv[1])), {LIST_ANSWERS: held}, worker="first")
"""


@pytest.mark.slow
def test_killed_while_it_writes_nothing_is_seen_its_bar_moved_and_it_is_done_once(
    north, make_installation, acquaint, desk
):
    there, list_id = north
    here = make_installation("south")
    open_account(here, "samir", "made-up-for-tests", Role.REGISTRAR, SOUTH)
    acquaint(there, here)
    hand_over(there, here, desk)
    with here.open():
        answers = answers_from(desk(here), check_list(desk(here), list_id))
        wanted = {"codes": [each.code for each in answers], "digest": digest_of_answers(answers)}
        one = ask_for(SAMIR, LIST_ANSWERS, about=list_id, asked=wanted).id
    here.close()
    child = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(here.folder)],
        stdout=subprocess.PIPE,
        env=with_home(here),
    )
    assert child.stdout.readline() == b"here\n"
    late = time.monotonic() + 300
    told = as_told(here, state_of(here, one, SAMIR))
    while 2 * told.done <= told.total and time.monotonic() < late:
        time.sleep(0.1)
        told = as_told(here, state_of(here, one, SAMIR))
    child.kill()
    child.communicate()

    assert (told.stage, 2 * told.done > told.total > 0) == ("answering", True)
    assert answers_of(here) == 0
    work_once(here, KINDS, worker="second", clock=lambda: now() + LATER)
    assert state_of(here, one, SAMIR).state == "done"
    assert answers_of(here) == len(answers) == 60
    assert not list(here.folder.glob(".at-work-*"))


def test_only_what_a_job_s_own_worker_told_beside_is_believed(north):
    here, list_id = north
    one = asked(here, list_id)
    with here.open():
        jobs.take("second", NOON)
    ToldBeside(here, one, "first").tell("comparing", 7, 9)
    another_s = as_told(here, state_of(here, one))
    own = ToldBeside(here, one, "second")
    own.tell("comparing", 3, 9)
    his = as_told(here, state_of(here, one))
    own.forget()
    own.forget()

    assert (another_s.stage, another_s.done) == ("", 0)
    assert (his.stage, his.done, his.total) == ("comparing", 3, 9)
    assert as_told(here, state_of(here, one)).done == 0


def with_home(here):
    named = {"REPATRIA_HOME": str(here.folder), "REPATRIA_PASSPHRASE": PASSPHRASE}
    return {**os.environ, **named}


@pytest.mark.slow
def test_a_killed_worker_is_replaced_and_works_on(north):
    here, list_id = north
    here.close()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "repatria.cli.worker"], stdin=subprocess.PIPE, env=with_home(here)
    )
    try:
        first = child_of(keeper.pid)
        os.kill(first, signal.SIGKILL)
        one = asked(here, list_id, clock=now)
        late = time.monotonic() + 300
        while state_of(here, one).state in jobs.OPEN and time.monotonic() < late:
            time.sleep(0.1)
        assert state_of(here, one).state == "done"
        assert child_of(keeper.pid) != first
    finally:
        keeper.stdin.close()
        assert keeper.wait(300) == 0


def child_of(pid):
    """The process that another started, once there is one."""
    late = time.monotonic() + 300
    while time.monotonic() < late:
        with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123 -- not a file
            found = file.read().split()
        if found:
            return int(found[0])
        time.sleep(0.02)
    pytest.fail("no process was started")


def test_progress_is_told_until_the_job_is_lost():
    told = Told()
    tell = told.at_stage("comparing")
    tell(3, 10)
    assert (told.stage, told.done, told.total) == ("comparing", 3, 10)
    told.lost.set()
    with pytest.raises(JobLostError):
        tell(4, 10)
