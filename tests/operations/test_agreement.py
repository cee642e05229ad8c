"""Terms and plans are accepted by digest, and solved only when everybody agreed."""

from dataclasses import replace

import pytest

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.plan_proposed import PlanProposed
from repatria.ledger.kinds.terms_proposed import TermsProposed
from repatria.ledger.statement import Ground
from repatria.operations import agreement
from repatria.operations.agreement import (
    accept_plan,
    accept_terms,
    digest_of_plan,
    latest_terms,
    plan_accepted_by,
    plan_exchange,
    plan_of,
    propose_terms,
    terms_accepted_by,
)
from repatria.operations.answers import Answer, answer_line
from repatria.operations.candidates import candidates_from
from repatria.planning import PlanStatus
from repatria.terms import Category, Refusal, Role
from simulators.party import NORTH, SOUTH, TERMS_ID, Meeting, terms_for
from simulators.refusals import refuses

BOTH = (NORTH, SOUTH)
CLAIMED_AS_CIVILIAN = """\
No;Surname;Given name;Father name;Date of birth;Category;Captured on
1;Sınaqov;Ramin;Tural;09.04.1996;civilian;02.05.2029
"""


def slip_in(party, kind, payload_type, subject, **changes):
    """A statement like the last of its kind, changed as no operation would: by the party itself."""
    [*_, last] = party.log.of_kind(kind)
    # Without a signature: a false one would be refused before anybody is asked.
    unsigned = {"keyid": "", "signature": ""}
    payload = replace(payload_of(last, payload_type), **unsigned, **changes)
    desk = party.desk()
    desk.log.append(
        [
            desk.state(
                payload,
                about=(subject(payload),),
                audience=desk.with_parties(NORTH, SOUTH),
                ground=Ground(basis="forgery"),
            )
        ]
    )
    return payload


def test_the_newest_version_of_terms_is_the_one_accepted(at):
    met = at("agreed")
    propose_terms(
        met.intermediary.desk(Role.NEGOTIATOR), terms_for(north=1, version=2), parties=BOTH
    )
    terms, _ = latest_terms(met.intermediary.log, TERMS_ID)
    assert terms.version == 2
    assert terms_accepted_by(met.intermediary.log, terms) == frozenset()
    met.carry_all()
    accept_terms(met.north.desk(Role.NEGOTIATOR), terms_id=TERMS_ID)
    assert terms_accepted_by(met.north.log, terms) == {NORTH}


def test_a_version_of_terms_is_proposed_once(at):
    met = at("agreed")
    with refuses(met.intermediary, "terms-version-twice"):
        propose_terms(
            met.intermediary.desk(Role.NEGOTIATOR), terms_for(north=1, version=1), parties=BOTH
        )


def test_a_candidate_says_which_party_calls_him_what(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists({"north claims": CLAIMED_AS_CIVILIAN})
    met.answer_everything()
    [one] = (c for c in candidates_from(met.north.log) if c.holder == SOUTH)

    assert one.category is Category.SOLDIER
    assert one.asserted == ((NORTH, Category.CIVILIAN), (SOUTH, Category.SOLDIER))
    assert one.contested


def test_terms_nobody_proposed_cannot_be_accepted(at):
    met = at("agreed")
    with refuses(met.north, "terms-unknown"):
        accept_terms(met.north.desk(Role.NEGOTIATOR), terms_id="autumn")


def test_terms_under_another_digest_are_not_accepted(at):
    met = at("agreed")
    slip_in(
        met.intermediary,
        "terms.proposed",
        TermsProposed,
        lambda terms: f"terms:{terms.terms_id}",
        version=9,
        digest="0" * 64,
    )
    met.carry_all()
    with refuses(met.north, "terms-digest-differs"):
        accept_terms(met.north.desk(Role.NEGOTIATOR), terms_id=TERMS_ID)


def test_no_plan_before_every_party_has_accepted_the_terms(tmp_path):
    met = Meeting(tmp_path).introduce().exchange_lists().answer_everything()
    desk = met.intermediary.desk(Role.NEGOTIATOR)
    propose_terms(desk, terms_for(), parties=BOTH)
    met.carry_all()
    accept_terms(met.north.desk(Role.NEGOTIATOR), terms_id=TERMS_ID)
    met.carry_all()
    with refuses(met.intermediary, "terms-not-accepted"):
        plan_exchange(desk, terms_id=TERMS_ID, parties=BOTH)


def test_terms_that_nobody_can_fulfil_are_refused_with_the_rules_in_conflict(at):
    met = at("answered").agree(terms_for(north=5, south=1))
    with refuses(met.intermediary, "plan-infeasible"):
        plan_exchange(met.intermediary.desk(Role.NEGOTIATOR), terms_id=TERMS_ID, parties=BOTH)


def test_a_plan_that_is_not_proven_is_not_written_down(at, monkeypatch):
    met = at("agreed")
    solve = agreement.solve
    monkeypatch.setattr(
        agreement,
        "solve",
        lambda *given, **named: replace(solve(*given, **named), status=PlanStatus.TIME_LIMIT),
    )
    with refuses(met.intermediary, "plan-not-proven"):
        plan_exchange(met.intermediary.desk(Role.NEGOTIATOR), terms_id=TERMS_ID, parties=BOTH)


def test_whoever_stays_gets_a_reason(at):
    met = at("answered").agree(terms_for(north=2, south=1)).plan_it()
    assert len(met.plan.selected) == 3
    assert set(met.plan.reasons) == set(met.plan.left_out)
    assert all(reason["sentence"] for reason in met.plan.reasons.values())


def test_every_party_computes_the_same_candidates(at):
    met = at("answered")
    north, south, neutral = (candidates_from(party.log) for party in met.parties)
    assert len(north) == 5
    assert set(north) == set(south) == set(neutral)
    assert {(c.holder, c.receiver) for c in north} == {BOTH, BOTH[::-1]}


def test_whoever_said_he_will_not_go_is_in_no_plan(at):
    met = at("frozen")
    refuses_to_go = met.persons_of(NORTH)[0]
    met.ask(refuses_to_go, willing=False)
    known = {c.id: c.consents for c in candidates_from(met.intermediary.log)}
    assert known[refuses_to_go] is False
    assert list(known.values()).count(None) == 4


def test_an_answer_that_was_changed_takes_the_person_out_of_the_candidates(at):
    met = at("answered")
    held = met.north.log.of_kind("line.answered")[0].statement.content
    answer_line(met.north.desk(), Answer(line=held["line_id"], code="not_held"))
    assert held["person"] not in {c.id for c in candidates_from(met.north.log)}


def test_an_acceptance_counts_for_exactly_the_persons_of_the_plan(at):
    met = at("planned")
    plan, _ = plan_of(met.intermediary.log, met.plan.plan_id)
    assert plan_accepted_by(met.intermediary.log, plan) == set(BOTH)
    fewer = replace(plan, digest=digest_of_plan(plan.terms_digest, plan.selected[1:]))
    assert plan_accepted_by(met.intermediary.log, fewer) == frozenset()


def test_a_plan_nobody_proposed_cannot_be_accepted(at):
    met = at("agreed")
    with refuses(met.north, "plan-unknown"):
        accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id="plan:none")


@pytest.mark.parametrize("changes", [{"selected": ()}, {"digest": "0" * 64}])
def test_a_plan_under_another_digest_is_not_accepted(at, changes):
    met = at("planned")
    forged = slip_in(
        met.intermediary,
        "plan.proposed",
        PlanProposed,
        lambda plan: plan.plan_id,
        plan_id="plan:intermediary-forged",
        **changes,
    )
    met.carry_all()
    with refuses(met.north, "plan-digest-differs"):
        accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=forged.plan_id)


def test_a_plan_of_which_only_the_others_acceptance_came_cannot_be_accepted(at):
    met = at("agreed")
    plan = plan_exchange(met.intermediary.desk(Role.NEGOTIATOR), terms_id=TERMS_ID, parties=BOTH)
    met.courier.carry(met.intermediary, met.north)
    accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)
    met.courier.carry(met.north, met.south)
    with refuses(met.south, "plan-unknown"):
        accept_plan(met.south.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)


def test_nobody_accepts_a_plan_that_does_not_keep_the_terms(at):
    """The intermediary could be mistaken, or worse: each party counts again for itself."""
    met = at("answered").agree(terms_for(north=2, south=1)).plan_it()
    given, kept = met.plan.selected, met.plan.left_out
    swapped = tuple(sorted((*given[1:], kept[0])))
    forged = slip_in(
        met.intermediary,
        "plan.proposed",
        PlanProposed,
        lambda plan: plan.plan_id,
        plan_id="plan:intermediary-forged",
        selected=swapped,
        left_out=tuple(sorted((given[0], *kept[1:]))),
        digest=digest_of_plan(met.plan.terms_digest, swapped),
    )
    met.carry_all()
    before = met.north.head
    with pytest.raises(Refusal):
        accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=forged.plan_id)
    assert met.north.head == before


def test_accepting_a_plan_twice_writes_nothing_more(at):
    met = at("planned")
    before = met.north.head
    accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=met.plan.plan_id)
    assert met.north.head == before


def test_a_plan_under_terms_that_have_changed_is_not_accepted(at):
    met = at("agreed")
    plan = plan_exchange(met.intermediary.desk(Role.NEGOTIATOR), terms_id=TERMS_ID, parties=BOTH)
    met.agree(replace(terms_for(north=1, south=1), version=2))
    with refuses(met.north, "terms-digest-differs"):
        accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)
