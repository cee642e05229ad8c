"""A task in another process: done, reported, cancelled, killed."""

import pytest

from bounded_tasks import double, fail, never, unreadable, who
from repatria.planning.solvers import RunEnding, run_bounded


def test_what_the_task_returns_comes_back():
    result = run_bounded(double, 21, seconds=30)

    assert (result.ending, result.value) == (RunEnding.DONE, 42)


def test_reports_come_in_order():
    heard = []
    run_bounded(double, 21, seconds=30, on_progress=heard.append)

    assert heard == ["half way"]


def test_a_task_that_does_not_end_is_killed_and_its_last_report_is_kept():
    run_bounded(double, 1, seconds=30)
    for seconds in (0.5, 5, 60):  # until it had the time to say something, however busy it is here
        result = run_bounded(never, seconds=seconds)
        if result.value:
            break

    assert (result.ending, result.value) == (RunEnding.TIME_LIMIT, "something")


def test_a_task_can_be_cancelled():
    result = run_bounded(never, seconds=60, cancelled=lambda: True)

    assert result.ending is RunEnding.CANCELLED


def test_what_the_task_raises_is_raised():
    with pytest.raises(ValueError, match="domain"):
        run_bounded(fail, seconds=30)


def test_a_task_that_the_other_process_cannot_read_is_an_error_and_not_a_wait():
    with pytest.raises(ModuleNotFoundError):  # and no ending by its time
        run_bounded(unreadable(), seconds=300)

    assert run_bounded(double, 21, seconds=30).value == 42


def test_the_process_is_kept_for_the_next_task():
    first = run_bounded(who, seconds=30).value

    assert run_bounded(who, seconds=30).value == first
