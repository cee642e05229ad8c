"""Packets and health on pages: each by the desk it is for, the finding for the doctors alone."""

import re

import pytest

from repatria.store import models
from repatria.terms import PartyCode, Role
from repatria.wiring.accounts import open_account


@pytest.fixture
def person(here):
    """The part of a person's id that stands in addresses."""
    return (
        models.PersonRow.objects.filter(seen_by="north").order_by("reference").first().subject[7:]
    )


@pytest.fixture
def doctor(here, browser):
    """The browser of north's doctor."""
    open_account(here, "mara", "made-up-for-tests", Role.MEDICAL, PartyCode("north"))
    return browser("mara")


@pytest.fixture
def sealed(nadia, person):
    """The part of a packet's id that stands in addresses."""
    form = {"seal": "=A-1", "items": "1 ring\n12 notes of 50", "to": "south"}
    assert nadia.post(f"/persons/{person}/packet/", form).status_code == 303
    return models.PacketRow.objects.get(seen_by="north").subject[7:]


def test_an_empty_list_says_what_to_do_next(nadia, doctor):
    assert "No packet is sealed. Open a person" in nadia.get("/packets/").content.decode()
    assert "Nothing is said of anybody" in doctor.get("/health/").content.decode()
    assert "note a check" in doctor.get("/health/").content.decode()
    assert "The medical role notes checks" in nadia.get("/health/").content.decode()


def test_a_packet_is_found_by_seal_and_by_its_owner_in_another_script(nadia, sealed):
    by_name = nadia.post("/packets/", {"q": "Арам Синтетян"}).content.decode()
    by_seal = nadia.post("/packets/", {"q": "=a-1", "state": "owed"}).content.decode()
    missed = nadia.post("/packets/", {"q": "Examplov"}).content.decode()
    settled = nadia.get("/packets/?state=restored").content.decode()
    file = nadia.post("/packets/export/", {"format": "csv"}).content.decode()

    assert sealed in by_name
    assert sealed in by_seal
    assert "No packet fits." in missed
    assert "No packet fits." in settled
    assert "'=A-1" in file
    assert "12 notes of 50" in file
    assert "Sintetyan" not in file
    book = nadia.post("/packets/export/", {"format": "xlsx"})
    assert book.content.startswith(b"PK")


def test_what_is_wrong_with_a_packet_stands_beside_its_field_and_nothing_is_lost(
    nadia, person, sealed, log_size
):
    before = log_size()
    wrong = nadia.post(
        f"/persons/{person}/packet/", {"seal": "A-2", "items": "1 ring\nnotes", "to": "south"}
    )
    other = nadia.post(
        f"/packets/{sealed}/pass/", {"event": "passed_on", "to": "store", "found_seal": "A-7"}
    )
    nowhere = nadia.post(f"/packets/{sealed}/pass/", {"event": "passed_on", "found_seal": "=A-1"})
    alone = nadia.post(
        f"/packets/{sealed}/open/",
        {"found_seal": "=A-1", "seal": "=A-1", "items": "1 ring", "witnesses": "warden"},
    )

    assert wrong.status_code == 422
    assert "Line 2 does not begin with how many." in wrong.content.decode()
    assert "1 ring\nnotes" in wrong.content.decode()
    assert other.status_code == nowhere.status_code == alone.status_code == 409
    page = other.content.decode()
    beside = r'The packet was closed with another seal\..{,200}name="seal_differs"'
    assert re.search(beside, page, re.DOTALL)
    assert "Say into whose hands" in nowhere.content.decode()
    assert "two witnesses" in alone.content.decode()
    assert "a seal of its own" in alone.content.decode()
    assert log_size() == before


def test_a_packet_s_way_is_told_and_ends_when_it_is_given_back(nadia, person, sealed):
    steps = (
        ("pass", {"event": "passed_on", "to": "convoy", "found_seal": "B-9", "seal_differs": "on"}),
        (
            "open",
            {
                "found_seal": "=A-1",
                "seal": "A-2",
                "items": "1 ring",
                "witnesses": "warden Testov\nclerk Probny",
            },
        ),
        ("pass", {"event": "restored", "found_seal": "A-2"}),
    )
    for act, form in steps:
        assert nadia.post(f"/packets/{sealed}/{act}/", form).status_code == 303
    page = nadia.get(f"/packets/{sealed}/").content.decode()

    assert "A packet was found with another seal than it was closed with." in page
    assert "warden Testov; clerk Probny" in page
    assert "It is given back" in page
    assert "/pass/" not in page
    assert f"/packets/{sealed}/" in nadia.get(f"/persons/{person}/").content.decode()


def test_only_those_who_keep_packets_see_them_and_only_doctors_say_how_somebody_is(
    nadia, browser, doctor, person, sealed
):
    negotiator = browser("nazim")
    assert negotiator.get("/packets/").status_code == 404
    assert negotiator.get(f"/packets/{sealed}/").status_code == 404
    assert negotiator.get("/health/").status_code == 404
    assert doctor.get("/packets/").status_code == 404
    assert nadia.get(f"/persons/{person}/health/check/").status_code == 404
    assert nadia.post(f"/persons/{person}/health/commission/", {}).status_code == 404
    assert "Sealed packets" not in negotiator.get(f"/persons/{person}/").content.decode()
    assert browser("samir").get(f"/packets/{sealed}/").status_code == 200  # it was told to south


def test_a_finding_stays_with_the_doctors_and_the_class_is_read_by_those_it_is_told_to(
    nadia, browser, doctor, person, here
):
    form = {"health": "serious", "to": "south", "finding": "made-up finding", "advice": "rest"}
    assert doctor.post(f"/persons/{person}/health/check/", form).status_code == 303
    address = f"/persons/{person}/health/"

    assert "made-up finding" in doctor.get(address).content.decode()
    for who in (nadia, browser("samir")):
        page = who.get(address).content.decode()
        assert "seriously ill or wounded" in page
        assert "made-up finding" not in page
    assert "weekly report on health" in nadia.get(address).content.decode()
    wrong = doctor.post(f"/persons/{person}/health/check/", {"checked_on": "2999-01-01"})
    assert wrong.status_code == 422
    assert "This day has not come yet." in wrong.content.decode()


def test_a_commission_s_decision_is_owed_by_days_that_the_list_finds(nadia, doctor, person):
    form = {"decision": "repatriate", "visited_on": "2024-11-30", "medical_ground": "made up"}
    assert doctor.post(f"/persons/{person}/health/commission/", form).status_code == 303
    late = doctor.get("/health/?overdue=decision_executed").content.decode()
    searched = doctor.post("/health/", {"q": "Арам Синтетян", "decision": "repatriate"})
    missed = doctor.post("/health/", {"q": "Examplov"}).content.decode()
    file = nadia.post("/health/export/", {"format": "csv"}).content.decode()

    assert re.search(r"decision of the commission told: .*30 December 2024", late)
    assert person in searched.content.decode()
    assert "Nobody fits." in missed
    assert f"person:{person}" in file
    assert "decision of the commission carried out" in file
    assert "made up" not in file
    assert "to be sent home" in nadia.get(f"/persons/{person}/").content.decode()
    coming = doctor.post(f"/persons/{person}/health/commission/", {**form, "visited_on": "2999-01"})
    assert coming.status_code == 409
    assert "has not come yet" in coming.content.decode()
