import pytest

from repatria.lists.reading.dates import YEARS_OF_ANYBODY, LocalDateError, read_local_date
from repatria.lists.reading.headings import unknown_words
from repatria.terms import PartialDate


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("17.05.1990", "1990-05-17"),
        ("17/05/1990", "1990-05-17"),
        ("17-5-1990", "1990-05-17"),
        ("1990-05-17", "1990-05-17"),
        ("1990.5.17", "1990-05-17"),
        ("1990-05-17 00:00:00", "1990-05-17"),
        ("1990-05-17T00:00:00Z", "1990-05-17"),
        ("03.04.1990", "1990-04-03"),
        ("05.1990", "1990-05"),
        ("1990-05", "1990-05"),
        ("1990", "1990"),
        ("1990 г.", "1990"),
        ("1990թ.", "1990"),
        ("1990-cı il", "1990"),
        ("00.00.1990", "1990"),
        ("00.05.1990", "1990-05"),
        ("1990?", "1990~"),
        ("~1990", "1990~"),
        ("ca. 1990", "1990~"),
        ("մոտ 1990", "1990~"),
        ("около 1990", "1990~"),
        ("حوالي ١٩٩٠", "1990~"),
        ("١٧/٠٥/١٩٩٠", "1990-05-17"),
        ("۱۹۹۰", "1990"),
        ("1990-1992", "1990/1992"),
        ("1990 – 1992", "1990/1992"),
        ("17.05.1990?", "1990-05-17~"),
        ("19900517", "1990-05-17"),
        ("17051990", "1990-05-17"),
        ("15061990", "1990-06-15"),
        ("19900500", "1990-05"),
    ],
)
def test_the_ways_people_write_dates_are_understood(cell, meant):
    found = read_local_date(cell)
    assert str(found.date) == meant
    assert not found.swapped


@pytest.mark.parametrize("cell", ["05/17/1990", "05.17.1990", "1990-17-05"])
def test_a_thirteenth_month_is_taken_as_a_day_and_said_so(cell):
    found = read_local_date(cell)
    assert str(found.date) == "1990-05-17"
    assert found.swapped


@pytest.mark.parametrize("cell", ["", " ", "-", "?", "unknown", "անհայտ", "naməlum", "غير معروف"])
def test_a_date_that_is_not_known_is_none(cell):
    assert read_local_date(cell).date is None


def test_lists_that_are_only_compared_may_speak_of_the_long_dead():
    assert read_local_date("1712-05-17", years=YEARS_OF_ANYBODY).date == PartialDate(
        year=1712, month=5, day=17
    )
    assert str(read_local_date("15061790", years=YEARS_OF_ANYBODY).date) == "1790-06-15"
    with pytest.raises(LocalDateError) as caught:
        read_local_date("1362/05/17", years=YEARS_OF_ANYBODY)
    assert caught.value.reason == "date-year-before-registers"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31.02.1990", "date-not-in-calendar"),
        ("29.02.1991", "date-not-in-calendar"),
        ("13.00.1990", "date-not-in-calendar"),
        ("32.13.1990", "date-not-in-calendar"),
        ("1992-1990", "date-not-in-calendar"),
        ("17.05.90", "date-two-digit-year"),
        ("33010", "date-is-a-number"),
        ("19", "date-is-a-number"),
        ("17.05.0990", "date-year-out-of-range"),
        ("2990", "date-year-out-of-range"),
        ("soon", "date-not-readable"),
        ("before 1990", "date-not-readable"),
        ("17.05.1990.3", "date-not-readable"),
        ("17 May 1990", "date-not-readable"),
        ("²0.05.1990", "date-not-readable"),
    ],
)
def test_what_is_no_date_has_a_reason(cell, reason):
    with pytest.raises(LocalDateError) as caught:
        read_local_date(cell)
    assert caught.value.reason == reason
    assert str(caught.value) == reason


def test_no_word_for_unknown_begins_with_a_figure():
    """What begins with a figure is read as a date without asking for such words."""
    assert unknown_words()
    assert not any(word[:1].isdigit() for word in unknown_words())
