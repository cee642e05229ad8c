"""Two files are compared on a page; nothing of them stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

LEFT = "id,name,dob\nA-1,Hayk Horinvats,1991\nA-2,Sona Stvats,17.05.1993\n"
RIGHT = "id,name,dob\nB-1,Гайк Горинвац,1991\nB-2,Sona Stvats,1993-05-17\n"


def _post(client, left=LEFT, right=RIGHT, **more):
    files = {"left": SimpleUploadedFile("Left list.csv", left.encode())}
    if right:
        files["right"] = SimpleUploadedFile("Right list.csv", right.encode())
    return client.post("/lists/match/", {"format": "page", **files, **more})


@pytest.fixture
def nothing_is_kept(here, log_size):
    """After the test: no file and no statement more than before."""
    before = log_size()
    yield
    assert log_size() == before
    kept = [path for path in (here.folder / "inbox").rglob("*") if path.is_file()]
    assert kept == []


def test_it_works(nadia, nothing_is_kept):
    page = _post(nadia)
    text = page.content.decode()

    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert all(said in text for said in ("Sona Stvats", "A-2", "B-2", 'data-decision="link"'))
    assert "17 May 1993" in text


def test_what_is_likely_is_never_shown_as_certain(nadia, nothing_is_kept):
    left = "id,name,dob\nA-1,Xachik Vardumov Testovich,17.05.1993\n"
    text = _post(nadia, left, left.replace("A-1", "B-1")).content.decode()

    assert "99.9" in text
    assert "100.0" not in text


def test_one_file_is_compared_with_itself(nadia, nothing_is_kept):
    page = _post(nadia, LEFT + "A-3,Sona Stvats,1993\n", right="")

    assert "Pairs within one list" in page.content.decode()
    assert "A-3" in page.content.decode()


def test_who_stands_in_a_list_twice_is_named(nadia, nothing_is_kept):
    page = _post(nadia, LEFT + "A-3,Sona Stvats,17.05.1993\n", right=RIGHT)
    text = page.content.decode()

    assert "one person seems to stand in it more than once" in text
    assert "<bdi>A-2</bdi> = <bdi>A-3</bdi>" in text


def test_the_other_party_and_other_roles_do_not_see_it(browser):
    assert browser("samir").get("/lists/match/").status_code == 404
    assert _post(browser("samir")).status_code == 404
    refused = _post(browser("nazim"))
    assert refused.status_code == 409
    assert "Stvats" not in refused.content.decode()


def test_bad_rows_are_named_by_file_row_and_column(nadia, nothing_is_kept):
    page = _post(nadia, right=RIGHT + "B-3,Davit Chka,31.02.1990\nB-1,Davit Chka,1990\n")
    text = page.content.decode()

    assert page.status_code == 422
    assert "2 rows cannot be read, and nothing was compared" in text
    assert "Right list.csv" in text
    assert "row 4" in text
    assert "dob" in text
    assert "an earlier row has the same id" in text
    assert "Davit" not in text


def test_a_file_that_is_no_list_is_refused_by_its_own_name(nadia, nothing_is_kept):
    page = _post(nadia, left="%PDF-1.7")

    assert page.status_code == 422
    assert "Left list.csv" in page.content.decode()


def test_a_form_without_a_file_asks_again(nadia):
    assert nadia.post("/lists/match/", {"format": "page"}).status_code == 422


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_pairs_can_be_taken_away(nadia, nothing_is_kept, form, begins):
    answer = _post(nadia, format=form)

    assert answer.content.startswith(begins)
    assert f'filename="pairs.{form}"' in answer["Content-Disposition"]
    if form == "csv":
        assert "A-2,B-2," in answer.content.decode()


def test_no_more_pairs_are_shown_than_a_page_holds(nadia, monkeypatch):
    from repatria.web.lists import matching

    monkeypatch.setattr(matching, "PAIRS_SHOWN", 1)
    text = _post(nadia).content.decode()

    assert text.count("data-decision=") == 1
    assert "The 1 likeliest of 2 pairs" in text


def test_names_may_be_looked_at_alone(nadia, nothing_is_kept):
    page = _post(nadia, left=LEFT.replace("1991", "nonsense"), names_only="on")

    assert page.status_code == 200
    assert "A-1" in page.content.decode()
