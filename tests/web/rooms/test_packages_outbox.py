"""The outbox: made, carried, receipted, taken back."""

import shutil

import pytest

from conftest import forget
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import PartyCode, Role
from repatria.wiring.installation import Installation


def text(answer):
    return answer.content.decode()


@pytest.fixture
def made(nadia):
    """A package that north's registrar has just made on a page: its address."""
    answer = nadia.post("/packages/make/", {"to": "south"})
    assert answer.status_code == 303
    return answer["Location"]


def test_it_works(nadia, here, log_size):
    before = log_size()

    address = nadia.post("/packages/make/", {"to": "south", "until": "2031-03-01"})["Location"]
    page = text(nadia.get(address))
    file = nadia.get(f"{address}file/")

    assert log_size() == before + 1
    assert "no receipt yet" in page
    assert "1 March 2031" in page
    assert file.content.startswith(b"age-encryption.org/v1")
    assert 'filename="north-to-south-' in file["Content-Disposition"]
    assert len(list((here.folder / "outbox").iterdir())) == 1


def test_the_other_party_does_not_see_it(browser, made):
    guest = browser("samir")

    for address in (made, f"{made}file/", "/packages/outbox/", "/packages/passed/", "/packages/"):
        assert guest.get(address).status_code == 404
    assert guest.post(f"{made}revoke/", {"reason": "x"}).status_code == 404
    assert guest.post("/packages/make/", {"to": "north"}).status_code == 404
    assert guest.post("/packages/give-back/", {"to": "north"}).status_code == 404


@pytest.mark.parametrize("name", ["tomas", "leyla", "mallory"])
def test_without_a_desk_there_are_no_packages(browser, name):
    for address in ("/packages/", "/packages/inbox/", "/packages/outbox/", "/packages/passed/"):
        assert browser(name).get(address).status_code == 404


def test_it_rejects_get(nadia, made):
    for address in ("/packages/make/", "/packages/give-back/", f"{made}revoke/"):
        assert nadia.get(address).status_code == 405


def test_a_party_that_nobody_knows_and_a_day_that_is_none_make_nothing(nadia, log_size):
    before = log_size()

    for asked in ({"to": "nobody"}, {}, {"to": "south", "until": "soon"}, {"to": "north"}):
        assert nadia.post("/packages/make/", asked).status_code == 303

    assert log_size() == before


def test_a_refusal_shows_the_rule(nadia):
    answer = nadia.post("/packages/give-back/", {"to": "nobody"})

    assert answer.status_code == 409
    assert "never introduced here" in text(answer)


def test_what_was_taken_back_says_so_and_cannot_be_taken_back_without_a_reason(nadia, made):
    assert nadia.post(f"{made}revoke/", {"reason": ""}).status_code == 422
    assert nadia.post(f"{made}revoke/", {"reason": "wrong list"}).status_code == 303

    assert "It was taken back:" in text(nadia.get(made))
    assert "taken back" in text(nadia.get("/packages/outbox/"))


def test_a_role_that_may_not_take_back_is_refused(nadia, here, made, browser):
    from repatria.wiring.accounts import open_account

    open_account(here, "petra", "made-up-for-tests", Role.PRESS, PartyCode("north"))
    petra = browser("petra")

    assert "Take it back" not in text(petra.get(made))
    refused = petra.post(f"{made}revoke/", {"reason": "x"})
    assert refused.status_code == 409
    assert "Your role does not do this" in text(refused)


def test_a_receipt_moves_the_card_and_the_row(nadia, here, told, tmp_path, made):
    raw = nadia.get(f"{made}file/").content
    shutil.copytree(told.folder / "south", tmp_path / "south")
    south = Installation.at(tmp_path / "south")
    with south.open():
        desk = south.desk("clerk", Role.REGISTRAR)
        take_in_package(desk, raw)
        answer = send_package(desk, to=PartyCode("north"))
    forget(south.alias)
    before = text(nadia.get("/packages/"))
    (here.folder / "inbox" / "answer.repatria").write_bytes(answer.raw)

    nadia.post(f"/packages/inbox/{answer.digest}/accept/")

    assert "0 of our" in before
    assert "0 of our" not in text(nadia.get("/packages/"))
    assert "receipted" in text(nadia.get(made))
    assert "No word since" in text(nadia.get("/packages/"))


def test_rows_are_searched_filtered_and_taken_away(nadia, made):
    digest = made.split("/")[3]

    assert digest[:12] in text(nadia.get("/packages/outbox/", {"q": digest[:5].upper()}))
    assert "No package fits" in text(nadia.get("/packages/outbox/", {"q": "zz"}))
    assert digest[:12] not in text(nadia.get("/packages/outbox/", {"state": "receipted"}))
    table = nadia.post("/packages/outbox/export/", {"format": "csv", "q": digest})
    passed = nadia.post("/packages/passed/export/", {"format": "xlsx", "direction": "sent"})
    assert text(table).count("\r\n") == 2
    assert passed.content.startswith(b"PK")
    assert digest[:12] in text(nadia.get("/packages/passed/", {"direction": "sent"}))
    assert digest[:12] not in text(nadia.get("/packages/passed/", {"direction": "received"}))


def test_a_file_that_is_gone_says_what_to_do(nadia, here, made):
    for path in (here.folder / "outbox").iterdir():
        path.unlink()

    assert "Make a new package instead" in text(nadia.get(made))
    assert nadia.get(f"{made}file/").status_code == 404


def test_a_small_package_is_also_a_picture(nadia, here, told, tmp_path, made):
    assert "QR code of the package" not in text(nadia.get(made))
    raw = nadia.get(f"{made}file/").content
    shutil.copytree(told.folder / "south", tmp_path / "south")
    south = Installation.at(tmp_path / "south")
    with south.open():
        desk = south.desk("clerk", Role.REGISTRAR)
        take_in_package(desk, raw)
        answer = send_package(desk, to=PartyCode("north"))
    forget(south.alias)
    (here.folder / "inbox" / "answer.repatria").write_bytes(answer.raw)
    nadia.post(f"/packages/inbox/{answer.digest}/accept/")

    small = nadia.post("/packages/make/", {"to": "south"})["Location"]

    page = text(nadia.get(small))
    assert "QR code of the package" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' in page


def test_our_keyring_is_handed_over_as_a_file(nadia, here):
    answer = nadia.get("/packages/our-keyring/")

    assert text(answer) == here.keyring.envelope.text
    assert 'filename="north.keyring"' in answer["Content-Disposition"]
