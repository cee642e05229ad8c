"""Two lists are matched: by sound, by date, one to one, with grounds that add up."""

import pytest

from repatria.linkage import (
    Agreement,
    Decision,
    Field,
    MatchSettings,
    Profile,
    find_repeats,
    match_lists,
    sentence,
)
from repatria.linkage.explanations import CODES
from repatria.terms import PartialDate, PersonName, Sex


def person(number, *names, birth="", **more):
    return Profile(
        id=number,
        names=tuple(PersonName(text=name) for name in names),
        birth=PartialDate.parse(birth) if birth else None,
        **more,
    )


NORTH = [
    person("n1", "Արեն Կարենի Վարդանյան", birth="1994-05-17"),
    person("n2", "Սերգեյ Պետրոսյան", birth="1990-02-01"),
    person("n3", "Դավիթ Հակոբյան", birth="2000"),
]
SOUTH = [
    person("s1", "Варданян Арен Каренович", birth="1994-05-17"),
    person("s2", "Sergey Petrosian", birth="1990-01-02"),
    person("s3", "Camal Əliyev", birth="1999-03-03"),
    person("s4", "Давид Акопян", birth="2000-08-08"),
]


OF_THE_LISTS = {
    "beforehand",
    "rivals",
    "linked-elsewhere",
    "no-part-agrees",
    "another-given-name",
    "another-father",
    "another-sex",
    "born-apart",
}


def links(pairs):
    return {(p.left_id, p.right_id) for p in pairs if p.decision is Decision.LINK}


def only(left, right):
    (pair,) = match_lists([left], [right], settings=MatchSettings(show_at=1e-9))
    return pair


def test_persons_are_linked_across_scripts_and_orders():
    assert links(match_lists(NORTH, SOUTH)) == {("n1", "s1"), ("n2", "s2"), ("n3", "s4")}


def test_a_pair_says_which_part_agrees_with_which():
    pair = next(p for p in match_lists(NORTH, SOUTH) if p.left_id == "n1")

    parts = {(c.left, c.right): c for c in pair.comparisons}

    assert parts["Կարենի", "Каренович"].field is Field.PATRONYMIC
    assert parts["Արեն", "Арен"].agreement is Agreement.EXACT
    assert parts["1994-05-17", "1994-05-17"].code == "birth-same-day"


def test_the_weights_of_what_was_compared_add_up_to_the_weight_of_the_pair():
    """What the lists say beside it stands last, and is no part of it."""
    for pair in match_lists(NORTH, SOUTH, settings=MatchSettings(show_at=1e-6)):
        compared = [c for c in pair.comparisons if c.code not in OF_THE_LISTS]
        assert pair.comparisons[: len(compared)] == tuple(compared)
        assert sum(c.match_weight for c in compared) == pytest.approx(pair.match_weight)


def test_what_speaks_against_is_said():
    one = person("1", "Арен Каренович Варданян", birth="1994-05-17", sex=Sex.MALE)
    other = person("2", "Арен Самирович Варданянц Сель", birth="1960-01-03", sex=Sex.FEMALE)

    codes = {c.code for c in only(one, other).comparisons}

    assert {"father-differs", "birth-differs", "sex-differs", "name-part-left-out"} <= codes


def test_two_names_that_no_part_of_the_other_agrees_with_stand_against_each_other():
    codes = {
        c.code for c in only(person("1", "Aren Vardanyan"), person("2", "Aren Sel")).comparisons
    }

    assert "name-differs" in codes


def test_a_father_is_not_taken_for_the_person():
    son = person("1", "Самир Сельчукович Варданян")
    father = person("2", "Сельчук Варданян")

    pair = only(son, father)

    assert pair.decision is not Decision.LINK


def test_a_rare_fathers_name_that_the_other_bears_as_the_own_is_said_and_taken_off():
    son = person("1", "Самир Константинович Сель", birth="1994-05-17")
    pair = only(son, person("2", "Константин Сель", birth="1994-05-17"))

    (ground,) = (c for c in pair.comparisons if c.code == "father-as-self")

    assert ground.match_weight < -8


def test_an_initial_agrees_with_the_name_it_begins_and_not_with_another():
    whole = person("1", "Aren Karen Vardanyan")
    codes = [c.code for c in only(whole, person("2", "A. Karen Vardanyan")).comparisons]
    other = [c.code for c in only(person("1", "T. Karen Vardanyan"), whole).comparisons]

    assert "name-initial" in codes
    assert "name-initial" not in other


def test_two_initials_can_agree():
    codes = [c.code for c in only(person("1", "S. Sel"), person("2", "Sel S.")).comparisons]

    assert "name-initial" in codes


def test_two_persons_of_one_name_are_possible_but_not_linked():
    twins = [person("n1", "Aren Vardanyan"), person("n2", "Aren Vardanyan")]

    pairs = match_lists(twins, [person("s1", "Арен Варданян")])

    assert {p.decision for p in pairs} == {Decision.POSSIBLE}
    assert len(pairs) == 2


def test_a_rival_counts_less_when_it_is_placed_elsewhere():
    left = [person("n1", "Aren Vardanyan", birth="1994"), person("n2", "Aren Vardanyan")]
    right = [person("s1", "Aren Vardanyan", birth="1994"), person("s2", "Aren Vardanyan")]

    assert links(match_lists(left, right)) == {("n1", "s1"), ("n2", "s2")}


def test_links_stay_one_to_one_when_the_threshold_is_low():
    twins = [person("n1", "Aren Vardanyan"), person("n2", "Aren Vardanyan")]
    settings = MatchSettings(link_at=0.05, possible_at=0.05, show_at=0.01)

    assert len(links(match_lists(twins, [person("s1", "Арен Варданян")], settings=settings))) == 1


def test_equal_birthdays_bring_together_what_names_do_not():
    one, other = person("1", "李 明", birth="1994-05-17"), person("2", "Min Li", birth="1994-05-17")

    assert "birth-same-day" in [c.code for c in only(one, other).comparisons]


def test_the_best_of_several_names_counts():
    pair = only(person("1", "Camal Sel", "Арен Варданян"), person("2", "Aren Vardanyan"))

    parts = {c.left for c in pair.comparisons if c.code == "name-same-sound"}
    assert parts == {"Арен", "Варданян"}


def test_names_without_letters_and_empty_lists_give_nothing():
    assert match_lists([], SOUTH) == ()
    assert find_repeats([]) == ()
    assert match_lists([person("1", "李")], [person("2", "明")]) == ()
    assert find_repeats([person("1", "Aren Sel")]) == ()


def test_swapping_the_lists_mirrors_the_pairs():
    there = match_lists(NORTH, SOUTH)
    back = match_lists(SOUTH, NORTH)

    assert {(p.left_id, p.right_id, p.score, p.decision) for p in there} == {
        (p.right_id, p.left_id, p.score, p.decision) for p in back
    }
    assert [c.right for c in back[0].comparisons] == [c.left for c in there[0].comparisons]


def test_progress_runs_up_to_the_whole():
    told = []

    match_lists(NORTH, SOUTH, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (7, 7)


def test_repeats_within_a_list_are_found_once_each():
    everybody = [*NORTH, *SOUTH]

    assert links(find_repeats(everybody)) == {("n1", "s1"), ("n2", "s2"), ("n3", "s4")}


def test_a_person_entered_three_times_is_linked_three_times():
    same = [person(n, "Aren Vardanyan", birth="1994-05-17") for n in "abc"]

    assert links(find_repeats(same)) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_an_id_used_twice_is_refused_without_naming_anybody():
    with pytest.raises(ValueError, match="same id") as caught:
        find_repeats([NORTH[0], NORTH[0]])
    assert "Վարդանյան" not in str(caught.value)


def test_a_profile_needs_a_name():
    with pytest.raises(ValueError, match="at least one name"):
        Profile(id="1", names=())


@pytest.mark.parametrize(
    "wrong",
    [{"link_at": 0.05}, {"show_at": 0.0}, {"expected_share": 1.0}, {"neighbours": 0}],
)
def test_settings_out_of_order_are_refused(wrong):
    with pytest.raises(ValueError, match=r"thresholds|expected_share"):
        MatchSettings(**wrong)


def test_every_ground_can_be_said_in_a_sentence():
    full = {"sex": Sex.MALE, "captured_on": PartialDate(year=2020), "place_of_birth": "Gyumri"}
    one = person("1", "Aren Karen Vardanyan", birth="1994", **full)
    bare = person("2", "A. Vardanian Sel Tuk")

    for left, right in ((one, bare), (bare, one), (one, one)):
        for ground in only(left, right).comparisons:
            assert ground.code in CODES
            assert sentence(ground).endswith("bits).")


def test_a_sentence_names_what_only_one_side_has():
    pair = only(person("1", "Арен Каренович Варданян"), person("2", "Арен Варданян"))

    said = [sentence(c) for c in pair.comparisons if c.code == "father-left-out"]

    assert said == ["Only one side names the father, Каренович (+0.0 bits)."]


def test_large_vocabularies_are_looked_up_as_small_ones_are(monkeypatch):
    from repatria.linkage import alignment

    expected = match_lists(NORTH, SOUTH)
    monkeypatch.setattr(alignment, "_DENSE", 0)

    assert match_lists(NORTH, SOUTH) == expected
    assert match_lists([person("1", "李", birth="1994-05-17")], [SOUTH[0]])[0].match_weight > 0


@pytest.mark.parametrize(
    ("armenian", "russian"),
    [
        ("Հայկ Արայի Մանասյան", "Айк Арович Манасян"),
        ("Գևորգ Լյովայի Փաշյան", "Геворг Левович Пашян"),
        ("Էդգար Կոլյայի Ալեքսանյան", "Эдгар Коляевич Алексанян"),
        ("Արման Յուրիի Ասլամազյան", "Арман Юрикович Асламазян"),
        ("Կարեն Պետրոսի Բախշյան", "Карен Петрович Бахшян"),
    ],
)
def test_a_father_whose_name_ends_in_a_vowel_is_known_behind_the_patronymic(armenian, russian):
    """Of Ара Russian makes Арович as of Лев Левович, and Armenian Արայի with a linking letter."""
    codes = {c.code for c in only(person("1", armenian), person("2", russian)).comparisons}

    assert "father-differs" not in codes


def test_a_likely_pair_that_is_no_link_says_why():
    """Who stands on a list twice is linked once; the other record is left to be looked at."""
    left = [person("n1", "Эльшан Зульфугаров", birth="1994-05-17")]
    right = [
        person("s1", "Elşən Zülfüqarov", birth="1994-05-17"),
        person("s2", "Elshan Zulfugarov", birth="1994-05-17"),
    ]

    linked, other = match_lists(left, right)

    assert linked.decision is Decision.LINK
    assert other.decision is Decision.POSSIBLE
    assert other.score > 0.9
    assert other.comparisons[-1].code == "linked-elsewhere"
    assert "linked-elsewhere" not in [c.code for c in linked.comparisons]
