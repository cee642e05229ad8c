"""Containers and persons are counted apart, and only the receiver's laboratory names anybody."""

from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.ledger.kinds.remains_passed import RemainsPassed
from repatria.ledger.kinds.remains_recorded import RemainsRecorded
from repatria.register.remains import containers_of, count_remains, fold_remains

PERSON, OTHER, THIRD = "person:south-p", "person:south-q", "person:north-r"


def recorded(voices, remains, *named, by="north"):
    said = RemainsRecorded(remains=remains, label=remains[-1], holder=by, said_to_be=named)
    voices.say(by, said, about=(remains, *named))


def passed(voices, remains, *, by="south"):
    voices.say(by, RemainsPassed(remains=remains, giver="north", receiver="south"))


def examined(voices, remains, person, result, *, by="south", **more):
    said = RemainsExamined(
        remains=remains,
        person=person,
        result=LaboratoryResult(result),
        laboratory="institute",
        method="dna_direct",
        **more,
    )
    voices.say(by, said)


def test_a_body_that_is_another_persons_is_shown_as_such_and_identifies_him(voices):
    recorded(voices, "remains:1", PERSON)
    passed(voices, "remains:1")
    before = fold_remains("remains:1", voices.entries)
    examined(voices, "remains:1", PERSON, "is_not")
    examined(voices, "remains:1", THIRD, "is")
    after = fold_remains("remains:1", voices.entries)

    assert not before.is_identified
    assert before.said_to_be == {PERSON}
    assert (after.persons, after.ruled_out) == ({THIRD}, {PERSON})
    assert "remains-of-another" in {f.code for f in after.findings}


def test_the_giver_identifies_nobody_and_hands_over_nothing_by_its_own_word(voices):
    recorded(voices, "remains:1", PERSON)
    passed(voices, "remains:1", by="north")
    examined(voices, "remains:1", PERSON, "is", by="north")
    found = fold_remains("remains:1", voices.entries)

    assert found.receiver == ""
    assert not found.is_identified
    assert [f.code for f in found.findings] == ["laboratory-not-receiving"]


def test_containers_are_never_counted_as_persons(voices):
    for number in "1234":
        recorded(voices, f"remains:{number}")
        passed(voices, f"remains:{number}")
    for remains, person in (("1", PERSON), ("2", PERSON), ("3", PERSON), ("3", OTHER)):
        examined(voices, f"remains:{remains}", person, "is")
    found = [fold_remains(f"remains:{n}", voices.entries) for n in "1234"]
    count = count_remains(found)

    assert (count.containers, count.identified_containers, count.persons) == (4, 3, 2)
    assert (count.shared, count.unidentified_containers) == (1, 1)
    assert containers_of(PERSON, found) == {
        "remains:1": True,
        "remains:2": True,
        "remains:3": True,
    }


def test_a_later_result_of_the_same_laboratory_replaces_the_former_and_a_missing_test_is_named(
    voices,
):
    recorded(voices, "remains:1", PERSON)
    passed(voices, "remains:1")
    examined(voices, "remains:1", PERSON, "is", second_test_due=True)
    examined(voices, "remains:1", PERSON, "is_not")
    found = fold_remains("remains:1", voices.entries)

    assert not found.is_identified
    assert {f.code for f in found.findings} == {"second-test-due", "remains-of-another"}
    assert fold_remains("remains:9", voices.entries) is None
