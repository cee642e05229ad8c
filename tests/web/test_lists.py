import io

import pytest


def test_it_works(nadia, lists):
    page = nadia.get("/lists/").content.decode()
    one = nadia.get(f"/lists/{lists.asked}/").content.decode()

    assert "0 of 5" in page
    assert '<bdi lang="und-Latn" dir="auto">Aram Sintetyan</bdi>' in one
    assert "17 May 1990" in one


def test_the_other_party_does_not_see_it(browser, lists):
    guest = browser("samir")

    assert guest.get("/lists/import/").status_code == 404
    assert guest.get(f"/lists/{lists.asked}/suggested/").status_code == 404
    assert guest.post(f"/lists/{lists.asked}/answer/").status_code == 404
    assert guest.post(f"/lists/{lists.asked}/compare/").status_code == 404


@pytest.mark.parametrize("name", ["tomas", "leyla", "mallory"])
def test_without_a_desk_there_is_no_list(browser, lists, name):
    for address in ("", "import/", f"{lists.asked}/", f"{lists.asked}/export/"):
        assert browser(name).get(f"/lists/{address}").status_code == 404


def test_it_rejects_get(nadia, lists):
    for address in (f"{lists.asked}/answer/", f"{lists.asked}/compare/", "import/apply/"):
        assert nadia.get(f"/lists/{address}").status_code == 405


def test_a_list_that_is_not_there_is_not_found(nadia):
    assert nadia.get("/lists/2222222222222222/").status_code == 404


def test_names_are_searched_without_standing_in_the_address(nadia, lists):
    answer = nadia.post(f"/lists/{lists.asked}/", {"q": "vardan"})
    page = answer.content.decode()

    assert "Vardan Hnarovi" in page
    assert "Lusine Otarian" not in page
    assert answer["Cache-Control"] == "no-store"


def test_a_search_that_finds_nobody_says_what_to_try(nadia, lists):
    page = nadia.post(f"/lists/{lists.asked}/", {"q": "montgomery"}).content.decode()

    assert "No line fits" in page


def test_lines_are_filtered_by_their_answer(nadia, lists):
    some = nadia.get(f"/lists/{lists.asked}/?status=listed").content.decode()
    none = nadia.get(f"/lists/{lists.asked}/?status=answered_held").content.decode()

    assert "5 lines" in some
    assert "No line fits" in none


def test_what_cannot_be_understood_shows_everything(nadia, lists):
    page = nadia.get(f"/lists/{lists.asked}/?page=zero&status=strange").content.decode()

    assert "5 lines" in page


def test_a_line_shows_the_records_it_was_compared_with(nadia, lists, row_of):
    row = row_of(lists.asked, 2)

    page = nadia.get(f"/lists/{lists.asked}/lines/{row.subject[5:]}/").content.decode()

    assert "Answer this line" in page
    assert page.count("Vardan Hnarovi") >= 3


def test_the_text_file_guards_what_a_spreadsheet_would_calculate(nadia, lists):
    answer = nadia.post(f"/lists/{lists.asked}/export/", {"format": "csv"})
    text = answer.content.decode("utf-8")

    assert text.startswith("\ufeffLine,Name")
    assert "'@Narek Uydurma" in text
    assert "Aram" not in answer["Content-Disposition"]


def test_the_workbook_holds_text_only(nadia, lists):
    from openpyxl import load_workbook

    answer = nadia.post(f"/lists/{lists.asked}/export/", {"format": "xlsx", "q": "narek"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert "@Narek Uydurma" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


def test_whoever_fears_false_links_gets_fewer_proposed(nadia, lists, here):
    address = f"/lists/{lists.held}/compare/"

    assert nadia.post(address, {"care": "50"})["Location"] == f"/lists/{lists.held}/repeats/"
    assert nadia.post(address, {"care": "lots"}).status_code == 404


def test_comparing_leads_to_the_pairs(nadia, lists):
    answer = nadia.post(f"/lists/{lists.asked}/compare/", {"other": lists.held})

    assert answer.status_code == 303
    assert answer["Location"] == f"/review/?list={lists.asked}&other={lists.held}"


def test_of_a_list_of_persons_held_no_answer_is_awaited(nadia, lists):
    page = nadia.get(f"/lists/{lists.held}/").content.decode()

    assert "No answer is asked." in page
    assert "no answer yet" not in page
