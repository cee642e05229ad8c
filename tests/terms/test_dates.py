"""A date of which only part is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.terms import DatePrecision, PartialDate, UnreadableDateError

TEXTS = {
    "1994": (DatePrecision.YEAR, date(1994, 1, 1), date(1994, 12, 31)),
    "1994-02": (DatePrecision.MONTH, date(1994, 2, 1), date(1994, 2, 28)),
    "1996-02": (DatePrecision.MONTH, date(1996, 2, 1), date(1996, 2, 29)),
    "1994-05-17": (DatePrecision.DAY, date(1994, 5, 17), date(1994, 5, 17)),
    "1994~": (DatePrecision.ABOUT, date(1994, 1, 1), date(1994, 12, 31)),
    "1990/1994-03": (DatePrecision.BETWEEN, date(1990, 1, 1), date(1994, 3, 31)),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_date_says_how_much_is_known_and_what_it_can_mean(text):
    precision, earliest, latest = TEXTS[text]
    read = PartialDate.parse(text)

    assert str(read) == text
    assert (read.precision, read.earliest, read.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["", "94", "1994-13", "1994-02-30", "17.05.1994", "05/1994", "1994-5-17", "1994/1990", "x~"],
)
def test_anything_else_is_refused_without_being_quoted(text):
    with pytest.raises(UnreadableDateError) as caught:
        PartialDate.parse(text)
    assert not text or text not in str(caught.value)


def test_a_day_needs_a_month():
    with pytest.raises(UnreadableDateError):
        PartialDate(year=1994, day=3)


@given(st.dates())
def test_every_day_of_the_calendar_comes_back(day):
    read = PartialDate.parse(str(PartialDate.on(day)))
    assert read.earliest == read.latest == day


@given(st.dates(), st.dates())
def test_between_holds_both_bounds(one, other):
    first, last = sorted((one, other))
    read = PartialDate.parse(f"{PartialDate.on(first)}/{PartialDate.on(last)}")
    assert (read.earliest, read.latest) == (first, last)
    assert PartialDate.parse(str(read)) == read
