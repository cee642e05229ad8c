"""Names, places, ids, moments, viewers and errors."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.terms import (
    ActorId,
    NameOrder,
    Objection,
    PartyCode,
    PersonName,
    Place,
    Refusal,
    Role,
    Script,
    Viewer,
    script_of,
    subject_kind,
)
from repatria.terms.errors import IntegrityError
from repatria.terms.ids import maker_of, new_id
from repatria.terms.parties import ANONYMOUS, PUBLIC
from repatria.terms.times import read_instant, write_instant

SCRIPTS = {
    "Աննա Օրինակյան": Script.ARMENIAN,
    "Nümunə Adlıyev": Script.LATIN,
    "Пример Примеров": Script.CYRILLIC,
    "مثال اسم": Script.ARABIC,
    "דוגמה": Script.HEBREW,
    "მაგალითი": Script.GEORGIAN,
    "Παράδειγμα": Script.GREEK,
    "12-34": Script.OTHER,
    "例": Script.OTHER,
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_text_is_in_the_script_of_most_of_its_letters(text):
    assert script_of(text) is SCRIPTS[text]


def test_a_name_keeps_its_letters_and_loses_stray_spaces():
    name = PersonName(text="  A\u0301nna \u00a0 Sample ")
    assert name.text == "\u00c1nna Sample"
    assert name.order is NameOrder.UNKNOWN


def test_a_name_from_columns_is_written_given_patronymic_family():
    name = PersonName.from_parts(given="Anna", family="Sample", patronymic="Karen")
    assert name.text == "Anna Karen Sample"
    assert name.order is NameOrder.GIVEN_FIRST


@pytest.mark.parametrize("empty", ["", "  ", "\u00a0"])
def test_nobody_is_called_nothing_and_no_place_is(empty):
    with pytest.raises(ValueError, match="letter"):
        PersonName(text=empty)
    with pytest.raises(ValueError, match="letter"):
        Place(name=empty)
    assert Place.named(empty) is None


def test_a_place_is_written_as_somebody_names_it():
    assert str(Place(name="Upper  Ford", within="River District")) == "Upper Ford, River District"
    assert str(Place.named("Верхний Брод")) == "Верхний Брод"
    assert Place(name="Верхний Брод").script is Script.CYRILLIC


@given(st.binary(min_size=10, max_size=20))
def test_an_id_says_its_kind_and_holds_no_letter_that_is_confused_with_another(entropy):
    made = new_id("person", "north", entropy)
    assert subject_kind(made) == "person"
    assert maker_of(made) == "north"
    assert not set(made.rpartition("-")[2]) & set("01ilo")
    assert len(made) == len("person:north-") + 16


def test_an_id_needs_enough_chance():
    with pytest.raises(ValueError, match="ten random bytes"):
        new_id("person", "north", b"123456789")


LONG_AGO = datetime(1900, 1, 1)  # noqa: DTZ001 -- Hypothesis adds the zone itself


@given(st.datetimes(min_value=LONG_AGO, timezones=st.just(timezone(timedelta(hours=4)))))
def test_a_moment_has_one_spelling(there):
    text = write_instant(there)
    assert text.endswith("Z")
    assert read_instant(text) == there


@pytest.mark.parametrize("text", ["2023-12-13T09:30:00", "2023-12-13T09:30:00+00:00", "2023", "x"])
def test_another_spelling_of_a_moment_is_refused(text):
    with pytest.raises(ValueError):
        read_instant(text)


def test_a_moment_without_an_offset_cannot_be_written():
    with pytest.raises(ValueError, match="offset"):
        write_instant(datetime(2023, 12, 13, tzinfo=UTC).replace(tzinfo=None))


READERS = {
    Role.REGISTRAR: {"north", PUBLIC},
    Role.NEGOTIATOR: {"north", PUBLIC},
    Role.INTERMEDIARY: {"north", PUBLIC},
    Role.MEDICAL: {"north", "north.medical", PUBLIC},
    Role.HANDOVER_OFFICER: {"north", PUBLIC},
    Role.PRESS: {"north", PUBLIC},
    Role.MONITOR: {PUBLIC},
    Role.FAMILY: {"family:leyla", PUBLIC},
    Role.OUTSIDER: {PUBLIC},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_its_own_labels_and_no_others(role):
    viewer = Viewer(actor=ActorId("leyla"), role=role, party=PartyCode("north"))
    assert viewer.labels == READERS[role]
    assert viewer.at_a_desk == ("north" in READERS[role])
    assert not viewer.may_read(frozenset({"south", "south.medical", "family:other"}))


def test_nobody_reads_only_what_is_public():
    assert ANONYMOUS.labels == {PUBLIC}
    assert not ANONYMOUS.at_a_desk


def test_a_refusal_holds_every_objection_and_its_text_only_their_codes():
    one = Objection(code="no-consent", rule="GC III art. 109", about=("person:x",))
    two = Objection(code="not-fit", rule="GC III art. 109")
    refusal = Refusal(two, one, two)

    assert refusal.objections == (two, one, two)
    assert str(refusal) == "no-consent; not-fit"


def test_a_refusal_without_objection_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="at least one"):
        Refusal()
    Refusal.unless_empty(())


def test_a_fault_says_where():
    fault = IntegrityError("north/17 body", "body-not-as-committed")
    assert (fault.place, fault.code, str(fault)) == (
        "north/17 body",
        "body-not-as-committed",
        "north/17 body: body-not-as-committed",
    )
