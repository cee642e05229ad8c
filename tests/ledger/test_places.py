"""One set of places has one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.places import Places


@given(st.sets(st.integers(0, 60)))
def test_a_set_of_places_is_written_and_read_back(places):
    kept = Places.of(places)
    assert Places.read(str(kept)) == kept
    assert set(kept) == places
    assert len(kept) == len(places)
    assert kept.last == max(places, default=-1)
    assert {n for n in range(-1, 62) if n in kept} == places
    assert "3" not in kept


@pytest.mark.parametrize(
    "text",
    ["3-3", "4-3", "3,4", "4,3", "1-3,3", "1-3,2-5", "03", "-1", "1-", "1,", ",1", "1 ", "a", "٣",
     "1-2-3", "99999999999999999"],
)  # fmt: skip
def test_any_other_spelling_is_no_set_of_places(text):
    with pytest.raises(ValueError):
        Places.read(text)


def test_naming_a_billion_places_costs_nothing():
    many = Places.read("0-999999999999999")
    assert 5 in many
    assert many.last == 999_999_999_999_999
