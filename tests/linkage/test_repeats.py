"""Who stands in a list twice is linked once, and takes nobody's chance away."""

import pytest

from repatria.linkage import Decision, MatchSettings, Profile, score_lists
from repatria.terms import PartialDate, PersonName

FILLING = [
    Profile(id=f"z{at:03}", names=(PersonName(text=f"Hnarovi{end} Testyan{end}"),))
    for at, end in enumerate(a + b for a in "bdgklmnprst" for b in "aeiou")
]


def person(number, name, birth=""):
    return Profile(
        id=number,
        names=(PersonName(text=name),),
        birth=PartialDate.parse(birth) if birth else None,
    )


NORTH = [
    person("n1", "Արեն Կարենի Վարդանյան", "1994-05-17"),
    person("n2", "Վարդանյան Արեն", "1994-05-17"),
    person("n3", "Դավիթ Հակոբյան", "2000-03-04"),
    *FILLING,
]
SOUTH = [
    person("s1", "Варданян Арен Каренович", "1994-05-17"),
    person("s2", "Арен Варданян", "1994-05-17"),
    person("s3", "Давид Акопян", "2000-03-04"),
]


def scores(pairs):
    return {pairs.ids(at): float(pairs.score[at]) for at in range(len(pairs))}


def links(pairs):
    return {pairs.ids(at) for at in range(len(pairs)) if pairs.decision(at) is Decision.LINK}


def test_two_records_of_a_person_on_each_side_do_not_halve_the_chance():
    found = scores(score_lists(NORTH, SOUTH))

    assert min(found[one, other] for one in ("n1", "n2") for other in ("s1", "s2")) > 0.9


def test_whoever_stands_in_both_lists_twice_is_linked_once():
    pairs = links(score_lists(NORTH, SOUTH))

    assert ("n3", "s3") in pairs
    assert len(pairs - {("n3", "s3")}) == 1


def test_the_repeats_are_named_with_their_list():
    north, south = score_lists(NORTH, SOUTH).repeated
    assert north == (("n1", "n2"),)
    assert south == (("s1", "s2"),)


def test_either_list_may_come_first():
    there, back = score_lists(NORTH, SOUTH), score_lists(SOUTH, NORTH)
    assert back.repeated == (there.repeated[1], there.repeated[0])
    assert {(one, other) for other, one in links(back)} == links(there)


def test_a_repeat_on_one_side_leaves_the_other_pair_possible():
    pairs = score_lists(NORTH, SOUTH[1:])
    decisions = {pairs.ids(at): pairs.decision(at) for at in range(len(pairs))}
    both = {decisions["n1", "s2"], decisions["n2", "s2"]}
    assert both == {Decision.LINK, Decision.POSSIBLE}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Վարդանյան Արեն", "1994-05-17"), ("Վարդանյան Արեն", "1971-11-02")),
        (("Արեն Կարենի Վարդանյան", "1994-05-17"), ("Տիգրան Կարենի Վարդանյան", "1994-05-17")),
        (("Վարդանյան Արեն", ""), ("Վարդանյան Արեն", "")),
    ],
    ids=["of two ages", "twin brothers", "namesakes without a date"],
)
def test_two_persons_are_not_taken_for_one(one, other):
    both = [person("n1", *one), person("n2", *other), *FILLING]
    pairs = score_lists(both, [person("s1", "Варданян Арен", one[1]), SOUTH[2]])
    assert pairs.repeated == ((), ())


def test_of_three_records_each_two_must_be_one_person():
    """One without a date fits both others, who are of two ages."""
    three = [
        person("n1", "Արեն Կարենի Վարդանյան", "1994-05-17"),
        person("n2", "Արեն Կարենի Վարդանյան", "1994"),
        person("n3", "Արեն Կարենի Վարդանյան", "1971-11-02"),
        *FILLING,
    ]
    north, _ = score_lists(three, SOUTH).repeated
    assert all("n3" not in person for person in north)


def test_a_list_without_repeats_is_scored_as_ever():
    """Each pair keeps its chance when a repeat of somebody else is there."""
    settings = MatchSettings(show_at=1e-6)
    alone = scores(score_lists(NORTH[1:], SOUTH[1:], settings=settings))
    with_repeat = scores(score_lists(NORTH, SOUTH[1:], settings=settings))
    assert with_repeat["n3", "s3"] == pytest.approx(alone["n3", "s3"], abs=0.01)
