import pytest

from repatria.lists.reading import health_class_of, status_of


@pytest.mark.parametrize(
    ("text", "event", "on"),
    [
        ("azad edilib 08.02.2021", "released", "2021-02-08"),
        ("Released in 2021", "released", "2021"),
        ("освобожден 31.02.2021", "released", "2021"),
        ("saxlanılır", "held", "None"),
        ("պահվում է", "held", "None"),
    ],
)
def test_a_status_is_an_event_with_its_date_and_its_text(text, event, on):
    found, day, kept = status_of(text)
    assert (found, str(day), kept) == (event, on, text)


@pytest.mark.parametrize("text", ["", "on a walk"])
def test_a_status_that_is_not_known_is_left_to_a_person(text):
    assert status_of(text) == (None, None, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ağır yaralı", "serious"), ("xəstə", "sick"), ("բավարար", "fit"), ("", ""), ("tall", "")],
)
def test_health_is_classed_only_where_the_words_are_known(text, expected):
    assert health_class_of(text) == expected
