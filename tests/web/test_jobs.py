"""Long work has a page with a bar that needs no script, and leads to what came of it."""

import re
import sqlite3
from contextlib import closing

import pytest

from dialogue import made_up_lines, write_list
from repatria.ledger.kinds.list_submitted import Population
from repatria.lists.reading import open_list_file
from repatria.operations.submission import submit_list
from repatria.store import jobs
from repatria.terms import ActorId, PartyCode, Role, Viewer
from repatria.wiring.installation import now
from repatria.wiring.job_kinds import AT_ONCE, KINDS, LIST_CHECK
from repatria.wiring.jobs import ask_for, work_once

NADIA = Viewer(actor=ActorId("nadia"), role=Role.REGISTRAR, party=PartyCode("north"))


@pytest.fixture
def job(here, lists):
    return ask_for(NADIA, LIST_CHECK, about=f"list:{lists.asked}", asked={}).id


def test_it_works(nadia, here, job, lists):
    waiting = nadia.get(f"/jobs/{job}/").content.decode()
    jobs.take("w", now())
    jobs.beat(job, "w", now(), stage="comparing", done=3, total=12)
    running = nadia.get(f"/jobs/{job}/").content.decode()
    jobs.end(job, "w", now(), "waiting", {})
    work_once(here, KINDS, worker="w")
    done = nadia.get(f"/jobs/{job}/").content.decode()

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    assert "hx-trigger" in waiting
    assert '<progress max="100" value="25"' in running
    assert "comparing: 25 %" in running
    assert f'href="/lists/{lists.asked}/found/"' in done
    assert "refresh" not in done
    assert 'hx-trigger="load delay:1s"' not in done


def test_nobody_of_another_desk_sees_or_stops_it(browser, job):
    for name in ("samir", "tomas", "leyla", "mallory", "nazim"):
        assert browser(name).get(f"/jobs/{job}/").status_code == 404
        assert browser(name).post(f"/jobs/{job}/stop/").status_code == 404


def test_it_is_stopped_on_its_page(nadia, here, job):
    assert nadia.get(f"/jobs/{job}/stop/").status_code == 405
    assert nadia.post(f"/jobs/{job}/stop/").status_code == 303
    assert work_once(here, KINDS, worker="w") is None
    assert "stopped" in nadia.get(f"/jobs/{job}/").content.decode()


def test_while_it_is_written_down_no_stop_is_offered_and_none_waits(nadia, here, job):
    jobs.take("w", now())
    jobs.beat(job, "w", now(), stage="comparing", done=5, total=12)
    before = nadia.get(f"/jobs/{job}/").content.decode()
    jobs.beat(job, "w", now(), stage="comparing", done=6, total=12)
    during = nadia.get(f"/jobs/{job}/").content.decode()
    with closing(sqlite3.connect(here.folder / "ledger.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # as the worker does while it writes
        late = nadia.post(f"/jobs/{job}/stop/", follow=True).content.decode()
        other.execute("ROLLBACK")

    assert "Stop the work" in before
    assert "Stop the work" not in during
    assert "cannot be stopped any more" in during
    assert "could not be stopped any more" in late
    assert nadia.post(f"/jobs/{job}/stop/").status_code == 303
    assert "stopped" in nadia.get(f"/jobs/{job}/").content.decode()


def test_a_refusal_shows_the_rule(nadia, here):
    lost = ask_for(NADIA, LIST_CHECK, about="list:north-2222", asked={}).id
    work_once(here, KINDS, worker="w")

    page = nadia.get(f"/jobs/{lost}/").content.decode()
    assert "Rule:" in page
    assert "check of a list" in page


@pytest.mark.slow
def test_a_long_list_is_checked_answered_and_compared_beside_the_pages(nadia, here, tmp_path):
    file = open_list_file(write_list(tmp_path / "long.csv", made_up_lines(AT_ONCE + 1)))
    made = submit_list(
        here.desk("clerk", Role.REGISTRAR),
        tuple(file.rows()),
        file.description,
        title="long",
        population=Population.CLAIMED,
        to=PartyCode("south"),
    )
    token = made.list_id[5:]
    pages = []
    for address in (f"/lists/{token}/check/", f"/lists/{token}/compare/"):
        asked = nadia.post(address)
        assert re.fullmatch(r"/jobs/\w+/", asked.url)
        assert asked.url in nadia.get(f"/lists/{token}/dialogue/").content.decode()
        work_once(here, KINDS, worker="w")
        pages.append(nadia.get(asked.url).content.decode())

    assert "501 lines were looked through." in pages[0]
    assert f"/lists/{token}/repeats/" in pages[1]
    assert nadia.get("/jobs/").content.decode().count("status-job-done") == 2
