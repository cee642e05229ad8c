"""A registrar erases a person from his page; everybody at the desk sees who has answered."""

import re
import shutil

import pytest

from conftest import forget
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.statement_erased import ErasureReason, StatementErased
from repatria.ledger.statement import Ground
from repatria.operations.answers import Answer, answer_line
from repatria.operations.erasure import erase
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.store import models
from repatria.terms import LineId, PartyCode, Role
from repatria.wiring.installation import Installation

NORTH, SOUTH = PartyCode("north"), PartyCode("south")


@pytest.fixture
def person(here):
    """The id of somebody north holds, without its kind."""
    row = models.PersonRow.objects.filter(name="Lusine Otarian", seen_by="north").get()
    return row.subject.partition(":")[2]


def at(person):
    return f"/persons/{person}/erase/"


def number_on(page):
    return int(re.search(r"will be erased here: ([0-9]+)", page.content.decode())[1])


def test_it_works(nadia, person, here):
    page = nadia.get(at(person))
    assert page.status_code == 200
    assert "This cannot be undone" in page.content.decode()
    assert "Lusine" not in page.content.decode()

    sent = {"reason": "data-subject-request", "number": number_on(page)}
    answer = nadia.post(at(person), sent, follow=True)

    assert answer.redirect_chain == [("/erasures/", 303)]
    assert f"{sent['number']} statements were erased here" in answer.content.decode()
    assert "the person asked for it" in answer.content.decode()
    assert not models.PersonRow.objects.filter(name="Lusine Otarian").exists()
    assert (here.folder / "erasures").exists()
    assert nadia.get(f"/persons/{person}/").status_code == 404


def test_the_other_party_does_not_see_it(browser, person):
    samir = browser("samir")
    assert samir.get("/erasures/").status_code == 404
    assert samir.get(at(person)).status_code == 404
    assert "Erasures" not in samir.get("/persons/").content.decode()


def test_only_a_registrar_is_shown_the_way(browser, nadia, person):
    assert at(person) in nadia.get(f"/persons/{person}/").content.decode()
    nazim = browser("nazim")
    assert at(person) not in nazim.get(f"/persons/{person}/").content.decode()
    assert nazim.get(at(person)).status_code == 404
    assert nazim.get("/erasures/").status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"reason": "mistaken-record"}, {"reason": "because"}, {"number": 3}]
)
def test_without_reason_and_number_nothing_goes(nadia, person, log_size, sent):
    before = log_size()
    assert nadia.post(at(person), sent).status_code == 422
    assert log_size() == before


def test_another_number_than_shown_is_refused(nadia, person, log_size):
    before = log_size()
    number = number_on(nadia.get(at(person))) + 1
    answer = nadia.post(at(person), {"reason": "mistaken-record", "number": number})
    assert answer.status_code == 422
    assert "That is not the number" in answer.content.decode()
    assert log_size() == before


@pytest.fixture
def south(told, tmp_path):
    """South's installation, a copy that the test may change."""
    folder = tmp_path / "south"
    shutil.copytree(told.folder / "south", folder)
    south = Installation.at(folder)
    with south.open():
        take_in_package(south.desk("clerk", Role.REGISTRAR), told.for_south)
    yield south
    forget(south.alias)


def carry(sender, recipient):
    with sender.open():
        raw = send_package(sender.desk("clerk", Role.REGISTRAR), to=recipient.party).raw
    with recipient.open():
        take_in_package(recipient.desk("clerk", Role.REGISTRAR), raw)


def cells(answer, row):
    """The text of each cell of the row of a table that holds a word."""
    rows = re.findall(r"<tr>(.*?)</tr>", answer.content.decode(), re.DOTALL)
    found = next(each for each in rows if row in each)
    return [
        re.sub(r"<[^>]*>", "", cell).strip()
        for cell in re.findall(r"<td>(.*?)</td>", found, re.DOTALL)
    ]


def test_who_has_answered_is_shown_and_who_has_not(nadia, row_of, lists, here, south):
    with here.open():
        held = here.desk("nadia", Role.REGISTRAR)
        line = f"line:{row_of(lists.asked, 3).subject.partition(':')[2]}"
        answer_line(held, Answer(line=LineId(line), code=AnswerCode.NOT_HELD))
        said = held.log.of_kind("line.answered")[0].ref
        erase(held, places=[said], reason=ErasureReason.COURT_ORDER)

    waiting = cells(nadia.get("/erasures/"), "a court ordered it")
    carry(here, south)
    carry(south, here)
    answered = cells(nadia.get("/erasures/"), "a court ordered it")

    assert "South" in waiting[5]
    assert "South" not in waiting[4]
    assert "South" in answered[4]
    assert "South" not in answered[5]


def test_a_request_of_another_party_is_shown_and_nothing_is_done(nadia, here, south):
    with here.open():
        bodies = set(models.Body.objects.filter(origin="north").values_list("seq", flat=True))
    with south.open():
        asking = StatementErased(origin=NORTH, places="1-3", reason=ErasureReason.MISTAKEN_RECORD)
        desk = south.desk("clerk", Role.REGISTRAR)
        statement = desk.state(
            asking,
            about=("erasure:south-a",),
            audience={SOUTH, NORTH},
            ground=Ground(basis="erasure"),
        )
        desk.log.append([statement])
    carry(south, here)

    page = nadia.get("/erasures/").content.decode()

    assert "Asked for by others" in page
    assert "<code>1-3</code>" in page
    with here.open():
        left = models.Body.objects.filter(origin="north").values_list("seq", flat=True)
        assert bodies <= set(left)
