"""Plans and questions about them are computed beside the pages, and outlive a kill and a stop."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from http import HTTPStatus

import pytest

from conftest import PASSPHRASE
from drafts_typed import fields_of
from repatria.store import jobs
from repatria.store.jobs import COMPUTED
from repatria.store.models import Job
from repatria.store.queries import planned
from repatria.store.queries.jobs import jobs as jobs_of
from repatria.terms import ActorId, PartyCode, Role, Viewer
from repatria.wiring.desks import installation_here
from repatria.wiring.installation import now
from repatria.wiring.job_kinds import KINDS
from repatria.wiring.jobs import Told, work_once
from repatria.wiring.plan_jobs import SCHEDULE, TRIAL

INES = Viewer(actor=ActorId("ines"), role=Role.INTERMEDIARY, party=PartyCode("intermediary"))

# A process of its own, killed by the system: in the middle of the work, or after it.
HANGS = """
import sys, time
from pathlib import Path
from repatria.wiring.django_ready import ready
ready()
from repatria.wiring.installation import Installation
from repatria.wiring.job_kinds import KINDS
from repatria.wiring.jobs import Told, work_once

def hang():
    print("here", flush=True)
    time.sleep(600)

class Hanging(Told):
    def at_stage(self, stage):
        super().at_stage(stage)
        hang()

def hangs(desk, job, told):
    KINDS[job.kind](desk, job, Hanging() if sys.argv[2] == "middle" else told)
    hang()

work_once(Installation.at(Path(sys.argv[1])), dict.fromkeys(KINDS, hangs), worker="first")
"""


@pytest.fixture
def computing(open_pages):
    """Pages on which Ines computes a plan: (pages, her browser, the address)."""
    pages = open_pages("planned")
    return pages, pages.as_("ines"), pages.at("terms-plan", pages.exchange.terms_id)


def worked(clock=now):
    """The next job, worked to its end."""
    return work_once(installation_here(), KINDS, worker="w", only=COMPUTED, clock=clock)


def killed(when):
    """A worker that was killed at a moment of the job that waits."""
    folder = installation_here().folder
    child = subprocess.Popen(
        [sys.executable, "-c", HANGS, str(folder), when],
        stdout=subprocess.PIPE,
        env={**os.environ, "REPATRIA_HOME": str(folder), "REPATRIA_PASSPHRASE": PASSPHRASE},
    )
    assert child.stdout.readline() == b"here\n"
    child.kill()
    child.communicate()


def after_the_lease():
    return now() + jobs.LEASE + timedelta(seconds=1)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["middle", "after"])
def test_killed_it_is_computed_once_more_and_proposed_once(computing, when):
    pages, ines, address = computing
    ines.post(address)
    killed(when)

    assert "Stop computing" in ines.get(address).content.decode()
    assert worked() is None
    assert worked(after_the_lease).attempts == 2
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


QUESTIONS = (
    ("terms-edit", {"act": "try"}, "3 persons would go home"),
    ("plan-check", {}, "The plan keeps every rule and counts right"),
    ("plan-why", {}, "would stay instead"),
    ("plan-disputed", {}, "As the holders say"),
    ("plan-schedule", {"per_day": "2", "legs": "simultaneous"}, "What if they stop after a day"),
)


def asking(pages, ines, name, sent):
    """The address of a question, and all that a browser would send to ask it."""
    plan = pages.exchange.plan
    if name == "terms-edit":
        address = pages.at(name)
        text = ines.get(f"{address}?from={pages.exchange.terms_id}").content.decode()
        return address, {**fields_of(text), **sent}
    if name == "plan-why":
        staying = planned.plan_row(INES, plan).left_out[0]
        return pages.at(name, plan, staying), sent
    return pages.at(name, plan), sent


@pytest.mark.parametrize(("name", "sent", "found"), QUESTIONS)
def test_a_question_outlives_its_worker_and_is_answered_from_what_was_asked_alone(
    computing, name, sent, found
):
    pages, ines, _address = computing
    address, sent = asking(pages, ines, name, sent)
    ines.post(address, sent)
    assert jobs.take("gone", now()) is not None
    waiting = ines.get(address).content.decode()
    assert worked() is None
    assert worked(after_the_lease).attempts == 2

    assert "Stop computing" in waiting
    assert found not in waiting
    assert found in ines.get(address).content.decode()


@pytest.mark.parametrize(("name", "sent"), [each[:2] for each in QUESTIONS])
def test_a_question_tells_how_far_it_is_and_what_it_has_found(computing, name, sent):
    pages, ines, _address = computing
    ines.post(*asking(pages, ines, name, sent))
    job = jobs.take("w", now())
    told = Told()
    result = KINDS[job.kind](installation_here().desk("ines", INES.role), job, told)

    assert 0 < told.done <= told.total
    if told.found is not None and job.kind != SCHEDULE:
        assert told.found == result
    assert json.loads(json.dumps(result)) == result


@pytest.mark.slow
def test_terms_that_are_tried_are_found_again_after_a_kill_by_whoever_left_the_page(computing):
    pages, ines, _address = computing
    address, sent = asking(pages, ines, "terms-edit", {"act": "try"})
    ines.post(address, sent)
    killed("middle")

    assert worked(after_the_lease).attempts == 2
    found = ines.get(address).content.decode()
    changed = ines.post(address, {**sent, "act": "look", "rule-1-maximum": "9"}).content.decode()
    assert "3 persons would go home" in found
    assert "before your last change" not in found
    assert "before your last change" in changed


def test_what_is_computed_is_seen_by_whoever_asked_alone_and_gone_with_an_erasure(computing):
    _pages, ines, address = computing
    ines.post(address)
    one = worked().id
    other = Viewer(actor=ActorId("irene"), role=INES.role, party=INES.party)
    mine, theirs = jobs_of(INES), jobs_of(other)
    jobs.forget_persons()

    assert ([job.id for job in mine], theirs) == ([one], [])
    assert jobs_of(INES) == []
    assert "Nothing is computed yet" in ines.get(address).content.decode()


def test_a_stopped_question_that_found_nothing_says_so(computing):
    pages, ines, _address = computing
    address = pages.at("plan-check", pages.exchange.plan)
    ines.post(address)
    ines.post(address, {"act": "cancel"})

    assert "Stopped before anything was found" in ines.get(address).content.decode()


def test_a_question_that_is_refused_shows_the_rule(computing):
    pages, ines, _address = computing
    address, sent = asking(pages, ines, "terms-edit", {"act": "try", "rule-1-kind": "by-moonlight"})
    newer = {"kind": "by-moonlight", "id": "r1", "proposer": "south", "source": "s"}
    ines.post(address, {**sent, "rule-1-kept": json.dumps(newer)})
    refused = worked()

    assert refused.kind == TRIAL
    assert "Rule:" in ines.get(address).content.decode()
