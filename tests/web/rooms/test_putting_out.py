"""A press desk puts a bulletin out: looked at first, refused with reasons, then signed."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.operations.crossing import state_consent
from repatria.operations.families import notify_family, request_tracing
from repatria.terms import PersonName, Role


def asked(pages, **changed):
    """What a browser sends from the form as it is shown, changed by what is given."""
    return {
        "event": "e1",
        "whose-north": "south",
        "whose-south": "north",
        "languages": ["en", "ar"],
        "corrects": "",
        "reason": "",
    } | changed


@pytest.fixture
def room(open_pages, monkeypatch):
    """The pages a month after everything was signed, and the address of the form."""
    from repatria.web.record import putting_out
    from repatria.wiring.desks import desk_for

    later = datetime(2030, 4, 1, 9, tzinfo=UTC)
    monkeypatch.setattr(
        putting_out, "desk_for", lambda viewer: replace(desk_for(viewer), clock=lambda: later)
    )
    pages = open_pages("finished")
    return pages, pages.at("bulletin-new", pages.exchange.manifest.partition(":")[2])


def sentences(text):
    return re.sub(r"<[^>]+>", " ", text)


def test_it_is_looked_at_first_and_nothing_is_written(room):
    pages, address = room
    log = pages.installation.log()
    before = len(log.of_kind("bulletin.published"))

    text = pages.as_("ines").post(address, asked(pages, act="look")).content.decode()

    assert "As it would be signed" in text
    assert "The receipts of both sides confirm each of them." in text
    assert 'dir="rtl"' in text
    assert len(log.of_kind("bulletin.published")) == before


def test_it_is_signed_and_every_file_is_there(room):
    pages, address = room
    client = pages.as_("ines")

    response = client.post(address, asked(pages, act="publish"))

    assert response.status_code == HTTPStatus.SEE_OTHER
    token = response.url.rstrip("/").rpartition("/")[2]
    page = client.get(pages.at("public-bulletin", "en", token)).content.decode()
    [content] = set(re.findall(r"/public/en/content/([0-9a-f]{64})/\"><code>", page))
    for ending in ("html", "pdf", "csv", "json"):
        assert client.get(f"/public/files/{content}.{ending}").status_code == HTTPStatus.OK


def test_nobody_may_be_named_until_everything_is_there_and_the_page_says_what_is_not(room):
    pages, address = room
    client = pages.as_("ines")
    person = pages.exchange.lines()[0].person
    log = pages.installation.log()

    before = client.get(address).content.decode()
    forced = client.post(address, asked(pages, act="publish", named=[person]))
    desk = replace(
        pages.installation.desk("ines", Role.INTERMEDIARY),
        clock=lambda: datetime(2030, 3, 20, 9, tzinfo=UTC),
    )
    request = request_tracing(desk, family="leyla", sought=PersonName(text="Ramin Sınaqov"))
    notify_family(desk, request=request, person=person, what="crossed")
    state_consent(
        desk,
        manifest_id=pages.exchange.manifest,
        person=person,
        willing=True,
        occasion=Occasion.INTERVIEW,
        may_be_named=True,
    )
    text = client.post(address, asked(pages, act="look", named=[person])).content.decode()

    assert "may not be named" in before
    assert "family" in sentences(before)
    assert forced.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Named as they agreed, after their families were told" in text
    assert log.of_kind("consent.stated")


def test_what_is_held_back_is_refused_with_the_reason(room):
    pages, address = room
    client = pages.as_("ines")

    client.post(f"{address}hold/", {"hours": "24", "reason": "families are being told"})
    held = client.post(address, asked(pages, act="publish"))
    client.post(f"{address}hold/", {"hours": "0"})
    lifted = client.post(address, asked(pages, act="look"))

    assert held.status_code == HTTPStatus.CONFLICT
    assert "One side asks that nothing be published before" in held.content.decode()
    assert lifted.status_code == HTTPStatus.OK


def test_a_correction_needs_its_reason(room):
    pages, address = room
    client = pages.as_("ines")
    corrected = asked(pages, act="publish", corrects=pages.exchange.bulletin)

    refused = client.post(address, corrected)
    done = client.post(address, corrected | {"reason": "The day was wrong."})

    assert refused.status_code == HTTPStatus.CONFLICT
    assert done.status_code == HTTPStatus.SEE_OTHER


def test_one_word_cannot_stand_for_the_persons_of_both_sides(room):
    pages, address = room
    wrong = asked(pages, act="look") | {"whose-south": "south"}

    assert pages.as_("ines").post(address, wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
