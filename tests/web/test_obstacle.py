"""An installation that must not sign says so on every page, and what to do."""

import pytest

from repatria.wiring.high_water import Standing
from repatria.wiring.installation import MARK_FILE

BANNER = "This installation signs nothing"
PAGES = ("/", "/lists/", "/persons/", "/terms/", "/packages/", "/keys/")


@pytest.fixture
def restored(here):
    """As after a backup was put back."""
    size, root = here.mark().read()
    here.mark().create(size, root, Standing.RESTORED)
    return here


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_so_and_can_be_read(restored, nadia, page):
    answer = nadia.get(page)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert BANNER in text
    assert "repatria heal" in text


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_so_when_nothing_is_in_the_way(here, nadia, page):
    assert BANNER not in nadia.get(page).content.decode()


def test_what_would_be_signed_is_answered_with_a_page_and_nothing_is_written(
    restored, nadia, log_size
):
    before = log_size()

    answer = nadia.post("/packages/make/", {"to": "south"})

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "log-not-healed" in text
    assert "repatria heal" in text
    assert log_size() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda here: (here.folder / MARK_FILE).unlink(), "is gone"),
        (lambda here: (here.folder / MARK_FILE).write_bytes(b"x"), "cannot be read"),
        (lambda here: here.mark().advance(10**6, b"\1" * 32), "older than what was signed"),
        (lambda here: here.mark().create(3, b"\1" * 32), "another log"),
    ],
)
def test_it_says_what_is_in_the_way(here, nadia, change, says):
    change(here)

    text = nadia.get("/").content.decode()

    assert BANNER in text
    assert says in text


def test_it_is_said_in_arabic_too(restored, nadia):
    nadia.cookies["django_language"] = "ar"

    text = nadia.get("/").content.decode()

    assert BANNER not in text
    assert "هذا التنصيب لا يوقّع شيئًا" in text


@pytest.mark.parametrize("name", ["samir", "tomas", "leyla", "mallory", None])
def test_those_who_sign_nothing_here_are_not_told(restored, browser, name):
    assert BANNER not in browser(name).get("/bulletins/").content.decode()


def test_without_the_keys_the_pages_can_be_read(restored, nadia, monkeypatch):
    """The mark cannot be read then, and nothing can be signed either."""
    from repatria.wiring import passphrases

    monkeypatch.delenv("REPATRIA_PASSPHRASE")
    monkeypatch.setattr(passphrases, "_opened", {})

    answer = nadia.get("/lists/")

    assert answer.status_code == 200
    assert BANNER not in answer.content.decode()
