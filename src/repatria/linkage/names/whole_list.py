"""How are the names of a whole list read at once, in few calls for many names?

Words are numbered as they are met, and what a word shows is looked up by its number;
names whose words show the same are treated alike. A name out of the ordinary is
read by itself. Every name gives what `NameReader.read` gives.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import steps
from repatria.linkage.names.places import TokenKind, parts_of
from repatria.linkage.names.reader import MORE_NEEDED, SILENT, NameReader, father_place
from repatria.linkage.names.sounds import Reading, ReadingSign, reading_shown, reading_signs
from repatria.linkage.names.tokens import WordShape, word_shape, words_of
from repatria.terms import PersonName

Numbers = npt.NDArray[np.int32]
ABSENT = -1
_CHUNK = 100_000
_MOST_WORDS = 12
_READINGS = tuple(Reading)
_SHAPE_BITS, _KIND_BITS, _KEY_BITS = 5, 4, 4
# A comma may set the family name apart; an underscore is a letter to some patterns.
_BY_ITSELF = re.compile("[,_\n]")
_SEPARATED = re.compile(r"[^\w\s']")
_UNKNOWN = -9


class ListReader:
    """Reads the names of lists into numbered parts, many at a time.

    Cost: about a microsecond a name whose words were met before.

    Attributes:
        one_by_one: reads single names, and numbers their parts.
    """

    def __init__(self, most: int) -> None:
        """Reads the first `most` parts of each name, sixteen at most."""
        self.one_by_one = NameReader()
        self._most = most
        self._words = _Numbered()
        self._numbers: Numbers = np.full(0, _UNKNOWN, dtype=np.int32)
        self._kinds: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def read(
        self, texts: Sequence[str], others: Mapping[int, tuple[PersonName, str]]
    ) -> tuple[Numbers, npt.NDArray[np.int8]]:
        """The numbers of the parts of each name, and what each shows itself to be.

        Args:
            texts: the names as written.
            others: place -> name and name of the father, for those of which more is known.

        Returns:
            Filled up with -1, and with nought. Shape: (n_names, most) each.
        """
        parts = [
            self._read(texts[start : start + _CHUNK], start, others)
            for start in range(0, max(len(texts), 1), _CHUNK)
        ]
        numbers, shown = zip(*parts, strict=True)
        return np.concatenate(numbers), np.concatenate(shown)

    def _read(
        self, texts: Sequence[str], start: int, others: Mapping[int, tuple[PersonName, str]]
    ) -> tuple[Numbers, npt.NDArray[np.int8]]:
        numbers = np.full((len(texts), self._most), ABSENT, dtype=np.int32)
        shown = np.zeros((len(texts), self._most), dtype=np.int8)
        joined = "".join(texts)
        split: Callable[[str], list[str]] = words_of if _SEPARATED.search(joined) else str.split
        words = list(map(split, texts))
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        alone = (lengths == 0) | (lengths > _MOST_WORDS)
        if _BY_ITSELF.search(joined):
            alone |= np.fromiter(map(bool, map(_BY_ITSELF.search, texts)), bool, len(texts))
        alone[[at - start for at in others if start <= at < start + len(texts)]] = True
        flat = np.fromiter(
            map(self._words.__getitem__, chain.from_iterable(words)), np.int64, lengths.sum()
        )
        usual = self._together(numbers, shown, (flat, lengths), np.flatnonzero(~alone))
        alone[usual] = True
        for at in np.flatnonzero(alone).tolist():
            name, father = others.get(start + at) or (PersonName(text=texts[at]), "")
            places, named = self.one_by_one.read(name, father=father, most=self._most)
            numbers[at, : len(places)], shown[at, : len(named)] = places, named
        return numbers, shown

    def _together(
        self,
        numbers: Numbers,
        shown: npt.NDArray[np.int8],
        words: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
        these: npt.NDArray[np.int64],
    ) -> npt.NDArray[np.int64]:
        """Read these names into the tables; places of those that are not usual after all."""
        flat, lengths = words
        first = np.cumsum(lengths) - lengths
        there = np.arange(int(lengths[these].max(initial=0))) < lengths[these, None]
        word = np.zeros(there.shape, dtype=np.int64)
        word[there] = flat[np.repeat(first[these], lengths[these]) + steps(lengths[these])]
        shapes, signs = self._words.tables()
        father = _by_pattern(np.where(there, shapes[word], 0), lengths[these], _father_of)
        usual = father != MORE_NEEDED
        word, there, father = word[usual], there[usual], father[usual]
        known = np.bitwise_or.reduce(np.where(there, signs[word], 0), axis=1)
        key = word << _KEY_BITS
        key += (_READING_OF[known] << 2)[:, None]
        key += (np.arange(word.shape[1]) == father[:, None]).astype(np.int64) << 1
        key += (lengths[these[usual]] > 2)[:, None]
        found = np.where(there, self._number(key, there), SILENT)
        if (found[there] == SILENT).any():
            order = np.argsort(found == SILENT, axis=1, kind="stable")
            found = np.take_along_axis(found, order, axis=1)
        found = found[:, : self._most]
        heard = (found != SILENT).sum(axis=1)
        width = found.shape[1]
        numbers[these[usual], :width] = found
        kinds = np.append(self._kinds, 0)[found]  # nought behind the last, where -1 points
        shown[these[usual], :width] = _by_pattern(kinds, heard, _parts_of, width)
        return np.asarray(these[~usual], dtype=np.int64)

    def _number(
        self, keys: npt.NDArray[np.int64], there: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.int32]:
        """Numbers of the parts that these keys of words stand for."""
        size = len(self._words) << _KEY_BITS
        if len(self._numbers) < size:
            more = np.full(2 * size - len(self._numbers), _UNKNOWN, dtype=np.int32)
            self._numbers = np.concatenate([self._numbers, more])
        missing = keys[there & (self._numbers[keys] == _UNKNOWN)]
        for key in dict.fromkeys(missing.tolist()):
            self._numbers[key] = self.one_by_one.number_of(
                self._words.words[key >> _KEY_BITS],
                _READINGS[key >> 2 & 3],
                shows_father=bool(key & 2),
                many=bool(key & 1),
            )
        kinds = self.one_by_one.kinds[len(self._kinds) :]
        self._kinds = np.r_[self._kinds, np.array(kinds, dtype=np.int64)]
        return self._numbers[keys]


class _Numbered(dict[str, int]):
    """Word -> its number; what a word shows is seen when it is first met."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._shapes: list[WordShape] = []
        self._signs: list[ReadingSign] = []

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.words)
        self.words.append(word)
        self._shapes.append(word_shape(word))
        self._signs.append(reading_signs(word))
        return number

    def tables(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The shape and the signs of each word by its number."""
        return np.array(self._shapes, np.int64), np.array(self._signs, np.int64)


_READING_OF = np.array(
    [
        _READINGS.index(reading_shown(ReadingSign(signs)))
        for signs in range(int(reduce(lambda one, other: one | other, ReadingSign)) + 1)
    ],
    dtype=np.int64,
)


def _by_pattern(
    table: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    answer: Callable[[Sequence[int]], Any],
    width: int | None = None,
) -> npt.NDArray[np.int64]:
    """What `answer` gives for the first values of each row, asked once for rows that are equal.

    Values are below 32, rows no longer than twelve. Shape: (n,), or (n, width) where each
    answer is a row.
    """
    places = np.arange(table.shape[1]) * _SHAPE_BITS
    keys = (table << places).sum(axis=1) * (_MOST_WORDS + 1) + lengths
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    patterns = [answer(table[at, : lengths[at]].tolist()) for at in first.tolist()]
    if width is None:
        return np.array(patterns, dtype=np.int64)[inverse]
    rows = np.zeros((len(patterns), width), dtype=np.int64)
    for at, pattern in enumerate(patterns):
        rows[at, : len(pattern)] = pattern
    return rows[inverse]


def _father_of(shapes: Sequence[int]) -> int:
    return father_place(tuple(map(WordShape, shapes)))


def _parts_of(kinds: Sequence[int]) -> Sequence[int]:
    return parts_of(tuple(map(TokenKind, kinds)))
