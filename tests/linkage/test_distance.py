"""What sounds speak for one name: a weighted alignment with learned costs, in bits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.linkage.costs import SCRIPT_CLASS, edit_costs
from repatria.linkage.distance import expected_bits, sound_bits, sounds_of
from repatria.linkage.names import name_tokens
from repatria.linkage.names.alphabet import SOUNDS
from repatria.terms import PersonName

ONE = np.array([0])
WORDS = st.text(alphabet=SOUNDS, min_size=1, max_size=12)
CLASSES = st.sampled_from(sorted(set(SCRIPT_CLASS.values())))


def read(word):
    (token,) = name_tokens(PersonName(text=word))
    return sounds_of((token.sound,), np.array([SCRIPT_CLASS[token.script]]))


def bits(one, other):
    return float(sound_bits(read(one), read(other), ONE, ONE)[0])


def shortfall(one, other):
    sides = read(one), read(other)
    return float(expected_bits(*sides, ONE, ONE)[0] - sound_bits(*sides, ONE, ONE)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Արեն", "Арен"),
        ("Xəlil", "Хәлил"),
        ("Şahin", "Шаһин"),
        ("სამირ", "Samir"),
        ("سمير", "Samir"),
    ],
)
def test_a_name_in_two_scripts_speaks_for_one_name(one, other):
    assert bits(one, other) > 8
    assert shortfall(one, other) < 3


def test_unwritten_vowels_cost_less_than_left_out_ones():
    assert shortfall("سمير", "Samir") < shortfall("Smr", "Samir")


def test_two_letters_turned_round_cost_less_than_two_letters_wrong():
    assert bits("Karne", "Karen") > bits("Kalme", "Karen")


def test_unrelated_names_speak_against_one_name():
    assert bits("Karen", "Tigist") < -10


def test_no_pairs_have_no_bits():
    none = np.zeros(0, dtype=np.int64)

    assert len(sound_bits(read("Sel"), read("Sel"), none, none)) == 0


@given(WORDS, CLASSES, WORDS, CLASSES)
def test_it_means_nothing_which_word_is_called_the_left_one(one, its, other, theirs):
    left, right = sounds_of((one,), np.array([its])), sounds_of((other,), np.array([theirs]))

    assert sound_bits(left, right, ONE, ONE) == sound_bits(right, left, ONE, ONE)


@given(WORDS, CLASSES, WORDS, CLASSES)
def test_many_pairs_at_once_give_what_each_gives_alone(one, its, other, theirs):
    left = sounds_of((one, other), np.array([its, theirs]))
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])

    together = sound_bits(left, left, rows, columns)

    alone = [sound_bits(left, left, rows[k : k + 1], columns[k : k + 1])[0] for k in range(4)]
    assert together.tolist() == alone


def test_every_sound_of_every_two_scripts_has_a_cost():
    costs = edit_costs()

    assert len(costs.swap) == 7 * 7 * 64 * 64
    assert np.abs(costs.swap).max() <= 900
    assert np.isfinite(costs.expected).all()
