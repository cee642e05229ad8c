"""Which pairs are worth a closer look by a tool that cannot compare all?

For every record the nearest by character n-grams of the romanised name, both ways,
and all with an equal birth date: as generous as its peers can afford.
"""

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

_CHUNK = 2_000


def vectors(left: list[str], right: list[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Weights of character n-grams within words, two to four letters, of both lists."""
    learned = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    both = learned.fit_transform([*left, *right]).astype(np.float32)
    return both[: len(left)], both[len(left) :]


def nearest(
    left: sparse.csr_matrix, right: sparse.csr_matrix, number: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and cosines of the nearest of the right for each of the left."""
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    transposed = right.T.tocsr()
    step = max(1, min(_CHUNK, 40_000_000 // right.shape[0]))
    for start in range(0, left.shape[0], step):
        block = (left[start : start + step] @ transposed).toarray()
        top = min(number, block.shape[1])
        best = np.argpartition(-block, top - 1, axis=1)[:, :top]
        rows = np.repeat(np.arange(block.shape[0]), top)
        columns = best.ravel()
        score = block[rows, columns]
        kept = score > 0
        found.append((rows[kept] + start, columns[kept], score[kept]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def equal_births(left: list[str], right: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose full birth dates are equal."""
    places: dict[str, list[int]] = {}
    for at, birth in enumerate(right):
        if len(birth) == len("YYYY-MM-DD"):
            places.setdefault(birth, []).append(at)
    found = [(i, j) for i, birth in enumerate(left) for j in places.get(birth, ())]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def candidates(
    names: tuple[list[str], list[str]], births: tuple[list[str], list[str]], number: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and cosines of the pairs to look at."""
    left, right = vectors(*names)
    one = nearest(left, right, number)
    other = nearest(right, left, number)
    same = equal_births(*births)
    keys = np.unique(
        np.concatenate([a * right.shape[0] + b for a, b in (one[:2], other[1::-1], same)])
    )
    rows, columns = np.divmod(keys, right.shape[0])
    cosine = (
        np.concatenate(
            [
                np.asarray(
                    left[rows[at : at + 50_000]].multiply(right[columns[at : at + 50_000]]).sum(1)
                ).ravel()
                for at in range(0, len(rows), 50_000)
            ]
        )
        if len(rows)
        else np.zeros(0)
    )
    return rows, columns, cosine
