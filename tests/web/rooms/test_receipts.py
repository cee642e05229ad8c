from http import HTTPStatus

from signed import digest_shown


def test_it_works_in_two_steps_and_shows_exactly_what_is_signed(open_pages):
    pages = open_pages("crossed", "north")
    client = pages.as_("noor")
    address = pages.at("receipt", pages.exchange.manifest)
    given = [line.person for line in pages.lines("north")]
    taken = [line.person for line in pages.lines("south")]
    chosen = {"handed_over": given, "received": taken, "incident": "one bag lost"}

    choose = client.get(address).content.decode()
    shown = client.post(address, chosen).content.decode()
    before = pages.said("receipt.given")
    signed = client.post(address, {**chosen, "digest": digest_shown(shown), "act": "sign"})

    assert choose.count("checked") == 3
    assert "one bag lost" in shown
    assert before == 0
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("receipt.given") == 1
    assert "one bag lost" in client.get(signed["Location"]).content.decode()


def test_the_other_party_does_not_see_it(open_pages):
    pages = open_pages("crossed", "north")
    address = pages.at("receipt", pages.exchange.manifest)

    assert pages.as_("samir").get(address).status_code == HTTPStatus.NOT_FOUND
    assert pages.as_("nikolai").get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_party_that_is_not_on_the_list_gives_no_receipt(open_pages):
    from django.contrib.auth.models import User

    from repatria.operations.access import grant_access
    from repatria.terms import ActorId, PartyCode, Role

    pages = open_pages("crossed")
    User.objects.create_user("rita")
    grant_access(
        pages.installation.desk("founder", Role.REGISTRAR, clock=pages.exchange.clock),
        account=ActorId("rita"),
        role=Role.REGISTRAR,
        party=PartyCode("intermediary"),
    )

    response = pages.as_("rita").get(pages.at("receipt", pages.exchange.manifest))

    assert response.status_code == HTTPStatus.NOT_FOUND


def test_somebody_left_out_stays_left_out_when_the_choice_is_changed(open_pages):
    pages = open_pages("crossed", "north")
    address = pages.at("receipt", pages.exchange.manifest)
    one = pages.lines("north")[0].person

    response = pages.as_("noor").post(address, {"handed_over": [one], "change": "yes"})

    assert response.status_code == HTTPStatus.OK
    assert response.content.decode().count("checked") == 1


def test_a_receipt_that_names_nobody_is_not_written(open_pages):
    pages = open_pages("crossed", "north")

    response = pages.as_("noor").post(pages.at("receipt", pages.exchange.manifest), {})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose at least one person" in response.content.decode()


def test_a_person_of_the_other_side_cannot_be_slipped_in(open_pages):
    pages = open_pages("crossed", "north")
    other = pages.lines("south")[0].person

    response = pages.as_("noor").post(
        pages.at("receipt", pages.exchange.manifest), {"handed_over": [other], "act": "sign"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert pages.said("receipt.given") == 0


def test_a_refusal_shows_the_rule_when_the_list_was_amended_meanwhile(open_pages):
    pages = open_pages("crossed", "north")
    one = pages.lines("north")[0].person

    response = pages.as_("noor").post(
        pages.at("receipt", pages.exchange.manifest),
        {"handed_over": [one], "digest": "other", "act": "sign"},
    )

    assert response.status_code == HTTPStatus.CONFLICT
    assert pages.said("receipt.given") == 0


def test_nobody_can_be_ticked_who_has_not_crossed(open_pages):
    pages = open_pages("ready", "north")

    text = pages.as_("noor").get(pages.at("receipt", pages.exchange.manifest)).content.decode()

    assert text.count("Nobody of this side has crossed yet") == 2
