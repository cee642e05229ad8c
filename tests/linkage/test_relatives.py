"""Relatives and namesakes held together are told apart by what differs, and where."""

import numpy as np
import pytest

from named_people import people
from repatria.linkage import MatchSettings, score_lists
from repatria.linkage.assignment import scores_one_to_one

# Strangers by whom the lists know how common the names below are.
GIVEN = ("Sami", "Walid", "Nabil", "Tariq", "Faris", "Rami", "Hatim", "Jamil", "Adil", "Munir")
FAMILY = ("Hamdani", "Qasimi", "Rashidi", "Talibi", "Nasiri", "Zahrani", "Sabbagh", "Haddadi")


def strangers(side):
    return [
        f"{GIVEN[(i + side) % 10]} {GIVEN[(i * 3 + 1) % 10]} {FAMILY[(i * 7 + side) % 8]}"
        for i in range(40)
    ]


def score(one, other):
    """How likely the first of each list is the same person, strangers of both lists around."""
    left = people("a", [one, *strangers(0)])
    right = people("b", [other, *strangers(5)])
    pairs = score_lists(left, right, settings=MatchSettings(show_at=1e-9))
    scores = {pairs.ids(k): float(pairs.score[k]) for k in range(len(pairs))}
    return scores.get(("a000", "b000"), 0.0)


def test_brothers_are_less_alike_than_one_man_written_twice():
    same = score("Bassam Yunus Khalil Dawudi", "Bassam Yunus Khalil Dawoodi")
    brothers = score("Bassam Yunus Khalil Dawudi", "Marwan Yunus Khalil Dawoodi")

    assert same > 0.9
    assert brothers < 0.5


def test_a_slip_of_the_pen_is_less_of_a_difference_than_another_name():
    assert score("Bassam Yunus Dawudi", "Bsasm Yunus Dawudi") > score(
        "Bassam Yunus Dawudi", "Idris Yunus Dawudi"
    )


def test_a_name_cut_in_two_is_less_of_a_difference_than_two_other_names():
    assert score("Bassam Yunus Abrahamov", "Bassam Yunus Abra hamov") > score(
        "Bassam Yunus Abrahamov", "Bassam Yunus Gora zubin"
    )


def test_a_near_name_counts_less_where_the_nearer_one_is_in_the_list():
    left = people("a", ["Salim Yunus Dawudi", *strangers(0)])
    alone = people("b", ["Salem Yunus Dawudi", *strangers(5)])
    beside = people("b", ["Salem Yunus Dawudi", *strangers(5)[:-1], "Salim Sami Qasimi"])
    left_too = [*left[:-1], *people("c", ["Salem Walid Rashidi"])]

    def first(ones, others):
        pairs = score_lists(ones, others, settings=MatchSettings(show_at=1e-9))
        return next(
            (float(pairs.score[k]) for k in range(len(pairs)) if pairs.ids(k) == ("a000", "b000")),
            0.0,
        )

    assert first(left_too, beside) < first(left, alone)


@pytest.mark.parametrize("bits", [3.0, 12.0, 35.0])
def test_two_namesakes_on_each_side_share_the_chance(bits):
    """Four pairs equally good: each is right with a chance of about a half, however good."""
    odds = np.full(4, bits)
    pairs = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])

    scores = scores_one_to_one(odds, pairs, (2, 2))

    assert scores == pytest.approx(scores[0])
    assert 0.4 < scores[0] <= 0.5 + 1e-9
