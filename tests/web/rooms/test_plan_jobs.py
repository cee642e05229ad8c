"""A plan is computed beside the pages: it outlives a kill, is stopped, and is proposed once."""

import os
import subprocess
import sys
from datetime import timedelta
from http import HTTPStatus

import pytest

from conftest import PASSPHRASE
from repatria.store import jobs
from repatria.store.models import Job
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import now
from repatria.wiring.job_kinds import COMPUTED, KINDS
from repatria.wiring.jobs import work_once

# A process of its own, killed by the system: in the middle of the work, or after it.
HANGS = """
import sys, time
from pathlib import Path
from repatria.wiring.django_ready import ready
ready()
from repatria.wiring.installation import Installation
from repatria.wiring.job_kinds import KINDS, PLAN
from repatria.wiring.jobs import Told, work_once

def hang():
    print("here", flush=True)
    time.sleep(600)

class Hanging(Told):
    def at_stage(self, stage):
        super().at_stage(stage)
        hang()

def hangs(desk, job, told):
    KINDS[PLAN](desk, job, Hanging() if sys.argv[2] == "middle" else told)
    hang()

work_once(Installation.at(Path(sys.argv[1])), {PLAN: hangs}, worker="first")
"""


@pytest.fixture
def computing(open_pages):
    """Pages on which Ines computes a plan: (pages, her browser, the address)."""
    pages = open_pages("planned")
    return pages, pages.as_("ines"), pages.at("terms-plan", pages.exchange.terms_id)


def worked(clock=now):
    """The next job, worked to its end."""
    return work_once(installation_here(), KINDS, worker="w", only=COMPUTED, clock=clock)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["middle", "after"])
def test_killed_it_is_computed_once_more_and_proposed_once(computing, when):
    pages, ines, address = computing
    ines.post(address)
    folder = installation_here().folder
    child = subprocess.Popen(
        [sys.executable, "-c", HANGS, str(folder), when],
        stdout=subprocess.PIPE,
        env={**os.environ, "REPATRIA_HOME": str(folder), "REPATRIA_PASSPHRASE": PASSPHRASE},
    )
    assert child.stdout.readline() == b"here\n"
    child.kill()
    child.communicate()

    assert "Stop computing" in ines.get(address).content.decode()
    assert worked() is None
    assert worked(lambda: now() + jobs.LEASE + timedelta(seconds=1)).attempts == 2
    assert "3 persons would go home" in ines.get(address).content.decode()
    assert ines.post(address, {"act": "propose"}).status_code == HTTPStatus.SEE_OTHER
    assert (Job.objects.count(), pages.said("plan.proposed")) == (1, 2)


def test_what_was_found_before_it_was_stopped_is_shown_and_a_newer_question_stops_the_older(
    computing,
):
    _pages, ines, address = computing
    ines.post(address)
    found = worked().id
    first = Job.objects.get(id=found).result
    ines.post(address, {"seconds": "10"})
    older = jobs.take("w", now()).id
    assert jobs.beat(older, "w", now(), stage="computing", done=1, total=2, found=first)
    begun = ines.get(address).content.decode()
    ines.post(address, {"seconds": "600"})
    newer = jobs.take("w", now()).id
    assert not jobs.beat(older, "w", now())
    assert jobs.beat(newer, "w", now(), found=first)
    ines.post(address, {"act": "cancel"})
    stopped = ines.get(address).content.decode()

    assert '<progress max="100" value="50"' in begun
    assert "Best so far" in begun
    assert not jobs.end(newer, "w", now(), jobs.DONE, {})
    assert "Stopped. What was found by then stands below." in stopped
    assert "3 persons would go home" in stopped
