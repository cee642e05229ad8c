import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


def test_it_works(nadia, here, log_size):
    page = nadia.get("/packages/").content.decode()
    assert here.public_key.fingerprint in page
    assert "made for" in page
    before = log_size()

    made = nadia.post("/packages/send/", {"to": "south"})

    assert len(made.content) > 100
    assert made["Content-Disposition"].startswith('attachment; filename="north-south-')
    assert log_size() == before + 1


def test_the_other_party_does_not_see_it(browser):
    guest = browser("samir")

    assert guest.get("/packages/").status_code == 404
    assert guest.post("/packages/send/", {"to": "south"}).status_code == 404
    assert guest.post("/packages/take-in/").status_code == 404


@pytest.mark.parametrize("name", ["tomas", "leyla", "mallory"])
def test_without_a_desk_there_are_no_packages(browser, name):
    assert browser(name).get("/packages/").status_code == 404


def test_it_rejects_get(nadia):
    assert nadia.get("/packages/send/").status_code == 405
    assert nadia.get("/packages/take-in/").status_code == 405


def test_a_refusal_shows_the_rule(nadia):
    answer = nadia.post("/packages/send/", {"to": "nobody"})

    assert answer.status_code == 409
    assert "never introduced here" in answer.content.decode()
    assert "first contact" in answer.content.decode()


def test_a_package_that_is_not_as_it_was_signed_changes_nothing(nadia, log_size):
    before = log_size()

    answer = nadia.post(
        "/packages/take-in/", {"file": SimpleUploadedFile("p.repatria", b"not a package")}
    )

    assert answer.status_code == 409
    assert "Not as it was signed" in answer.content.decode()
    assert log_size() == before


def test_a_form_without_a_file_is_not_found(nadia):
    assert nadia.post("/packages/take-in/").status_code == 404


def test_a_package_is_taken_in(told, tmp_path, monkeypatch):
    import shutil

    from django.contrib.auth.models import User
    from django.test import Client

    from repatria.terms import PartyCode, Role
    from repatria.wiring.accounts import open_account
    from repatria.wiring.desks import installation_here

    shutil.copytree(told.folder / "south", tmp_path / "south")
    monkeypatch.setenv("REPATRIA_HOME", str(tmp_path / "south"))
    south = installation_here()
    open_account(south, "samir", "made-up-for-tests", Role.REGISTRAR, PartyCode("south"))
    with south.open():
        client = Client()
        client.force_login(User.objects.get(username="samir"))

        done = client.post(
            "/packages/take-in/", {"file": SimpleUploadedFile("p.repatria", told.for_south)}
        )

        assert done.status_code == 303
        assert "taken in from" in client.get("/packages/").content.decode()
