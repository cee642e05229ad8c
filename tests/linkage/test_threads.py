"""Work spread over the processors gives the same as work done in order."""

import time

import pytest

from repatria.linkage.threads import THREADS, at_once


def test_results_come_in_the_order_of_the_parts_whichever_is_done_first():
    def slow_at_first(part):
        time.sleep(0.02 if part == 0 else 0)
        return part * part

    assert list(at_once(slow_at_first, range(10))) == [part * part for part in range(10)]


def test_no_more_parts_are_taken_than_are_worked_on():
    taken = []
    results = at_once(lambda part: part, (taken.append(part) or part for part in range(100)))

    next(results)

    assert len(taken) <= 2 * THREADS + 1


def test_what_goes_wrong_with_a_part_is_not_lost():
    def refusing(part):
        if part == 3:
            raise ValueError(part)
        return part

    with pytest.raises(ValueError, match="3"):
        list(at_once(refusing, range(10)))
