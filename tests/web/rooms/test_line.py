from http import HTTPStatus

import pytest


def test_it_works_with_a_code_typed_without_its_hyphen_in_small_letters(open_pages):
    pages = open_pages("ready")
    line = pages.lines()[0]
    client = pages.as_("ines")

    found = client.post(
        pages.at("crossing", pages.exchange.manifest),
        {"code": line.code.replace("-", "").lower()},
    )

    assert found.status_code == HTTPStatus.SEE_OTHER
    assert found["Location"] == pages.at("crossing-person", pages.exchange.manifest, line.person)
    shown = client.get(found["Location"]).content.decode()
    assert "Has departed" in shown
    assert "Has crossed" not in shown


def test_the_other_party_does_not_see_it(open_pages):
    pages = open_pages("ready")

    response = pages.as_("nadia").get(pages.at("crossing", pages.exchange.manifest))

    assert response.status_code == HTTPStatus.NOT_FOUND


def test_it_rejects_get(open_pages):
    pages = open_pages("ready")
    address = pages.at("crossing-record", pages.exchange.manifest, pages.lines()[0].person)

    response = pages.as_("ines").get(address)

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_refusal_shows_the_rule_beside_the_person(open_pages):
    pages = open_pages("ready")
    address = pages.at("crossing-record", pages.exchange.manifest, pages.lines()[0].person)

    response = pages.as_("ines").post(address, {"event": "crossed"})

    assert response.status_code == HTTPStatus.CONFLICT
    text = response.content.decode()
    assert "departed, then crossed, then nothing more" in text
    assert "Has departed" in text
    assert pages.said("crossing.recorded") == 0


def test_a_person_departs_and_crosses(open_pages):
    pages = open_pages("ready")
    client = pages.as_("ines")
    person = pages.lines()[0].person
    record = pages.at("crossing-record", pages.exchange.manifest, person)

    departed = client.post(record, {"event": "departed"})
    crossed = client.post(record, {"event": "crossed"})

    assert departed["Location"] == pages.at("crossing-person", pages.exchange.manifest, person)
    assert crossed["Location"] == pages.at("crossing", pages.exchange.manifest)
    text = client.get(crossed["Location"]).content.decode()
    assert "1 of 3 have crossed, 0 on the way, 2 waiting" in text
    assert "Written down: number 1, crossed." in text
    ended = client.get(departed["Location"]).content.decode()
    assert "Nothing more is to be done" in ended


@pytest.mark.parametrize("code", ["", "nonsense", "7KM4-QX2R", "2" * 39])
def test_a_code_that_is_wrong_leads_nowhere(open_pages, code):
    pages = open_pages("ready")

    response = pages.as_("ines").post(pages.at("crossing", pages.exchange.manifest), {"code": code})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "errorlist" in response.content.decode()


def test_a_whole_code_that_is_on_no_card_says_so(open_pages):
    from repatria.operations.codes import card_code

    pages = open_pages("ready")

    response = pages.as_("ines").post(
        pages.at("crossing", pages.exchange.manifest), {"code": card_code(b"\x00" * 5)}
    )

    assert "Nobody on this list has this code" in response.content.decode()


def test_an_event_nobody_knows_is_not_written(open_pages):
    pages = open_pages("ready")
    address = pages.at("crossing-record", pages.exchange.manifest, pages.lines()[0].person)

    response = pages.as_("ines").post(address, {"event": "vanished"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert pages.said("crossing.recorded") == 0


def test_somebody_who_is_not_on_the_list_is_not_found(open_pages):
    pages = open_pages("ready")
    address = pages.at("crossing-person", pages.exchange.manifest, "person:x")

    assert pages.as_("ines").get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_examiner_concludes_and_the_finding_stays_with_the_medical_role(open_pages):
    pages = open_pages("frozen")
    client = pages.as_("imran")
    address = pages.at("examine", pages.exchange.manifest, pages.lines()[0].person)

    shown = client.get(address)
    said = {"fit_to_travel": "yes", "mode": "bus", "valid_for": "48", "finding": "old fracture"}
    signed = client.post(address, said)

    assert shown.status_code == HTTPStatus.OK
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("clearance.given") == 1
    board = pages.at("manifest", pages.exchange.manifest)
    for name in ("ines", "imran", "nadia"):
        assert "old fracture" not in pages.as_(name).get(board).content.decode()


def test_an_examination_without_a_verdict_is_not_written(open_pages):
    pages = open_pages("frozen")
    address = pages.at("examine", pages.exchange.manifest, pages.lines()[0].person)

    response = pages.as_("imran").post(address, {"finding": "unclear"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert pages.said("health.examined") == 0


@pytest.mark.parametrize(
    ("occasion", "leads_to"), [("interview", "manifest"), ("at_the_line", "crossing-person")]
)
def test_what_the_person_said_alone_is_written_down(open_pages, occasion, leads_to):
    pages = open_pages("frozen")
    person = pages.lines()[0].person
    address = pages.at("consent", pages.exchange.manifest, person)

    shown = pages.as_("ines").get(address, {"occasion": occasion})
    signed = pages.as_("ines").post(
        address, {"willing": "no", "occasion": occasion, "nobody_else_present": "on"}
    )

    assert f'value="{occasion}" checked' in shown.content.decode()
    args = (pages.exchange.manifest, *([person] if leads_to == "crossing-person" else []))
    assert signed["Location"] == pages.at(leads_to, *args)
    assert pages.said("consent.stated") == 1


def test_an_answer_that_others_could_hear_is_not_written(open_pages):
    pages = open_pages("frozen")
    address = pages.at("consent", pages.exchange.manifest, pages.lines()[0].person)

    response = pages.as_("ines").post(address, {"willing": "yes", "occasion": "interview"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Only an answer given alone counts" in response.content.decode()
    assert pages.said("consent.stated") == 0


def test_addresses_and_messages_at_the_line_hold_no_name(open_pages):
    pages = open_pages("ready")
    client = pages.as_("ines")
    line = pages.lines("north")[0]
    record = pages.at("crossing-record", pages.exchange.manifest, line.person)

    response = client.post(record, {"event": "departed"})

    shown = client.get(response["Location"]).content.decode()
    names = ("Sintetyan", "Hnarovi", "Otarian")
    assert [name for name in names if name in shown]
    assert not [name for name in names if name in f"{response.headers}{response.cookies}"]
