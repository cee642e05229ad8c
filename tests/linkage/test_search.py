"""A typed name finds the name that is kept, in any script, and the nearest comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.linkage import search_keys
from repatria.linkage.search import (
    MOST_SHORT,
    reference_part,
    search_parts,
    search_reference,
    search_words,
    shortfalls,
)
from repatria.terms import PersonName

FAR = 1000.0


def shortfall(query, name):
    """How far a name falls short of a query; `FAR` where a word has no part of it."""
    parts = sorted(search_parts(PersonName(text=name)))
    total = 0.0
    for word in search_words(query):
        keyed = [
            p for p in parts if p.key.startswith(tuple(word.beginnings)) or p.key in word.whole
        ]
        near = shortfalls(word, [(p.sound, p.script) for p in keyed])
        total += min((each for each in near if each <= MOST_SHORT), default=FAR)
    return total


@pytest.mark.parametrize("typed", ["Elsen", "Elşən", "Elshan", "Эльшан", "Էլշան", "الشان"])
@pytest.mark.parametrize("kept", ["Elşən", "Эльшан", "Էլշան", "ელშან", "الشان", "אלשן", "ELSHAN"])
def test_elsen_is_found_in_every_script_from_every_script(typed, kept):
    assert shortfall(typed, f"{kept} Testyan") < FAR


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kachat", "Խաչատրյան Արեն"),
        ("Aren Khacha", "Хачатрян Арен"),
        ("Karenov", "Арен Каренович Варданян"),
        ("Karen", "Арен Каренович Варданян"),
        ("Jafar", "Cəfər Əliyev"),
        ("Hakob", "Акоп Гукасян"),
        ("Mohammed", "محمد التجريبي"),
        ("Testyan 2", "Karo Testyan-2"),
    ],
)
def test_the_beginning_of_each_word_is_enough_in_any_order(typed, kept):
    assert shortfall(typed, kept) < FAR


def test_what_shares_a_key_but_sounds_otherwise_is_left_out():
    assert shortfall("Elşən", "Lusine Testyan") == FAR
    assert shortfall("Testyan 3", "Karo Testyan-2") == FAR


def test_whole_names_come_before_those_that_only_begin_so_and_before_likely_ones():
    assert shortfall("Karen", "Карен Тестян") < shortfall("Karen", "Karenyan Aram")
    assert shortfall("Karen", "Карен Тестян") < shortfall("Karen", "Karine Testyan")


def test_a_number_is_found_by_its_beginning_whatever_the_spaces_and_capitals():
    (start,) = search_reference(" n-00").beginnings

    assert reference_part("N-00 17").key.startswith(start)


def test_nothing_is_asked_for_without_a_word():
    assert search_words("  - ") == ()


@pytest.mark.property
@given(st.text(max_size=30).filter(lambda text: text.strip()))
def test_parts_that_sound_have_the_keys_of_the_name(text):
    name = PersonName(text=text)

    assert {part.key for part in search_parts(name) if part.sound} == search_keys(name)


@pytest.mark.property
@given(
    st.text(alphabet="Aren Karo Էլշան Эльшан سمير-17", min_size=1, max_size=25).filter(str.strip)
)
def test_whoever_types_a_name_as_it_is_written_finds_it(text):
    assert shortfall(text, text) < FAR
