"""What a plan looks at in a person, and how vague facts are read."""

from datetime import date

import pytest

from repatria.terms import PartialDate, PartyCode

AS_OF = date(2023, 12, 13)


@pytest.mark.parametrize(
    ("captured", "months"),
    [
        (PartialDate(year=2023, month=11, day=13), 1),
        (PartialDate(year=2023, month=11, day=14), 0),
        (PartialDate(year=2020, month=12, day=13), 36),
        (PartialDate(year=2020), 35),
        (PartialDate(year=2022, until=PartialDate(year=2023, month=6, day=1)), 6),
        (PartialDate(year=2024), 0),
        (None, 0),
    ],
)
def test_captivity_counts_from_the_latest_day_it_can_have_begun(person, captured, months):
    assert person("a", captured_on=captured).months_held(AS_OF) == months


@pytest.mark.parametrize(
    ("birth", "vulnerable"),
    [
        (PartialDate(year=2005, month=12, day=13), False),
        (PartialDate(year=2005, month=12, day=14), True),
        (PartialDate(year=2005), True),
        (PartialDate(year=2004), False),
        (PartialDate(year=1963, month=12, day=13), True),
        (PartialDate(year=1963, month=12, day=14), False),
        (PartialDate(year=1963), True),
        (PartialDate(year=1964), False),
        (None, False),
    ],
)
def test_a_vague_age_is_read_in_the_persons_favour(person, birth, vulnerable):
    assert person("a", birth=birth).vulnerable(AS_OF) is vulnerable


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        (None, None, True),
        (date(2021, 1, 1), date(2021, 12, 31), True),
        (date(2021, 1, 2), None, False),
        (None, date(2021, 12, 30), False),
    ],
)
def test_a_vague_day_is_inside_a_time_only_as_a_whole(person, since, until, inside):
    assert person("a", captured_on=PartialDate(year=2021)).captured_within(since, until) is inside


def test_an_unknown_day_is_inside_no_time(person):
    assert not person("a", captured_on=None).captured_within(None, None)


def test_a_candidate_needs_an_id(person):
    with pytest.raises(ValueError, match="needs an id"):
        person("a", id="")


def test_nobody_goes_to_his_own_holder(person):
    with pytest.raises(ValueError, match="person:a: holder and receiver are the same"):
        person("a", receiver=PartyCode("north"))
