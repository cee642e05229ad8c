"""The sound distance is a weighted edit distance."""

import numpy as np
import pytest

from repatria.linkage.distance import sound_distances
from repatria.linkage.names import name_tokens
from repatria.terms import PersonName


def distance(one, other):
    tokens = [name_tokens(PersonName(text=word)) for word in (one, other)]
    return float(sound_distances(*tokens, np.array([0]), np.array([0]))[0])


@pytest.mark.parametrize(
    ("one", "other"), [("Արեն", "Арен"), ("Xəlil", "Хәлил"), ("Şahin", "Шаһин"), ("სამირ", "Samir")]
)
def test_the_same_sound_in_two_scripts_is_no_distance(one, other):
    assert distance(one, other) == pytest.approx(0, abs=0.15)


def test_unwritten_vowels_cost_little():
    assert distance("سمير", "Samir") < distance("Smr", "Samir")


def test_two_letters_turned_round_cost_less_than_two_letters_wrong():
    assert distance("Karne", "Karen") < distance("Kalme", "Karen")


def test_unrelated_names_are_far_apart():
    assert distance("Karen", "Tigist") > 2


def test_no_pairs_have_no_distances():
    token = name_tokens(PersonName(text="Sel"))
    none = np.zeros(0, dtype=np.int64)

    assert len(sound_distances(token, token, none, none)) == 0
