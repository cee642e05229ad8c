"""Sparse tables: blocks change nothing, and quick ways give what the thorough ones do."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from repatria.linkage.ranking import foremost
from repatria.linkage.scientific import (
    best_assignment,
    component_labels,
    each_once_in_order,
    greatest_of_product,
    in_blocks_of_rows,
)

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS, st.integers(1, 7), st.integers(1, 5))
def test_the_greatest_of_a_product_are_found_whatever_the_blocks(seed, size, most):
    drawn = np.random.default_rng(seed)
    left = (drawn.random((4, 3)) * (drawn.random((4, 3)) < 0.6)).astype(np.float32)
    right = (drawn.random((23, 3)) * (drawn.random((23, 3)) < 0.6)).astype(np.float32)

    rows, columns = greatest_of_product(
        csr_array(left), in_blocks_of_rows(csr_array(right), size), most
    )

    product = left @ right.T
    for row in range(4):
        found = product[row, columns[rows == row]]
        above = np.sort(product[row][product[row] > 0])[::-1]
        np.testing.assert_allclose(np.sort(found)[::-1], above[:most], rtol=1e-5)


@given(SEEDS, st.integers(1, 30))
def test_pairs_share_a_number_if_they_hang_together(seed, count):
    drawn = np.random.default_rng(seed)
    rows, columns = drawn.integers(0, 12, count), drawn.integers(0, 9, count)
    graph = csr_array((np.ones(count), (rows, columns + 12)), shape=(21, 21))
    _, expected = connected_components(graph, directed=False)

    labels = component_labels(rows, columns, (12, 9))

    assert len(set(zip(labels.tolist(), expected[rows].tolist(), strict=True))) == len(
        set(labels.tolist())
    )
    assert len(set(labels.tolist())) == len(set(expected[rows].tolist()))


@given(SEEDS, st.integers(1, 5), st.integers(1, 5))
def test_no_assignment_has_a_greater_sum(seed, height, width):
    table = np.random.default_rng(seed).integers(0, 4, (height, width)).astype(float)

    rows, columns = best_assignment(table)

    assert len(set(rows.tolist())) == len(set(columns.tolist())) == min(height, width)
    assert table[rows, columns].sum() == table[linear_sum_assignment(table, maximize=True)].sum()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6))), st.integers(1, 3))
def test_the_foremost_of_each_place_are_kept(entries, most):
    places = np.array([place for place, _ in entries], dtype=np.int64)
    values = np.array([value for _, value in entries], dtype=np.float64)

    kept = foremost(places, values, most).tolist()

    for place in range(5):
        mine = [at for at, (where, _) in enumerate(entries) if where == place]
        ranked = sorted(mine, key=lambda at: (-values[at], at))[:most]
        assert [at for at in kept if places[at] == place] == sorted(ranked)


@given(st.lists(st.integers(0, 9)))
def test_each_number_comes_once_and_in_order(numbers):
    found = each_once_in_order(np.array(numbers, dtype=np.int64)).tolist()

    assert found == sorted(set(numbers))
