"""Claims keep their speakers; what we say rests on both receipts."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from repatria.handover import digest_of_lines
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.statement import Ground
from repatria.operations.bulletins import publish_bulletin
from repatria.operations.claim_corrections import correct_claim
from repatria.operations.crossing import crossed_by_both_receipts
from repatria.operations.publicity import (
    check_claims,
    claims_known,
    record_claims,
    remaining,
    statement_of_claim,
)
from repatria.record import CheckKind, ClaimBook
from repatria.record.bulletin import SentenceCode
from repatria.record.claim_rows import claims_in
from repatria.terms import Role
from repatria.terms.parties import PUBLIC
from simulators.party import INTERMEDIARY, NORTH, SOUTH
from simulators.refusals import refuses

HEAD = "id,speaker,via,said_on,measure,population,holder,to_party,value,event\n"
HELD = "c1,Government of South,Agency A,2030-02-20,held,south,north,,9,\n"
WHOSE = {NORTH: "south", SOUTH: "north"}


def press(met):
    """The intermediary's press desk."""
    return met.intermediary.desk(Role.PRESS)


def publish(met, *, languages=("en",), day=28, embargo_until=None):
    """Put out a bulletin on that day of the month."""
    met.clock.turn_to(met.clock.at.replace(day=day))
    return publish_bulletin(
        press(met),
        manifest_id=met.manifest_id,
        event="march",
        populations=WHOSE,
        issued_by="The intermediary",
        health_speaker="The intermediary",
        languages=languages,
        labels={"en": {"north": "North", "south": "South"}},
        embargo_until=embargo_until,
    )


def health_said(published):
    """The codes of what a bulletin says about health."""
    return [s.code for s in published.bulletin.sentences if s.paragraph == "health"]


def test_a_claim_is_recorded_once_and_never_changed(at):
    met = at("met")
    record_claims(press(met), claims_in(HEAD + HELD))
    before = met.intermediary.head
    record_claims(press(met), claims_in(HEAD + HELD))
    assert met.intermediary.head == before
    with refuses(met.intermediary, "claim-differs"):
        record_claims(press(met), claims_in(HEAD + HELD.replace(",9,", ",10,")))
    assert [claim.value for claim in claims_known(met.intermediary.log)] == [9]


def test_a_slip_in_the_record_of_a_claim_is_put_right_by_who_recorded_it(at):
    met = at("met")
    record_claims(press(met), claims_in(HEAD + HELD))
    (right,) = claims_in(HEAD + HELD.replace(",9,", ",10,"))
    correct_claim(press(met), right)
    assert [claim.value for claim in claims_known(met.intermediary.log)] == [10]
    assert len(met.intermediary.log.of_kind("claim.made")) == 2
    with refuses(met.intermediary, "claim-unchanged"):
        correct_claim(press(met), right)
    with refuses(met.north, "claim-not-ours"):
        correct_claim(met.north.desk(Role.PRESS), right)


def test_a_peer_that_writes_down_our_speaker_takes_no_claim_of_ours_away(at):
    """South dislikes what its government said, and what the intermediary wrote down of it."""
    met = at("met")
    head = HEAD.replace(",event", ",event,supersedes,parts")
    (said,) = claims_in(HEAD + HELD)
    newer, whole = claims_in(
        head + HELD.replace("c1,", "c2,").replace(",9,\n", ",0,,c1,\n")
        + HELD.replace("c1,", "c3,").replace(",9,\n", ",9,,,c1\n")
    )  # fmt: skip
    record_claims(press(met), (said,))
    met.carry_all()
    for claim in (newer, whole):
        true = statement_of_claim(met.south.desk(Role.PRESS), claim)
        forged = {**true.content["document"], "recorded_by": INTERMEDIARY, "ours": True}
        met.south.log.append([replace(true, content={**true.content, "document": forged})])
    met.carry_all()

    here, there = (claims_known(each.log) for each in (met.intermediary, met.south))

    assert {c.id: c.recorded_by for c in here} == {
        said.id: INTERMEDIARY, newer.id: SOUTH, whole.id: SOUTH,
    }  # fmt: skip
    assert ClaimBook.of(here).wholes() == (said, newer, whole)
    assert (CheckKind.BROKEN_REFERENCE, (said.id, newer.id)) in {
        (check.kind, check.claims) for check in check_claims(met.intermediary.log)
    }
    # Who reads what he wrote himself follows it; and so do we, once we write it down.
    assert ClaimBook.of(there).superseded == {said.id}
    record_claims(
        press(met), claims_in(head + HELD.replace("c1,", "c4,").replace("9,\n", "8,,c2,\n"))
    )
    assert ClaimBook.of(claims_known(met.intermediary.log)).superseded == {newer.id}


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("supersedes", "claim-replaces-itself"),
        ("copy_of", "claim-repeats-itself"),
        ("parts", "composition-in-a-circle"),
    ],
)
def test_references_that_lead_in_a_circle_are_not_recorded(at, column, code):
    met = at("met")
    head = HEAD.replace(",event", f",event,{column}")
    circle = HELD.replace("\n", ",c2\n") + HELD.replace("c1,", "c2,").replace("\n", ",c1\n")
    with refuses(met.intermediary, code):
        record_claims(press(met), claims_in(head + circle))


def test_claims_are_compared_as_they_are_recorded(at):
    met = at("met")
    other = HELD.replace("c1,Government", "c2,Ombudsman").replace(",9,", ",11,")
    record_claims(press(met), claims_in(HEAD + HELD + other))
    assert [check.holds for check in check_claims(met.intermediary.log)] == [False]


def test_a_bulletin_is_written_down_in_each_language_with_its_digest(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    published = publish(met, languages=("en", "ar"))
    assert [each.language for each in published] == ["en", "ar"]
    kept = [e.statement for e in met.intermediary.log.of_kind("bulletin.published")]
    assert [s.content["digest"] for s in kept] == [each.digest for each in published]
    assert {s.audience for s in kept} == {frozenset({INTERMEDIARY, PUBLIC})}
    assert [s.content["document"]["direction"] for s in kept] == ["ltr", "rtl"]
    document = kept[0].content["document"]
    said = [s["text"] for section in document["sections"] for s in section["sentences"]]
    assert said
    shown = " ".join(re.sub("<[^>]*>", "", unescape(published[0].html)).split())
    assert all(text in shown for text in said)
    assert all(len(row) == len(t["header"]) for t in document["tables"] for row in t["rows"])


def test_the_conclusion_on_health_needs_everybody_examined(at):
    met = at("frozen")
    assert health_said(publish(met)[0]) == []
    for line in met.lines:
        met.examine(line.person)
    assert health_said(publish(met)[0]) == [SentenceCode.HEALTH_FIT]
    met.examine(met.lines[0].person, fit=False)
    assert health_said(publish(met)[0]) == [SentenceCode.HEALTH_NOT_ALL_FIT]


def test_a_bulletin_without_crossings_says_that_nothing_is_confirmed(at):
    [published] = publish(at("frozen"))
    assert SentenceCode.NOTHING_CONFIRMED in {s.code for s in published.bulletin.sentences}


def test_a_bulletin_knows_nothing_from_after_its_day(at):
    met = at("frozen")
    record_claims(press(met), claims_in(HEAD + HELD.replace("2030-02-20", "2031-01-01")))
    sources = {source for s in publish(met)[0].bulletin.sentences for source in s.sources}
    assert "c1" not in sources


def test_an_embargo_the_parties_agreed_on_holds_for_the_bulletin(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    met.carry_all()
    later = met.clock.at.replace(day=28) + timedelta(days=30)
    with refuses(met.intermediary, "under-embargo"):
        publish(met, embargo_until=later)
    assert publish(met, embargo_until=met.clock.at)


def test_a_peers_record_of_a_claim_does_not_replace_our_own(at):
    met = at("met")
    record_claims(press(met), claims_in(HEAD + HELD))
    other = HELD.replace("Government of South", "Somebody else").replace(",9,", ",1,")
    record_claims(met.north.desk(), claims_in(HEAD + other))
    met.carry_all()
    assert [c.speaker for c in claims_known(met.intermediary.log)] == ["Government of South"]
    assert [c.speaker for c in claims_known(met.north.log)] == ["Somebody else"]


def test_a_receipt_for_another_state_of_the_manifest_supports_nothing(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    desk = met.south.desk()
    [*_, given] = [e for e in met.south.log.of_kind("receipt.given") if e.origin == SOUTH]
    wrong = replace(payload_of(given, ReceiptGiven), digest="0" * 64, keyid="", signature="")
    desk.log.append(
        [
            desk.state(
                wrong,
                about=(met.manifest_id,),
                audience=given.statement.audience,
                ground=Ground(basis="handover"),
                supersedes=(given.ref,),
            )
        ]
    )
    met.carry_all()
    record_claims(press(met), claims_in(HEAD + HELD))
    said = {s.code for s in publish(met)[0].bulletin.sentences}
    assert SentenceCode.RELEASED not in said
    assert crossed_by_both_receipts(met.intermediary.log, met.manifest_id)[1] == frozenset()


def test_what_remains_is_derived_from_a_count_and_both_receipts(at):
    met = at("crossed")
    record_claims(press(met), claims_in(HEAD + HELD))
    asked = {"event": "march", "populations": WHOSE}
    assert remaining(met.intermediary.log, met.manifest_id, **asked) == ()
    met.sign(NORTH).sign(SOUTH)
    [left] = remaining(met.intermediary.log, met.manifest_id, **asked)
    assert left.arithmetic == "9 - 4 = 5"


def test_a_manifest_without_lines_says_nothing_about_health_or_release(at):
    met = at("planned")
    desk = met.intermediary.desk()
    empty = ManifestFrozen(
        manifest_id="manifest:empty",
        plan_id=met.plan.plan_id,
        crossing_point="bridge",
        lines=(),
        digest=digest_of_lines(()),
    )
    audience, ground = desk.with_parties(NORTH, SOUTH), Ground(basis="mistake")
    desk.log.append(
        [desk.state(empty, about=("manifest:empty",), audience=audience, ground=ground)]
    )
    met.manifest_id = "manifest:empty"
    [published] = publish(met)
    assert health_said(published) == []
    assert SentenceCode.NOTHING_CONFIRMED in {s.code for s in published.bulletin.sentences}
