"""Short names are known for what they stand for, in every alphabet that writes vowels."""

import pytest

from repatria.linkage import MatchSettings, Profile, score_lists
from repatria.linkage.names import other_forms, sound_of
from repatria.linkage.names.forms import folded, written
from repatria.linkage.names.sounds import reading_of
from repatria.terms import PersonName, Script

STRANGERS = ("Oskar Lindqvist", "Pavel Horák", "Maria Silva", "Jean Moreau", "Anna Kowalska")


def lists(left, right):
    return (
        [Profile(id="a", names=(PersonName(text=left),))],
        [
            Profile(id=f"b{at}", names=(PersonName(text=text),))
            for at, text in enumerate((right, *STRANGERS))
        ],
    )


def first_pair(left, right):
    ones, others = lists(left, right)
    pairs = score_lists(ones, others, settings=MatchSettings(show_at=1e-9))
    return next(pairs.pair(at) for at in range(len(pairs)) if pairs.ids(at) == ("a", "b0"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bill Harrington", "William Harrington"),
        ("Саша Воробейников", "Александр Воробейников"),
        ("Sasha Vorobeinikov", "Александр Воробейников"),
        ("Դիմա Ոսկանյան", "Дмитрий Восканян"),
        ("Bill Harrington", "Will Harrington"),
        ("ויליאם הרינגטון", "Bill Harrington"),
    ],
)
def test_a_short_name_agrees_with_the_full_one_and_it_is_said_why(left, right):
    pair = first_pair(left, right)
    stranger = first_pair(left, right.replace(right.split()[0], "Fernando"))

    codes = {comparison.code for comparison in pair.comparisons}
    assert "name-form" in codes
    assert "name-differs" not in codes
    assert pair.match_weight > stranger.match_weight + 1


def test_the_same_spelling_weighs_more_than_a_short_form():
    assert (
        first_pair("William Harrington", "William Harrington").match_weight
        > first_pair("Bill Harrington", "William Harrington").match_weight
    )


def test_a_script_without_vowels_is_not_looked_up():
    """`bl` may be Bill, Bell, Bela or Baal: the full name on the other side is asked instead."""
    assert other_forms(sound_of("ביל"), Script.HEBREW, short=True) == ()


def test_short_forms_are_given_only_when_asked_for():
    full = {form.sound for form in other_forms(sound_of("Bill"), Script.LATIN, short=False)}
    assert sound_of("William") in full
    name, script = sound_of("Александр"), Script.CYRILLIC
    assert all(form.foreign for form in other_forms(name, script, short=False))
    assert sound_of("Саша") in {form.sound for form in other_forms(name, script, short=True)}


@pytest.mark.parametrize(
    ("one", "script", "other"),
    [
        ("Isaac", Script.LATIN, "יצחק"),
        ("Սարգիս", Script.ARMENIAN, "Сергей"),
        ("Мамед", Script.CYRILLIC, "محمد"),
        ("Yusuf", Script.LATIN, "Հովսեփ"),
    ],
)
def test_a_name_is_known_by_what_other_languages_call_it(one, script, other):
    forms = other_forms(sound_of(one), script, short=False)
    assert folded(sound_of(other)) in {folded(form.sound) for form in forms if form.foreign}


def test_the_sounds_in_the_dictionary_are_those_that_its_names_have():
    """Else `tools/linkage/forms.py` is to be run again."""
    for full, short, _, *sounds in written():
        assert sounds == [sound_of(name, reading_of(name)) for name in (full, short)]
