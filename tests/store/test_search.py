"""Persons and lines are found across scripts, the nearest first, and only by whoever may read."""

import pytest

from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.person_named import PersonNamed
from repatria.operations.access import grant_access
from repatria.store import models
from repatria.store.projections import rebuild, table_digests
from repatria.store.queries.lists import lines
from repatria.store.queries.pairs import found_by_name
from repatria.store.queries.persons import all_persons, persons
from repatria.store.queries.search import PERSONS, found
from repatria.terms import ActorId, LineId, ListId, PartyCode, PersonId, PersonName, Role, Viewer
from statements import said

OWN, BOTH = ("north", "intermediary"), ("north", "south", "intermediary")
LIST = ListId("list:north-l")
REGISTER = {
    1: "Elşən Uydurmalı",
    2: "Эльшан Тестов",
    3: "Էլշան Թեստյան",
    4: "الشان الاختباري",
    5: "Lusine Testyan",
    6: "Karenyan Elisabet",
    7: "Karen Hnarovi",
    8: "Aram Testyan-8",
}


def named(number, text):
    person = PersonId(f"person:p{number}")
    return said(
        PersonNamed(person=person, name=PersonName(text=text)), about=(person,), audience=OWN
    )


def numbered(number, reference):
    person = PersonId(f"person:p{number}")
    described = PersonDescribed(person=person, property=Property.REFERENCE, value=reference)
    return said(described, about=(person,), audience=OWN)


def line(number, text, audience=BOTH):
    line_id = LineId(f"line:north-{number}")
    asked = ListLine(
        list_id=LIST,
        line_id=line_id,
        number=number,
        names=(PersonName(text=text),),
        reference=f"A-{number:03}",
    )
    return said(asked, about=(line_id, LIST), audience=audience)


def viewer(party="north", role=Role.REGISTRAR):
    return Viewer(actor=ActorId("a"), role=role, party=PartyCode(party) if party else None)


def numbers(page):
    return [int(row.subject.removeprefix("person:p")) for row in page.rows]


@pytest.fixture
def filled(north):
    """North's register of eight persons in four scripts, and a list of two lines."""
    with north.open():
        north.log().append(
            [
                *(named(number, text) for number, text in REGISTER.items()),
                numbered(7, "N-0017"),
                said(
                    ListSubmitted(
                        list_id=LIST,
                        to=PartyCode("south"),
                        title="made up",
                        population=Population.CLAIMED,
                        lines=2,
                    ),
                    about=(LIST,),
                    audience=BOTH,
                ),
                line(1, "Самир Синтетян"),
                line(2, "Narek Uydurma"),
            ]
        )
        yield north


@pytest.mark.parametrize("typed", ["Elsen", "Elşən", "Эльшан", "Էլշան", "الشان"])
def test_a_person_is_found_from_every_script_in_every_script(filled, typed):
    assert set(numbers(persons(viewer(), search=typed))) == {1, 2, 3, 4}


def test_every_word_must_be_there_in_any_order(filled):
    assert numbers(persons(viewer(), search="Testyan Elshan")) == [3]
    assert numbers(persons(viewer(), search="Elshan Hnarovi")) == []


def test_the_nearest_come_first(filled):
    assert numbers(persons(viewer(), search="Karen"))[:2] == [7, 6]


def test_beginnings_numbers_and_words_as_written_find(filled):
    assert set(numbers(persons(viewer(), search="Tes"))) == {2, 3, 5, 8}
    assert numbers(persons(viewer(), search="n-00")) == [7]
    assert numbers(persons(viewer(), search="Testyan 8")) == [8]
    assert numbers(persons(viewer(), search="bcdfghjkl")) == []
    assert numbers(persons(viewer(), search="' OR 1=1 --")) == []


def test_lines_are_found_by_name_number_and_reference(filled):
    def at(text):
        return [row.number for row in lines(viewer(), LIST, search=text).rows]

    assert at("Samir") == [1]
    assert at("2") == [2]
    assert at("a-00") == [1, 2]
    assert found_by_name(viewer(), "سمير") == {"line:north-1"}


def test_a_person_is_found_by_the_name_on_the_line_he_was_answered_with(filled):
    where = {"about": ("line:north-3", LIST, "person:p8"), "audience": ("north",)}
    answer = LineAnswered(
        list_id=LIST,
        line_id=LineId("line:north-3"),
        code=AnswerCode.HELD,
        person=PersonId("person:p8"),
    )
    filled.log().append([line(3, "Мурад Уйдурма", audience=("north",))])
    assert numbers(persons(viewer(), search="Murad")) == []

    filled.log().append([said(answer, **where)])

    assert numbers(persons(viewer(), search="Murad")) == [8]


def test_a_search_never_finds_what_the_viewer_may_not_read(filled):
    grant_access(
        filled.desk("clerk", Role.REGISTRAR),
        account=ActorId("guest"),
        role=Role.REGISTRAR,
        party=PartyCode("south"),
    )
    guest = viewer("south")

    assert numbers(persons(guest, search="Elshan")) == []
    assert [row.number for row in lines(guest, LIST, search="Samir").rows] == [1]
    for nobody in (viewer(None, Role.OUTSIDER), viewer(None, Role.MONITOR)):
        assert numbers(persons(nobody, search="Elshan")) == []
        assert found_by_name(nobody, "Samir") == frozenset()


def test_more_than_can_be_shown_is_said_and_the_nearest_are_kept(filled):
    few = found(viewer(), "Elsen", PERSONS, most=2)

    assert few.more
    assert "person:p1" in few.shortfall
    assert not found(viewer(), "Elsen", PERSONS).more


def test_an_export_holds_what_the_page_finds(filled):
    exported = {row.subject for row in all_persons(viewer(), search="Elsen")}

    assert exported == {row.subject for row in persons(viewer(), search="Elsen").rows}


def test_keys_folded_anew_are_those_that_were_kept(filled):
    before = table_digests()["search_key"]

    rebuild(PartyCode("north"))

    assert table_digests()["search_key"] == before
    assert models.SearchKey.objects.exists()


def test_rows_folded_before_sounds_were_kept_are_found_by_their_keys(filled):
    models.SearchKey.objects.update(sound="", script="")

    assert {1, 2, 3, 4} <= set(numbers(persons(viewer(), search="Elsen")))
