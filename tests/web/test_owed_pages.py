"""Those kept for proceedings, and those held again, on pages: who sees whom."""

import pytest

from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.statement import Ground
from repatria.store import models
from repatria.terms import PartialDate, PartyCode, Role
from repatria.wiring.accounts import open_account

SOUTH = PartyCode("south")
KEPT = {"code": "held", "person": "N-3", "retained": "on", "note": "=case 12 of Testov"}


@pytest.fixture
def answered(nadia, lists, row_of):
    """A function that says something of a line of south's list."""

    def say(number, **said):
        line = row_of(lists.asked, number).subject[5:]
        form = {"line": [line], **said}
        return nadia.post(f"/lists/{lists.asked}/answer/", {**form, "confirmed": "yes"})

    return say


@pytest.fixture
def free_and_held(here):
    """The record of somebody whom north released and says it holds again; south was told."""
    desk = here.desk("clerk", Role.REGISTRAR)
    person = models.PersonRow.objects.get(seen_by="north", reference="N-1").subject
    for event, on in (("released", "2024-03-02"), ("captured", "2025-05-06")):
        notice = CustodyNoted(
            person=person,
            event=CustodyEvent(event),
            holder=PartyCode("north"),
            on=PartialDate.parse(on),
            exchange="exchange of March" if event == "released" else "",
        )
        desk.log.append(
            [
                desk.state(
                    notice,
                    about=(person,),
                    audience=desk.with_parties(SOUTH),
                    ground=Ground(basis="register"),
                )
            ]
        )
    return person[7:]


def test_empty_pages_say_what_to_do_next(nadia, browser):
    kept = nadia.get("/retained/").content.decode()
    assert "tick “kept for criminal proceedings or a sentence”" in kept
    told = browser("samir").get("/retained/").content.decode()
    assert "as far as this party was told" in told
    assert (
        "Nobody who was released is said to be held again."
        in nadia.get("/held-again/").content.decode()
    )


def test_what_will_be_said_names_him_kept_and_without_a_ground_it_is_refused(
    nadia, answered, lists, row_of
):
    line = row_of(lists.asked, 3).subject[5:]
    shown = nadia.post(f"/lists/{lists.asked}/answer/", {"line": [line], **KEPT}).content.decode()
    assert "<strong>kept for criminal proceedings or a sentence</strong>" in shown
    refused = answered(3, **{**KEPT, "note": ""})
    assert refused.status_code == 409
    assert "Say for which proceedings or which sentence" in refused.content.decode()


def test_both_parties_read_who_is_kept_by_name_in_any_script_and_nobody_else_does(
    nadia, browser, answered, here
):
    assert answered(3, **KEPT).status_code == 303
    assert answered(2, code="criminal_charge", note="").status_code == 303
    open_account(here, "mara", "made-up-for-tests", Role.MEDICAL, PartyCode("north"))

    for who in (nadia, browser("nazim"), browser("samir")):
        page = who.post("/retained/", {"q": "Лусине"}).content.decode()
        assert "Lusine Otarian" in page
        assert "=case 12 of Testov" in page
        assert "Vardan" not in page
    everybody = browser("samir").get("/retained/?holder=north&state=open").content.decode()
    assert "Vardan Hnarovi" in everybody  # by his line: no record was named
    assert "no ground was given" in everybody
    assert "Nobody fits." in browser("samir").get("/retained/?state=cleared").content.decode()
    for who in ("mara", "tomas", "leyla", "mallory"):
        assert browser(who).get("/retained/").status_code == 404
        assert browser(who).post("/retained/export/", {"format": "csv"}).status_code == 404
        assert browser(who).get("/held-again/").status_code == 404


def test_the_list_leaves_as_a_file_that_calculates_nothing(nadia, answered):
    answered(3, **KEPT)
    file = nadia.post("/retained/export/", {"format": "csv"}).content.decode()
    book = nadia.post("/retained/export/", {"format": "xlsx"})
    assert "Lusine Otarian" in file
    assert "'=case 12 of Testov" in file
    assert book.content.startswith(b"PK")


def test_whoever_is_answered_otherwise_is_shown_as_cleared_and_not_forgotten(nadia, answered):
    answered(3, **KEPT)
    person = models.RetainedRow.objects.get(seen_by="south").person[7:]
    assert "Kept for proceedings or a sentence" in nadia.get(f"/persons/{person}/").content.decode()
    answered(3, code="held", person="N-3", note="proceedings ended")
    page = nadia.get("/retained/?state=cleared").content.decode()
    assert "Lusine Otarian" in page
    assert "the holder has answered otherwise" in page


def test_somebody_held_again_is_found_linked_and_taken_away(nadia, browser, free_and_held):
    by_name = nadia.post("/held-again/", {"q": "Арам"}).content.decode()
    # The other party was told of the release and of the detention, and no name with it.
    told = browser("samir").get("/held-again/?holder=north&state=open").content.decode()
    for page in (by_name, told):
        assert f"/persons/{free_and_held}/" in page
        assert "exchange of March" in page
        assert "6 May 2025" in page
    record = nadia.get(f"/persons/{free_and_held}/").content.decode()
    assert "Held again after a release" in record
    assert "The person was released, and is said to be held after that." in record
    file = nadia.post("/held-again/export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert "2024-03-02,exchange of March,north,2025-05-06,north" in file
    assert "Nobody fits." in nadia.get("/held-again/?state=cleared").content.decode()
    missed = nadia.post("/held-again/", {"q": "Examplov"}).content.decode()
    assert "Nobody fits." in missed


def test_a_list_that_asks_for_somebody_after_his_release_is_shown_beside_it(
    nadia, answered, free_and_held
):
    answered(1, code="already_released", person="N-1", exchange="exchange of March")
    page = nadia.get("/held-again/").content.decode()
    assert "On a list handed in after the release" in page
    file = nadia.post("/held-again/export/", {"format": "csv"}).content.decode()
    assert "a list handed in after the release" in file
