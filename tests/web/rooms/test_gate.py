"""The gate, the late event, the event taken back, the closing, the paper."""

import io
from http import HTTPStatus

import pytest
from pypdf import PdfReader

from repatria.operations.codes import list_stamp


@pytest.fixture
def line(open_pages):
    """The pages when everybody is ready, an officer's browser, and a way to post."""
    pages = open_pages("ready")
    client = pages.as_("ines")

    def post(name, fields, person=0):
        where = pages.at(name, pages.exchange.manifest, pages.lines()[person].person)
        return client.post(where, fields)

    return pages, client, post


def test_another_person_at_the_gate_stops_the_departure(line):
    pages, client, post = line
    assert post("crossing-check", {"means": "photo", "matches": "no"}).status_code == 303
    refused = post("crossing-record", {"event": "departed"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "found another person" in refused.content.decode()
    shown = client.get(
        pages.at("crossing-person", pages.exchange.manifest, pages.lines()[0].person)
    )
    assert "another person" in shown.content.decode()
    assert pages.said("crossing.recorded") == 0


def test_a_printed_list_is_scanned_once_and_named_with_every_check(line):
    pages, client, post = line
    stamp = list_stamp({"north": 1, "south": 1})
    scanned = client.post(pages.at("crossing", pages.exchange.manifest), {"code": stamp})
    assert scanned.status_code == HTTPStatus.SEE_OTHER
    post("crossing-check", {"means": "code", "matches": "yes"})
    assert pages.installation.log().of_kind("gate.checked")[-1].statement.content["list_size"] == 1


def test_what_happened_earlier_is_written_down_and_shown_as_late(line):
    pages, client, post = line
    late = {"event": "crossed", "occurred_at": "2030-03-01T09:00"}
    assert post("crossing-late", late).status_code == HTTPStatus.CONFLICT, "not yet by its clock"
    late["occurred_at"] = "2020-03-01T09:00"
    assert post("crossing-late", late).status_code == HTTPStatus.SEE_OTHER
    page = client.get(pages.at("crossing-person", pages.exchange.manifest, pages.lines()[0].person))
    text = page.content.decode()
    assert "written down later" in text
    assert "A crossing is told, a departure is not." in text
    ref = pages.installation.log().of_kind("crossing.recorded")[-1].ref
    assert (
        ref
        in client.get(
            pages.at("crossing-take-back", pages.exchange.manifest, pages.lines()[0].person)
        ).content.decode()
    )
    assert post("crossing-take-back", {"ref": ref, "reason": "another list"}).status_code == 303
    assert pages.said("crossing.withdrawn") == 1


def test_a_refusal_is_overridden_by_name(line):
    pages, client, post = line
    no = {"willing": "no", "occasion": "at_the_line", "nobody_else_present": "on"}
    post("consent", no)
    assert post("crossing-record", {"event": "departed"}).status_code == HTTPStatus.CONFLICT
    order = {"authority": "Minister of North", "reason": "order 5"}
    assert post("override", order).status_code == HTTPStatus.SEE_OTHER
    shown = client.get(pages.at("manifest", pages.exchange.manifest)).content.decode()
    assert "Minister of North" in shown
    assert post("crossing-record", {"event": "departed", "mode": "bus"}).status_code == 303


def test_a_departure_names_how_he_travels_and_needs_a_clearance_for_it(line):
    _, _, post = line
    refused = post("crossing-record", {"event": "departed", "mode": "aircraft"})
    assert "no medical clearance" in refused.content.decode()
    assert post("crossing-record", {"event": "departed", "mode": "bus"}).status_code == 303
    assert post("crossing-record", {"event": "locked_out"}).status_code == 303
    assert post("crossing-record", {"event": "crossed"}).status_code == 303


def test_every_line_is_named_with_its_end_and_what_is_owed(line):
    pages, client, post = line
    kept = {"why": "retained", "note": "proceedings 12"}
    assert post("close-line", kept).status_code == HTTPStatus.SEE_OTHER
    text = client.get(pages.at("closing", pages.exchange.manifest)).content.decode()
    assert "proceedings 12" in text
    assert "kept for proceedings (1)" in text
    assert "open (2)" in text
    only = client.get(pages.at("closing", pages.exchange.manifest) + "?state=retained")
    assert only.content.decode().count("End this line") == 0
    table = client.post(
        pages.at("closing-export", pages.exchange.manifest), {"format": "csv"}
    ).content.decode()
    assert table.count("\r\n") == 4


def test_the_checklist_names_of_whom_something_is_missing(line):
    pages, client, post = line
    at = pages.at("protocol", pages.exchange.manifest)
    before = client.get(at).content.decode()
    assert "Not every party has spoken yet." in before
    assert "0 of 2" in before  # nobody has given a receipt
    kept = {"why": "retained", "note": "proceedings 12"}
    assert post("close-line", kept).status_code == HTTPStatus.SEE_OTHER

    table = client.post(
        pages.at("protocol-export", pages.exchange.manifest), {"format": "csv"}
    ).content.decode()

    crossed = [row for row in table.splitlines() if row.startswith("Crossed the line")]
    assert len(crossed) == 2  # one of three does not travel any more
    assert all(",0,2," in row for row in crossed)


def test_a_finished_handover_has_nothing_missing_on_its_checklist(open_pages):
    pages = open_pages("finished")
    client = pages.as_("ines")
    text = client.get(pages.at("protocol", pages.exchange.manifest)).content.decode()
    assert "status-open" not in text
    assert text.count("status-received") == 10  # every point; nobody has a packet


def test_the_list_the_receipt_and_a_card_are_printed(open_pages):
    pages = open_pages("finished")
    client = pages.as_("ines")
    manifest, person = pages.exchange.manifest, pages.lines()[0].person
    for address in (
        pages.at("manifest-print", manifest) + "?language=hy&language=az&language=ru",
        pages.at("receipt-print", manifest, "north"),
        pages.at("person-print", person, "capture-card") + "?language=ar",
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
        assert client.get(address).content == answer.content
    four = pages.at("manifest-print", manifest) + "?" + "&".join(["language=en"] * 4)
    assert client.get(four).status_code == HTTPStatus.CONFLICT
    assert client.get(pages.at("person-print", person, "menu")).status_code == 404


def test_what_a_browser_keeps_names_nobody(open_pages):
    pages = open_pages("ready")
    kept = pages.as_(None).get(pages.at("line-waiting")).content.decode()
    assert "The program does not answer" in kept
    worker = pages.as_(None).get(pages.at("line-worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    described = pages.as_(None).get(pages.at("line-app")).json()
    assert described["start_url"] == "/manifests/"
