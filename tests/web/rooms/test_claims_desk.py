"""A desk enters claims, from an article too, and says what does not follow from findings."""

import re
from http import HTTPStatus

import pytest

from repatria.record import CheckKind
from repatria.record.explaining import AGREE, DIFFER

ARTICLE = (
    "On 12 March 2030 the Office of South said that 55 prisoners were returned: 41 soldiers,"
    " 6 civilians and 8 politicians.\n\nAt least 3 people were killed near Halden."
)
SAID = {"via": "News agency B", "said_on": "2030-03-13"}
NEW = {
    "id": "c9",
    "speaker": "Office of South",
    "via": "News agency B",
    "said_on": "2030-03-02",
    "measure": "held",
    "bound": "exactly",
    "value": "2",
    "population": "South",
    "holder": "north",
}


def sent(found, **changed):
    """What a browser sends for the first figure of the article."""
    from repatria.record.suggesting import suggestions

    first = suggestions(ARTICLE)[0]
    cells = {"speaker": "Office of South", "value": "55", "bound": "exactly", "measure": "returned"}
    named = {f"s{first.start}-{k}": v for k, v in (cells | changed).items()}
    return {
        "text": ARTICLE.replace("\n", "\r\n"),
        "record": str(first.start),
        **SAID,
        **named,
        **found,
    }


def known(pages):
    """The recorded claims by id."""
    from repatria.operations.publicity import claims_known

    return {claim.id: claim for claim in claims_known(pages.installation.log())}


def test_an_article_is_shown_with_its_figures_and_nothing_is_recorded(open_pages):
    pages = open_pages("proposed")
    before = known(pages)

    text = pages.as_("ines").post(pages.at("article"), {"text": ARTICLE, **SAID}).content.decode()

    assert text.count('class="figure-mark"') == 5
    assert "<mark>55</mark>" in text
    assert 'value="41 soldiers + 6 civilians + 8 politicians"' in text
    assert known(pages) == before


def test_a_figure_is_recorded_once_however_often_it_is_sent(open_pages):
    pages = open_pages("proposed")
    client, before = pages.as_("ines"), known(pages)

    for _ in range(2):
        text = client.post(pages.at("article-record"), sent({})).content.decode()
    refused = client.post(pages.at("article-record"), sent({}, value="56"))

    (claim,) = (claim for key, claim in known(pages).items() if key not in before)
    assert (claim.speaker, claim.value, claim.via) == ("Office of South", 55, "News agency B")
    assert f"/claims/{claim.id}/" in text
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "Halden" not in str(
        [e.statement.content for e in pages.installation.log().of_kind("claim.made")]
    )


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"said_on": "soon"}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"record": "1"}, HTTPStatus.NOT_FOUND),
        ({"text": ""}, HTTPStatus.NOT_FOUND),
    ],
)
def test_what_cannot_be_understood_records_nothing(open_pages, changed, status):
    pages = open_pages("proposed")
    before = known(pages)

    assert pages.as_("ines").post(pages.at("article-record"), sent(changed)).status_code == status
    assert known(pages) == before


def test_a_text_that_is_too_long_is_refused_in_words(open_pages):
    pages = open_pages("proposed")

    response = pages.as_("ines").post(pages.at("article"), {"text": "a " * 100_001, **SAID})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "at most 200000 characters" in response.content.decode()


def test_a_claim_is_entered_replaced_and_put_right(open_pages):
    pages = open_pages("proposed")
    client = pages.as_("ines")

    client.post(pages.at("claim-new"), NEW)
    newer = NEW | {"id": "c10", "value": "1", "said_on": "2030-03-03", "supersedes": "c9"}
    client.post(pages.at("claim-newer", "c9"), newer)
    client.post(pages.at("claim-right", "c9"), NEW | {"value": "4"})
    page = pages.as_(None).get(pages.at("claim", "c9")).content.decode()

    claims = known(pages)
    assert (claims["c9"].value, claims["c9"].population) == (4, "south")
    assert (claims["c10"].value, claims["c10"].supersedes) == (1, "c9")
    assert '<bdi dir="ltr">4</bdi>' in page
    assert len(pages.installation.log().about("claim:c9")) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"supersedes": "none"},
        {"supersedes": "c2"},  # of another speaker
        {"parts": "c1 c1"},
        {"copy_of": "c9"},
        {"to_party": "North", "holder": "north"},
        {"measure": "other"},
        {"said_on": "soon"},
    ],
)
def test_a_claim_that_does_not_hang_together_is_not_recorded(open_pages, wrong):
    pages = open_pages("proposed")

    response = pages.as_("ines").post(pages.at("claim-new"), NEW | wrong)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "c9" not in known(pages)


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(open_pages):
    pages = open_pages("proposed")
    client, page = pages.as_("ines"), pages.at("contradictions")
    finding = {"kind": "same_day_different_stock", "claim": ["c1", "c2"]}

    client.post(pages.at("finding-set-aside"), finding | {"reason": "one counts the escort"})
    aside = client.post(page, {"aside": "aside"}).content.decode()
    others = [pages.as_(who).get(page).content.decode() for who in (None, "nadia")]
    client.post(pages.at("finding-take-up"), finding)
    again = client.get(page).content.decode()

    assert "one counts the escort" in aside
    assert all("escort" not in text and "3 ≠ 4" in text for text in others)
    assert "escort" not in again
    assert "3 ≠ 4" in again


def test_what_was_set_aside_is_no_longer_among_the_work(open_pages):
    pages = open_pages("proposed")
    client, finding = pages.as_("ines"), {"kind": "same_day_different_stock"}

    def waiting(who="ines"):
        page = pages.as_(who).get(pages.at("home")).content.decode()
        counted = re.findall(r'"count">(\d+)</span><span>public figures to look at', page)
        return {int(count) for count in counted}

    [before] = waiting()
    client.post(
        pages.at("finding-set-aside"), finding | {"claim": ["c1", "c2"], "reason": "the escort"}
    )

    assert waiting() == ({before - 1} if before > 1 else set())
    assert waiting("nadia") == {before}


def test_a_figure_is_held_against_the_register_at_our_own_desk_alone(open_pages):
    pages = open_pages("proposed")
    asked = {"kind": "register_differs", "severity": "all"}
    address = pages.at("contradictions")

    ours, guest, public = (
        pages.as_(who).post(address, asked).content.decode() for who in ("ines", "nadia", None)
    )

    assert "4 ≠ 3" in ours
    assert "in our own register" in ours
    assert all("in our own register" not in text for text in (guest, public))


def test_findings_are_searched_and_taken_away(open_pages):
    pages = open_pages("proposed")
    client = pages.as_(None)

    found = client.post(pages.at("contradictions"), {"q": "agency a"}).content.decode()
    none = client.post(pages.at("contradictions"), {"q": "nobody"}).content.decode()
    table = client.post(pages.at("contradictions-export"), {"format": "csv"}).content.decode()

    assert "News agency A" in found
    assert "No finding fits this search" in none
    assert "same_day_different_stock,contradiction,no,c1 c2,3,4" in table


def test_the_sentences_of_findings_are_those_of_the_command():
    from repatria.web.record import verdicts

    for kind in CheckKind:
        assert str(verdicts.DIFFER[kind]) == DIFFER.get(kind, AGREE.get(kind))
    assert all(str(verdicts.AGREE[kind]) == words for kind, words in AGREE.items())


def test_paragraphs_keep_every_letter_of_a_text():
    from repatria.web.record.article_text import paragraphs, plain

    text = plain("  One 55.\r\n\r\nTwo\nlines 7.\n \n")
    shown = paragraphs(text, {4: (6, "a"), text.index("7"): (text.index("7") + 1, "b")})

    assert [[(p.text, p.mark) for p in each] for each in shown] == [
        [("One ", None), ("55", "a"), (".", None)],
        [("Two\nlines ", None), ("7", "b"), (".", None)],
    ]
