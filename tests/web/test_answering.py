def test_it_works(nadia, lists, row_of, log_size):
    line = row_of(lists.asked, 3).subject[5:]
    said = {"line": [line], "code": "held", "person": "N-3", "note": "as registered"}
    before = log_size()

    shown = nadia.post(f"/lists/{lists.asked}/answer/", said)
    assert "This will be said" in shown.content.decode()
    assert log_size() == before

    done = nadia.post(f"/lists/{lists.asked}/answer/", {**said, "confirmed": "yes"})
    assert done.status_code == 303
    assert log_size() == before + 1
    assert row_of(lists.asked, 3).status == "answered_held"


def test_the_other_party_does_not_see_it(browser, lists, row_of):
    line = row_of(lists.asked, 3).subject[5:]

    answer = browser("samir").post(
        f"/lists/{lists.asked}/answer/", {"line": [line], "code": "not_held", "confirmed": "yes"}
    )

    assert answer.status_code == 404
    assert row_of(lists.asked, 3).status == "listed"


def test_it_rejects_get(nadia, lists):
    assert nadia.get(f"/lists/{lists.asked}/answer/").status_code == 405


def test_a_refusal_shows_the_rule(nadia, lists, row_of, log_size):
    line = row_of(lists.asked, 3).subject[5:]
    before = log_size()

    answer = nadia.post(
        f"/lists/{lists.asked}/answer/", {"line": [line], "code": "held", "confirmed": "yes"}
    )
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "name the record in your register" in page
    assert "GC III art. 122" in page
    assert log_size() == before


def test_a_role_that_may_not_is_told_so(browser, lists, row_of):
    line = row_of(lists.asked, 3).subject[5:]

    answer = browser("nazim").post(
        f"/lists/{lists.asked}/answer/", {"line": [line], "code": "not_held", "confirmed": "yes"}
    )

    assert answer.status_code == 409
    assert "Your role does not do this" in answer.content.decode()


def test_several_lines_are_answered_at_once(nadia, lists, row_of):
    chosen = [row_of(lists.asked, number).subject[5:] for number in (3, 5)]

    nadia.post(
        f"/lists/{lists.asked}/answer/",
        {"line": chosen, "code": "searching", "confirmed": "yes"},
    )

    assert row_of(lists.asked, 3).status == "answered_searching"
    assert row_of(lists.asked, 5).status == "answered_searching"
    assert row_of(lists.asked, 1).status == "listed"


def test_a_repeat_is_given_by_the_number_of_the_line(nadia, lists, row_of):
    line = row_of(lists.asked, 4).subject[5:]

    nadia.post(
        f"/lists/{lists.asked}/answer/",
        {"line": [line], "code": "duplicate", "duplicate_of": "1", "confirmed": "yes"},
    )

    assert row_of(lists.asked, 4).duplicate_of == row_of(lists.asked, 1).subject


def test_a_record_or_a_line_that_is_not_there_is_said(nadia, lists, row_of):
    line = row_of(lists.asked, 4).subject[5:]
    address = f"/lists/{lists.asked}/answer/"

    unknown = nadia.post(address, {"line": [line], "code": "held", "person": "N-99"})
    beyond = nadia.post(address, {"line": [line], "code": "duplicate", "duplicate_of": "99"})

    assert unknown.status_code == beyond.status_code == 409
    assert "no such record" in unknown.content.decode()
    assert "no such line" in beyond.content.decode()


def test_a_form_that_cannot_be_understood_says_so(nadia, lists, row_of):
    line = row_of(lists.asked, 4).subject[5:]
    address = f"/lists/{lists.asked}/answer/"

    nobody = nadia.post(address, {"code": "not_held"})
    no_date = nadia.post(address, {"line": [line], "code": "dead", "on": "01/02/1990"})

    assert nobody.status_code == no_date.status_code == 422
    assert "No line was chosen" in nobody.content.decode()
    assert "1994-05-17" in no_date.content.decode()


def test_a_list_that_was_not_put_to_us_is_not_answered(nadia, lists, row_of):
    line = row_of(lists.held, 1).subject[5:]

    answer = nadia.post(f"/lists/{lists.held}/answer/", {"line": [line], "code": "not_held"})

    assert answer.status_code == 404


def test_suggestions_are_said_only_when_somebody_confirms(nadia, lists, row_of, log_size, hidden):
    address = f"/lists/{lists.asked}/suggested/"
    before = log_size()
    page = nadia.get(address)
    assert log_size() == before

    left_out = row_of(lists.asked, 5).subject[5:]
    done = nadia.post(address, {"digest": hidden(page, "digest"), "leave_out": [left_out]})

    assert done.status_code == 303
    assert row_of(lists.asked, 1).status == "answered_not_held"
    assert row_of(lists.asked, 5).status == "listed"
    assert log_size() == before + 4


def test_suggestions_that_changed_meanwhile_are_shown_again(nadia, lists, log_size):
    before = log_size()

    answer = nadia.post(f"/lists/{lists.asked}/suggested/", {"digest": "of something else"})

    assert answer.status_code == 409
    assert "Something changed while you were reading" in answer.content.decode()
    assert log_size() == before
