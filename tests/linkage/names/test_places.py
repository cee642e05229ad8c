"""Which part of a name is which: only where the writing shows it."""

import pytest

from repatria.linkage.names import NamePart, name_tokens, parts_shown
from repatria.terms import PersonName

GIVEN, FATHER, FAMILY, UNKNOWN = (
    NamePart.GIVEN,
    NamePart.FATHER,
    NamePart.FAMILY,
    NamePart.UNKNOWN,
)


def parts(text):
    return parts_shown(text, name_tokens(PersonName(text=text)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Варданян, Арен Каренович", (FAMILY, GIVEN, FATHER)),
        ("ВАРДАНЯН Арен", (FAMILY, GIVEN)),
        ("Aren Vardanyan", (GIVEN, FAMILY)),
        ("Vardanyan Aren", (FAMILY, GIVEN)),
        ("Արեն Կարենի Վարդանյան", (GIVEN, FATHER, FAMILY)),
        ("Hove, Dilan Arem", (FAMILY, GIVEN, UNKNOWN)),
        ("Каренович Арен", (UNKNOWN, UNKNOWN)),  # two parts: an ending alone proves no father
        ("Арен Каренович Тор", (GIVEN, FATHER, FAMILY)),
    ],
)
def test_a_comma_capitals_an_ending_or_a_patronymic_show_the_parts(text, shown):
    assert parts(text) == shown


@pytest.mark.parametrize("text", ["محمود خالد سمير", "Dilan Hove", "Aren", "ՏԻԳՐԱՆ ՀԱԿՈԲ"])
def test_where_nothing_shows_nothing_is_said(text):
    assert set(parts(text)) == {UNKNOWN}


def test_given_names_that_end_like_family_names_are_not_taken_for_them():
    assert parts("Sebastian Christian") == (UNKNOWN, UNKNOWN)


def test_two_family_endings_show_neither():
    assert FAMILY not in parts("Matevosyan Khachatryan")


def test_every_part_has_its_place():
    for text in ("Abu Dilan, Samir", "Др. Арен К. Варданян", "van der Hove, Dilan"):
        assert len(parts(text)) == len(name_tokens(PersonName(text=text)))
