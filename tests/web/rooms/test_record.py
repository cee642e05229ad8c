from http import HTTPStatus

import pytest

from repatria.record import Claim, Measure
from repatria.terms import ClaimId, PartialDate
from repatria.web.record.chart import chart_of
from repatria.web.record.shown import ShownClaim


@pytest.mark.parametrize("who", [None, "leyla", "nadia"])
def test_it_works_for_everybody(open_pages, who):
    pages = open_pages("proposed")

    assert "Lawyer in South" in pages.as_(who).get(pages.at("claims")).content.decode()


@pytest.mark.parametrize("name", ["bulletins", "family"])
def test_it_rejects_post(open_pages, name):
    pages = open_pages("proposed")

    response = pages.as_("ines").post(pages.at(name))

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_what_is_searched_for_is_in_no_address(open_pages):
    pages = open_pages("proposed")

    response = pages.as_(None).post(pages.at("claims"), {"q": "lawyer"})

    text = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "Lawyer in South" in text
    assert "News agency A" not in text


def test_claims_can_be_narrowed_to_what_they_count(open_pages):
    pages = open_pages("proposed")
    address = pages.at("claims")

    text = pages.as_(None).get(address, {"measure": "unacknowledged"}).content.decode()
    none = pages.as_(None).get(address, {"measure": "missing"}).content.decode()

    assert "~2" in text
    assert "News agency A" not in text
    assert "No claim fits this search" in none


def test_a_claim_stands_with_its_speaker_and_what_contradicts_it(open_pages):
    pages = open_pages("proposed")

    text = pages.as_(None).get(pages.at("claim", "c1")).content.decode()

    assert "Office of South" in text
    assert "3 ≠ 4" in text
    assert "intermediary/" in text


def test_a_claim_that_is_not_there_is_not_found(open_pages):
    pages = open_pages("proposed")

    assert pages.as_(None).get(pages.at("claim", "c9")).status_code == HTTPStatus.NOT_FOUND


def test_both_speakers_of_a_contradiction_are_shown(open_pages):
    pages = open_pages("proposed")

    text = pages.as_("tomas").get(pages.at("contradictions")).content.decode()

    assert "Two counts of the same day" in text
    assert "News agency A" in text
    assert "Office of South" in text


def test_a_reader_gets_a_bulletin_in_his_language(open_pages):
    pages = open_pages("finished")
    address = pages.at("bulletin", pages.exchange.bulletin)

    english = pages.as_(None).get(address).content.decode()
    arabic = pages.as_(None).get(address, {"lang": "ar"}).content.decode()
    as_set = pages.as_(None).get(address, headers={"accept-language": "ar"}).content.decode()

    assert '<article lang="en" dir="ltr">' in english
    assert '<article lang="ar" dir="rtl">' in arabic
    assert '<article lang="ar" dir="rtl">' in as_set
    assert pages.at("claim", "c1") in english


def test_the_file_of_a_bulletin_is_the_one_that_was_signed(open_pages):
    from hashlib import sha256

    pages = open_pages("finished")

    response = pages.as_(None).get(pages.at("bulletin-file", pages.exchange.bulletin, "ar"))
    content = b"".join(response.streaming_content)
    response.close()

    assert response["Content-Disposition"].startswith("attachment")
    page = pages.as_(None).get(pages.at("bulletin", pages.exchange.bulletin), {"lang": "ar"})
    assert sha256(content).hexdigest() in page.content.decode()


def test_a_file_that_was_altered_is_not_given_out(open_pages):
    pages = open_pages("finished")
    for path in (pages.installation.folder / "published").glob("*.html"):
        path.write_text(path.read_text("utf-8") + " ", "utf-8")

    response = pages.as_(None).get(pages.at("bulletin-file", pages.exchange.bulletin, "en"))
    page = pages.as_(None).get(pages.at("bulletin", pages.exchange.bulletin))

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Download" not in page.content.decode()


@pytest.mark.parametrize(("bulletin", "language"), [("bulletin:x", "en"), (None, "fr")])
def test_a_bulletin_that_is_not_there_is_not_found(open_pages, bulletin, language):
    pages = open_pages("finished")
    address = pages.at("bulletin-file", bulletin or pages.exchange.bulletin, language)

    assert pages.as_(None).get(address).status_code == HTTPStatus.NOT_FOUND


def test_before_anything_is_published_the_page_says_so(open_pages):
    pages = open_pages("proposed")

    text = pages.as_(None).get(pages.at("bulletins")).content.decode()

    assert "No bulletin has been published yet" in text


def test_no_name_of_a_person_is_on_a_public_page(open_pages):
    pages = open_pages("finished")
    addresses = [
        pages.at("claims"),
        pages.at("contradictions"),
        pages.at("bulletins"),
        pages.at("bulletin", pages.exchange.bulletin),
    ]

    text = "".join(pages.as_(None).get(address).content.decode() for address in addresses)

    for part in ("Sintetyan", "Hnarovi", "Otarian", "Qondarmazade", "Uydurmali"):
        assert part not in text


def test_a_family_sees_its_request_and_what_it_was_told(open_pages):
    pages = open_pages("finished")

    text = pages.as_("leyla").get(pages.at("family")).content.decode()

    assert "Vardan Hnarovi" in text
    assert "He crossed and was received." in text
    assert "Nobody is ever asked for money" in text


@pytest.mark.parametrize("page", ["1", "7", "x", "²"])
def test_a_family_that_was_told_nothing_yet_reads_that_too(open_pages, page):
    pages = open_pages("proposed")

    text = pages.as_("leyla").get(pages.at("family"), {"page": page}).content.decode()

    assert "No news yet" in text


def test_the_other_party_does_not_see_it(open_pages):
    pages = open_pages("finished")

    for name in ("nadia", "samir"):
        text = pages.as_(name).get(pages.at("family")).content.decode()
        assert "No family has asked yet" in text
    for name in ("tomas", "mallory"):
        assert pages.as_(name).get(pages.at("family")).status_code == HTTPStatus.NOT_FOUND


def test_marks_of_one_day_do_not_lie_on_each_other():
    day = PartialDate(year=2030, month=1, day=1)
    claims = [
        ShownClaim(
            claim=Claim(
                id=ClaimId(f"c{number}"),
                speaker="Office",
                via="a paper",
                said_on=day if number else PartialDate(year=2020),
                measure=Measure.HELD,
                population="south",
                value=number,
            ),
            author="north",
            ref=f"north/{number}",
        )
        for number in range(4)
    ]

    picture = chart_of(claims)

    assert picture is not None
    (band,) = picture.bands
    assert [mark.anchor for mark in band.marks] == ["start", "end", "end", "end"]
    assert len({(mark.x, mark.y) for mark in band.marks}) == 4
    assert chart_of([]) is None
