"""Which parts of scipy and sparse-dot-topn does linkage use?

The one place where these untyped libraries are met: sparse tables, the greatest sums
of their products, connected components, rectangular assignment. Not imported before
two lists are really compared.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.sparse_tables import sp_matmul_topn, sparse, zip_sp_matmul_topn

Ints = npt.NDArray[np.int64]
_BLOCK, _BLOCKS_AT_ONCE = 1 << 15, 4


def sparse_table(
    values: npt.NDArray[Any], rows: Ints, columns: Ints, shape: tuple[int, int]
) -> Any:
    """A sparse table in compressed rows; values at one place are added up."""
    made = sparse.csr_array((values, (rows, columns)), shape=shape)
    made.sum_duplicates()
    return made


def in_blocks_of_rows(table: Any, size: int = _BLOCK) -> list[Any]:
    """The table turned round, some thousands of its rows at a time: for `greatest_of_product`.

    The sums of one row of a product with a block stay in the cache of a processor.
    """
    return [
        sparse.csr_matrix(table[start : start + size].T.tocsr())
        for start in range(0, max(table.shape[0], 1), size)
    ]


def greatest_of_product(
    left: Any, right: Sequence[Any], most: int, *, threads: int = 2
) -> tuple[Ints, Ints]:
    """Rows and columns of the greatest entries above nought of each row of `left @ right`.

    At most `most` a row; the whole product is never stored.

    Args:
        left: a sparse table.
        right: blocks of columns of another, from left to right.
        most: entries of a row.
        threads: one is better where the product is small.

    Source: Sun Zhe, "Boosting the selection of the most similar entities", 2018, the method of
    sparse-dot-topn.
    """
    rows = sparse.csr_matrix(left)
    found: list[Any] = []
    for block in right:
        found.append(sp_matmul_topn(rows, block, top_n=most, threshold=0.0, n_threads=threads))
        if len(found) > _BLOCKS_AT_ONCE:
            found = [zip_sp_matmul_topn(most, found)]
    best = (zip_sp_matmul_topn(most, found) if len(found) > 1 else found[0]).tocoo()
    above = best.data > 0
    return best.row[above].astype(np.int64), best.col[above].astype(np.int64)


def each_once_in_order(numbers: Ints) -> Ints:
    """The different numbers among these, in order.

    By sorting: what numpy's `unique` does without an inverse takes ten times as long.
    """
    ordered = np.sort(numbers)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def component_labels(rows: Ints, columns: Ints, shape: tuple[int, int]) -> Ints:
    """For each pair of a two-sided graph, a number that those of its connected component share.

    It is the least row there. Cost: some steps over all pairs, few where components are small;
    what scipy has takes a tenth of a second to load.
    """
    labels = np.arange(shape[0], dtype=np.int64)
    while True:
        across = np.full(shape[1], shape[0], dtype=np.int64)
        np.minimum.at(across, columns, labels[rows])
        nearer = labels.copy()
        np.minimum.at(nearer, rows, across[columns])
        nearer = nearer[nearer]
        if (nearer == labels).all():
            return np.asarray(labels[rows], dtype=np.int64)
        labels = nearer


def best_assignment(table: npt.NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Rows and columns of the one-to-one choice with the greatest sum.

    Source: Jonker and Volgenant 1987, in the form of scipy's sparse graphs: `scipy.optimize`, which
    has the same, takes a quarter of a second to load.
    Cost: cubic in the smaller side, unless every one there gets what suits it best.
    """
    turned = table.shape[0] > table.shape[1]
    ranked = np.sort(table.T if turned else table, axis=1)
    best = (table.T if turned else table).argmax(axis=1)
    sure = ranked.shape[1] == 1 or bool((ranked[:, -1] > ranked[:, -2]).all())
    if sure and len(set(best.tolist())) == len(best):
        everyone = np.arange(len(best))
        return (best, everyone) if turned else (everyone, best)
    from scipy.sparse.csgraph import (  # noqa: PLC0415 -- seldom wanted, a tenth of a second
        min_weight_full_bipartite_matching,
    )

    costs = sparse.csr_array(table.max() + 1.0 - table)  # all above nought: every pair is there
    rows, columns = min_weight_full_bipartite_matching(costs)
    return np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
