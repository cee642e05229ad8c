"""The pages for everybody: the same for all, without cookies, and nothing that is not public."""

import json
import re
from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from repatria.operations.bulletins import publish_bulletin
from repatria.operations.commitments import record_commitment
from repatria.operations.places import locate_place
from repatria.operations.replies import Decision, Purpose, review_reply, take_reply
from repatria.record.bulletin_figures import hxl_csv
from repatria.record.commitments import Promise
from repatria.terms import Role
from repatria.web.public import flood, replies

LATER = datetime(2030, 4, 1, tzinfo=UTC)
EVERYWHERE = ("home", "bulletins", "figures", "said", "promises", "verify", "tip", "feed")


@pytest.fixture
def unhurried(monkeypatch):
    """A form may be sent at once, and nobody has written yet."""
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(flood, "LEAST_SECONDS", -1)
    yield
    cache.clear()


def corrected(pages):
    """The bulletin in a second version, by the intermediary."""
    return publish_bulletin(
        pages.installation.desk("ines", Role.INTERMEDIARY, clock=lambda: LATER),
        manifest_id=pages.exchange.manifest,
        event="exchange-2030-03-01",
        populations={"north": "south", "south": "north"},
        issued_by="Intermediary, press office",
        health_speaker="Intermediary's doctors",
        languages=("en", "ar"),
        labels={},
        corrects=pages.exchange.bulletin,
        reason="The issuer was named wrongly.",
    )


def send(pages, **more):
    """The form as a reader sends it."""
    client = pages.as_(None)
    address = pages.at("public-answer", "en", pages.exchange.bulletin)
    page = client.get(address).content.decode()
    given = re.search(r'name="given" value="([^"]*)"', page)[1]
    said = {"purpose": "reply", "text": "It was a Tuesday.", "given": given}
    return client.post(address, {**said, **more})


def test_public_pages_set_no_cookie_and_load_nothing_from_elsewhere(open_pages):
    pages = open_pages("finished")
    for name in EVERYWHERE:
        response = pages.as_(None).get(pages.at(f"public-{name}", "en"))
        text = response.content.decode()

        assert response.status_code == HTTPStatus.OK
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "csrfmiddlewaretoken" not in text
        assert "<script" not in text
        assert re.findall(r'(?:src|rel="(?:stylesheet|icon)" href)="(?:https?:)?//', text) == []


def test_who_follows_a_source_gets_no_cookie_either(open_pages):
    pages = open_pages("finished")

    assert not pages.as_(None).get(pages.at("claim", "c1")).cookies


def test_a_page_that_did_not_change_is_not_sent_again(open_pages):
    pages = open_pages("finished")
    address = pages.at("public-bulletin", "en", pages.exchange.bulletin)
    first = pages.as_(None).get(address)

    again = pages.as_(None).get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Cache-Control"] == "public, max-age=60"
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert again.content == b""


def test_somebody_logged_in_sees_the_same_page_as_everybody(open_pages):
    pages = open_pages("finished")
    record_commitment(
        pages.installation.desk("ines", Role.INTERMEDIARY),
        promised_by="north",
        promised_to="south",
        what=Promise.WITHDRAW,
        words="a promise between two",
        source="talks",
        public=False,
    )
    address = pages.at("public-promises", "en")

    assert pages.as_("ines").get(address).content == pages.as_(None).get(address).content
    assert "a promise between two" not in pages.as_("ines").get(address).content.decode()
    assert "a promise between two" in pages.as_("ines").get(pages.at("promises")).content.decode()


def test_a_page_is_in_the_language_of_its_address(open_pages):
    pages = open_pages("finished")

    text = pages.as_(None).get(pages.at("public-home", "ar")).content.decode()

    assert '<html lang="ar" dir="rtl">' in text
    assert pages.as_(None).get("/public/xx/").status_code == HTTPStatus.NOT_FOUND


def test_a_correction_is_a_new_version_and_both_stay_where_they_are(open_pages):
    pages = open_pages("finished")
    client = pages.as_(None)
    bulletin = pages.at("public-bulletin", "en", pages.exchange.bulletin)
    first = re.search(r"/public/en/content/([0-9a-f]{64})/", client.get(bulletin).content.decode())
    corrected(pages)

    newest = client.get(bulletin).content.decode()
    old = client.get(first[0]).content.decode()
    changes = client.get(pages.at("public-changes", "en", pages.exchange.bulletin, 2))

    assert "The issuer was named wrongly." in newest
    assert "Intermediary, press office" in newest
    assert "Intermediary, press office" not in old
    assert "This version has been corrected." in old
    text = changes.content.decode()
    added = re.findall("<ins>(.*?)</ins>", text)
    assert any("press office," in words for words in added)
    assert "<del>1</del>" in text


def test_a_copy_with_one_changed_digit_is_found(open_pages):
    from django.core.files.uploadedfile import SimpleUploadedFile

    pages = open_pages("finished")
    client = pages.as_(None)
    page = client.get(pages.at("public-bulletin", "en", pages.exchange.bulletin)).content.decode()
    content = re.search(r"/public/en/content/([0-9a-f]{64})/", page)[1]
    address = pages.at("public-verify", "en")
    files = {e: client.get(f"/public/files/{content}.{e}").content for e in ("json", "html")}
    files["csv"] = hxl_csv(json.loads(files["json"])["bulletin"]["figures"]).encode()
    for raw in files.values():
        changed = re.sub(rb"(: |,)2(?=\D)", rb"\g<1>3", raw, count=1)
        assert changed != raw

        good = client.post(address, {"copy": SimpleUploadedFile("copy", raw)}).content.decode()
        bad = client.post(address, {"copy": SimpleUploadedFile("copy", changed)}).content.decode()

        assert "Exactly as signed" in good
        assert "Not as signed" in bad


def test_the_figures_are_a_table_with_hashtags(open_pages):
    pages = open_pages("finished")

    text = pages.as_(None).get(pages.at("public-figures-file", "en")).content.decode()

    heading, tags, *rows = text.splitlines()
    assert heading.startswith("measure,rests_on,value")
    assert all(tag.startswith("#") for tag in tags.split(","))
    assert any(row.startswith("released,both-receipts,2,exactly,south,north,south") for row in rows)


def test_the_feed_leads_to_every_version(open_pages):
    pages = open_pages("finished")
    corrected(pages)

    text = pages.as_(None).get(pages.at("public-feed", "en")).content.decode()

    assert text.count("<entry>") == 2
    assert len(set(re.findall(r"urn:sha256:[0-9a-f]{64}", text))) == 2


def test_charts_show_every_speaker_and_only_public_places(open_pages):
    pages = open_pages("finished")
    desk = pages.installation.desk("ines", Role.INTERMEDIARY)
    before = pages.as_(None).get(pages.at("public-figures", "en")).content.decode()
    locate_place(
        desk, title="Old stone bridge", latitude_e4=412_000, longitude_e4=450_000, source="Agency"
    )

    text = pages.as_(None).get(pages.at("public-figures", "en")).content.decode()

    assert "Office of South" in text
    assert "News agency A" in text
    assert "Both receipts" in text
    assert 'aria-label="Both receipts: 2. "' in text
    assert "The bridge" not in text  # where the manifest says people cross
    assert "No handover point is public." in before
    assert "Old stone bridge" in text


def test_what_is_searched_for_is_in_no_address(open_pages):
    pages = open_pages("finished")
    address = pages.at("public-search", "en")

    text = pages.as_(None).post(address, {"q": "lawyer"}).content.decode()

    assert "Lawyer in South" in text
    assert "News agency A" not in text
    assert pages.as_(None).get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_an_answer_is_public_only_after_somebody_read_it(open_pages, unhurried):
    pages = open_pages("finished")
    bulletin = pages.at("public-bulletin", "en", pages.exchange.bulletin)

    assert "It was taken in" in send(pages, contact="reader@example.org").content.decode()
    assert "It was a Tuesday." not in pages.as_(None).get(bulletin).content.decode()

    queue = pages.as_("ines").get(pages.at("replies")).content.decode()
    token = re.search(r"/replies/(intermediary-\w+)/", queue)[1]
    one = pages.as_("ines").get(pages.at("reply", token)).content.decode()
    opened = pages.as_("ines").post(pages.at("reply-contact", token)).content.decode()
    sent = {"decision": "publish", "text": "It was a Tuesday.", "name": ""}
    decided = pages.as_("ines").post(pages.at("reply-decide", token), sent)
    shown = pages.as_(None).get(bulletin).content.decode()

    assert "reader@example.org" not in queue + one + shown
    assert "reader@example.org" in opened
    assert decided.status_code == HTTPStatus.SEE_OTHER
    assert "It was a Tuesday." in shown


def test_a_tip_is_on_no_public_page(open_pages):
    pages = open_pages("finished")
    take_reply(
        pages.installation.desk("public-form", Role.OUTSIDER),
        purpose=Purpose.TIP,
        text="Somebody saw him in a made-up town.",
        answers=pages.exchange.bulletin,
    )
    seen = [
        pages.as_(None).get(pages.at(f"public-{name}", "en")).content.decode()
        for name in EVERYWHERE
    ]
    seen.append(
        pages.as_(None)
        .get(pages.at("public-bulletin", "en", pages.exchange.bulletin))
        .content.decode()
    )

    assert not any("made-up town" in text for text in seen)


def test_a_program_that_fills_in_what_is_not_shown_writes_nothing(open_pages, unhurried):
    pages = open_pages("finished")
    before = pages.installation.log().head("intermediary").size

    response = send(pages, website="http://example.org")

    assert response.status_code == HTTPStatus.OK
    assert pages.installation.log().head("intermediary").size == before


def test_a_form_that_nobody_gave_out_is_asked_for_again(open_pages, unhurried):
    pages = open_pages("finished")

    response = send(pages, given="form:forged")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "It was a Tuesday." in response.content.decode()


def test_a_flood_is_held_back_and_no_address_is_kept(open_pages, unhurried, monkeypatch):
    pages = open_pages("finished")
    monkeypatch.setattr(flood, "PER_BUCKET", 2)

    statuses = [send(pages).status_code for _ in range(3)]

    assert statuses == [HTTPStatus.OK, HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS]
    assert flood.bucket_of("192.0.2.1") == flood.bucket_of("192.0.2.77")
    assert all(0 <= flood.bucket_of(f"192.0.{n}.1") < 256 for n in range(256))
    written = [e.statement.body for e in pages.installation.log().of_kind("reply.given")]
    assert not any(b"127.0.0" in body for body in written)


def test_a_closed_desk_says_so(open_pages, unhurried, monkeypatch):
    pages = open_pages("finished")

    def locked():
        raise replies.LockedError

    monkeypatch.setattr(replies, "public_desk", locked)

    assert send(pages).status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_required_fields_are_marked(open_pages):
    pages = open_pages("finished")

    text = pages.as_(None).get(pages.at("public-tip", "en")).content.decode()

    assert text.count("(required)") == 2
    assert text.count("(optional)") == 2


def test_a_published_reply_can_be_taken_back(open_pages):
    pages = open_pages("finished")
    desk = pages.installation.desk("ines", Role.INTERMEDIARY)
    reply_id = take_reply(
        pages.installation.desk("public-form", Role.OUTSIDER),
        purpose=Purpose.REPLY,
        text="It was a Tuesday.",
        answers=pages.exchange.bulletin,
    )
    address = pages.at("public-bulletin", "en", pages.exchange.bulletin)
    review_reply(desk, reply_id, Decision.PUBLISH, text="It was a Tuesday.")
    before = pages.as_(None).get(address).content.decode()
    review_reply(desk, reply_id, Decision.REFUSE)

    assert "It was a Tuesday." in before
    assert "It was a Tuesday." not in pages.as_(None).get(address).content.decode()


def test_the_signed_file_is_what_was_written_down(open_pages):
    pages = open_pages("finished")
    client = pages.as_(None)
    page = client.get(pages.at("public-bulletin", "en", pages.exchange.bulletin)).content.decode()
    content = re.search(r"/public/en/content/([0-9a-f]{64})/", page)[1]

    response = client.get(f"/public/files/{content}.json")

    assert "immutable" in response["Cache-Control"]
    said = json.loads(response.content)["bulletin"]["said"]
    assert said["title"] in page


def test_the_register_stands_beside_the_claims_for_a_desk_alone(open_pages):
    pages = open_pages("finished")
    counted = "Our register today"

    assert counted in pages.as_("ines").get(pages.at("claims-register")).content.decode()
    assert counted not in pages.as_("ines").get(pages.at("public-figures", "en")).content.decode()


def test_the_board_of_contradictions_can_be_taken_away(open_pages):
    pages = open_pages("finished")

    text = pages.as_("ines").post(pages.at("contradictions-export")).content.decode()

    assert "News agency A" in text
    assert "c1" in text
