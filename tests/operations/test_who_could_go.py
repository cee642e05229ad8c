"""Who cannot be planned with, and what every party may read of the reason."""

from dataclasses import replace

import pytest

from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.statement import Ground
from repatria.operations.agreement import (
    accept_plan,
    accept_terms,
    digest_of_plan,
    plan_exchange,
    propose_terms,
)
from repatria.operations.candidates import who_could_go
from repatria.operations.crossing import record_crossing, state_availability
from repatria.operations.manifests import freeze_manifest, propose_substitution
from repatria.operations.name_locks import lock_names, open_locks
from repatria.planning.neutral import PERSONAL, personal_grounds
from repatria.terms import Refusal, Role
from simulators.party import NORTH, SOUTH, TERMS_ID, Meeting, terms_for
from simulators.refusals import refuses

BOTH = (NORTH, SOUTH)


def agree_to(met, terms_id):
    """Other terms, signed by both, under which whoever can goes."""
    terms = replace(terms_for(), id=terms_id)
    propose_terms(met.intermediary.desk(Role.NEGOTIATOR), terms, parties=BOTH)
    met.carry_all()
    for party in (met.north, met.south):
        accept_terms(party.desk(Role.NEGOTIATOR), terms_id=terms_id)
    met.carry_all()


def plan_under(met, terms_id):
    return plan_exchange(met.intermediary.desk(Role.NEGOTIATOR), terms_id=terms_id, parties=BOTH)


def bars_of(party, person):
    people = who_could_go(party.log, "autumn")
    [one] = (c for c in people if c.id == person)
    return one


def test_a_no_of_the_interview_stays_with_the_intermediary(at):
    met = at("frozen")
    person, willing = met.persons_of(NORTH)[:2]
    met.ask(person, willing=False)
    met.ask(willing)
    met.carry_all()
    for party in (met.north, met.south):
        told = [e.statement.about[0] for e in party.log.of_kind("consent.stated")]
        assert told == [willing]
        assert bars_of(party, person).consents is None
        assert not bars_of(party, person).available
        assert personal_grounds(bars_of(party, person)) == ()
    assert personal_grounds(bars_of(met.intermediary, person)) == ("consent-refused",)


def test_no_package_to_a_party_tells_who_refused_in_private(at):
    met = at("frozen")
    person, other = met.persons_of(NORTH)[:2]
    met.ask(person, willing=False)
    state_availability(
        met.intermediary.desk(Role.INTERMEDIARY),
        manifest_id=met.manifest_id,
        person=other,
        available=False,
    )
    agree_to(met, "autumn")
    plan = plan_under(met, "autumn")
    met.carry_all()
    assert plan.reasons[person] == plan.reasons[other]
    read = met.courier.read_by(NORTH, SOUTH)
    assert b"not-available" in read
    for secret in (b"consent-refused", b"does not want to go", b'"willing":false'):
        assert secret not in read


def test_a_yes_after_a_no_makes_him_available_again(at):
    met = at("frozen")
    person = met.persons_of(NORTH)[0]
    met.ask(person, willing=False)
    met.ask(person)
    met.carry_all()
    assert bars_of(met.south, person).available
    assert bars_of(met.south, person).consents


def test_a_party_that_knew_of_a_yes_does_not_let_him_leave_after_a_no_it_was_not_told(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    met.ask(person, willing=False)
    met.carry_all()
    with refuses(met.north, "not-available"):
        record_crossing(
            met.north.desk(Role.HANDOVER_OFFICER),
            manifest_id=met.manifest_id,
            person=person,
            event="departed",
            mode="bus",
        )


def test_at_the_line_everybody_sees_who_turns_back(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    met.ask(person, willing=False, occasion=Occasion.AT_THE_LINE)
    met.carry_all()
    assert bars_of(met.south, person).consents is False


def test_parties_find_a_plan_right_though_they_do_not_know_who_refused(at):
    met = at("planned")
    everybody = [*met.plan.selected, *met.plan.left_out]
    met.freeze()
    for person in met.persons_of(NORTH)[:2]:
        met.ask(person, willing=False)
    met.carry_all()
    barred = [
        {c.id for c in who_could_go(p.log, TERMS_ID, but_on=everybody) if not c.available}
        for p in met.parties
    ]
    assert barred == [set(met.persons_of(NORTH)[:2])] * 3
    agree_to(met, "autumn")
    plan = plan_under(met, "autumn")
    met.carry_all()
    accept_plan(met.south.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)


def test_every_personal_ground_has_one_name_in_a_plan(at):
    met = at("answered")
    agree_to(met, "autumn")
    plan = plan_under(met, "autumn")
    said = {reason["code"] for reason in plan.reasons.values()}
    assert not said & (PERSONAL - {"not-available"})


def test_a_frozen_name_enters_no_other_plan_and_the_reason_says_so(at):
    met = at("frozen")
    frozen = {line.person for line in met.lines}
    agree_to(met, "autumn")
    plan = plan_under(met, "autumn")
    assert not frozen & set(plan.selected)
    assert {plan.reasons[person]["code"] for person in frozen} == {"in-another-plan"}


def test_a_plan_with_a_frozen_name_is_signed_by_nobody(at):
    met = at("frozen")
    agree_to(met, "autumn")
    plan = plan_under(met, "autumn")
    met.carry_all()
    frozen = min(line.person for line in met.lines)
    forged = replace(
        plan,
        plan_id="plan:forged",
        selected=(frozen,),
        left_out=tuple(p for p in plan.left_out if p != frozen),
        digest=digest_of_plan(plan.terms_digest, (frozen,)),
        keyid="",
        signature="",
    )
    for party in (met.north, met.south):
        slip_in(party, forged)
        with pytest.raises(Refusal) as said:
            accept_plan(party.desk(Role.NEGOTIATOR), plan_id="plan:forged")
        assert "person-barred" in {objection.code for objection in said.value.objections}


def slip_in(party, payload: PlanProposed):
    """A plan as no operation would write it."""
    desk = party.desk()
    desk.log.append(
        [
            desk.state(
                payload,
                about=(payload.plan_id,),
                audience=desk.with_parties(*BOTH),
                ground=Ground(basis="forgery"),
            )
        ]
    )


def line_of(log, person):
    answers = [e.statement.content for e in log.of_kind("line.answered")]
    return next(a["line_id"] for a in answers if a["person"] == person)


@pytest.fixture
def promised(at):
    """Signed terms, and a person whose name the holder has promised to local mediators."""
    met = at("agreed")
    person = min(c.id for c in who_could_go(met.north.log, TERMS_ID) if c.holder == NORTH)
    line = line_of(met.north.log, person)
    lock_names(met.north.desk(), [line], channel="local mediators")
    met.carry_all()
    return met, person, line


def test_a_name_promised_elsewhere_is_left_out_and_the_reason_names_no_channel(promised):
    met, person, _line = promised
    plan = plan_under(met, TERMS_ID)
    assert person in plan.left_out
    assert plan.reasons[person]["code"] == "name-locked"
    assert "mediators" not in str(plan.reasons)
    met.carry_all()
    for party in (met.north, met.south):
        accept_plan(party.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)


def test_a_name_promised_after_a_plan_stops_its_signing_and_its_freezing(at):
    met = at("planned")
    person = next(p for p in met.plan.selected if bars_of(met.north, p).holder == NORTH)
    again = plan_under(met, TERMS_ID)
    met.carry_all()
    lock_names(met.north.desk(), [line_of(met.north.log, person)], channel="local mediators")
    met.carry_all()
    with pytest.raises(Refusal) as said:
        accept_plan(met.south.desk(Role.NEGOTIATOR), plan_id=again.plan_id)
    assert "person-barred" in {objection.code for objection in said.value.objections}
    with refuses(met.intermediary, "name-locked"):
        freeze_manifest(
            met.intermediary.desk(Role.HANDOVER_OFFICER),
            plan_id=met.plan.plan_id,
            crossing_point="the bridge",
        )


@pytest.mark.parametrize("channel", [TERMS_ID, "local mediators"])
def test_a_lock_for_these_terms_or_one_that_was_opened_is_in_nobodys_way(promised, channel):
    met, person, line = promised
    open_locks(met.north.desk(), [line], channel="local mediators")
    if channel == TERMS_ID:
        lock_names(met.north.desk(), [line], channel=channel)
    met.carry_all()
    assert person in plan_under(met, TERMS_ID).selected


def test_nobody_who_is_promised_elsewhere_takes_the_place_of_another(tmp_path):
    met = Meeting(tmp_path).until_frozen(terms_for(north=3, south=1))
    [left] = met.plan.left_out
    lock_names(met.north.desk(), [line_of(met.north.log, left)], channel="local mediators")
    met.carry_all()
    with refuses(met.intermediary, "no-substitute"):
        propose_substitution(
            met.intermediary.desk(Role.INTERMEDIARY),
            manifest_id=met.manifest_id,
            outgoing=met.persons_of(NORTH)[0],
            reason="not fit",
        )
