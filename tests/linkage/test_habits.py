"""What two lists show of their clerks' habits moves the weights, no further than it is shown."""

import numpy as np
import pytest

from repatria.linkage import Profile
from repatria.linkage.features import FEATURES
from repatria.linkage.grounds import ListPair
from repatria.linkage.habits import HABITS, NO_SHIFT, HabitShift, habit_shift
from repatria.linkage.name_model import name_model
from repatria.terms import PersonName

GIVEN = ("Salim", "Nabil", "Farid", "Walid", "Rashad", "Bashir", "Jamil", "Hatim", "Munir", "Zahir")
FAMILY = (
    "Qabbani", "Rifai", "Dawudi", "Tamimi", "Barghuti", "Khatib", "Zaydan", "Sabbagh", "Najjar",
    "Haddad",
)  # fmt: skip


def four_parts(number):
    return [
        GIVEN[number % 10],
        GIVEN[(number * 3 + 1) % 10],
        GIVEN[(number * 7 + 2) % 10],
        FAMILY[(number // 10 + number) % 10],
    ]


def lists(*, last_only):
    """Sixty persons; the second list leaves out father and grandfather of all, or of none."""
    left = [
        Profile(id=f"a{n:02}", names=(PersonName(text=" ".join(four_parts(n))),)) for n in range(60)
    ]
    right = []
    for n in range(60):
        parts = four_parts(n)
        text = f"{parts[0]} {parts[-1]}" if last_only else " ".join(parts)
        right.append(Profile(id=f"b{n:02}", names=(PersonName(text=text),)))
    return left, right


def test_a_list_that_leaves_fathers_out_of_every_name_is_learned_from():
    """Leaving out two of four parts is rare among clerks, and the rule in this list."""
    pair = ListPair.of(*lists(last_only=True))
    table = pair.candidates(25).weighed

    shift = habit_shift(
        table.habits,
        table.names,
        table.rest,
        lambda _: ((table.rows == table.columns).astype(float), -6.0),
    )

    straight = (table.habits[:, HABITS.index("first parts agree")] == 1) & (
        table.habits[:, HABITS.index("last parts agree")] == 1
    )
    moved = shift.of(table.habits)
    assert straight.any()
    assert (~straight).any()
    assert moved[straight].mean() > moved[~straight].mean()


def test_what_is_said_of_likely_pairs_on_average_is_not_moved():
    pair = ListPair.of(*lists(last_only=True))
    table = pair.candidates(25).weighed
    likely = table.names >= 2

    shift = habit_shift(
        table.habits, table.names, table.rest, lambda _: (np.full(len(table.rows), 0.3), -6.0)
    )

    assert shift.of(table.habits)[likely].mean() == pytest.approx(0, abs=1e-9)


def test_lists_without_a_likely_pair_teach_nothing():
    nothing = np.zeros((3, len(HABITS)), dtype=np.int8)
    shift = habit_shift(nothing, np.full(3, -9.0), np.zeros(3), lambda _: (np.zeros(3), 0.0))
    assert shift is NO_SHIFT


def test_grounds_add_up_to_the_weight_that_the_habits_give():
    left, right = lists(last_only=True)
    pair = ListPair.of(left, right)
    table = pair.candidates(25)
    shift = HabitShift(weights=np.linspace(-1.5, 2.0, len(HABITS)), start=-0.7)

    weights = table.weighed.weight(shift)

    for at in range(0, len(weights), 7):
        total = sum(each.match_weight for each in pair.comparisons(table, at, shift))
        assert total == pytest.approx(float(weights[at]))


BENDS = (
    (1, ("surprise", "surprise over 12", "surprise over 20", "surprise over 30")),
    (1, ("second surprise", "second surprise over 8")),
    (1, ("least surprise", "least surprise over 6")),
    (1, ("greatest surprise",)),
    (1, ("third surprise",)),
    (-1, ("shortfall", "shortfall over 6", "shortfall over 14")),
    (-1, ("greatest shortfall", "greatest shortfall over 6", "greatest shortfall over 10")),
    (-1, ("greatest contrast", "greatest contrast over 4")),
    (-1, ("contrast",)),
)


@pytest.mark.parametrize(("side", "bends"), BENDS, ids=lambda value: str(value)[:24])
def test_a_rarer_name_never_speaks_against_and_a_farther_spelling_never_for(side, bends):
    weights = name_model().weights
    slopes = np.cumsum([weights[FEATURES.index(name)] for name in bends])
    assert (side * slopes >= -1e-4).all()
