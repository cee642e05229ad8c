import re
from http import HTTPStatus

import pytest

from repatria.planning import Total
from repatria.store.queries.planned import Move
from repatria.terms import PartyCode
from repatria.web.documents.written_terms import in_words
from repatria.web.exchange.flow import flow_of
from signed import digest_shown


def test_it_works_and_gives_the_reason_for_everybody_who_stays(open_pages):
    pages = open_pages("planned")

    response = pages.as_("ines").get(pages.at("plan", pages.exchange.plan))

    assert response.status_code == HTTPStatus.OK
    text = response.content.decode()
    assert "3 persons go home" in text
    assert text.count("of equal standing go") == 2
    assert "yes, no plan does better" in text


def test_the_other_party_does_not_see_a_record_that_is_not_its_own(open_pages):
    pages = open_pages("proposed")
    of_south = pages.as_("samir").get(pages.at("terms"))

    assert of_south.status_code == HTTPStatus.OK
    assert pages.as_("mallory").get(pages.at("terms")).status_code == HTTPStatus.NOT_FOUND
    assert pages.as_("tomas").get(pages.at("plans")).status_code == HTTPStatus.NOT_FOUND


def test_it_rejects_post(open_pages):
    pages = open_pages("proposed")

    response = pages.as_("ines").post(pages.at("terms"))

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_terms_are_shown_in_words_with_who_asked_for_each_rule(open_pages):
    pages = open_pages("proposed")

    text = pages.as_("ines").get(pages.at("terms")).content.decode()

    assert "exactly 2 from north" in text
    assert "meeting of 1 March" in text
    assert "Not accepted by anybody yet" in text


def test_a_negotiator_reads_the_terms_before_signing_them(open_pages):
    pages = open_pages("proposed", "north")
    client = pages.as_("nikolai")
    address = pages.at("terms-accept", "t1")

    shown = client.get(address)
    signed = client.post(address, {"digest": digest_shown(shown.content.decode())})

    assert "exactly 2 from north" in shown.content.decode()
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("terms.accepted") == 1
    assert "Accepted by North" in client.get(pages.at("terms")).content.decode()


def test_terms_that_changed_while_they_were_read_are_not_signed(open_pages):
    pages = open_pages("proposed", "north")

    response = pages.as_("nikolai").post(pages.at("terms-accept", "t1"), {"digest": "other"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert pages.said("terms.accepted") == 0


def test_unknown_terms_and_other_roles_find_nothing_to_sign(open_pages):
    pages = open_pages("planned", "north")

    for name, address in (
        ("nikolai", pages.at("terms-accept", "t2")),
        ("nadia", pages.at("terms-accept", "t1")),
        ("samir", pages.at("plan-accept", pages.exchange.plan)),
    ):
        assert pages.as_(name).get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_negotiator_sees_exactly_whom_he_accepts(open_pages):
    pages = open_pages("planned", "north")
    client = pages.as_("nikolai")
    address = pages.at("plan-accept", pages.exchange.plan)

    shown = client.get(address).content.decode()
    signed = client.post(address, {"digest": digest_shown(shown)})

    assert "exactly these 3 persons go home" in shown
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("plan.accepted") == 1
    assert "Accept this plan" not in client.get(signed["Location"]).content.decode()


def test_before_there_is_a_plan_the_page_says_what_to_do(open_pages):
    pages = open_pages("proposed")

    assert "First every party accepts the terms" in (
        pages.as_("ines").get(pages.at("plans")).content.decode()
    )


def test_a_plan_that_is_not_there_is_not_found(open_pages):
    pages = open_pages("planned")

    assert pages.as_("ines").get(pages.at("plan", "x")).status_code == HTTPStatus.NOT_FOUND


def test_terms_nobody_can_read_are_not_guessed():
    assert not in_words({"rules": "all of them"}).readable


def test_a_level_the_terms_do_not_name_has_no_words():
    rule = Total(
        id="r", proposer=PartyCode("north"), source="s", from_party=PartyCode("north"), minimum=1
    )
    written = in_words(
        {
            "id": "t",
            "version": 1,
            "as_of": "2030-01-01",
            "nonce": "n",
            "priorities": [],
            "rules": [
                {
                    "kind": rule.kind,
                    "id": rule.id,
                    "proposer": "north",
                    "source": "s",
                    "from_party": "north",
                    "minimum": 1,
                    "maximum": None,
                }
            ],
        }
    )

    assert written.rules[0].sentence == "at least 1 from north"
    assert written.level("kept") == ""


def test_the_picture_counts_everybody_even_those_whose_record_is_not_shown():
    unread = Move(holder="", receiver="", category="", count=2)
    read = Move(holder="north", receiver="south", category="soldier", count=3)

    picture = flow_of([unread, read])

    assert [(node.party, node.total) for node in picture.holders] == [("", 2), ("north", 3)]
    assert sum(node.total for node in picture.receivers) == 5
    assert flow_of([]).holders == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_band_is_as_thick_as_it_is_many_and_nothing_leaves_the_picture(mirrored):
    moves = [
        Move(holder="north", receiver="south", category="civilian", count=10),
        Move(holder="north", receiver="south", category="soldier", count=40),
        Move(holder="south", receiver="north", category="soldier", count=1),
    ]

    picture = flow_of(moves, mirrored=mirrored)

    ends = [[float(n) for n in re.findall(r"-?[0-9.]+", band.path)] for band in picture.bands]
    assert all(0 <= x <= picture.width for end in ends for x in end[::2])
    assert all(0 <= y <= picture.height for end in ends for y in end[1::2])
    assert [band.count for band in picture.bands] == [10, 40, 1]
