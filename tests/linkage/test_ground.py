"""Sex, day of capture and place weigh for or against."""

import pytest

from repatria.linkage.ground import PlaceComparison, SexComparison, compare_captures
from repatria.linkage.model import Agreement
from repatria.terms import PartialDate, Sex


def test_the_same_sex_says_little_and_nothing_where_all_are_alike():
    mixed = SexComparison([Sex.MALE, Sex.FEMALE] * 100)
    alike = SexComparison([Sex.MALE] * 1000)

    assert 0.8 < mixed(Sex.MALE, Sex.MALE).match_weight < 1
    assert abs(alike(Sex.MALE, Sex.MALE).match_weight) < 0.1


def test_another_sex_speaks_against_and_a_missing_one_not():
    compare = SexComparison([Sex.MALE, Sex.FEMALE, None])

    assert compare(Sex.MALE, Sex.FEMALE).match_weight < -4
    assert compare(None, Sex.FEMALE).match_weight == 0


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        ("2020-10-03", "2020-10-04", "capture-same-day"),
        ("2020-10-03", "2020-10-09", "capture-same-week"),
        ("2020-10-03", "2020-10-30", "capture-same-month"),
        ("2020-10-03", "2021-05-30", "capture-same-year"),
        ("2020-10-03", "2023-05-30", "capture-differs"),
        ("2020-10", "2020-10-30", "capture-compatible"),
        ("2020-10", "2020-11", "capture-differs"),
    ],
)
def test_captures_are_compared_by_the_days_between(left, right, code):
    one, other = PartialDate.parse(left), PartialDate.parse(right)

    assert compare_captures(one, other).code == code
    assert compare_captures(one, other) == compare_captures(other, one)


def test_the_nearer_two_captures_the_more_they_weigh():
    first = PartialDate.parse("2020-10-03")
    later = [PartialDate.parse(t) for t in ("2020-10-03", "2020-10-08", "2020-10-25", "2021-05-01")]

    weights = [compare_captures(first, day).match_weight for day in later]

    assert weights == sorted(weights, reverse=True)
    assert compare_captures(first, None).agreement is Agreement.MISSING


def test_places_are_compared_across_scripts():
    compare = PlaceComparison(["Vanadzor", "Ванадзор", "Gyumri", ""])

    assert compare("Vanadzor", "г. Ванадзор").match_weight > 3
    assert compare("Vanadzor", "Gyumri").match_weight < 0
    assert compare("Vanadzor", "").match_weight == 0


def test_a_place_that_many_share_says_less():
    rare, common = PlaceComparison(["Gyumri"] * 2), PlaceComparison(["Gyumri"] * 500)

    assert 0 <= common("Gyumri", "Gyumri").match_weight < rare("Gyumri", "Gyumri").match_weight
