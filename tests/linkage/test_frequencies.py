"""Common names are known to be common where the lists are too short to show it."""

import csv
from importlib import resources

import numpy as np
import pytest

from repatria.linkage import MatchSettings, Profile, match_lists
from repatria.linkage.frequencies import common_shares
from repatria.linkage.names.alphabet import SOUNDS
from repatria.linkage.neighbours import neighbours_of
from repatria.linkage.vocabulary import vocabulary_of
from repatria.terms import PersonName, Script

ARABS = ["Mohammed Ahmad Ali", "Yousef Mahmoud Ibrahim", "Khaled Omar Hassan", "Ahmad Ali Yousef"]
ARMENIANS = ["Армен Тигранович Хачатрян", "Ашот Арменович Петросян", "Тигран Саркисян"]
UNKNOWN = "Vukomir Dzelantoro"


def people(side, names):
    return [
        Profile(id=f"{side}{at:05d}", names=(PersonName(text=name),))
        for at, name in enumerate(names)
    ]


def shares_of(ones, others=()):
    left, right = vocabulary_of(people("a", ones)), vocabulary_of(people("b", others))
    shares = common_shares(left, right)
    return {
        entry.text: float(share)
        for side, found in zip((left, right), shares, strict=True)
        for entry, share in zip(side.entries, found, strict=True)
    }


def surprise_of(ones, others):
    left, right = vocabulary_of(people("a", ones)), vocabulary_of(people("b", others))
    found = neighbours_of(left, right)
    return {
        (left.entries[row].text, right.entries[column].text): float(value)
        for row, column, value in zip(found.rows, found.columns, found.surprise, strict=True)
    }


@pytest.mark.parametrize("name", ["محمد", "Mohammed", "Мухаммед", "מוחמד"])
def test_a_common_name_is_known_in_every_script(name):
    shares = shares_of([name, *ARABS])

    assert shares[name] == max(shares.values()) > 0.1


def test_a_common_name_surprises_less_than_an_unknown_one_in_lists_of_two():
    ones = ["Mohammed Ali", UNKNOWN]

    surprise = surprise_of(ones, ones)

    assert surprise["Mohammed", "Mohammed"] + 4 < surprise["Vukomir", "Vukomir"]


def test_a_name_that_no_table_knows_is_never_common():
    shares = shares_of([UNKNOWN, *ARABS, *ARMENIANS])

    assert shares["Vukomir"] == shares["Dzelantoro"] == 0


def test_the_prior_fades_as_lists_grow_and_long_lists_go_by_their_own_counts():
    told = [
        shares_of(ARABS + [UNKNOWN] * more, ARABS)["Mohammed"] for more in (0, 10, 100, 1000, 2000)
    ]

    assert told == sorted(told, reverse=True)
    assert told[0] > 2 * told[3] > 0
    assert told[4] == 0


def test_a_name_is_as_common_as_among_the_peoples_of_the_lists():
    among_russians = shares_of(
        ["Сергей Иванович Кузнецов", "Иван Николаевич Попов", "Николай Сергеевич Смирнов"]
    )
    among_armenians = shares_of([*ARMENIANS, *ARMENIANS, "Сергей Григорян"])

    assert among_russians["Сергей"] > 2 * among_armenians["Сергей"] > 0
    assert among_armenians["Армен"] > 0.01


def test_initials_are_nobodys_name():
    assert shares_of(["M. Ahmad", *ARABS])["M"] == 0


def test_lists_of_nobody_have_no_shares():
    nobody = vocabulary_of(())

    assert [len(side) for side in common_shares(nobody, nobody)] == [0, 0]


def test_exchanging_the_lists_changes_no_score():
    ones = people("a", [*ARABS, *ARMENIANS])
    others = people("b", ["محمد احمد علي", "يوسف محمود", "Armen Khachatryan", "T. Sargsyan"])
    settings = MatchSettings(show_at=1e-6)

    there = {(p.left_id, p.right_id): p.score for p in match_lists(ones, others, settings=settings)}
    back = {(p.right_id, p.left_id): p.score for p in match_lists(others, ones, settings=settings)}

    assert there == back
    assert there


def test_shares_do_not_depend_on_the_side():
    left, right = vocabulary_of(people("a", ARABS)), vocabulary_of(people("b", ARMENIANS))

    one, other = common_shares(left, right)
    turned = common_shares(right, left)

    assert np.allclose(one, turned[1], rtol=1e-12)
    assert np.allclose(other, turned[0], rtol=1e-12)


def test_namesakes_in_short_lists_are_less_sure_than_bearers_of_unknown_names():
    def score(name):
        found = match_lists(people("a", [name, *ARMENIANS]), people("b", [name]))
        return found[0].score

    assert score("Mohammed Ali") < score(UNKNOWN)


def test_the_table_holds_shares_of_peoples_in_sounds_that_are_known():
    with (resources.files("repatria.linkage.names") / "frequencies.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))

    assert {row["people"] for row in rows} == {
        "arabic",
        "armenian",
        "english",
        "hebrew",
        "russian",
    }
    assert all(set(row["sound"]) <= set(SOUNDS) for row in rows)
    assert all({Script(one) for one in row["scripts"].split("+")} for row in rows)
    assert all(0 < max(int(row["given"]), int(row["family"])) < 50_000 for row in rows)
    assert len({(row["people"], row["scripts"], row["sound"]) for row in rows}) == len(rows)
