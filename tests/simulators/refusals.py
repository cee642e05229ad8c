"""Saying no: with which codes, and that nothing was written."""

from contextlib import contextmanager

import pytest

from repatria.terms import Refusal


@contextmanager
def refuses(simulator, *codes):
    """What is done inside is refused with exactly these codes and leaves the log as it was."""
    before = simulator.head
    with pytest.raises(Refusal) as said:
        yield
    assert {objection.code for objection in said.value.objections} == set(codes)
    assert all(objection.rule for objection in said.value.objections)
    assert simulator.head == before
