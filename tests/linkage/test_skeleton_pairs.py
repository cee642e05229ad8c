"""Words are paired by consonants that are nearly the same, whatever their number."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from repatria.linkage.names import skeletons_of
from repatria.linkage.names.alphabet import SOUNDS
from repatria.linkage.skeleton_pairs import near_in_skeleton

words = st.text(alphabet=SOUNDS, min_size=1, max_size=12)
lists = st.lists(words, max_size=12)


def found(left, right):
    rows, columns = near_in_skeleton(left, right)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def edits(one, other):
    """The fewest edits between any two skeletons of the words, and how long the longer is."""
    return min(
        (Levenshtein.distance(a, b), -max(len(a), len(b)))
        for a, b in product(skeletons_of(one, wider=True), skeletons_of(other, wider=True))
    )


@given(lists, lists)
def test_words_one_consonant_apart_are_paired_and_words_of_other_consonants_are_not(left, right):
    pairs = set(found(left, right))
    for at, one in enumerate(left):
        for to, other in enumerate(right):
            number, longer = edits(one, other)
            if number == 0 or (number == 1 and -longer >= 3):
                assert (at, to) in pairs
            elif number > 2:
                assert (at, to) not in pairs


@given(lists, lists)
def test_each_pair_comes_once_and_the_same_whichever_list_is_first(left, right):
    pairs = found(left, right)
    assert len(set(pairs)) == len(pairs)
    assert {(to, at) for at, to in found(right, left)} == set(pairs)


def test_two_letters_of_a_short_name_may_be_turned_round_and_one_exchanged():
    assert found(["mrt"], ["mtr"]) == found(["mrt"], ["mlt"]) == [(0, 0)]


def test_a_long_name_may_have_lost_a_consonant_on_each_side():
    assert found(["mrtnk"], ["rtnks"]) == [(0, 0)]
    assert found(["mrt"], ["rtk"]) == []


def test_empty_lists_have_no_pairs():
    assert found([], []) == found(["mrt"], []) == []


def test_the_end_of_a_very_long_word_is_not_looked_at():
    long = "mrtnk" * 4
    assert sorted(found([long], [long, long + "s", "s" + long])) == [(0, 0), (0, 1), (0, 2)]
