"""What was said about a person, by whom, and where do the words not agree?"""

from datetime import UTC, date, datetime

import pytest

from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.life_stated import LifeStated
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.person_categorised import PersonCategorised
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.ledger.kinds.person_registered import PersonRegistered
from repatria.register import contradictions_in, current, display_name, fold_person
from repatria.terms import Category, LifeStatus, PartialDate, PersonName, Place, Sex

P = "person:p"
LISTED = ListLine(
    list_id="list:s",
    line_id="line:1",
    number=1,
    names=(PersonName(text="Velt Orin"),),
    father="Tam",
    birth=PartialDate(year=1994, month=5),
    category=Category.CIVILIAN,
)


def day(text):
    return PartialDate.parse(text)


def described(what, value="", on=None):
    return PersonDescribed(person=P, property=what, value=value, on=on)


def answered(code, person=None, line="line:1", **more):
    return LineAnswered(
        list_id="list:s", line_id=line, code=AnswerCode(code), person=person, **more
    )


def life(status, person=P):
    return LifeStated(person=person, status=LifeStatus(status), method="seen")


def noted(event, on=None, holder="north"):
    return CustodyNoted(person=P, event=CustodyEvent(event), holder=holder, on=on)


def consent():
    return ConsentStated(person=P, willing=True, occasion=Occasion.INTERVIEW, in_private=True)


def words(values):
    return [(value.value, value.by, value.superseded) for value in values]


def codes(voices):
    return [f.code for f in contradictions_in(fold_person(P, voices.entries))]


def test_a_person_nobody_spoke_of_has_an_empty_record(voices):
    voices.say("north", PersonNamed(person="person:q", name=PersonName(text="Ada")))
    record = fold_person(P, voices.entries)

    assert display_name(record) is None
    assert (record.said, record.lines, record.last_sighting) == ((), (), None)
    assert contradictions_in(record) == ()


def test_every_value_stands_with_its_speaker(voices):
    voices.say("north", PersonRegistered(person=P, reference="R-7"))
    named = voices.say("north", PersonNamed(person=P, name=PersonName(text="Orin Velt")))
    voices.say("north", described(Property.FATHER, "Tam"))
    voices.say("north", described(Property.BIRTH, on=day("1994-05-17")), as_of=day("2030"))
    voices.say("north", described(Property.BIRTH))
    voices.say("north", described(Property.RANK))
    voices.say("south", described(Property.NOTE, "speaks two languages"))
    voices.say("north", PersonCategorised(person=P, category=Category.SOLDIER))
    voices.say("north", CustodyPlaced(person=P, place=Place(name="camp 4")))
    voices.say("north", HealthClassed(person=P, health="sick"))
    voices.say("north", noted("held", day("2029")))
    voices.say("north", life("alive"))
    voices.say("north", consent())
    voices.say(
        "north",
        ClearanceGiven(
            person=P,
            fit_to_travel=True,
            mode="bus",
            valid_until=datetime(2030, 4, 1, tzinfo=UTC),
        ),
    )
    voices.unknown("north")
    record = fold_person(P, voices.entries)

    assert display_name(record) == PersonName(text="Orin Velt")
    assert (record.names[0].by, record.names[0].ref) == ("north", named.ref)
    assert words(record.father) == [("Tam", "north", False)]
    assert words(record.birth) == [(day("1994-05-17"), "north", False)]
    assert record.birth[0].as_of == record.birth[0].held_on == day("2030")
    assert record.rank == ()
    assert words(record.reference) == [("R-7", "north", False)]
    assert words(record.notes) == [("speaks two languages", "south", False)]
    assert words(record.categories) == [(Category.SOLDIER, "north", False)]
    assert words(record.places) == [("camp 4", "north", False)]
    assert words(record.health) == [("sick", "north", False)]
    assert record.custody.holders == ("north",)
    assert record.life[0].value.status is LifeStatus.ALIVE
    assert record.consents[0].value.willing
    assert record.clearances[0].value.fit_to_travel
    assert len(record.said) == 14  # the unknown kind speaks of somebody else


def test_a_kind_from_a_newer_version_stands_in_who_said_what(voices):
    voices.unknown("north")
    (said,) = fold_person("person:one", voices.entries).said

    assert (said.kind, said.by, said.ref) == ("weather.reported", "north", "north/0")


def test_who_said_what_is_told_by_claimed_time(voices):
    voices.say("north", life("alive"))
    late = voices.say("south", life("alive"), occurred_at=datetime(2029, 1, 1, tzinfo=UTC))

    assert fold_person(P, voices.entries).said[0].ref == late.ref


def test_a_second_word_of_one_speaker_replaces_the_first_and_both_stay(voices):
    voices.say("north", described(Property.FATHER, "Tam"))
    voices.say("south", described(Property.FATHER, "Tom"))
    voices.say("north", described(Property.FATHER, "Tamas"))

    assert words(fold_person(P, voices.entries).father) == [
        ("Tam", "north", True),
        ("Tom", "south", False),
        ("Tamas", "north", False),
    ]


def test_the_current_value_is_the_last_one_still_standing(voices):
    voices.say("north", described(Property.RANK, "private"))
    wrong = voices.say("north", described(Property.RANK, "major"))
    voices.say("north", described(Property.NOTE, "misread"), supersedes=(wrong.ref,))
    record = fold_person(P, voices.entries)

    assert current(record.rank) == "private"
    assert current(record.father) is None


def test_names_in_several_scripts_stand_beside_each_other_until_taken_back(voices):
    first = voices.say("north", PersonNamed(person=P, name=PersonName(text="Orin Velt")))
    voices.say("north", PersonNamed(person=P, name=PersonName(text="Орин Велт")))
    before = fold_person(P, voices.entries)
    voices.say(
        "north",
        PersonNamed(person=P, name=PersonName(text="Orin Velten")),
        supersedes=(first.ref,),
    )
    after = fold_person(P, voices.entries)

    assert [name.superseded for name in before.names] == [False, False]
    assert [name.superseded for name in after.names] == [True, False, False]
    assert display_name(after) == PersonName(text="Орин Велт")
    assert after.said[0].superseded


def test_a_word_taken_back_leaves_the_speakers_earlier_one_standing(voices):
    voices.say("north", described(Property.RANK, "private"))
    wrong = voices.say("north", described(Property.RANK, "major"))
    voices.say("north", described(Property.NOTE, "rank misread"), supersedes=(wrong.ref,))

    assert words(fold_person(P, voices.entries).rank) == [
        ("private", "north", False),
        ("major", "north", True),
    ]


def test_a_list_line_counts_once_it_was_answered_with_the_person(voices):
    voices.say("south", LISTED)
    before = fold_person(P, voices.entries)
    voices.say(
        "north",
        answered("held", P, category=Category.SOLDIER, birth=day("1994-05-17"), sex=Sex.MALE),
    )
    voices.say("north", PersonNamed(person=P, name=PersonName(text="Orin Velt")))
    record = fold_person(P, voices.entries)

    assert before.names == ()
    assert record.lines == ("line:1",)
    assert [name.value.text for name in record.names] == ["Orin Velt", "Velt Orin"]
    assert words(record.categories) == [
        (Category.CIVILIAN, "south", False),
        (Category.SOLDIER, "north", False),
    ]
    assert words(record.sex) == [("male", "north", False)]
    assert codes(voices) == ["category-differs"]


def test_a_record_opened_for_a_line_knows_what_was_answered_to_it(voices):
    voices.say("north", answered("not_held"))
    voices.say("north", PersonRegistered(person=P, line_id="line:1"))
    voices.say("north", PersonRegistered(person="person:q", line_id="line:2"))
    voices.say("north", answered("held", "person:q", birth=day("1950")))
    record = fold_person(P, voices.entries)

    assert [a.value.code for a in record.answers] == [AnswerCode.NOT_HELD, AnswerCode.HELD]
    assert record.birth == ()  # that birth is another person's


def test_the_last_sighting_is_the_latest_by_the_neutral_intermediary(voices):
    voices.say("north", life("alive"), as_of=day("2030-02-01"))
    voices.say("intermediary", life("alive"), as_of=day("2029-11"))
    wrong = voices.say("intermediary", consent(), as_of=day("2030-01-20"))
    voices.say("intermediary", life("unknown"), as_of=day("2030-02-02"), supersedes=(wrong.ref,))
    voices.say("intermediary", consent(), occurred_at=datetime(2029, 6, 1, 9, tzinfo=UTC))
    sighting = fold_person(P, voices.entries).last_sighting

    assert (sighting.value, sighting.by) == (date(2029, 11, 30), "intermediary")


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("1994", "1994-05-17", False),
        ("1994-05", "1994-05-17", False),
        ("1994-05-17", "1994-05-18", True),
        ("1993~", "1994-05-17", False),
        ("1994-05-17", "1996~", True),
        ("1990/1995", "1994-05-17", False),
    ],
)
def test_two_births_differ_when_no_day_can_be_both(voices, left, right, differ):
    voices.say("north", described(Property.BIRTH, on=day(left)))
    voices.say("south", described(Property.BIRTH, on=day(right)))

    assert codes(voices) == (["birth-differs"] if differ else [])


def test_denied_then_admitted_is_shown_with_both_answers(voices):
    voices.say("south", LISTED)
    denied = voices.say("north", answered("not_held"))
    voices.say("north", answered("searching"))
    voices.say("intermediary", answered("not_held"))
    admitted = voices.say("north", answered("held", P))
    (finding,) = contradictions_in(fold_person(P, voices.entries))

    assert finding.code == "denied-then-admitted"
    assert finding.about == (P, denied.ref, admitted.ref)


def test_admitted_then_denied_is_shown_too(voices):
    voices.say("north", answered("held", P))
    voices.say("north", answered("not_held"))

    assert codes(voices) == ["admitted-then-denied"]


@pytest.mark.parametrize(
    "death",
    {
        "claim": life("dead"),
        "notice": noted("died", day("2029-09-25")),
        "answer": answered("dead", P, on=day("2029-09-25")),
    }.values(),
    ids=["claim", "notice", "answer"],
)
@pytest.mark.parametrize(
    "sign", [life("alive"), consent(), noted("held")], ids=["claim", "consent", "notice"]
)
def test_a_later_sign_of_life_reopens_a_death(voices, death, sign):
    dead = voices.say("north", death, as_of=day("2029-09-25"))
    alive = voices.say("south", sign)
    found = [
        f
        for f in contradictions_in(fold_person(P, voices.entries))
        if f.code == "alive-after-death"
    ]

    assert [f.about for f in found] == [(P, dead.ref, alive.ref)]


def test_a_sign_of_life_before_the_death_is_no_contradiction(voices):
    voices.say("north", life("alive"), as_of=day("2029-01"))
    voices.say("north", life("dead"), as_of=day("2029-09-25"))
    voices.say("north", life("unknown"))

    assert codes(voices) == []


def test_a_sign_of_life_on_the_day_of_the_death_is_no_contradiction(voices):
    voices.say("north", life("alive"), as_of=day("2029-09-25"))
    voices.say("south", life("dead"), as_of=day("2029-09-25"))

    assert codes(voices) == []


def test_two_holders_at_once_are_a_contradiction(voices):
    one = voices.say("north", noted("held", day("2029-01")))
    two = voices.say("south", noted("held", day("2029-02"), holder="south"))
    (finding,) = contradictions_in(fold_person(P, voices.entries))

    assert (finding.code, finding.about) == ("held-by-two", (P, one.ref, two.ref))
