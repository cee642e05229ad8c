"""A list given as columns is the list of its profiles."""

import pytest

from repatria.linkage import Profile, ProfileColumns, score_lists
from repatria.linkage.matching import in_order
from repatria.linkage.vocabulary import vocabulary_of
from repatria.terms import PartialDate, PersonName, Sex

TEXTS = ("Aren Testyan", "Karo Beispielyan", "Samir, Əliyev", "Nina Aren Mustermann")
BIRTHS = (PartialDate(year=1990, month=5, day=17), None, PartialDate(year=1971, about=True), None)


def columns():
    return ProfileColumns(
        ids=["p3", "p1", "p2", "p4"],
        texts=[*TEXTS[:3], ""],
        named={3: (PersonName(text=TEXTS[3]), PersonName(text="Нина Арен"))},
        births=BIRTHS,
        sexes=[Sex.MALE, None, None, Sex.FEMALE],
        fathers=["", "Aren", "", ""],
        places=["", "", "Testov", ""],
    )


def test_each_profile_is_made_when_it_is_asked_for():
    made = columns()

    assert made[1] == Profile(id="p1", names=(PersonName(text=TEXTS[1]),), father="Aren")
    assert made[-1].names[1].text == "Нина Арен"
    assert [profile.id for profile in made] == list(made.ids)
    with pytest.raises(IndexError):
        made[4]


def test_they_are_put_in_order_with_all_they_say():
    by_id = sorted(columns(), key=lambda profile: profile.id)

    assert list(columns().in_order()) == by_id


def test_their_names_are_read_as_those_of_the_profiles():
    one, other = vocabulary_of(columns()), vocabulary_of(list(columns()))

    assert one.entries == other.entries
    assert one.tokens.tolist() == other.tokens.tolist()
    assert one.patronymic.tolist() == other.patronymic.tolist()
    assert one.owner.tolist() == other.owner.tolist()
    assert list(one.bearers) == list(other.bearers)


def test_they_are_compared_as_the_profiles_are():
    several = [f"q{at}" for at in range(4)]
    others = ProfileColumns(ids=several, texts=TEXTS, births=BIRTHS)

    one = list(score_lists(columns(), others))
    other = list(score_lists(list(columns()), list(others)))

    assert one == other
    assert one


def test_an_id_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="same id"):
        in_order(ProfileColumns(ids=["a", "a"], texts=TEXTS[:2]))
