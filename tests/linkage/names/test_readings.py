"""A clerk's habit is known for what it stands for: ё for е, a dropped h, th for two sounds."""

import pytest

from repatria.linkage import Profile, match_lists
from repatria.linkage.names import name_tokens, other_readings, search_keys, skeleton_of
from repatria.terms import PersonName, Script

EVERY = frozenset(Script)


def readings(word, beside=EVERY):
    (token,) = name_tokens(PersonName(text=word))
    return set(other_readings(token, beside))


def sound(word):
    (token,) = name_tokens(PersonName(text=word))
    return token.sound


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Արտյոմ", "Артем"),
        ("Семён", "Семен"),
        ("Lyova", "Лева"),
        ("Վահան", "Ваан"),
        ("Սահակյան", "Саакян"),
        ("Roberts", "רוברטס"),
        ("Zvi", "צבי"),
        ("Fathi", "فتحي"),
        ("Qudra", "قدرا"),
        ("مصطفي", "مصطفا"),
        ("فتحى", "فتحي"),
        ("عوده", "عودا"),
        ("دحالن", "دحلان"),
        ("رضا", "رزا"),
        ("الفضلي", "فزلي"),
        ("بهاءالدين", "بهاء"),
        ("عوض هللا", "عوض"),
        ("Nour al-Din", "نور"),
    ],
)
def test_a_part_is_also_read_as_what_it_stands_for(written, meant):
    vowels = str.maketrans("", "", "aeiouAWYyEIOUbvB")  # left out in writing, or b and v in one

    wanted = sound(meant).translate(vowels)

    assert wanted in {each.translate(vowels) for each in readings(written)}


def test_a_reading_counts_only_beside_the_script_it_is_known_from():
    assert readings("Fathi", frozenset({Script.CYRILLIC})) == set()
    assert readings("Roberts", frozenset({Script.LATIN})) == set()
    assert readings("Vahan", frozenset({Script.LATIN})) == set()


def test_an_initial_and_a_plain_name_have_none():
    assert readings("Aram") == set()
    assert sound("Abd") not in readings("Abd Allah")
    assert sound("عبد") not in readings("عبدالله")
    assert [
        list(other_readings(token, EVERY)) for token in name_tokens(PersonName(text="Y. O."))
    ] == [
        [],
        [],
    ]


def test_a_reading_is_never_a_key():
    """Keys are stored, and two parties derive them apart: they do not follow a guess."""
    for word in ("Roberts", "Zvi"):
        (reading,) = readings(word)
        assert skeleton_of(reading) not in search_keys(PersonName(text=word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Արտյոմ Սահակյան", "Артем Саакян"),
        ("Վահագն Հովհաննիսյան", "Ваагн Оганесян"),
        ("فتحى مصطفي الدحنون", "Fathi Mustafa Al-Dahnun"),
        ("Hrant Ghukasyan", "Qrant Qukasyan"),
        ("צבי רוברטס", "Zvi Roberts"),
    ],
)
def test_every_part_of_such_names_agrees(one, other):
    (pair,) = match_lists(
        [Profile(id="1", names=(PersonName(text=one),))],
        [Profile(id="2", names=(PersonName(text=other),))],
    )

    assert "name-differs" not in [comparison.code for comparison in pair.comparisons]
