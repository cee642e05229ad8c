"""Somebody logged in who asks and sends what no page offers: nothing is told, nothing breaks."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.slow

PASSWORD = "made-up-for-tests"
ODD = ("\x00", "\u202eABC", "A" * 30_000, "9" * 5_000, "-1", "%", "<script>alert(1)</script>")
SEARCHED = ("/persons/", "/claims/", "/claims/export/", "/persons/export/")
ADDRESSES = (*SEARCHED, "/lists/", "/review/", "/bulletins/", "/family/", "/packages/", "/plans/")


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("name", ["nadia", "samir", "leyla", "mallory", None])
def test_odd_values_in_addresses_break_no_page(browser, name):
    client = browser(name)
    for value in ODD:
        asked = dict.fromkeys(("q", "page", "custody", "measure", "decision", "lang"), value)
        for address in ADDRESSES:
            answer = client.get(address, asked)
            assert answer.status_code in (200, 302, 404, 405), address
            if answer.status_code == 200:
                assert b"<script>" not in b"".join(answer)


@pytest.mark.parametrize("value", ODD)
def test_odd_values_sent_break_no_page(nadia, lists, value):
    sent = dict.fromkeys(("q", "page", "status", "line", "code", "person", "digest"), value)
    pages = ("", "export/", "answer/", "suggested/")
    for address in (*SEARCHED, *(f"/lists/{lists.asked}/{page}" for page in pages)):
        assert nadia.post(address, sent).status_code in (200, 404, 405, 409, 422), address


@pytest.mark.parametrize("spelling", ["nadia", " nadia", "NADIA ", "ｎadia", "nadia\t"])
def test_another_spelling_of_an_account_gives_no_further_tries(here, spelling):
    for number in range(8):
        wrong = {"username": " " * number + "nadia", "password": "a guess"}
        assert Client().post("/login/", wrong).status_code == 200
    answer = Client().post("/login/", {"username": spelling, "password": PASSWORD})
    assert answer.status_code == 429


@pytest.mark.parametrize("next_page", ["https://evil.test/", "//evil.test", "/\\evil.test"])
def test_logging_in_leads_nowhere_else(here, next_page):
    sent = {"username": "nadia", "password": PASSWORD, "next": next_page}
    answer = Client().post("/login/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_session_that_was_there_before_is_not_the_one_after_logging_in(here):
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    client.post("/login/", {"username": "nadia", "password": PASSWORD})
    assert client.cookies["sessionid"].value != "a" * 32
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Strict"


@pytest.mark.parametrize("name", ["samir", "tomas", "leyla", "mallory"])
def test_who_does_not_sit_here_writes_nothing(browser, lists, log_size, name):
    from repatria.store import models

    client, before = browser(name), log_size()
    pair = models.PairRow.objects.first().subject[5:]
    addresses = (
        "/lists/import/", "/lists/import/apply/", "/lists/import/unreadable/", "/packages/make/",
        "/packages/inbox/upload/", "/packages/give-back/", f"/lists/{lists.asked}/answer/",
        f"/lists/{lists.asked}/suggested/", f"/lists/{lists.asked}/compare/",
        f"/review/{pair}/decide/",
    )  # fmt: skip
    for address in addresses:
        sent = {"to": "south", "decision": "same", "reason": "it is", "confirmed": "1"}
        assert client.post(address, sent).status_code == 404, address
    assert log_size() == before


def test_a_page_that_is_not_yours_and_one_that_is_not_there_look_the_same(browser, lists):
    from repatria.store import models

    client = browser("samir")
    pair = models.PairRow.objects.filter(seen_by="north").first().subject[5:]
    person = models.PersonRow.objects.filter(seen_by="north").first().subject[7:]
    for room, token in (("lists", lists.held), ("review", pair), ("persons", person)):
        not_his = client.get(f"/{room}/{token}/")
        if room == "review":
            assert not_his.status_code == 404
        if not_his.status_code == 404:
            missing = client.get(f"/{room}/{'x' * len(token)}/")
            assert missing.status_code == 404
            assert said_on(not_his, token) == said_on(missing, "x" * len(token))


def said_on(answer, token):
    """A page without what is drawn anew each time, and without the id that was asked for."""
    text = answer.content.decode().replace(token, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_without_the_form_s_token_nothing_is_sent(here, lists):
    from django.contrib.auth.models import User

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="nadia"))
    for address in ("/packages/make/", f"/lists/{lists.asked}/answer/", "/logout/"):
        assert client.post(address, {"to": "south"}).status_code == 403, address
    # The language alone needs none: public pages set no cookie, and it writes nothing.
    answer = client.post("/language/", {"language": "ar", "next": "https://elsewhere.example/"})
    assert answer.status_code == 302
    assert "elsewhere" not in answer.url
