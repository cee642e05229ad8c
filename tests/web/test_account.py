import pytest
from django.urls import reverse

PASSWORD = "made-up-for-tests"


def test_it_works(nadia):
    page = nadia.get("/").content.decode()

    assert "lines wait for your answer" in page
    assert "pairs of records: the same person?" in page


def test_the_other_party_does_not_see_it(browser):
    guest = browser("samir").get("/").content.decode()

    assert "You read here as a guest" in guest
    assert "lines wait for your answer" not in guest


def test_it_rejects_post(nadia):
    assert nadia.post("/").status_code == 405


@pytest.mark.parametrize("name", ["tomas", "leyla", "mallory"])
def test_somebody_without_a_desk_is_told_where_to_read(browser, name):
    page = browser(name).get("/")

    assert page.status_code == 200
    assert "lines wait" not in page.content.decode()


def test_nobody_is_asked_to_log_in_first_and_comes_back(browser):
    answer = browser().get("/persons/")

    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/persons/"


def test_name_and_password_let_somebody_in(browser):
    client = browser()

    wrong = client.post("/login/", {"username": "nadia", "password": "something else"})
    right = client.post("/login/", {"username": "nadia", "password": PASSWORD})

    assert "do not fit together" in wrong.content.decode()
    assert right.status_code == 302
    assert client.get("/").status_code == 200


def test_logging_out_takes_a_post_and_ends_it(nadia):
    assert nadia.get("/logout/").status_code == 405

    nadia.post("/logout/")

    assert nadia.get("/").status_code == 302


def test_the_page_turns_around_in_arabic(nadia):
    nadia.post("/language/", {"language": "ar", "next": "/"})

    page = nadia.get("/").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "bootstrap.rtl.min.css" in page


def test_a_page_that_is_not_there_is_not_found_for_everybody(browser):
    assert browser().get("/nothing/").status_code == 404
    assert browser("nadia").get("/nothing/").status_code == 404


def test_what_a_desk_reads_is_never_stored(nadia):
    assert nadia.get("/lists/")["Cache-Control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(nadia, lists):
    for address in (
        "/",
        "/lists/",
        f"/lists/{lists.asked}/",
        "/persons/",
        "/review/",
        "/packages/",
    ):
        answer = nadia.get(address)
        page = answer.content.decode()

        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "//" not in page.replace("http://www.w3.org/2000/svg", "").split("<body>")[1]


def test_everything_a_page_loads_is_here(nadia):
    from django.contrib.staticfiles import finders

    page = nadia.get("/").content.decode()
    loaded = [part.split('"')[0] for part in page.split("/static/")[1:]]

    assert len(loaded) >= 5
    assert all(finders.find(name) for name in loaded)


def test_a_form_without_its_token_is_refused(here):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(reverse("login"), {})

    assert answer.status_code == 403
    assert "The form is too old" in answer.content.decode()


def test_outside_of_tests_a_password_costs_a_guesser_sixteen_megabytes():
    from django.contrib.auth.hashers import ScryptPasswordHasher, check_password
    from django.utils.module_loading import import_string

    from repatria.site import settings as shipped

    usual = import_string(shipped.PASSWORD_HASHERS[0])
    assert usual is ScryptPasswordHasher
    kept = usual().encode(PASSWORD, salt="salt")
    cost = usual().decode(kept)
    assert 128 * cost["block_size"] * cost["work_factor"] >= 16 * 1024**2
    assert check_password(PASSWORD, kept)


@pytest.mark.slow
def test_whoever_guesses_too_often_has_to_wait(browser):
    from django.core.cache import cache

    from repatria.web.account.patience import TRIES

    cache.clear()
    client = browser()
    for _ in range(TRIES):
        client.post("/login/", {"username": "nadia", "password": "a guess"})

    late = client.post("/login/", {"username": "Nadia", "password": PASSWORD})
    other = client.post("/login/", {"username": "tomas", "password": PASSWORD})
    cache.clear()

    assert late.status_code == 429
    assert "Wait a quarter of an hour" in late.content.decode()
    assert other.status_code == 302


@pytest.mark.slow
def test_the_right_password_ends_the_counting(browser):
    from repatria.web.account.patience import TRIES

    client = browser()
    for _ in range(TRIES - 1):
        client.post("/login/", {"username": "nadia", "password": "a guess"})
    client.post("/login/", {"username": "nadia", "password": PASSWORD})
    client.post("/logout/")
    client.post("/login/", {"username": "nadia", "password": "a guess"})

    assert client.post("/login/", {"username": "nadia", "password": PASSWORD}).status_code == 302


def test_work_about_a_thing_without_a_page_of_its_own_leads_to_all_of_its_kind(here):
    from repatria.store.queries.work import Work
    from repatria.web.account.views import _task

    terms = _task(Work(code="accept-terms", count=1, about="terms:t1"))
    manifest = _task(Work(code="sign-manifest", count=1, about="manifest:m1"))

    assert terms.address == "/terms/"
    assert manifest.address == "/manifests/m1/"


def test_the_address_a_server_calls_is_there(here):
    from repatria.site.wsgi import application

    assert callable(application)
