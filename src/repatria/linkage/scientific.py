"""Which parts of scipy and sparse-dot-topn does linkage use?

The one place where these untyped libraries are met: sparse tables, the greatest sums
of their products, connected components, rectangular assignment. Not imported before
two lists are really compared.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching
from sparse_dot_topn import sp_matmul_topn

Ints = npt.NDArray[np.int64]


def sparse_table(
    values: npt.NDArray[Any], rows: Ints, columns: Ints, shape: tuple[int, int]
) -> Any:
    """A sparse table in compressed rows; values at one place are added up."""
    made = sparse.csr_array((values, (rows, columns)), shape=shape)
    made.sum_duplicates()
    return made


def greatest_of_product(left: Any, right: Any, most: int) -> tuple[Ints, Ints]:
    """Rows and columns of the greatest entries above nought of each row of `left @ right`.

    At most `most` a row; the whole product is never stored.

    Source: Sun Zhe, "Boosting the selection of the most similar entities", 2018, the method of
    sparse-dot-topn.
    """
    found = sp_matmul_topn(
        sparse.csr_matrix(left), sparse.csr_matrix(right), top_n=most, threshold=0.0, n_threads=2
    ).tocoo()
    above = found.data > 0
    return found.row[above].astype(np.int64), found.col[above].astype(np.int64)


def component_labels(rows: Ints, columns: Ints, shape: tuple[int, int]) -> Ints:
    """For each pair of a two-sided graph, the number of its connected component."""
    size = shape[0] + shape[1]
    graph = sparse_table(np.ones(len(rows), dtype=np.int8), rows, columns + shape[0], (size, size))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels[rows], dtype=np.int64)


def best_assignment(table: npt.NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Rows and columns of the one-to-one choice with the greatest sum.

    Source: Jonker and Volgenant 1987, in the form of scipy's sparse graphs: `scipy.optimize`, which
    has the same, takes a quarter of a second to load.
    Cost: cubic in the smaller side.
    """
    costs = sparse.csr_array(table.max() + 1.0 - table)  # all above nought: every pair is there
    rows, columns = min_weight_full_bipartite_matching(costs)
    return np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
