"""The collector rests while many rows are made, and is at work again whatever happens."""

import gc

import pytest

from repatria.store.collector import MANY, resting_collector


def test_it_rests_for_many_and_is_at_work_for_few():
    with resting_collector(MANY):
        assert not gc.isenabled()
    assert gc.isenabled()
    with resting_collector(MANY - 1):
        assert gc.isenabled()


def test_it_is_at_work_again_after_a_fault():
    with pytest.raises(RuntimeError), resting_collector(MANY):
        raise RuntimeError
    assert gc.isenabled()


def test_who_put_it_to_rest_before_finds_it_so():
    gc.disable()
    try:
        with resting_collector(MANY):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
