import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

GOOD = "No;Name;Date of birth\n1;Hayk Horinvats;1991\n2;Sona Stvats;17.05.1993\n"
MIXED = GOOD + "3;Davit Chka;31.02.1990\n"
OF_LIST = {"title": "Second list", "population": "claimed", "to": "south"}


def _upload(client, text, name="Second list.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/lists/import/", {**OF_LIST, "file": file})


def _uploads(here):
    return sorted((here.folder / "inbox" / "uploads").iterdir())


def test_it_works(nadia, here, log_size, hidden):
    before = log_size()
    page = _upload(nadia, GOOD)
    assert "Hayk Horinvats" in page.content.decode()
    assert log_size() == before

    done = nadia.post(
        "/lists/import/apply/",
        {**OF_LIST, "digest": hidden(page, "digest"), "filename": hidden(page, "filename")},
    )

    assert done.status_code == 303
    assert "17 May 1993" in nadia.get(done["Location"]).content.decode()
    assert _uploads(here) == []


def test_the_other_party_does_not_see_it(browser):
    guest = browser("samir")

    assert guest.get("/lists/import/").status_code == 404
    assert _upload(guest, GOOD).status_code == 404
    assert guest.post("/lists/import/unreadable/").status_code == 404


def test_it_rejects_get(nadia):
    assert nadia.get("/lists/import/apply/").status_code == 405
    assert nadia.get("/lists/import/unreadable/").status_code == 405


def test_a_refusal_shows_the_rule(browser, nadia):
    negotiator = _upload(browser("nazim"), GOOD)
    no_list = _upload(nadia, "just;some\nwords;here\n")

    assert negotiator.status_code == 409
    assert "Your role does not do this" in negotiator.content.decode()
    assert no_list.status_code == 422
    assert "headings with a column of names" in no_list.content.decode()
    assert "Second list.csv" in no_list.content.decode()


def test_the_form_says_what_is_missing(nadia):
    assert nadia.get("/lists/import/").status_code == 200

    answer = nadia.post("/lists/import/", {"title": ""})

    assert answer.status_code == 422


def test_a_file_waits_where_only_its_owner_reads_it(nadia, here, hidden):
    page = _upload(nadia, GOOD)
    (waiting,) = _uploads(here)

    assert waiting.name == hidden(page, "digest")
    assert waiting.stat().st_mode & 0o777 == 0o600


def test_a_file_is_forgotten_after_a_day(nadia, here):
    _upload(nadia, GOOD)
    (waiting,) = _uploads(here)
    yesterday = time.time() - 25 * 60 * 60
    os.utime(waiting, (yesterday, yesterday))

    _upload(nadia, MIXED)

    assert waiting not in _uploads(here)


def test_rows_that_cannot_be_read_are_shown_and_given_back(nadia, hidden):
    page = _upload(nadia, MIXED)
    back = nadia.post("/lists/import/unreadable/", {"digest": hidden(page, "digest")})

    assert "no such day in the calendar" in page.content.decode()
    assert "Davit Chka" in back.content.decode()
    assert "Hayk" not in back.content.decode()


def test_the_same_file_again_changes_nothing(nadia, log_size, hidden):
    for _ in range(2):
        page = _upload(nadia, GOOD)
        context = {"digest": hidden(page, "digest"), "filename": "x.csv"}
        done = nadia.post("/lists/import/apply/", {**OF_LIST, **context})
        size = log_size()

    assert "changes nothing" in page.content.decode()
    assert done["Location"] == "/lists/"
    assert log_size() == size


def test_a_changed_line_says_what_differs(nadia, hidden):
    page = _upload(nadia, GOOD)
    nadia.post(
        "/lists/import/apply/",
        {**OF_LIST, "digest": hidden(page, "digest"), "filename": "x.csv"},
    )

    again = _upload(nadia, GOOD.replace("1991", "1992"))

    page = again.content.decode()
    assert "What differs" in page
    assert "date of birth</td>" in page.split("What differs")[1]


@pytest.mark.parametrize("digest", ["", "../../node.key", "a" * 64])
def test_no_other_file_can_be_had(nadia, digest):
    unreadable = nadia.post("/lists/import/unreadable/", {"digest": digest})
    apply = nadia.post("/lists/import/apply/", {**OF_LIST, "digest": digest, "filename": "x"})

    assert unreadable.status_code == apply.status_code == 404
