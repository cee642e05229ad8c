import json
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from repatria.store.queries.tokens import account_of_token
from repatria.store.tokens import drop_tokens, keep_token

OWN = ("api-peers", "api-packages")
ROUTES = ("api-lists", "api-persons", "api-plans", "api-claims", "api-bulletins", *OWN)


@pytest.fixture
def ask(open_pages):
    """A function that reads a route with an account's token: (account, route, *args)."""
    pages = open_pages("finished")

    def get(account, route, *args, **query):
        keep_token(f"token of {account}", account=account, at=pages.exchange.clock())
        return pages.as_(None).get(
            pages.at(route, *args),
            query,
            headers={"authorization": f"Bearer token of {account}"},
        )

    get.pages = pages
    return get


def test_it_works(ask):
    answers = {route: ask("ines", route) for route in ROUTES}

    assert {answer.status_code for answer in answers.values()} == {HTTPStatus.OK}
    assert all(answer.json() for answer in answers.values())


def test_the_other_party_does_not_see_it(ask):
    of_north = ask("nadia", "api-lists").json()
    of_nobody = ask("mallory", "api-lists").json()
    hidden = ask("mallory", "api-lines", of_north[0]["id"])

    assert of_north
    assert of_nobody == []
    assert hidden.status_code == HTTPStatus.NOT_FOUND
    assert hidden.json()["code"] == "not-found"


def test_packages_and_peers_are_for_the_installations_own_people(ask):
    for route in OWN:
        answers = {who: ask(who, route) for who in ("nadia", "samir", "tomas", "leyla", "mallory")}

        assert {a.status_code for a in answers.values()} == {HTTPStatus.NOT_FOUND}
        assert {a.json()["code"] for a in answers.values()} == {"not-found"}


def test_peers_say_how_far_they_have_come_and_packages_what_passed(ask):
    peers = {each["party"]: each for each in ask("ines", "api-peers").json()}
    made = ask("ines", "api-packages", direction="sent", peer="north").json()

    assert peers.keys() == {"north", "south"}
    assert all(p["size"] - p["receipted"] == p["behind"] for p in peers.values())
    assert len(peers["north"]["fingerprint"].split()) == 8
    assert made["total"] == peers["north"]["packages_made"]
    assert {row["direction"] for row in made["rows"]} == {"sent"}


def test_it_rejects_post(ask):
    statuses = {ask.pages.as_(None).post(ask.pages.at(route)).status_code for route in ROUTES}

    assert statuses == {HTTPStatus.METHOD_NOT_ALLOWED}


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}])
def test_without_a_token_nothing_is_read_even_by_somebody_logged_in(ask, headers):
    client = ask.pages.as_("ines")

    statuses = {client.get(ask.pages.at(r), headers=headers).status_code for r in ROUTES}

    assert statuses == {HTTPStatus.UNAUTHORIZED}


def test_lines_of_a_list_are_given_page_by_page(ask):
    south = next(
        each
        for each in ask("ines", "api-lists").json()
        if each["author"] == "south" and each["population"] == "claimed"
    )

    response = ask("ines", "api-lines", south["id"])
    none = ask("ines", "api-lines", south["id"], status="dead")

    assert [row["number"] for row in response.json()["rows"]] == [1, 2, 3, 4]
    assert response.json()["rows"][0]["birth"] == "1990"
    assert none.json()["total"] == 0


def test_the_public_reads_claims_and_bulletins_only(ask):
    assert ask("tomas", "api-claims").json()
    assert ask("tomas", "api-bulletins", language="ar").json()[0]["language"] == "ar"
    assert ask("tomas", "api-persons").json()["total"] == 0


def test_a_token_that_was_taken_back_reads_nothing(ask):
    ask("ines", "api-lists")

    assert drop_tokens("ines") == 1
    assert account_of_token("token of ines") is None
    assert drop_tokens("ines") == 0


def test_the_description_names_every_route(open_pages):
    pages = open_pages("proposed")

    described = json.loads(pages.as_(None).get(pages.at("api-openapi")).content)
    page = pages.as_("ines").get(pages.at("api-docs")).content.decode()

    assert len(described["paths"]) == 12
    assert all(path in page for path in described["paths"])


def test_the_page_for_programs_is_for_desks(open_pages):
    pages = open_pages("proposed")
    address = pages.at("api-docs")

    assert pages.as_(None).get(address).status_code == HTTPStatus.FOUND
    assert pages.as_("tomas").get(address).status_code == HTTPStatus.NOT_FOUND
    assert pages.as_("nadia").get(address).status_code == HTTPStatus.OK


MATCH_LEFT = "id,name,dob\nA-1,Hayk Horinvats,1991\nA-2,Sona Stvats,17.05.1993\n"
MATCH_RIGHT = "id,name,dob\nB-2,Sona Stvats,1993-05-17\n"


@pytest.fixture
def compare(ask):
    """A function that has two files compared with an account's token."""

    def post(account, left, right=None, **more):
        pages = ask.pages
        keep_token(f"token of {account}", account=account, at=pages.exchange.clock())
        files = {"left": SimpleUploadedFile("left.csv", left.encode())}
        if right is not None:
            files["right"] = SimpleUploadedFile("right.csv", right.encode())
        return pages.as_(None).post(
            pages.at("api-match"),
            {**files, **more},
            headers={"authorization": f"Bearer token of {account}"},
        )

    return post


def test_two_files_are_compared_for_a_program(compare):
    answer = compare("ines", MATCH_LEFT, MATCH_RIGHT)

    assert answer.status_code == HTTPStatus.OK
    told = answer.json()
    assert told["total"] == len(told["pairs"]) == sum(told["by_decision"].values())
    best = told["pairs"][0]
    assert (best["id_a"], best["id_b"], best["decision"]) == ("A-2", "B-2", "link")
    assert best["reasons"]
    assert compare("ines", MATCH_LEFT, MATCH_RIGHT, limit=0).json()["pairs"] == []


def test_one_file_is_compared_with_itself(compare):
    told = compare("ines", MATCH_LEFT + "A-3,Sona Stvats,1993\n").json()

    assert {(pair["id_a"], pair["id_b"]) for pair in told["pairs"]} == {("A-2", "A-3")}


def test_whoever_may_not_compare_learns_nothing(compare):
    for who in ("nadia", "samir", "tomas", "leyla", "mallory"):
        assert compare(who, MATCH_LEFT, MATCH_RIGHT).status_code == HTTPStatus.NOT_FOUND


def test_bad_rows_and_bad_files_are_told_to_a_program(compare):
    rows = compare("ines", MATCH_LEFT + "A-2,Davit Chka,1990\n", MATCH_RIGHT)
    file = compare("ines", "%PDF-1.7", MATCH_RIGHT)

    assert rows.status_code == file.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    (problem,) = rows.json()["rows"]
    assert (problem["file"], problem["row"], problem["column"]) == ("left.csv", 4, "id")
    assert problem["code"] == "id-repeated"
    assert rows.json()["rows_unreadable"] == 1
    assert file.json()["code"] == "not-a-list-file"
    assert file.json()["where"] == ["left.csv"]


@pytest.fixture
def post(ask):
    """A function that posts a form to a route with an account's token."""

    def send(account, route, *args, **form):
        pages = ask.pages
        keep_token(f"token of {account}", account=account, at=pages.exchange.clock())
        return pages.as_(None).post(
            pages.at(route, *args), form, headers={"authorization": f"Bearer token of {account}"}
        )

    return send


def lists_of(ask, account):
    """Whom South misses, and whom North holds."""
    ids = {
        (each["author"], each["population"]): each["id"]
        for each in ask(account, "api-lists").json()
    }
    return {"claimed": ids["south", "claimed"], "held": ids["north", "held"]}


def test_a_person_is_found_by_a_name_in_another_script(ask, post):
    (first, *_) = ask("ines", "api-persons").json()["rows"]

    found = post("ines", "api-person-search", text=first["name"]).json()

    assert found["rows"][0]["id"] == first["id"]
    assert post("ines", "api-person-search", text="Qwxz").json()["total"] == 0


def test_lines_of_a_list_are_searched_without_a_name_in_an_address(ask, post):
    subject = lists_of(ask, "ines")["claimed"]
    (line, *_) = ask("ines", "api-lines", subject).json()["rows"]

    found = post("ines", "api-line-search", subject, text=line["name"]).json()

    assert found["rows"][0]["id"] == line["id"]


def test_two_lists_are_compared_for_a_program_and_nothing_is_written(ask, post):
    lists = lists_of(ask, "ines")
    before = ask.pages.said("match.proposed")

    told = post("ines", "api-match-lists", lists["claimed"], other=lists["held"]).json()
    again = post("ines", "api-match-lists", lists["claimed"], other=lists["held"], limit=1).json()

    assert told["total"] == sum(told["by_decision"].values()) >= 1
    assert all(pair["id_a"].startswith("line:") and pair["reasons"] for pair in told["pairs"])
    assert (again["total"], again["pairs"]) == (told["total"], told["pairs"][:1])
    assert ask.pages.said("match.proposed") == before


def test_lists_that_are_not_ones_own_are_neither_searched_nor_compared(ask, post):
    lists = lists_of(ask, "ines")
    strangers = ("tomas", "leyla", "mallory")

    for who in strangers:
        assert post(who, "api-person-search", text="a").json().get("total", 0) == 0
        for route in ("api-line-search", "api-match-lists"):
            answer = post(who, route, lists["claimed"], text="a", other=lists["held"])
            assert answer.status_code == HTTPStatus.NOT_FOUND
