import csv
import io
from http import HTTPStatus

import pytest

from repatria.record.claim_rows import claims_in
from repatria.store.queries.exchange import PlannedPerson
from repatria.store.queries.persons import Shown
from repatria.web.exchange.exports import facts_of


def _rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_plan_leaves_with_the_reason_for_everybody_who_stays(open_pages):
    pages = open_pages("planned")

    rows = _rows(pages.as_("ines").post(pages.at("plan-export", pages.exchange.plan)))

    assert [row[4] for row in rows[1:]] == ["yes"] * 3 + ["no"] * 2
    assert all(row[5] for row in rows[4:])


def test_somebody_whose_record_is_not_shown_leaves_without_facts():
    nobody = PlannedPerson(shown=Shown(id="person:a", name="a", script="Latn"), row=None, reason={})

    assert list(facts_of(nobody)) == ["a", "", "", ""]


@pytest.mark.parametrize(
    ("moment", "fit", "confirmed"), [("frozen", "not yet", "not yet"), ("finished", "yes", "yes")]
)
def test_a_manifest_leaves_with_where_everybody_stands(open_pages, moment, fit, confirmed):
    pages = open_pages(moment)

    rows = _rows(pages.as_("nadia").post(pages.at("manifest-export", pages.exchange.manifest)))

    assert [(row[4], row[8]) for row in rows[1:]] == [(fit, confirmed)] * 3


def test_claims_that_left_can_be_read_back(open_pages):
    pages = open_pages("proposed")

    response = pages.as_(None).post(pages.at("claims-export"), {"measure": "held"})

    read = claims_in(response.content.decode("utf-8-sig"))
    assert [claim.id for claim in read] == ["c1", "c2", "c4"]


def test_a_workbook_is_given_when_asked_for(open_pages):
    pages = open_pages("proposed")

    response = pages.as_(None).post(pages.at("claims-export"), {"format": "xlsx"})

    assert response.status_code == HTTPStatus.OK
    assert response.content.startswith(b"PK")
