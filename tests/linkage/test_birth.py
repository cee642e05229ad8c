"""Dates of birth weigh for or against as far as they are known."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.linkage.birth import BirthComparison
from repatria.linkage.model import Agreement
from repatria.terms import PartialDate

CASES = [
    ("1994-05-17", "1994-05-17", "birth-same-day", True),
    ("1994-05-07", "1994-07-05", "birth-day-and-month-exchanged", True),
    ("1994-05-17", "1994-05-18", "birth-one-day-off", True),
    ("1994-12-31", "1995-01-01", "birth-one-day-off", True),
    ("1994-05-17", "1995-05-17", "birth-one-year-off", True),
    ("1994-05-17", "1994-05-07", "birth-one-figure-off", True),
    ("1994-05-12", "1994-05-21", "birth-one-figure-off", True),
    ("1994-01-17", "1994-11-17", "birth-one-figure-off", True),
    ("1968-05-17", "1986-05-17", "birth-one-figure-off", True),
    ("1968-05-17", "1978-05-17", "birth-one-figure-off", True),
    ("1968-05-17", "1978-05-16", "birth-differs", False),
    ("1994-05-17", "1994-05-28", "birth-same-year-only", False),
    ("1994-05-17", "1994-01-01", "birth-first-of-january", True),
    ("1994-05-17", "1994-09-02", "birth-same-year-only", False),
    ("1994-05-17", "1971-09-02", "birth-differs", False),
    ("1994-05-17", "1994", "birth-same-year", True),
    ("1994-05-17", "1994-05", "birth-same-month", True),
    ("1994-06", "1994-05", "birth-same-year-only", False),
    ("1994", "1995-05-17", "birth-one-year-off", None),
    ("1994", "1990", "birth-differs", False),
    ("1994~", "1996-05-17", "birth-within-span", True),
    ("1990/1994", "1992", "birth-within-span", True),
    ("1994~", "1980", "birth-outside-span", False),
]


@pytest.mark.parametrize(("left", "right", "code", "speaks_for"), CASES)
def test_each_kind_of_agreement_has_its_code_and_direction(left, right, code, speaks_for):
    one, other = PartialDate.parse(left), PartialDate.parse(right)
    compare = BirthComparison([one, other])

    ground = compare(one, other)

    assert ground == compare(other, one)
    assert ground.code == code
    assert speaks_for is None or (ground.match_weight > 0) is speaks_for


def test_a_first_of_january_that_agrees_says_less_than_another_day_even_in_short_lists():
    """Many write it who do not know the day."""
    new_year, other_day = PartialDate.parse("1994-01-01"), PartialDate.parse("1994-05-17")
    compare = BirthComparison([new_year, other_day])

    some, more = compare(new_year, new_year), compare(other_day, other_day)

    assert 0 < some.match_weight < more.match_weight - 1


def test_a_missing_date_says_nothing():
    compare = BirthComparison([None, None])

    ground = compare(None, PartialDate(year=1994))

    assert (ground.agreement, ground.match_weight) == (Agreement.MISSING, 0.0)


def test_a_day_that_many_share_says_less():
    day = PartialDate(year=1980, month=1, day=1)
    rare = BirthComparison([day, day, *[PartialDate(year=y) for y in range(1950, 2000)]])
    common = BirthComparison([day] * 40 + [PartialDate(year=1990)] * 12)

    assert common(day, day).match_weight < rare(day, day).match_weight - 5


def test_the_nearer_the_dates_the_more_they_weigh():
    texts = ["1994-05-17", "1994-05-18", "1994-01-01", "1994-09-02", "1971-09-02"]
    dates = [PartialDate.parse(text) for text in texts]
    compare = BirthComparison([*dates, *[PartialDate(year=y) for y in range(1950, 2000)]])

    weights = [compare(dates[0], date).match_weight for date in dates]

    assert weights == sorted(weights, reverse=True)


days = st.dates(min_value=date(1940, 1, 1), max_value=date(1999, 12, 31))
near_days = st.sampled_from([1, -1, 10, -10, 31, 365, 366, 0]).flatmap(
    lambda step: days.map(lambda day: (day, day + timedelta(step)))
)
turned = days.filter(lambda day: day.day <= 12).map(
    lambda day: (day, date(day.year, day.day, day.month))
)
other_year = st.tuples(days.filter(lambda day: day.day <= 28), st.integers(1940, 1999)).map(
    lambda drawn: (drawn[0], drawn[0].replace(year=drawn[1]))
)
first_of_january = st.tuples(days, st.just(date(1960, 1, 1)))
pairs_of_days = st.lists(
    near_days | turned | other_year | first_of_january | st.tuples(days, days), min_size=1
)


@given(pairs_of_days)
def test_many_pairs_weigh_what_each_weighs_by_itself(pairs):
    one = [PartialDate(year=day.year, month=day.month, day=day.day) for day, _ in pairs]
    other = [PartialDate(year=day.year, month=day.month, day=day.day) for _, day in pairs]
    compare = BirthComparison([*one, *other])
    together = np.arange(len(pairs))
    assert compare.weights(one, other, together, together) == pytest.approx(
        [compare(*pair).match_weight for pair in zip(one, other, strict=True)]
    )
