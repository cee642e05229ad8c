"""A name typed in one script finds the name stored in another."""

import pytest

from repatria.linkage.names import query_keys, search_keys, skeleton_of, skeletons_of
from repatria.terms import PersonName


def finds(query, name):
    keys = search_keys(PersonName(text=name))
    return all(any(k.startswith(tuple(part)) for k in keys) for part in query_keys(query))


@pytest.mark.parametrize("name", ["Elşən", "Эльшан", "Էլշան", "ელშან", "الشان", "אלשן", "ELSHAN"])
def test_elsen_is_found_in_every_script(name):
    assert finds("Elsen", name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Kachat", "Խաչատրյան Արեն"),
        ("Aren Khacha", "Хачатрян Арен"),
        ("Karenov", "Арен Каренович Варданян"),
        ("Karen", "Арен Каренович Варданян"),
        ("Jafar", "Cəfər Əliyev"),
        ("Hakob", "Акоп Гукасян"),
    ],
)
def test_the_beginning_of_each_word_is_enough(query, name):
    assert finds(query, name)


def test_another_name_is_not_found():
    assert not finds("Elsen", "Karen Vardanyan")
    assert not finds("Elsen Martun", "Elşən Vardanyan")


def test_a_query_without_letters_asks_for_nothing():
    assert query_keys("  ") == ()
    assert query_keys("12 3") == ()


def test_a_word_without_firm_consonants_begins_every_key():
    assert query_keys("Aya") == (frozenset({""}),)
    assert search_keys(PersonName(text="Aya")) == {"a"}


def test_a_skeleton_folds_doubled_classes():
    assert skeleton_of("elSsan") == "lsn"


def test_doubtful_sounds_give_several_skeletons_but_never_many():
    assert {"lt", "flt"} <= skeletons_of("Wald")
    assert len(skeletons_of("1J1J1J1J")) <= 13
