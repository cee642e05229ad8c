"""Which pairs are never linked without somebody looking, however much speaks for them?

Five kinds. No part of the names agrees: whatever else does, a clerk who copied a date
down a column would make one person of two. A given name is another one beside a family
name that agrees: brothers and sisters are held together, twins were born on one day, and
the birthday that speaks for one person speaks for them as well. The fathers are two. The
sexes are two. And the dates of birth contradict each other: of links in spite of that,
one in four was of two namesakes.

Source: Fellegi and Sunter 1969, section 2, whose weights add up only where agreements are
independent, as they are not among relatives; for the figure, bench/linkage/README.md.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from repatria.linkage.across import anywhere, counts
from repatria.linkage.alignment import Aligned
from repatria.linkage.costs import SCRIPT_CLASS
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.names import (
    NamePart,
    NameToken,
    TokenRole,
    given_name_numbers,
    name_of_father,
    other_forms,
)
from repatria.linkage.names.forms import folded
from repatria.linkage.neighbours import Neighbours
from repatria.linkage.vocabulary import ABSENT, Floats, Ints, Vocabulary

Doubts = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


class Doubt(IntEnum):
    """Why a pair is at most possible."""

    NONE = 0
    NO_PART_AGREES = 1
    ANOTHER_GIVEN_NAME = 2
    BORN_APART = 3
    ANOTHER_FATHER = 4
    ANOTHER_SEX = 5


# The odds that a doubtful pair comes near, however much speaks for it: that of unseen
# relatives who fit as well, or of a clerk who slipped. Judgement of this project: one in three.
_AT_MOST = 0.5
# Sounds so far from each other, and from what spellings of one name are, belong to two names.
_UNLIKE, _SHORT = 0.0, 8.0
_TWO, _THREE = 2, 3
_VOWELS_AND_HALVES = frozenset("aeiouEIOUAWYyw`")
_VOWELS = str.maketrans("", "", "aeiouEIOUAWYy`w")
# What a name goes on with in Arabic, or leaves out: al-Din, Allah.
_GOES_ON = re.compile(r"^(?:ld+n|l+h?)$")


def doubted(scores: Floats, doubts: Doubts) -> Floats:
    """The scores, with somebody unseen as a rival of each doubtful pair.

    Keeps the order of the scores, and changes low ones hardly. Shape: as given.
    """
    rivalled = scores * _AT_MOST / (scores + _AT_MOST)
    return np.where(doubts == Doubt.NONE, scores, rivalled)


def doubts_of(
    left: Vocabulary,
    right: Vocabulary,
    neighbours: Neighbours,
    pairs: tuple[Ints, Ints],
    names: Aligned,
) -> Doubts:
    """What keeps each pair of names from being a link.

    Args:
        left, right: the names of both lists.
        neighbours: which of their parts sound alike.
        pairs: bearers, of the left and of the right.
        names: how the parts of those agree.

    Cost: as `sound_bits` for each two different given names that stand against each other.
    Shape: (n_pairs,) int8, of `Doubt`.
    """
    found = np.zeros(len(pairs[0]), dtype=np.int8)
    sides = (left, pairs[0]), (right, pairs[1])
    shown = _fathers(*sides[0]), _fathers(*sides[1])
    nothing = np.zeros_like(shown[0]), np.zeros_like(shown[1])
    given = _given(*sides[0], either=True), _given(*sides[1], either=True)
    first = _given(*sides[0], either=False), _given(*sides[1], either=False)
    for flags, sure, doubt in (
        (shown, nothing, Doubt.ANOTHER_FATHER),
        (given, first, Doubt.ANOTHER_GIVEN_NAME),
    ):
        met = _against_each_other(sides, neighbours, names, flags, sure)
        if len(met.pair):
            found[met.pair[_two_names(left.entries, right.entries, met)]] = doubt
    found[names.parts <= names.initials] = Doubt.NO_PART_AGREES
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """Given names, or fathers' names, that stand against each other.

    Attributes:
        pair: of which pair of names. Shape: (n,) int64.
        ones, others: entries of the two lists. Shape: likewise.
        sure: both are the given name by their place, not one of two that may be. Shape: (n,) bool.
    """

    pair: Ints
    ones: Ints
    others: Ints
    sure: Flags


def _against_each_other(
    sides: tuple[tuple[Vocabulary, Ints], tuple[Vocabulary, Ints]],
    neighbours: Neighbours,
    names: Aligned,
    given: tuple[Flags, Flags],
    first: tuple[Flags, Flags],
) -> _Met:
    """Parts of one kind that are left over on both sides, or agree as far as they go.

    Args:
        sides: of both lists the names, and which of them are bearers of the pairs.
        neighbours: which parts sound alike.
        names: how the parts of each pair agree.
        given: which parts are of the kind. Shape: (n_pairs, width) each.
        first: which of these are so for sure. Shape: likewise.
    """
    tokens = sides[0][0].tokens[sides[0][1]], sides[1][0].tokens[sides[1][1]]
    free = names.left_over(tokens)
    alone = free[0] & given[0], free[1] & given[1]
    # With more than one on a side, which of them stands against which is not known.
    pair = np.flatnonzero((counts(alone[0]) == 1) & (counts(alone[1]) == 1))
    here, there = alone[0][pair].argmax(axis=1), alone[1][pair].argmax(axis=1)
    agree = (names.entry != ABSENT) & given[0]
    agree &= np.take_along_axis(given[1], np.maximum(names.partner, 0), axis=1)
    agree &= np.append(~neighbours.form, False)[names.entry]
    rows, places = np.nonzero(agree)
    pair = np.r_[pair, rows]
    here, there = np.r_[here, places], np.r_[there, names.partner[rows, places]]
    return _Met(
        pair=pair,
        ones=tokens[0][pair, here],
        others=tokens[1][pair, there],
        sure=first[0][pair, here] & first[1][pair, there],
    )


def _fathers(names: Vocabulary, bearers: Ints) -> Flags:
    """Which parts are shown to be the father's name. Shape: (n_bearers, width)."""
    return np.asarray(names.patronymic[bearers] == 1)


def _given(names: Vocabulary, bearers: Ints, *, either: bool) -> Flags:
    """Which parts are the given name: the one that shows, or else the first.

    Args:
        names: of one list.
        bearers: which of them.
        either: of two parts of which nothing shows, any may be.

    Shape: (n_bearers, width).
    """
    parts, there = names.parts[bearers], names.tokens[bearers] != ABSENT
    shown = parts == NamePart.GIVEN
    number = counts(there)[:, None]
    # Of two parts the one that ends like a patronymic may well be one.
    father = (names.patronymic[bearers] == 1) | (
        (names.patronymic[bearers] == 0) & (number == _TWO)
    )
    unknown = there & (parts == NamePart.UNKNOWN) & ~father
    first = np.zeros(there.shape, dtype=bool)
    first[:, 0] = True
    if either:
        first |= number == _TWO
    return np.asarray((shown | (unknown & first & ~anywhere(shown)[:, None])) & (number > 1))


def _two_names(
    left: tuple[NameToken, ...],
    right: tuple[NameToken, ...],
    met: _Met,
) -> Flags:
    """Whether each two are two names: known as two, or nothing alike, and none the other's form.

    Shape: (n_met,) bool.
    """
    width = len(right)
    once, which = np.unique(met.ones * width + met.others, return_inverse=True)
    ones = [left[int(at)] for at in once // width]
    others = [right[int(at)] for at in once % width]
    heard = [
        sounds_of(
            [token.sound for token in side],
            np.array([SCRIPT_CLASS[token.script] for token in side], dtype=np.int64),
        )
        for side in (ones, others)
    ]
    places = np.arange(len(ones))
    bits = sound_bits(heard[0], heard[1], places, places)
    short = expected_bits(heard[0], heard[1], places, places) - bits
    unlike = (bits < _UNLIKE) & (short >= _SHORT)
    asked = list(zip(ones, others, strict=True))
    known = np.array([_known_as_two(one, other) for one, other in asked], dtype=bool)
    known |= np.array([_two_initials(one, other) for one, other in asked], dtype=bool)
    for at in np.flatnonzero(known | unlike).tolist():
        known[at] &= not _one_form(*asked[at])
        unlike[at] &= not (_one_form(*asked[at]) or _cut_short(*asked[at]))
    return np.asarray((unlike[which] & met.sure) | known[which])


def _known_as_two(one: NameToken, other: NameToken) -> bool:
    """Whether both are given names of the list, and none of it is both."""
    mine, theirs = (given_name_numbers(name_of_father(each)) for each in (one, other))
    return bool(mine and theirs) and not mine & theirs


def _two_initials(one: NameToken, other: NameToken) -> bool:
    """Whether both are initials, and not the same."""
    both = one.role is TokenRole.INITIAL and other.role is TokenRole.INITIAL
    return both and _first_of(one) != _first_of(other)


def _one_form(one: NameToken, other: NameToken) -> bool:
    """Whether one part may be a form of the other; a nickname that both have makes them no one."""
    if TokenRole.INITIAL in {one.role, other.role}:
        return one.role is not other.role or _first_of(one) == _first_of(other)
    return bool(_sounds(one) & _ways(other) or _ways(one) & _sounds(other))


def _first_of(initial: NameToken) -> str:
    """What an initial begins with: a vowel, whichever, or its firm consonant."""
    return initial.skeleton[:1] if initial.sound[0] not in _VOWELS_AND_HALVES else ""


def _sounds(token: NameToken) -> set[str]:
    """The sounds of a part as it is written."""
    return {folded(sound) for sound in (token.sound, token.other_sound) if sound}


def _cut_short(one: NameToken, other: NameToken) -> bool:
    """Whether one part, or its consonants, are the beginning of the other."""
    ways = _ways(one), _ways(other)
    firm = [{way.translate(_VOWELS) for way in side} for side in ways]
    return any(
        _begins(a, b, least) or _begins(b, a, least)
        for sides, least in ((ways, _THREE), (firm, _TWO))
        for a in sides[0]
        for b in sides[1]
    )


def _begins(one: str, other: str, least: int) -> bool:
    """Whether one is the beginning of the other, and enough of it."""
    if not one or not other.startswith(one):
        return False
    return len(one) >= least or bool(_GOES_ON.match(other[len(one) :]))


def _ways(token: NameToken) -> set[str]:
    """The sounds a part may stand for, those of its other forms among them."""
    forms = other_forms(token.sound, token.script, short=True)
    return _sounds(token) | {folded(form.sound) for form in forms}
