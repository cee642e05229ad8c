"""Nobody waits for a calculation, and nobody sees another's."""

from threading import Event

import pytest

from repatria.terms import Objection, Refusal
from repatria.wiring.calculations import begin, calculation_of

LONG = 30


@pytest.fixture
def owner(request):
    """Somebody who has begun nothing yet."""
    return request.node.name


def test_it_tells_how_far_it_is_and_then_what_it_found(owner):
    reported, go_on = Event(), Event()

    def work(report, _cancelled):
        report("half")
        reported.set()
        go_on.wait(LONG)
        return "whole"

    made = begin(owner, "matter", work)
    reported.wait(LONG)

    assert (made.running, made.value) == (True, "half")
    go_on.set()
    made.wait(LONG)
    assert (made.running, made.value) == (False, "whole")
    assert calculation_of(owner, "matter") is made
    assert calculation_of("somebody else", "matter") is None


def test_a_newer_question_stops_the_older_and_what_was_found_is_kept(owner):
    begun = Event()

    def until_stopped(report, cancelled):
        report("something")
        begun.set()
        while not cancelled():
            Event().wait(0.01)

    older = begin(owner, "matter", until_stopped)
    begun.wait(LONG)
    newer = begin(owner, "matter", lambda _report, _cancelled: "other")
    older.wait(LONG)
    newer.wait(LONG)

    assert (older.cancelled, older.running, older.value) == (True, False, "something")
    assert calculation_of(owner, "matter") is newer


def test_a_refusal_is_kept_for_the_page(owner):
    def refused(_report, _cancelled):
        raise Refusal(Objection(code="rule-not-understood", rule="r1"))

    made = begin(owner, "matter", refused)
    made.wait(LONG)

    assert made.refusal.objections[0].rule == "r1"
    assert not made.failed


def test_only_so_many_run_at_once(owner):
    stop = Event()

    made = [begin(owner, f"matter {n}", lambda _r, _c: stop.wait(LONG)) for n in range(4)]
    stop.set()

    assert made[-1] is None
    for each in made[:-1]:
        each.wait(LONG)
