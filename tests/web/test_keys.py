"""The page of keys: what is read aloud at a meeting, and nothing private."""

import html
import re

import pytest
from django.utils.translation import override

from conftest import CHEAP, PASSPHRASE, QUICK_KEYS
from repatria.ledger.fingerprint import words_of
from repatria.wiring.desks import installation_here
from repatria.wiring.rotation import adopt, propose


@pytest.fixture
def page(nadia):
    """A function that gives the page as it is shown now."""
    return lambda: html.unescape(nadia.get("/keys/").content.decode())


def test_it_works(page, here):
    text = page()

    assert here.keyring.fingerprint in text
    assert " ".join(words_of(here.keyring.digest)) in text
    assert here.public_key.fingerprint in text
    assert text.count("<svg") == 2
    assert "North" in text
    assert "South" in text
    assert "repatria keyring propose" in text


def test_the_other_party_does_not_see_it(browser):
    assert browser("samir").get("/keys/").status_code == 404


def test_everybody_at_the_desk_reads_it(browser):
    assert browser("nazim").get("/keys/").status_code == 200


def test_it_rejects_post(nadia):
    assert nadia.post("/keys/").status_code == 405


def test_it_writes_nothing(page, log_size):
    before = log_size()

    page()

    assert log_size() == before


def test_nothing_private_is_on_it(page, here):
    node, text = here.node(), page()

    for secret in node.to_json().values():
        assert secret not in text
    assert "AGE-SECRET" not in text.upper()


def test_after_a_rotation_both_keys_and_both_versions_are_shown(page, here):
    envelope = propose(here, passphrase=PASSPHRASE, cost=CHEAP).envelope
    adopt(here, envelope.signed_by(QUICK_KEYS["roots"].keys[0]).text)
    size = here.keyring  # as it was
    now = installation_here()

    text = page()

    assert now.public_key.fingerprint in text
    assert size.newest.key.fingerprint in text
    assert re.search(
        r"<bdi>node-1</bdi></th>.*?</code></td><td class=\"number\">1</td><td>\d+", text
    )
    assert text.count("<td>in use</td>") == 2


def test_in_arabic_the_fingerprints_still_run_from_left_to_right(nadia, here):
    nadia.post("/language/", {"language": "ar", "next": "/keys/"})

    with override("en"):  # and back again, for the tests that follow
        text = nadia.get("/keys/").content.decode()

    assert 'dir="rtl"' in text
    assert f'<code dir="ltr">{here.keyring.fingerprint}</code>' in text
    assert "البصمة" in text
