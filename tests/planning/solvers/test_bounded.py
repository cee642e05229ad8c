"""A task in another process: done, reported, cancelled, killed."""

import math
import time

import pytest

from repatria.planning.solvers import RunEnding, run_bounded


def test_what_the_task_returns_comes_back():
    result = run_bounded(_double, 21, seconds=30)

    assert (result.ending, result.value) == (RunEnding.DONE, 42)


def test_reports_come_in_order():
    heard = []
    run_bounded(_double, 21, seconds=30, on_progress=heard.append)

    assert heard == ["half way"]


def test_a_task_that_does_not_end_is_killed_and_its_last_report_is_kept():
    run_bounded(_double, 1, seconds=30)
    begun = time.monotonic()
    result = run_bounded(_never, seconds=0.5)

    assert (result.ending, result.value) == (RunEnding.TIME_LIMIT, "something")
    assert time.monotonic() - begun < 5


def test_a_task_can_be_cancelled():
    result = run_bounded(_never, seconds=60, cancelled=lambda: True)

    assert result.ending is RunEnding.CANCELLED


def test_what_the_task_raises_is_raised():
    with pytest.raises(ValueError, match="domain"):
        run_bounded(_fail, seconds=30)


def test_the_process_is_kept_for_the_next_task():
    first = run_bounded(_who, seconds=30).value

    assert run_bounded(_who, seconds=30).value == first


def _double(number, report):
    report("half way")
    return 2 * number


def _never(report):
    report("something")
    while True:
        math.sqrt(2)


def _fail(report):
    return math.sqrt(-1)


def _who(report):
    import os

    return os.getpid()
