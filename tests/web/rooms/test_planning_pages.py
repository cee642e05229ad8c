"""Terms are written on a page, and every plan answers its questions there."""

import csv
import io
import json
import re
from http import HTTPStatus

import pytest

from drafts_typed import fields_of
from repatria.operations.agreement import latest_terms
from repatria.planning import terms_from_json
from repatria.planning.documents import terms_to_json
from repatria.store.jobs import COMPUTED
from repatria.wiring.desks import installation_here
from repatria.wiring.job_kinds import KINDS
from repatria.wiring.jobs import work_once


def worked():
    """What was asked, computed as the process beside the pages does it."""
    return work_once(installation_here(), KINDS, worker="w", only=COMPUTED)


def answered(client, address, sent):
    """The page once the computation that it waits for is done."""
    client.post(address, sent)
    worked()
    return client.post(address, {**sent, "act": "look"}).content.decode()


@pytest.fixture
def editor(open_pages):
    """The pages of the intermediary, its client, and the form of a next version of the terms."""
    pages = open_pages("proposed")
    client = pages.as_("ines")
    address = pages.at("terms-edit")
    text = client.get(f"{address}?from={pages.exchange.terms_id}").content.decode()
    return pages, client, address, fields_of(text)


def test_the_form_of_a_next_version_says_what_the_terms_say(editor):
    pages, _client, _address, sent = editor

    assert sent["terms_id"] == [pages.exchange.terms_id]
    assert sent["row"] == ["1", "2"]
    assert (sent["rule-1-minimum"], sent["rule-1-maximum"]) == (["2"], ["2"])
    assert sent["rule-1-source"] == ["meeting of 1 March"]
    assert sent["parties"] == ["north", "south"]


def test_a_rule_is_added_and_taken_out_without_a_script(editor):
    _pages, client, address, sent = editor

    more = client.post(address, {**sent, "act": "add", "new_kind": "ratio"}).content.decode()
    fewer = client.post(address, {**sent, "act": "remove:1"}).content.decode()

    assert fields_of(more)["row"] == ["1", "2", "3"]
    assert fields_of(more)["rule-3-id"] == ["r3"]
    assert fields_of(fewer)["row"] == ["2"]
    assert fields_of(fewer)["rule-2-id"] == ["r2"]


def test_terms_that_are_tried_say_how_many_go_and_which_rules_hold_it_down(editor):
    pages, client, address, sent = editor

    text = answered(client, address, {**sent, "act": "try"})

    assert "3 persons would go home" in text
    assert "No plan under these terms is better" in text
    assert "exactly 2 from north" in text.partition("Which rules hold it down")[2]
    assert pages.said("terms.proposed") == 1


def test_rules_that_cannot_hold_together_are_shown_in_their_words(editor):
    _pages, client, address, sent = editor
    sent |= {"rule-1-minimum": "50", "rule-1-maximum": "60"}

    text = answered(client, address, {**sent, "act": "try"})

    assert "No exchange keeps all these rules" in text
    answer = text.partition('id="answer"')[2]
    assert "between 50 and 60 from north" in answer
    assert "exactly 1 from south" not in answer


def test_proposing_writes_the_terms_that_were_typed_once(editor):
    pages, client, address, sent = editor
    sent |= {"rule-1-maximum": "3"}

    response = client.post(address, {**sent, "act": "propose"})

    said, _entry = latest_terms(pages.installation.log(), pages.exchange.terms_id)
    terms = terms_from_json(said.document)
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert (terms.version, terms.rules[0].in_words()) == (2, "between 2 and 3 from north")
    assert terms.rules[0].proposer == "south"
    assert pages.said("terms.proposed") == 2


def test_an_unchanged_form_proposes_the_same_document_but_for_its_version(editor):
    pages, client, address, sent = editor
    first, _entry = latest_terms(pages.installation.log(), pages.exchange.terms_id)

    client.post(address, {**sent, "act": "propose"})

    second, _entry = latest_terms(pages.installation.log(), pages.exchange.terms_id)
    assert second.document == {**first.document, "version": 2}


def test_what_a_newer_version_of_the_program_wrote_is_kept_word_for_word(editor):
    pages, client, address, sent = editor
    newer = {"kind": "by-moonlight", "id": "r1", "proposer": "south", "source": "s", "phase": [1]}
    sent |= {"rule-1-kind": "by-moonlight", "rule-1-kept": json.dumps(newer)}

    client.post(address, {**sent, "act": "propose"})

    said, _entry = latest_terms(pages.installation.log(), pages.exchange.terms_id)
    written = terms_to_json(terms_from_json(said.document))["rules"][0]
    assert written == {**newer, "source": "meeting of 1 March"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule-1-maximum": "1"}, "less than the minimum"),
        ({"rule-2-id": "r1"}, "called the same"),
        ({"parties": "north"}, "at least two parties"),
        ({"bands": "0"}, "between 1 and 1200"),
        ({"rule-1-source": ""}, "required"),
    ],
)
def test_terms_with_a_fault_are_not_proposed_and_the_fault_is_told(editor, changed, said):
    pages, client, address, sent = editor

    response = client.post(address, {**sent, **changed, "act": "propose"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in response.content.decode()
    assert pages.said("terms.proposed") == 1


def test_persons_are_named_in_any_script_and_nobody_is_guessed(editor):
    _pages, client, address, sent = editor
    rule = {
        "row": [*sent["row"], "3"],
        "rule-3-kind": "include",
        "rule-3-id": "r3",
        "rule-3-proposer": "south",
        "rule-3-source": "letter",
        "act": "try",
    }

    found = client.post(address, {**sent, **rule, "rule-3-ids": "Вардан Хнарови"}).content.decode()
    nobody = client.post(address, {**sent, **rule, "rule-3-ids": "Ivan Nobody"}).content.decode()

    assert "Vardan Hnarovi" in found.partition("Meant are")[2]
    assert "Nobody who is held is meant by this line: Ivan Nobody" in nobody


def test_a_plan_is_searched_filtered_and_taken_away_as_shown(open_pages):
    pages = open_pages("planned")
    client, address = pages.as_("ines"), pages.at("plan", pages.exchange.plan)

    found = client.post(address, {"q": "Вардан Хнарови"}).content.decode()
    staying = client.post(address, {"going": "staying"}).content.decode()
    taken = client.post(
        pages.at("plan-export", pages.exchange.plan), {"going": "staying", "format": "csv"}
    )

    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert "1 person<" in found
    assert "Vardan Hnarovi" in found
    assert "2 persons<" in staying
    assert [row[4] for row in rows[1:]] == ["no", "no"]


def test_why_somebody_is_not_in_a_plan_is_told_with_the_words_of_the_rules(open_pages):
    pages = open_pages("planned")
    client = pages.as_("ines")
    plan = pages.exchange.plan
    listed = client.post(pages.at("plan", plan), {"going": "staying", "holder": "north"})
    address = re.search(r'href="([^"]+/why/[^"]+)"', listed.content.decode())[1]

    told = client.get(address).content.decode()
    client.post(address)
    worked()
    deeper = client.get(address).content.decode()

    assert "of equal standing go" in told
    assert "meeting of 1 March" in told
    assert "would stay instead" in deeper
    assert "Without any one of these rules" in deeper


def test_a_plan_is_checked_without_anybodys_word(open_pages):
    pages = open_pages("planned")
    client, plan = pages.as_("ines"), pages.exchange.plan
    before = client.get(pages.at("plan", plan)).content.decode()

    client.post(pages.at("plan-check", plan))
    worked()

    checked = client.get(pages.at("plan-check", plan)).content.decode()
    after = client.get(pages.at("plan", plan)).content.decode()
    assert "The plan keeps every rule and counts right" in checked
    assert "certificate checked without a solver" not in before
    assert "certificate checked without a solver" in after


def test_a_plan_is_computed_looked_at_and_then_proposed(open_pages):
    pages = open_pages("planned")
    client, terms = pages.as_("ines"), pages.exchange.terms_id
    address = pages.at("terms-plan", terms)

    client.post(address)
    waiting = client.get(address).content.decode()
    worked()
    shown = client.get(address).content.decode()
    proposed = client.post(address, {"act": "propose"})

    assert "Stop computing" in waiting
    assert "3 persons would go home" in shown
    assert "Stop computing" not in shown
    assert proposed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("plan.proposed") == 2
    left, right = (pages.exchange.plan.partition(":")[2], proposed["Location"].split("/")[-2])
    compared = client.get(f"{pages.at('plans-compare')}?left={left}&right={right}")
    assert "3 persons go in both" in compared.content.decode()


def test_a_schedule_says_what_each_has_when_it_stops_and_is_proposed_once_computed(open_pages):
    pages = open_pages("planned")
    client, plan = pages.as_("ines"), pages.exchange.plan
    address = pages.at("plan-schedule", plan)
    empty = pages.as_("nadia").get(address).content.decode()

    wrong = client.post(address, {"per_day": "0", "legs": "simultaneous"}).content.decode()
    client.post(address, {"per_day": "2", "legs": "simultaneous"})
    worked()
    computed = client.get(address).content.decode()
    client.post(address, {"act": "propose"})
    read = pages.as_("nadia").get(address).content.decode()

    assert "Nobody has proposed a schedule" in empty
    assert "Compute a schedule" not in empty
    assert "cannot be understood" in wrong
    assert "What if they stop after a day" in computed
    assert computed.count("<svg") == 1
    assert pages.said("schedule.proposed") == 1
    assert "What if they stop after a day" in read
    assert read.count("<svg") == 1


def test_a_draft_is_found_again_by_whoever_typed_it_until_it_is_proposed_or_discarded(editor):
    pages, client, address, sent = editor
    changed = {**sent, "nonce": ["another text"], "act": ["add"], "new_kind": ["site-capacity"]}
    client.post(address, changed)

    again = client.get(address).content.decode()
    others = pages.as_("imran").get(address)
    client.post(address, {**fields_of(again), "act": "remove:2"})
    without = client.get(address).content.decode()
    client.post(address, {"act": "discard"})
    fresh = client.get(address).content.decode()

    assert "This is your draft of" in again
    assert fields_of(again)["nonce"] == ["another text"]
    assert fields_of(again)["rule-3-kind"] == ["site-capacity"]
    assert "This field is required" not in again
    assert fields_of(without)["row"] == ["1", "3"]
    assert "rule-2-kind" not in fields_of(without)
    assert others.status_code == HTTPStatus.NOT_FOUND
    assert "This is your draft of" not in fresh
    assert "another text" not in fresh


def test_contested_facts_are_laid_side_by_side(open_pages):
    pages = open_pages("planned")
    client, plan = pages.as_("ines"), pages.exchange.plan
    address = pages.at("plan-disputed", plan)
    someone = re.search(
        r'name="dead" id="dead-1" value="([^"]+)"', client.get(address).content.decode()
    )

    client.post(address, {"dead": someone[1]})
    worked()
    text = client.get(address).content.decode()

    assert "As the holders say" in text
    assert "would stay instead" in text or "No exchange keeps all these rules" in text
