"""From the check of a list to the signature under it, on pages."""

import pytest


@pytest.fixture
def post(nadia, lists):
    """A function that sends a form to a page of the list south asked with."""

    def send(page, form=None):
        return nadia.post(f"/lists/{lists.asked}/{page}/", form or {})

    return send


def test_a_check_finds_the_repeat_and_its_answers_are_said_only_when_chosen(
    post, nadia, lists, row_of, hidden
):
    assert post("check").status_code == 303
    page = nadia.get(f"/lists/{lists.asked}/check/answers/")

    assert "will be signed" in page.content.decode()
    sent = post("check/answers", {"digest": hidden(page, "digest"), "code": ["duplicate"]})

    assert sent.status_code == 303
    assert [row_of(lists.asked, n).status for n in (1, 4)] == ["listed", "answered_duplicate"]
    assert row_of(lists.asked, 4).duplicate_of == row_of(lists.asked, 1).subject


def test_a_list_with_open_lines_is_not_signed_and_every_reason_is_named(post, nadia, lists, hidden):
    page = nadia.get(f"/lists/{lists.asked}/sign/")
    refused = post("sign", {"digest": hidden(page, "digest")})

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Some lines have no answer yet." in text
    assert "Look through the list as it now is before you sign it." in text


def test_once_every_line_is_answered_the_list_is_signed(post, nadia, lists, hidden, log_size):
    post("check")
    page = nadia.get(f"/lists/{lists.asked}/check/answers/")
    codes = ["duplicate", "held", "not_held", "already_released", "searching"]
    post("check/answers", {"digest": hidden(page, "digest"), "code": codes})
    page = nadia.get(f"/lists/{lists.asked}/sign/")
    before = log_size()

    assert post("sign", {"digest": hidden(page, "digest")}).status_code == 303
    assert log_size() == before + 1
    assert "Your party has signed" in nadia.get(f"/lists/{lists.asked}/sign/").content.decode()


def test_what_was_found_and_what_changed_leave_as_files_that_calculate_nothing(post, nadia, lists):
    post("check")
    nadia.get(f"/lists/{lists.asked}/found/")

    for page in ("found/export", "changes/export"):
        sent = post(page, {"format": "csv"})
        assert sent["Content-Type"].startswith("text/csv")
        assert "\r\n=" not in sent.content.decode()


def test_an_answer_given_twice_is_shown_with_both_words(nadia, post, lists, row_of):
    line = row_of(lists.asked, 5)
    for code in ("searching", "not_held"):
        form = {"line": line.subject[5:], "code": code, "confirmed": "yes"}
        nadia.post(f"/lists/{lists.asked}/answer/", form)

    page = nadia.get(f"/lists/{lists.asked}/dialogue/").content.decode()
    history = nadia.get(f"/lists/{lists.asked}/lines/{line.subject[5:]}/").content.decode()

    assert "What was said first stays to be read" in page
    assert history.count("answered about a list line") == 2
