"""The pages about rounds, in three installations between which packages are carried."""

import io
import shutil
from contextlib import contextmanager
from http import HTTPStatus

import pytest

from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.rounds import round_of
from repatria.terms import PartyCode, Role
from repatria.wiring.installation import Installation
from small_exchange import Pages, forget_installation

OPEN = {
    "title": "February",
    "first": "north",
    "second": "south",
    "through": "through",
    "reveals": "whole",
    "max_entries": "50",
    "step": "0",
}
OF_NORTH = "No;Name;Date of birth;Reference\n1;Aram Modelyan;1990;N-1\n2;Levon Testyan;1991;N-2\n"
OF_SOUTH = "No;Name;Date of birth;Reference\n1;Ramin Sinagov;1996;S-1\n"
WALKS_AWAY = "The last to reveal can walk away"


class Three:
    """Copies of three installations, and the pages of each."""

    def __init__(self, exchange, folder, monkeypatch):
        self.exchange = exchange
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.at = {party: Installation.at(folder / party) for party in exchange.at}

    @contextmanager
    def pages(self, party):
        """The pages of one installation."""
        self.monkeypatch.setenv("REPATRIA_HOME", str(self.folder / party))
        with self.at[party].open():
            yield Pages(self.exchange, self.at[party])

    def carry(self, sender, *recipients):
        """Packages from one to others."""
        for recipient in recipients:
            with self.at[sender].open():
                desk = self.at[sender].desk("clerk", Role.REGISTRAR)
                raw = send_package(desk, to=PartyCode(recipient)).raw
            with self.at[recipient].open():
                take_in_package(self.at[recipient].desk("clerk", Role.REGISTRAR), raw)

    def open_round(self, **changes):
        """North's negotiator opens a round on the page; its id without the kind."""
        with self.pages("north") as pages:
            sent = pages.as_("nikolai").post(pages.at("round-open"), {**OPEN, **changes})
        assert sent.status_code == HTTPStatus.SEE_OTHER
        self.carry("north", "south", "intermediary")
        return sent["Location"].split("/")[-2]

    def commit(self, party, name, token, text):
        """A negotiator commits to a file on the page."""
        with self.pages(party) as pages:
            file = io.BytesIO(text.encode())
            file.name = "release.csv"
            return pages.as_(name).post(pages.at("round-commit", token), {"file": file})

    def both_commit(self, token):
        """North on its page; south by its own hand."""
        sent = self.commit("north", "nikolai", token, OF_NORTH)
        assert sent.status_code == HTTPStatus.SEE_OTHER
        with self.at["south"].open():
            from repatria.lists.reading import open_list_file
            from repatria.operations.rounds import commit_list, entries_of_rows

            path = self.folder / "south.csv"
            path.write_text(OF_SOUTH, "utf-8")
            desk = self.at["south"].desk("clerk", Role.NEGOTIATOR)
            entries = entries_of_rows(open_list_file(path).rows())
            commit_list(desk, round_id=f"round:{token}", entries=entries)
        self.carry("north", "south", "intermediary")
        self.carry("south", "north", "intermediary")


@pytest.fixture
def three(played, tmp_path, monkeypatch):
    exchange = played("proposed")
    for party in exchange.at:
        shutil.copytree(exchange.folder / party, tmp_path / party)
    made = Three(exchange, tmp_path, monkeypatch)
    yield made
    for installation in made.at.values():
        with installation.open():  # a test may have had no use for it
            pass
        forget_installation(installation.alias)


def text_at(pages, name, page, *args):
    """What somebody reads on a page."""
    answer = pages.as_(name).get(pages.at(page, *args))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_it_works_from_opening_to_revealing(three):
    token = three.open_round()
    with three.pages("north") as pages:
        page = text_at(pages, "nikolai", "round", token)
        assert "Commit to your list" in page
        assert "Neither party reads the other" in page
        assert WALKS_AWAY not in page
    three.both_commit(token)
    with three.pages("intermediary") as pages:
        client = pages.as_("ines")
        assert "Confirm that both have committed" in text_at(pages, "ines", "round", token)
        assert "Sign: both have committed" in text_at(pages, "ines", "round-confirm", token)
        assert client.post(pages.at("round-confirm", token)).status_code == HTTPStatus.SEE_OTHER
        assert "Each party will read the other" in text_at(pages, "ines", "round-reveal", token)
        assert client.post(pages.at("round-reveal", token)).status_code == HTTPStatus.SEE_OTHER
    three.carry("intermediary", "north", "south")
    with three.pages("north") as pages:
        page = text_at(pages, "nadia", "round", token)
        assert "Ramin Sinagov" in page
        assert page.count("as committed</span>") == 3
        assert "What does not fit" not in page
        assert "Reveal…" not in page


def test_the_other_party_does_not_see_a_list_before_it_is_revealed(three):
    token = three.open_round()
    three.both_commit(token)
    with three.pages("north") as pages:
        # A guest of south reads in north's own installation.
        page = text_at(pages, "samir", "round", token)
        assert "Aram Modelyan" not in page
        assert "hidden from you" in page
        found = pages.as_("samir").post(pages.at("round", token), {"q": "modelyan"})
        assert "Aram Modelyan" not in found.content.decode()
        taken = pages.as_("samir").post(pages.at("round-export", token), {"format": "csv"})
        assert "Modelyan" not in taken.content.decode()
        assert "Aram Modelyan" in text_at(pages, "nadia", "round", token)
        assert pages.as_("mallory").get(pages.at("round", token)).status_code == 404
    with three.pages("intermediary") as pages:
        assert "Aram Modelyan" in text_at(pages, "ines", "round", token)
        assert "Aram Modelyan" not in text_at(pages, "samir", "round", token)


@pytest.mark.parametrize("name", ["rounds-export", "round-export"])
def test_it_rejects_get(three, name):
    token = three.open_round()
    with three.pages("north") as pages:
        args = (token,) if name == "round-export" else ()
        assert pages.as_("nadia").get(pages.at(name, *args)).status_code == 405


def test_only_who_may_sign_finds_a_page_to_sign(three):
    token = three.open_round()
    with three.pages("north") as pages:
        for page in ("round-commit", "round-reveal", "round-confirm"):
            for name in ("nadia", "samir", "mallory"):
                assert pages.as_(name).get(pages.at(page, token)).status_code == 404
                assert pages.as_(name).post(pages.at(page, token)).status_code == 404
        assert pages.as_("nikolai").get(pages.at("round-confirm", token)).status_code == 404
        assert pages.as_("nadia").get(pages.at("round-open")).status_code == 404
        assert "Commit to your list" not in text_at(pages, "nadia", "round", token)


def test_a_refusal_shows_the_rule(three):
    token = three.open_round()
    with three.pages("north") as pages:
        asked = {**OPEN, "through": "alone", "reveals": "matched"}
        refused = pages.as_("nikolai").post(pages.at("round-open"), asked)
        assert refused.status_code == HTTPStatus.CONFLICT
        assert "Only the intermediary can tell" in refused.content.decode()
        assert "commit, then reveal" in refused.content.decode()
        early = pages.as_("nikolai").post(pages.at("round-reveal", token))
        assert early.status_code == HTTPStatus.CONFLICT
    with three.pages("intermediary") as pages:
        page = text_at(pages, "ines", "round", token)
        assert "Why it cannot be confirmed yet" in page
        refused = pages.as_("ines").post(pages.at("round-confirm", token))
        assert refused.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No;Name\n1;Aram Modelyan\n2;\n", HTTPStatus.CONFLICT),
        ("not a list at all", HTTPStatus.UNPROCESSABLE_ENTITY),
        ("", HTTPStatus.UNPROCESSABLE_ENTITY),
    ],
)
def test_a_file_that_is_no_whole_list_binds_nobody(three, text, status):
    token = three.open_round()
    sent = three.commit("north", "nikolai", token, text)

    assert sent.status_code == status
    with three.pages("north") as pages:
        assert pages.said("list.committed") == 0
        assert list((three.folder / "north" / "inbox" / "uploads").glob("*")) == []


def test_nothing_chosen_or_both_is_asked_again(three):
    token = three.open_round()
    with three.pages("north") as pages:
        asked = pages.as_("nikolai").post(pages.at("round-commit", token), {})
        assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Choose a list or a file" in asked.content.decode()
        for wrong in ({"max_entries": "0"}, {"through": "east"}, {"second": "nobody"}):
            again = pages.as_("nikolai").post(pages.at("round-open"), {**OPEN, **wrong})
            assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_changed_list_is_seen_by_all_with_its_reason(three):
    token = three.open_round()
    three.both_commit(token)
    with three.pages("north") as pages:
        assert "Change your list, for all to see" in text_at(pages, "nikolai", "round", token)
        file = io.BytesIO(OF_NORTH.replace("Levon", "Gagik").encode())
        file.name = "release.csv"
        silent = pages.as_("nikolai").post(pages.at("round-commit", token), {"file": file})
        assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        file.seek(0)
        sent = pages.as_("nikolai").post(
            pages.at("round-commit", token), {"file": file, "reason": "one was freed"}
        )
        assert sent.status_code == HTTPStatus.SEE_OTHER
        assert "Gagik Testyan" in text_at(pages, "nadia", "round", token)
        assert "one was freed" in text_at(pages, "samir", "round", token)
        assert "Gagik" not in text_at(pages, "samir", "round", token)


def test_with_nobody_between_every_page_says_what_nothing_can_prevent(three):
    token = three.open_round(through="alone", step="8")
    with three.pages("north") as pages:
        assert WALKS_AWAY in text_at(pages, "nikolai", "round", token)
        assert WALKS_AWAY in text_at(pages, "nikolai", "round-commit", token)
        assert "nobody: the last can walk away" in text_at(pages, "nikolai", "round-open")
    with three.at["intermediary"].open():
        assert three.at["intermediary"].log().about(f"round:{token}") == ()
    three.both_commit(token)
    with three.pages("north") as pages:
        assert WALKS_AWAY in text_at(pages, "nikolai", "round-reveal", token)
        assert "next 8 slots" in text_at(pages, "nikolai", "round-reveal", token)
        pages.as_("nikolai").post(pages.at("round-reveal", token))
        page = text_at(pages, "nikolai", "round", token)
        assert "8 of 64 slots are opened" in page
        assert "Reveal…" not in page
        assert round_of(pages.installation.log(), f"round:{token}").opened["north"] == 8


def test_rounds_are_searched_and_taken_away(three):
    three.open_round()
    three.open_round(title="=March")
    with three.pages("north") as pages:
        nadia = pages.as_("nadia")
        assert "February" not in nadia.post(pages.at("rounds"), {"q": "mar"}).content.decode()
        nothing = nadia.post(pages.at("rounds"), {"q": "april"}).content.decode()
        assert "No round has this title" in nothing
        taken = nadia.post(pages.at("rounds-export"), {"format": "csv", "q": "mar"})
        assert "'=March" in taken.content.decode()
        assert "February" not in taken.content.decode()
        book = nadia.post(pages.at("rounds-export"), {"format": "xlsx"})
        assert book.content[:2] == b"PK"


def test_persons_are_searched_without_standing_in_the_address_and_taken_away(three):
    token = three.open_round()
    three.both_commit(token)
    with three.pages("north") as pages:
        nadia = pages.as_("nadia")
        found = nadia.post(pages.at("round", token), {"q": "Арам", "party": "north"})
        assert found["Cache-Control"] == "no-store"
        assert "Aram Modelyan" in found.content.decode()
        assert "Levon Testyan" not in found.content.decode()
        nobody = nadia.post(pages.at("round", token), {"q": "montgomery"}).content.decode()
        assert "Nobody fits" in nobody
        taken = nadia.post(pages.at("round-export", token), {"q": "aram"}).content.decode()
        assert "Aram Modelyan" in taken
        assert "not revealed" in taken
        assert "Levon" not in taken


def test_with_no_round_the_page_says_what_comes_next(three):
    with three.pages("north") as pages:
        assert "Open one, or take in a package" in text_at(pages, "nikolai", "rounds")
        assert "When a negotiator or the intermediary opens one" in text_at(
            pages, "nadia", "rounds"
        )
        assert pages.as_("nadia").get(pages.at("round", "north-2222")).status_code == 404


def test_a_round_waits_on_the_first_page(three):
    token = three.open_round()
    with three.pages("north") as pages:
        assert pages.at("round", token) in text_at(pages, "nikolai", "home")
        assert "round waits for your list" in text_at(pages, "nikolai", "home")


def test_the_matched_persons_are_counted_before_they_are_shown(three):
    token = three.open_round(reveals="matched")
    three.both_commit(token)
    with three.pages("intermediary") as pages:
        client = pages.as_("ines")
        client.post(pages.at("round-confirm", token))
        page = text_at(pages, "ines", "round-reveal", token)
        assert "Each party will read 0 persons that both lists name" in page
        client.post(pages.at("round-reveal", token))
    three.carry("intermediary", "north")
    with three.pages("north") as pages:
        page = text_at(pages, "nadia", "round", token)
        assert "0 persons shown, as committed; 1 others stay hidden." in page
        assert "Ramin" not in page


def test_the_page_of_the_two_ways_says_what_each_side_learns(three):
    with three.pages("north") as pages:
        said = text_at(pages, "nikolai", "rounds-private")
        reader = text_at(pages, "nadia", "rounds-private")
        assert pages.at("rounds-private") in text_at(pages, "nadia", "rounds")
        opens = f'href="{pages.at("round-open")}"'

    assert said.index("Through the intermediary (the usual way)") < said.index("Between the two")
    for sentence in (
        "Which of its own records share a key with one of yours, also where that is chance",
        "Whoever offers learns first, and can stop there. Nothing can prevent that.",
        "That this person is held, or exists, is not shown.",
        "repatria private offer ROUND",
    ):
        assert sentence in said
    assert opens in said
    assert opens not in reader


def test_a_private_round_promises_something_else_and_reveals_nothing(three):
    token = three.open_round(through="alone", reveals="private")
    three.both_commit(token)
    with three.pages("north") as pages:
        said = text_at(pages, "nikolai", "round", token)
        address = pages.at("round-reveal", token)
        asked = pages.as_("nikolai").get(address)
        refused = pages.as_("nikolai").post(address)

    assert asked.status_code == HTTPStatus.CONFLICT
    assert WALKS_AWAY not in said
    assert "Neither list is shown." in said
    assert "Reveal…" not in said
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "In a private round nothing is revealed" in refused.content.decode()


def test_a_private_round_with_somebody_between_is_refused(three):
    with three.pages("north") as pages:
        sent = pages.as_("nikolai").post(pages.at("round-open"), {**OPEN, "reveals": "private"})

    assert sent.status_code == HTTPStatus.CONFLICT
    assert "nobody between the two parties" in sent.content.decode()
