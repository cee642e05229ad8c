"""Nobody at a party's desk reads on any page that a person refused in private."""

import csv
import io
import re

from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.statement import Ground
from repatria.operations.agreement import digest_of_plan, latest_terms
from repatria.terms import Role

SECRETS = ("does not want to go", "consent-refused", "<strong>no</strong>")


def test_pages_and_exports_of_a_party_do_not_tell_who_refused_in_private(open_pages):
    pages = open_pages("frozen")
    line = pages.lines("north")[0]
    consent = pages.at("consent", pages.exchange.manifest, line.person)
    said = {"willing": "no", "occasion": "interview", "nobody_else_present": "on"}
    pages.as_("ines").post(consent, said)
    board = pages.at("manifest", pages.exchange.manifest)
    table = pages.at("manifest-export", pages.exchange.manifest)

    assert "<strong>no</strong>" in pages.as_("ines").get(board).content.decode()
    for name in ("nadia", "samir"):
        client = pages.as_(name)
        read = [client.get(board), client.get(pages.at("person", line.person))]
        texts = [page.content.decode() for page in read if page.status_code == 200]
        assert "not available" in texts[0]
        assert not any(secret in text for text in texts for secret in SECRETS)
        rows = csv.DictReader(
            io.StringIO(client.post(table, {"format": "csv"}).content.decode("utf-8-sig"))
        )
        assert {row["Wants to go"] for row in rows} == {"not yet"}


def test_a_plan_of_an_older_version_that_says_why_is_shown_without_it(open_pages):
    pages = open_pages("frozen")
    person = pages.lines("north")[0].person
    consent = pages.at("consent", pages.exchange.manifest, person)
    said = {"willing": "no", "occasion": "interview", "nobody_else_present": "on"}
    pages.as_("ines").post(consent, said)
    plan = written_by_an_older_version(pages, person)
    why, whole = pages.at("plan-why", plan, person), pages.at("plan", plan)

    own = pages.as_("ines").get(why).content.decode()
    assert "For the intermediary alone" in own
    assert "does not want to go" in own
    for name in ("nadia", "samir"):
        client = pages.as_(name)
        taken = client.post(pages.at("plan-export", plan), {"format": "csv"})
        texts = [client.get(why), client.get(whole), taken]
        for text in (page.content.decode("utf-8-sig") for page in texts):
            assert re.search("not available", text)
            assert not any(secret in text for secret in SECRETS)
            assert "For the intermediary alone" not in text


def written_by_an_older_version(pages, person):
    """A plan whose reasons name the ground, as plans did once; its id."""
    desk = pages.installation.desk("ines", Role.INTERMEDIARY)
    terms, _entry = latest_terms(desk.log, pages.exchange.terms_id)
    reason = {
        "code": "consent-refused",
        "rules": ["GC III art. 109(3)"],
        "sentence": "Cannot be chosen: does not want to go (GC III art. 109(3))",
    }
    said = PlanProposed(
        plan_id="plan:intermediary-older",
        terms_id=terms.terms_id,
        terms_digest=terms.digest,
        status="optimal",
        selected=(),
        left_out=(person,),
        levels=(),
        reasons={person: reason},
        digest=digest_of_plan(terms.digest, ()),
    )
    desk.log.append(
        [
            desk.state(
                said,
                about=(said.plan_id,),
                audience=desk.with_parties("north", "south"),
                ground=Ground(basis="computation"),
            )
        ]
    )
    return said.plan_id
