"""What the Conventions ask a register to hold is written on pages, each by the desk it is for."""

import re

import pytest

from conftest import QUICK_KEYS
from repatria.store import models
from repatria.terms import PartyCode, PersonId, Role


@pytest.fixture
def person(here):
    """The part of a person's id that stands in addresses."""
    return models.PersonRow.objects.filter(seen_by="north").first().subject[7:]


def said(here, kind):
    """What was last said of a kind, and to whom."""
    entry = here.log().of_kind(kind)[-1]
    return entry.statement.content, set(entry.statement.audience)


def test_a_description_is_written_field_by_field_and_the_other_party_does_not_read_it(
    nadia, here, person, browser
):
    form = {"mother": "Ani", "identity": "stated", "birth": "1990-05", "source": "capture card"}
    assert nadia.post(f"/persons/{person}/describe/", form).status_code == 303
    page = nadia.get(f"/persons/{person}/").content.decode()
    again = nadia.get(f"/persons/{person}/describe/").content.decode()

    assert "Ani" in page
    assert "as the person states it" in page
    assert "Said so far: Ani" in again
    written = [e for e in here.log().of_kind("person.described") if e.statement.ground.source]
    assert {e.statement.content["property"] for e in written} >= {"mother", "identity", "birth"}
    assert all(e.statement.audience == {"north", "intermediary"} for e in written[-3:])
    assert "Ani" not in browser("samir").get(f"/persons/{person}/").content.decode()


def test_nothing_typed_is_lost_and_what_is_wrong_stands_beside_its_field(nadia, person, log_size):
    before = log_size()
    form = {"mother": "Ani", "birth": "in spring", "source": "card"}
    wrong = nadia.post(f"/persons/{person}/describe/", form)
    nothing = nadia.post(f"/persons/{person}/describe/", {"source": "card"})

    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert re.search(r'Write 1994.*?id="id_birth"', page, re.DOTALL)
    assert 'aria-invalid="true"' in page
    assert 'value="Ani"' in page
    assert nothing.status_code == 409
    assert "Fill in at least one field." in nothing.content.decode()
    assert log_size() == before


def test_a_word_on_whereabouts_goes_to_the_party_it_is_said_to(nadia, here, person):
    form = {"says": "withheld", "to": "south"}
    assert nadia.post(f"/persons/{person}/whereabouts/", form).status_code == 303

    content, audience = said(here, "whereabouts.stated")
    assert content["says"] == "withheld"
    assert audience == {"north", "intermediary", "south"}
    assert "does not say" in nadia.get(f"/persons/{person}/").content.decode()
    assert nadia.post(f"/persons/{person}/whereabouts/", {"says": "held"}).status_code == 422


def test_a_duty_is_noted_with_the_digest_of_what_was_sent_and_not_in_the_future(
    nadia, here, person, tmp_path
):
    card = tmp_path / "card.pdf"
    card.write_bytes(b"abc")
    address = f"/persons/{person}/duty/"
    with card.open("rb") as file:
        form = {"duty": "capture_card", "done_on": "2024-01-02", "file": file}
        assert nadia.post(address, form).status_code == 303
    late = nadia.post(address, {"duty": "registration", "done_on": "2999-01-01"})
    other = nadia.post(address, {"duty": "registration", "digest": "ab"})

    content, audience = said(here, "duty.done")
    assert content["digest"].startswith("ba7816bf")  # SHA-256 of "abc", FIPS 180-2
    assert audience == {"north", "intermediary"}
    assert "This day has not come yet." in late.content.decode()
    assert "A digest has 64 digits" in other.content.decode()


def test_overdue_duties_are_searched_across_scripts_and_noted_together(nadia, here):
    found = nadia.post("/due/", {"q": "Арам Синтетян"}).content.decode()
    missed = nadia.post("/due/", {"q": "Examplov"}).content.decode()
    owed = re.findall(r'name="owed" value="([^"]+)"', found)
    file = nadia.post("/due/duties/export/", {"q": "Арам Синтетян"}).content.decode()
    assert nadia.post("/due/duties/done/", {"owed": owed}).status_code == 303
    left = nadia.post("/due/", {"q": "Арам Синтетян"}).content.decode()

    assert len(owed) == file.count("person:north-") > 0
    assert 'name="owed"' not in missed
    assert 'name="owed"' not in left
    nobody = nadia.post("/due/duties/done/", follow=True).content.decode()
    assert "Nobody was chosen." in nobody


def test_tags_are_issued_taken_in_all_or_none_and_joined(nadia, here, person):
    nadia.post("/persons/tags/", {"unit": "Unit 4", "count": "10"})
    page = nadia.get("/persons/tags/").content.decode()
    block = re.search(r'option value="(block:[^"]+)"', page)[1]
    numbers = nadia.post(f"/persons/tags/{block[6:]}/numbers/").content.decode()
    first, second = re.findall(r"\d{5}-\w", numbers)[:2]
    wrong = nadia.post("/persons/tags/", {"block": block, "rows": f"{first} N-1\n{second} N-99"})
    taken = nadia.post("/persons/tags/", {"block": block, "rows": f"{first} {person}"})
    twice = nadia.post("/persons/tags/", {"block": block, "rows": f"{first} {person}"})

    assert wrong.status_code == 422
    assert "Line 2: there is no single record of this person." in wrong.content.decode()
    assert taken.status_code == 303
    assert twice.status_code == 409
    assert "This number was given before." in twice.content.decode()
    address = f"/persons/{person}/number/"
    assert nadia.post(address, {"tag": second, "permanent": "P-1"}).status_code == 409
    assert nadia.post(address, {"tag": first.lower(), "permanent": "P-1"}).status_code == 303
    page = nadia.get(f"/persons/{person}/").content.decode()
    assert {"P-1", first} <= set(re.findall(r"[\w-]+", page))


def test_remains_are_recorded_received_and_named_by_the_receiver_s_laboratory(nadia, here, person):
    reference = models.PersonRow.objects.get(seen_by="north", subject=f"person:{person}").reference
    unnamed = nadia.post("/remains/record/", {"to": "south", "label": ""})
    nadia.post("/remains/record/", {"to": "south", "label": "bag 17", "said_to_be": reference})
    container = models.RemainsRow.objects.get(seen_by="north").subject[8:]
    early = nadia.post(f"/remains/{container}/", {"person": reference, "result": "is"})
    nadia.post(f"/remains/{container}/", {"giver": "south", "on": "2024-05"})
    result = {"person": reference, "result": "is_not", "method": "teeth"}
    anonymous = nadia.post(f"/remains/{container}/", result)
    stated = nadia.post(f"/remains/{container}/", {**result, "laboratory": "City laboratory"})

    assert "Write down what stands on the container." in unnamed.content.decode()
    assert early.status_code == 404
    assert anonymous.status_code == 409
    assert stated.status_code == 303
    page = nadia.get(f"/remains/{container}/").content.decode()
    assert "The remains are not those of the person they were said to be." in page
    name = models.PersonRow.objects.get(seen_by="north", subject=f"person:{person}").name
    found = nadia.post("/remains/", {"q": name.split()[-1], "state": "to_look_at"})
    assert "bag 17" in found.content.decode()
    assert "bag 17" not in nadia.post("/remains/", {"q": "Examplov"}).content.decode()


def test_a_family_asks_and_is_told_by_the_desk(nadia, browser, here, person):
    leyla = browser("leyla")
    asked = {"sought": "Гор Мтацвац", "birth": "1980", "relation": "sister"}
    assert leyla.post("/family/ask/", asked).status_code == 303
    assert "Гор Мтацвац" in leyla.get("/family/").content.decode()
    content, audience = said(here, "tracing.requested")
    assert audience == {"north", "intermediary", "family:leyla"}
    found = nadia.post("/tracing/", {"q": "Gor Mtatsvats"}).content.decode()
    token = content["request"][8:]
    assert f"/tracing/{token}/" in found
    told = {"person": person, "what": "acknowledged"}
    assert nadia.post(f"/tracing/{token}/notify/", told).status_code == 303
    assert "The holder has said" in leyla.get("/family/").content.decode()
    assert leyla.post("/tracing/new/", {**asked, "family": "leyla"}).status_code == 404


def test_the_desk_writes_a_request_down_for_a_family_that_has_an_account(nadia):
    asked = {"sought": "Gor Mtatsvats", "family": "mallory"}
    wrong = nadia.post("/tracing/new/", asked)
    right = nadia.post("/tracing/new/", {**asked, "family": "leyla"})

    assert "No family has an account of this name here." in wrong.content.decode()
    assert right.status_code == 303


def test_a_calendar_is_opened_and_its_step_delivered_once(nadia, here):
    opened = {"title": "December", "start_event": "signature", "starts_on": "2024-12-13"}
    assert nadia.post("/due/open/", {**opened, "parties": ["south"]}).status_code == 303
    page = nadia.get("/due/").content.decode()
    address = re.search(r'href="(/due/[\w-]+/lists/)"', page)[1]
    empty = nadia.post(address, {})
    digest = {"digest": "ab" * 32, "items": "5"}
    assert nadia.post(address, digest).status_code == 303
    twice = nadia.post(address, digest)

    assert "Choose the file that was delivered" in empty.content.decode()
    assert twice.status_code == 409
    assert "the first delivery counts" in twice.content.decode()
    content, audience = said(here, "step.delivered")
    assert (content["items"], audience) == (5, {"north", "south", "intermediary"})


def test_names_are_locked_for_one_exchange_and_opened_by_whoever_locked_them(
    nadia, lists, row_of, browser
):
    lines = [row_of(lists.asked, number).subject[5:] for number in (1, 2)]
    address = f"/lists/{lists.asked}/lock/"
    shown = nadia.post(address, {"line": lines}).content.decode()
    locked = nadia.post(address, {"line": lines, "channel": "plan of May"})
    clash = nadia.post(address, {"line": lines[:1], "channel": "local plan"})
    page = nadia.get(f"/lists/{lists.asked}/locks/").content.decode()
    opened = nadia.post(address, {"line": lines[:1], "channel": "plan of May", "open": "yes"})

    assert "For which exchange or channel" in shown
    assert locked.status_code == opened.status_code == 303
    assert clash.status_code == 409
    assert page.count("plan of May") > 1
    left = nadia.get(f"/lists/{lists.asked}/locks/").content.decode()
    assert "Aram Sintetyan" not in left
    assert "Vardan Hnarovi" in left


def test_a_peer_is_introduced_only_by_the_fingerprint_it_read_aloud(nadia, tmp_path, here):
    from repatria.ledger.fingerprint import words_of

    ring = QUICK_KEYS["roots"].first_keyring(PartyCode("west"), here.node().public("node-1"))
    path = tmp_path / "west.keyring"
    path.write_text(ring.envelope.text, "utf-8")

    def send(read_aloud):
        with path.open("rb") as file:
            form = {"title": "West", "file": file, "read_aloud": read_aloud}
            return nadia.post("/packages/introduce/", form)

    assert "NOT THE SAME" in send("00" * 16).content.decode()
    assert send(" ".join(words_of(ring.digest))).status_code == 303
    assert "West" in nadia.get("/packages/").content.decode()
    assert ring.fingerprint not in nadia.get("/packages/introduce/").content.decode()


def test_words_of_a_stranger_about_a_person_who_is_not_there_are_refused(here):
    from repatria.operations.register_acts import describe_fully
    from repatria.terms import Refusal

    with pytest.raises(Refusal, match="person-unknown"):
        describe_fully(here.desk("nadia", Role.REGISTRAR), PersonId("person:north-2222"), {})
