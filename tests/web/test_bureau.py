"""Families are answered, remains are shown, a code is checked by anybody, duties are overdue."""

import re

import pytest

from repatria.operations.families import request_tracing
from repatria.operations.remains import record_remains
from repatria.terms import PartialDate, PartyCode, PersonName, Role


@pytest.fixture
def asked(here):
    """A request of a family about somebody on no list of north's."""
    return request_tracing(
        here.desk("nadia", Role.REGISTRAR),
        family="leyla",
        sought=PersonName(text="Горо Мтацвац"),
        birth=PartialDate.parse("1999"),
        relation="=sister",
    ).partition(":")[2]


def test_a_request_is_found_in_another_script_and_leaves_as_a_file_that_calculates_nothing(
    nadia, asked
):
    found = nadia.post("/tracing/", {"q": "Goro Mtatsvats"}).content.decode()
    missed = nadia.post("/tracing/", {"q": "Examplov"}).content.decode()
    file = nadia.post("/tracing/export/", {"format": "csv"}).content.decode()

    assert "Горо Мтацвац" in found
    assert "Горо Мтацвац" not in missed
    assert "'=sister" in file


def test_an_answer_reaches_the_family_and_its_code_is_known_to_anybody_who_types_it(
    nadia, browser, asked
):
    form = {"answer": "not_found", "searched": "all lists"}
    assert nadia.post(f"/tracing/{asked}/", form).status_code == 303
    page = browser("leyla").get("/family/").content.decode()
    code = re.search(r'<code dir="ltr">([^<]+)</code>', page)[1]
    nobody = browser()

    assert "Nothing is known yet; the search goes on." in page
    assert "all lists" in page
    assert "Yes. This office" in nobody.post("/notice/", {"code": code}).content.decode()
    wrong = nobody.post("/notice/", {"code": "2222-2222"}).content.decode()
    assert "No. This office gave no notice" in wrong
    assert "Nobody is ever asked for money." in wrong
    assert "Горо" not in wrong


def test_without_a_confirmed_link_nobody_is_said_to_be_found(nadia, asked, here, row_of, lists):
    refused = nadia.post(f"/tracing/{asked}/", {"answer": "found", "searched": ""})
    line = row_of(lists.asked, 1).subject
    nadia.post(f"/tracing/{asked}/", {"record": line, "link": "confirmed"})
    told = nadia.post(f"/tracing/{asked}/", {"answer": "found", "searched": ""})

    assert refused.status_code == 409
    assert told.status_code == 303


def test_the_person_no_list_of_ours_names_is_shown(nadia, asked):
    assert "Горо Мтацвац" in nadia.get("/tracing/unlisted/").content.decode()


def test_containers_and_persons_are_counted_apart(nadia, here):
    record_remains(here.desk("nadia", Role.REGISTRAR), label="bag 17", to=PartyCode("south"))
    page = nadia.get("/remains/").content.decode()

    assert "bag 17" in page
    assert re.search(r"Persons identified</dt><dd>0<", page)
    assert "bag 17" not in nadia.post("/remains/", {"q": "bag 18"}).content.decode()


def test_a_card_that_was_never_sent_is_overdue(nadia):
    page = nadia.get("/due/").content.decode()
    file = nadia.post("/due/duties/export/", {"format": "csv"}).content.decode()

    assert "capture card to the family and the Agency" in page
    assert file.count("person:north-") == 8
