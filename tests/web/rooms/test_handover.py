from http import HTTPStatus

from signed import digest_shown


def test_it_works_and_shows_who_is_ready(open_pages):
    pages = open_pages("ready")

    text = pages.as_("ines").get(pages.at("manifest", pages.exchange.manifest)).content.decode()

    assert "3 are cleared to travel and want to go" in text
    assert text.count("not given yet") == 2
    assert "Go to the line" in text


def test_the_other_party_does_not_see_it(open_pages):
    pages = open_pages("ready", "north")

    # A guest of south reads the manifest of both, but finds nothing to sign in north's house.
    manifest = pages.exchange.manifest
    assert pages.as_("samir").get(pages.at("manifest", manifest)).status_code == HTTPStatus.OK
    for name in ("manifest-sign", "receipt", "crossing"):
        response = pages.as_("samir").get(pages.at(name, manifest))
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_it_rejects_post(open_pages):
    pages = open_pages("frozen")

    response = pages.as_("ines").post(pages.at("manifest", pages.exchange.manifest))

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_only_persons_in_one_state_are_shown_when_asked_for(open_pages):
    pages = open_pages("ready")
    address = pages.at("manifest", pages.exchange.manifest)

    none = pages.as_("ines").get(address, {"state": "crossed"}).content.decode()

    assert all(line.code not in none for line in pages.lines())


def test_a_party_sees_exactly_the_lines_it_signs(open_pages):
    pages = open_pages("frozen", "north")
    client = pages.as_("noor")
    address = pages.at("manifest-sign", pages.exchange.manifest)

    shown = client.get(address).content.decode()
    signed = client.post(address, {"digest": digest_shown(shown)})

    assert all(line.code in shown for line in pages.lines())
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("manifest.accepted") == 1
    assert "Sign the list" not in client.get(signed["Location"]).content.decode()


def test_a_change_is_signed_on_a_page_that_shows_both_persons(open_pages):
    from repatria.operations.manifests import propose_substitution
    from repatria.terms import Role

    pages = open_pages("ready", "north")
    outgoing = pages.lines("south")[0].person
    desk = pages.installation.desk("nikolai", Role.NEGOTIATOR, clock=pages.exchange.clock)
    proposed = propose_substitution(
        desk, manifest_id=pages.exchange.manifest, outgoing=outgoing, reason="ill"
    )
    address = pages.at("substitution-accept", pages.exchange.manifest, proposed.substitution_id)

    shown = pages.as_("noor").get(address).content.decode()
    signed = pages.as_("noor").post(address, {"digest": digest_shown(shown)})

    assert "Rauf Uydurmali" in shown
    assert "Elnur Qondarmazade" in shown
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("substitution.accepted") == 1
    board = pages.as_("noor").get(signed["Location"]).content.decode()
    assert "Not in force yet" in board
    assert "signed by North" in board


def test_an_unknown_change_is_not_found(open_pages):
    pages = open_pages("ready", "north")
    address = pages.at("substitution-accept", pages.exchange.manifest, "substitution:x")

    assert pages.as_("noor").get(address).status_code == HTTPStatus.NOT_FOUND


def test_before_a_list_is_frozen_the_page_says_what_to_do(open_pages):
    pages = open_pages("planned")

    assert "No list is frozen yet" in pages.as_("ines").get(pages.at("manifests")).content.decode()


def test_frozen_lists_are_listed_with_their_signatures(open_pages):
    pages = open_pages("finished")

    text = pages.as_("ines").get(pages.at("manifests")).content.decode()

    assert "The bridge" in text
    assert "North, South" in text
