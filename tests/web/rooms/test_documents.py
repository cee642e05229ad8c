"""What parties sign together: the list, one document, its file; and two people who sign."""

import csv
import io
from http import HTTPStatus

import pytest

from repatria.ledger.kinds.terms_accepted import TermsAccepted
from repatria.ledger.statement import Ground
from repatria.operations.agreement import propose_terms
from repatria.operations.crossing import draft_receipt
from repatria.operations.document_check import check_document
from repatria.operations.document_kinds import envelope_for, spoken
from repatria.operations.four_eyes import approve_document
from repatria.operations.signed_documents import documents_of, find_document
from repatria.terms import Role
from signed import digest_shown
from simulators.party import NORTH, SOUTH, terms_for


def document_at(pages, subject):
    """One document of an installation."""
    return find_document(pages.installation.log(), subject)


def text_of(pages, who, name, *args, **more):
    """A page as somebody sees it."""
    return pages.as_(who).get(pages.at(name, *args), more).content.decode()


def test_it_works_and_lists_every_document_with_who_signed(open_pages):
    pages = open_pages("finished")

    text = text_of(pages, "ines", "documents")

    assert text.count('<th scope="row">') == 5
    assert "North" in text
    assert "Final list" in text


def test_others_do_not_see_it(open_pages):
    pages = open_pages("finished")
    digest = document_at(pages, pages.exchange.plan).digest

    for who in ("tomas", "leyla", "mallory"):
        for address in (pages.at("documents"), pages.at("document", digest)):
            assert pages.as_(who).get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_document_that_is_not_there_is_not_found(open_pages):
    pages = open_pages("frozen")
    for name in ("document", "document-file"):
        response = pages.as_("ines").get(pages.at(name, "0" * 64))
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_it_rejects_post_where_there_is_nothing_to_post(open_pages):
    pages = open_pages("frozen")
    address = pages.at("document", document_at(pages, pages.exchange.plan).digest)

    assert pages.as_("ines").post(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "receipt"}, 2),
        ({"state": "signed"}, 5),
        ({"state": "open"}, 0),
        ({"state": "ours"}, 0),
        ({"q": "plan:"}, 1),
        ({"q": "nothing like it"}, 0),
    ],
)
def test_the_list_is_searched_and_filtered(open_pages, asked, found):
    pages = open_pages("finished")

    text = pages.as_("ines").post(pages.at("documents"), asked).content.decode()

    assert text.count('<th scope="row">') == found


def test_what_waits_for_us_is_found(open_pages):
    pages = open_pages("frozen", "north")

    text = pages.as_("nikolai").post(pages.at("documents"), {"state": "ours"}).content.decode()

    assert text.count('<th scope="row">') == 1
    assert pages.exchange.manifest in text


def test_the_list_leaves_as_a_table(open_pages):
    pages = open_pages("finished")

    answer = pages.as_("ines").post(pages.at("documents-export"), {"kind": "manifest"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][1] == pages.exchange.manifest
    assert rows[1][3] == "intermediary, north, south"


def test_every_document_shows_what_it_says_and_the_digest_in_groups(open_pages):
    pages = open_pages("finished")

    for signed in documents_of(pages.installation.log()):
        text = text_of(pages, "ines", "document", signed.digest)
        for group in spoken(signed.digest).split():
            assert f"<span>{group}</span>" in text
        assert "Signed by every party" in text
        assert "<svg" in text


def test_the_file_of_a_document_checks_with_the_keyrings_alone(open_pages):
    pages = open_pages("finished")
    rings = [pages.exchange.at[party].keyring for party in ("north", "south")]

    for signed in documents_of(pages.installation.log()):
        answer = pages.as_("samir").get(pages.at("document-file", signed.digest))
        checked = check_document(answer.content.decode(), rings, place="file")
        assert checked.missing == ()
        assert ".dsse.json" in answer["Content-Disposition"]


def test_what_was_said_and_not_signed_is_shown_so(open_pages):
    pages = open_pages("proposed", "north")
    desk = pages.installation.desk("nikolai", Role.NEGOTIATOR, clock=pages.exchange.clock)
    signed = document_at(pages, "terms:t1")
    [entry] = desk.log.of_kind("terms.proposed")
    only_said = TermsAccepted(terms_id="t1", version=1, digest=entry.statement.content["digest"])
    desk.log.append(
        [
            desk.state(
                only_said,
                about=("terms:t1",),
                audience=desk.with_parties(NORTH, SOUTH),
                ground=Ground(basis="test"),
            )
        ]
    )

    text = text_of(pages, "nikolai", "document", signed.digest)

    assert "said, not signed" in text
    assert "Not signed by all yet" in text


# -- the pages that sign ----------------------------------------------------


def test_a_page_that_signs_shows_digest_key_and_who_has_signed(open_pages):
    pages = open_pages("frozen", "north")
    signed = document_at(pages, pages.exchange.manifest)
    key = pages.installation.node().signing.verify_key

    text = text_of(pages, "noor", "manifest-sign", pages.exchange.manifest)

    assert digest_shown(text) == signed.digest
    assert key.fingerprint in text
    assert text.count("not signed yet") == 2
    assert "only a signed change alters it" in text
    assert "Prepare" not in text


@pytest.mark.parametrize("sent", [{}, {"digest": ""}, {"digest": "0" * 64}])
def test_a_form_that_does_not_say_what_was_shown_signs_nothing(open_pages, sent):
    pages = open_pages("frozen", "north")

    response = pages.as_("noor").post(pages.at("manifest-sign", pages.exchange.manifest), sent)

    assert response.status_code == HTTPStatus.CONFLICT
    assert pages.said("manifest.accepted") == 0


@pytest.fixture
def two_asked(open_pages):
    """North's pages, with terms in front of it that ask for two people."""
    pages = open_pages("proposed", "north")
    desk = pages.installation.desk("founder", Role.NEGOTIATOR, clock=pages.exchange.clock)
    terms = terms_for(terms_id="t9", four_eyes=("terms", "receipt"))
    propose_terms(desk, terms, parties=(NORTH, SOUTH))
    return pages


def test_one_prepares_and_another_signs(two_asked):
    pages, address = two_asked, two_asked.at("terms-accept", "t9")
    registrar, negotiator = pages.as_("nadia"), pages.as_("nikolai")

    first = registrar.get(address).content.decode()
    alone = negotiator.post(address, {"digest": digest_shown(first), "act": "sign"})
    prepared = registrar.post(address, {"digest": digest_shown(first), "act": "approve"})
    second = negotiator.get(address).content.decode()
    signed = negotiator.post(address, {"digest": digest_shown(second), "act": "sign"})

    assert "Your role approves this document" in first
    assert "Prepare: I have read it" in first
    assert 'value="sign"' not in first
    assert alone.status_code == HTTPStatus.CONFLICT
    assert prepared.status_code == HTTPStatus.SEE_OTHER
    assert "of exactly this document" in second
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("terms.accepted") == 1


def test_whoever_prepared_finds_no_button_to_sign(two_asked):
    pages, address = two_asked, two_asked.at("terms-accept", "t9")
    client = pages.as_("nikolai")

    before = client.get(address).content.decode()
    client.post(address, {"digest": digest_shown(before), "act": "approve"})
    after = client.get(address).content.decode()

    assert "Nobody has approved it yet" in before
    assert "You approved it yourself" in after
    assert 'name="act"' not in after
    assert client.post(address, {"digest": digest_shown(after)}).status_code == (
        HTTPStatus.CONFLICT
    )


def test_an_approval_of_an_earlier_version_is_shown_as_counting_no_more(two_asked):
    pages, address = two_asked, two_asked.at("terms-accept", "t9")
    shown = pages.as_("nadia").get(address).content.decode()
    pages.as_("nadia").post(address, {"digest": digest_shown(shown), "act": "approve"})
    desk = pages.installation.desk("founder", Role.NEGOTIATOR, clock=pages.exchange.clock)
    newer = terms_for(terms_id="t9", version=2, four_eyes=("terms",))
    propose_terms(desk, newer, parties=(NORTH, SOUTH))

    text = pages.as_("nikolai").get(address).content.decode()

    assert "of an earlier state; it counts no more" in text
    assert "has changed since it was approved" in text
    assert 'value="sign"' not in text


def test_the_approval_is_shown_to_ones_own_party_only(two_asked):
    pages, address = two_asked, two_asked.at("terms-accept", "t9")
    shown = pages.as_("nadia").get(address).content.decode()
    pages.as_("nadia").post(address, {"digest": digest_shown(shown), "act": "approve"})
    digest = document_at(pages, "terms:t9").digest

    assert "Approved in your party by" in text_of(pages, "nikolai", "document", digest)
    assert "Approved in your party by" not in text_of(pages, "samir", "document", digest)


def test_a_receipt_that_one_prepared_is_found_looked_at_and_signed_by_another(open_pages):
    pages = open_pages("crossed", "north")
    desk = pages.installation.desk("nadia", Role.REGISTRAR, clock=pages.exchange.clock)
    draft = draft_receipt(
        desk,
        manifest_id=pages.exchange.manifest,
        handed_over=[line.person for line in pages.lines("north")],
        received=[],
        incident="one bag lost",
    )
    approve_document(desk, draft, digest=envelope_for(draft).digest)
    address, noor = pages.at("receipt", pages.exchange.manifest), pages.as_("noor")
    chosen = {"handed_over": draft.handed_over, "incident": draft.incident}

    found = noor.get(address).content.decode()
    shown = noor.post(address, chosen).content.decode()
    signed = noor.post(address, {**chosen, "digest": digest_shown(shown), "act": "sign"})

    assert "Prepared by <bdi>nadia</bdi>" in found
    assert 'name="incident" value="one bag lost"' in found
    assert digest_shown(shown) == envelope_for(draft).digest
    assert signed.status_code == HTTPStatus.SEE_OTHER
    assert pages.said("receipt.given") == 1
