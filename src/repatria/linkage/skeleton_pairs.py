"""Which words of two lists have nearly the same consonants?

Two skeletons are near if one is made from the other by putting in, leaving out or
exchanging one consonant; of long ones a second may differ as well. Found by keys that
two such skeletons share, without comparing every word with every other.

Source: Mor and Fraenkel 1982, "A hash code method for detecting and correcting
spelling errors", for the keys with a letter left out.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from repatria.linkage.names import skeletons_of
from repatria.linkage.scientific import sparse_table
from repatria.linkage.vocabulary import Ints

_LEAST_TO_DROP = 3
# Two short skeletons of which each has lost a consonant may have one of three in common: nearly
# all such pairs are strangers, a third of all there are.
_LEAST_TO_DROP_ON_BOTH_SIDES = 4
_Key = tuple[str, str]


def near_in_skeleton(left: Sequence[str], right: Sequence[str]) -> tuple[Ints, Ints]:
    """Places of the words, in the phonetic alphabet, that have near skeletons; each pair once.

    Shape: (n_pairs,) int64 each, in the order of the left words. Cost: linear in the words and
    in the pairs; keys are made once for each different skeleton.
    """
    numbers: tuple[dict[str, int], dict[str, int]] = {}, {}
    words = [_numbered(side, known) for side, known in zip((left, right), numbers, strict=True)]
    keys: dict[_Key, int] = {}
    ones, others = (
        _keyed(known, keys, across=across)
        for known, across in zip(numbers, (False, True), strict=True)
    )
    tables = [
        sparse_table(np.ones(len(rows), dtype=np.int32), rows, columns, (height, width))
        for (rows, columns), height, width in (
            (words[0], len(left), len(numbers[0])),
            (ones, len(numbers[0]), len(keys)),
            (others, len(numbers[1]), len(keys)),
            (words[1], len(right), len(numbers[1])),
        )
    ]
    both = ((tables[0] @ (tables[1] @ tables[2].T)) @ tables[3].T).tocoo()
    return both.row.astype(np.int64), both.col.astype(np.int64)


def _numbered(words: Sequence[str], numbers: dict[str, int]) -> tuple[Ints, Ints]:
    """Places of words, and the numbers of the skeletons of each."""
    skeletons = list(map(skeletons_of, words))
    each = np.fromiter(map(len, skeletons), dtype=np.int64, count=len(skeletons))
    found = [numbers.setdefault(one, len(numbers)) for one in chain.from_iterable(skeletons)]
    return np.repeat(np.arange(len(words)), each), np.array(found, dtype=np.int64)


def _keyed(
    skeletons: dict[str, int], numbers: dict[_Key, int], *, across: bool
) -> tuple[Ints, Ints]:
    """Numbers of skeletons, and of the keys of each."""
    found = [
        (number, numbers.setdefault(key, len(numbers)))
        for skeleton, number in skeletons.items()
        for key in _keys_of(skeleton, across=across)
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _keys_of(skeleton: str, *, across: bool) -> Iterator[_Key]:
    """The keys of one skeleton, with what each is: what one side left out the other has not."""
    whole, shortened = ("shorter", "longer") if across else ("longer", "shorter")
    yield "whole", skeleton
    yield whole, skeleton
    if len(skeleton) < _LEAST_TO_DROP:
        return
    without = [skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton))]
    for one in without:
        yield shortened, one
    if len(skeleton) >= _LEAST_TO_DROP_ON_BOTH_SIDES:
        for one in without:
            yield "both shortened", one
        return
    for at, one in enumerate(without):
        yield "exchanged", f"{at}{one}"
    yield "turned", "".join(sorted(skeleton))
