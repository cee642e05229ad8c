"""Columns put together give what rows would."""

import numpy as np
import pytest

from repatria.linkage import across


@pytest.mark.parametrize("width", [1, 2, 3, 8])
def test_columns_put_together_give_what_rows_would(width):
    table = np.random.default_rng(width).random((50, width))
    flags = table < 0.3

    assert np.allclose(across.sums(table), table.sum(axis=1))
    assert (across.counts(flags) == flags.sum(axis=1)).all()
    assert (across.anywhere(flags) == flags.any(axis=1)).all()
    assert (across.greatest(table) == table.max(axis=1)).all()
    assert (across.least(table) == table.min(axis=1)).all()


@pytest.mark.parametrize("width", [1, 3, 8])
def test_the_greatest_three_fall_and_are_filled_up_with_nought(width):
    table = np.random.default_rng(width).random((50, width))
    expected = -np.sort(-np.c_[table, np.zeros((50, 3))], axis=1)[:, :3]

    assert (across.three_greatest(table) == expected).all()
