"""Which words of two lists have nearly the same consonants?

Two skeletons are near if one is made from the other by putting in, leaving out or
exchanging one consonant; of long ones a second may differ as well. Found by keys that
two such skeletons share, without comparing every word with every other.

Source: Mor and Fraenkel 1982, "A hash code method for detecting and correcting
spelling errors", for the keys with a letter left out.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from repatria.linkage.across import steps
from repatria.linkage.names import skeletons_of
from repatria.linkage.names.skeletons import CONSONANTS, VOWELS_ONLY
from repatria.linkage.scientific import sparse_table
from repatria.linkage.vocabulary import Ints

_LEAST_TO_DROP = 3
# Two short skeletons of which each has lost a consonant may have one of three in common: nearly
# all such pairs are strangers, a third of all there are.
_LEAST_TO_DROP_ON_BOTH_SIDES = 4
# A key is a number: four bits for each consonant, the first lowest, and above them its kind.
_BITS, _LONGEST, _KIND = 4, 15, 60
_ANY = 15
_WHOLE, _ONE_LONGER, _OTHER_LONGER, _BOTH_SHORTENED, _EXCHANGED, _TURNED = range(6)
_CODES = np.zeros(128, dtype=np.int64)
_CODES[[*map(ord, VOWELS_ONLY + CONSONANTS)]] = np.arange(len(CONSONANTS) + 1) + 1


def near_in_skeleton(left: Sequence[str], right: Sequence[str]) -> tuple[Ints, Ints]:
    """Places of the words, in the phonetic alphabet, that have near skeletons; each pair once.

    Shape: (n_pairs,) int64 each, in the order of the left words. Cost: linear in the words and
    in the pairs; keys are made once for each different skeleton.
    """
    numbers: tuple[dict[str, int], dict[str, int]] = {}, {}
    words = [_numbered(side, known) for side, known in zip((left, right), numbers, strict=True)]
    ones, others = (_keyed(tuple(known), side) for side, known in enumerate(numbers))
    met, keys = np.unique(np.concatenate([ones[1], others[1]]), return_inverse=True)
    tables = [
        sparse_table(np.ones(len(rows), dtype=np.int32), rows, columns, (height, width))
        for rows, columns, height, width in (
            (*words[0], len(left), len(numbers[0])),
            (ones[0], keys[: len(ones[0])], len(numbers[0]), len(met)),
            (others[0], keys[len(ones[0]) :], len(numbers[1]), len(met)),
            (*words[1], len(right), len(numbers[1])),
        )
    ]
    both = ((tables[0] @ (tables[1] @ tables[2].T)) @ tables[3].T).tocoo()
    return both.row.astype(np.int64), both.col.astype(np.int64)


def _numbered(words: Sequence[str], numbers: dict[str, int]) -> tuple[Ints, Ints]:
    """Places of words, and the numbers of the skeletons of each."""
    skeletons = [skeletons_of(word, wider=True) for word in words]
    each = np.fromiter(map(len, skeletons), dtype=np.int64, count=len(skeletons))
    found = [numbers.setdefault(one, len(numbers)) for one in chain.from_iterable(skeletons)]
    return np.repeat(np.arange(len(words)), each), np.array(found, dtype=np.int64)


def _keyed(skeletons: Sequence[str], side: int) -> tuple[Ints, Ints]:
    """Numbers of skeletons, and the keys of each; what one side has left out the other has not."""
    codes, lengths = _coded(skeletons)
    everyone = np.arange(len(codes))
    long_enough = np.where(lengths >= _LEAST_TO_DROP, lengths, 0)
    owner = np.repeat(everyone, long_enough)
    at = _BITS * steps(long_enough)
    below = codes[owner] & ((np.int64(1) << at) - 1)
    above = codes[owner] >> (at + _BITS)
    without = below | above << at
    short = long_enough[owner] < _LEAST_TO_DROP_ON_BOTH_SIDES
    exchanged = below | np.int64(_ANY) << at | above << (at + _BITS)
    threes = everyone[lengths == _LEAST_TO_DROP]
    mine, theirs = (_OTHER_LONGER, _ONE_LONGER) if side else (_ONE_LONGER, _OTHER_LONGER)
    made = (
        (_WHOLE, everyone, codes),
        (theirs, everyone, codes),
        (mine, owner, without),
        (_BOTH_SHORTENED, owner[~short], without[~short]),
        (_EXCHANGED, owner[short], exchanged[short]),
        (_TURNED, threes, _in_order(codes[threes])),
    )
    return (
        np.concatenate([owners for _, owners, _ in made]),
        np.concatenate([keys + (kind << _KIND) for kind, _, keys in made]),
    )


def _coded(skeletons: Sequence[str]) -> tuple[Ints, Ints]:
    """Skeletons as numbers, and how long they are; what comes after fifteen consonants is cut."""
    cut = [one[:_LONGEST] for one in skeletons]
    lengths = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut))
    letters = _CODES[np.frombuffer("".join(cut).encode("ascii"), dtype=np.uint8)]
    first = np.cumsum(lengths) - lengths
    placed = np.r_[0, np.cumsum(letters << (_BITS * steps(lengths)))]
    return placed[first + lengths] - placed[first], lengths


def _in_order(codes: Ints) -> Ints:
    """Three consonants each, put in order."""
    shifts = _BITS * np.arange(_LEAST_TO_DROP)
    return np.asarray((np.sort(codes[:, None] >> shifts & _ANY, axis=1) << shifts).sum(axis=1))
