import tomllib
from importlib.resources import files

import pytest

from repatria.lists.reading.folding import fold
from repatria.lists.reading.headings import heading_dictionary, map_headings
from repatria.lists.reading.model import Field

PACKAGE = files("repatria.lists.reading")
HEADINGS = tomllib.loads(PACKAGE.joinpath("headings.toml").read_text("utf-8"))
WORDS = tomllib.loads(PACKAGE.joinpath("words.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "hy", "az", "ru", "ar"])
def test_every_field_has_a_heading_in_every_language(language):
    assert set(HEADINGS[language]) == set(Field)


@pytest.mark.parametrize("language", ["en", "hy", "az", "ru", "ar"])
def test_no_heading_of_a_language_means_two_fields(language):
    folded = [fold(heading) for words in HEADINGS[language].values() for heading in words]
    assert "" not in folded
    table = heading_dictionary()[language]
    for field, words in HEADINGS[language].items():
        assert {table[fold(word)] for word in words} == {Field(field)}


def test_no_heading_means_different_fields_in_two_languages():
    meanings: dict[str, set[Field]] = {}
    for table in heading_dictionary().values():
        for heading, field in table.items():
            meanings.setdefault(heading, set()).add(field)
    assert [heading for heading, fields in meanings.items() if len(fields) > 1] == []


@pytest.mark.parametrize("kind", ["sex", "category"])
def test_no_word_of_a_closed_column_has_two_meanings(kind):
    meanings: dict[str, str] = {}
    for meaning, words in WORDS[kind].items():
        for word in words:
            assert meanings.setdefault(fold(word), meaning) == meaning


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ATA ADI", "ata adı"),
        ("İCRA", "icra"),
        ("Дата  рождения:", "дата рождения"),
        ("تاريخ الأَسر", "تاريخ الاسر"),
        ("الحاله الصحيه", "الحالة الصحية"),
        ("ԾՆՆԴՅԱՆ ԱՄՍԱԹԻՎ", "ծննդյան ամսաթիվ"),
        ("Father’s name", "father's name"),
        ("#", "No"),
    ],
)
def test_folding_forgets_what_means_nothing(one, other):
    assert fold(one) == fold(other)


def test_no_headings_have_no_language():
    assert map_headings(["x", ""]).language == ""
