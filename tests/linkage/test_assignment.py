"""Scores take rivals into account, and the choice is the best one to one."""

import numpy as np
import pytest

from repatria.linkage.assignment import one_to_one, scores_alone, scores_one_to_one


def pairs(*places):
    array = np.array(places, dtype=np.int64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def test_a_pair_without_rivals_keeps_the_logistic_of_its_odds():
    odds = np.array([3.0])

    assert scores_one_to_one(odds, pairs((0, 0)), (1, 1)) == pytest.approx([8 / 9])
    assert scores_alone(odds) == pytest.approx([8 / 9])


def test_two_equal_rivals_share_the_chance_exactly():
    scores = scores_one_to_one(np.array([3.0, 3.0]), pairs((0, 0), (0, 1)), (1, 2))

    assert scores == pytest.approx([8 / 17, 8 / 17])


def test_the_choice_has_the_greatest_sum_not_the_greatest_member():
    chosen = one_to_one(np.array([5.0, 4.0, 4.0]), pairs((0, 0), (0, 1), (1, 0)))

    assert chosen.tolist() == [False, True, True]


def test_components_are_solved_apart_and_nothing_gives_nothing():
    chosen = one_to_one(np.array([1.0, 2.0, 3.0]), pairs((0, 0), (1, 1), (1, 2)))

    assert chosen.tolist() == [True, False, True]
    assert one_to_one(np.zeros(0), pairs()).tolist() == []
