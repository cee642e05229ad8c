"""Dates of birth move a pair up as far as they will weigh, and help to find it."""

import numpy as np
import pytest

from repatria.linkage.birth import BirthComparison, dates_of
from repatria.linkage.near_dates import ByDate, lift_of
from repatria.linkage.scientific import sparse_table
from repatria.terms import PartialDate


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1980-05-17", "1980-05-17"),
        ("1980-05-07", "1980-07-05"),
        ("1980-05-17", "1980-05-18"),
        ("1980-05-17", "1981-05-17"),
        ("1980-05-17", "1980-05-27"),
        ("1980-05-17", "1980"),
        ("1980-05-17", "1980-01-01"),
        ("1980-05-17", "1980-11-02"),
        ("1980-05-17", "1985-11-02"),
        ("1980", "1981"),
    ],
)
def test_a_lift_is_about_what_the_dates_weigh(one: str, other: str) -> None:
    dates = PartialDate.parse(one), PartialDate.parse(other)
    weight = BirthComparison(dates)(*dates).match_weight
    lift = lift_of(dates_of(dates[:1]), dates_of(dates[1:]))
    assert lift[0] == pytest.approx(weight, abs=2.0)


def test_a_date_that_is_missing_moves_nothing() -> None:
    dates = dates_of([PartialDate.parse("1980-05-17"), None])
    assert lift_of(dates, dates[::-1]).tolist() == [0, 0]


def test_who_shares_a_year_or_a_day_and_month_is_found_by_name() -> None:
    texts = ["1980-05-17", "1980", "1983-05-17", "1983-06-18", None]
    dates = dates_of([PartialDate.parse(text) if text else None for text in texts])
    everybody = np.arange(len(texts))
    same_name = sparse_table(
        np.ones(len(texts), dtype=np.float32), everybody, 0 * everybody, (len(texts), 1)
    )
    found = ByDate(dates, same_name).nearest(dates[:1], same_name[:1], most=9)
    assert set(found[1].tolist()) == {0, 1, 2}
