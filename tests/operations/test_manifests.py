"""A manifest is frozen from an accepted plan, signed line by line, changed by consent of all."""

from dataclasses import replace

import pytest

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.statement import Ground
from repatria.operations.agreement import accept_plan, plan_exchange
from repatria.operations.answers import Answer, answer_line
from repatria.operations.codes import read_card_code
from repatria.operations.manifests import (
    accept_manifest,
    accept_substitution,
    freeze_manifest,
    manifest_of,
    propose_substitution,
)
from repatria.terms import Role
from simulators.party import NORTH, SOUTH, terms_for
from simulators.refusals import refuses


def officer(party):
    """A handover officer of a party."""
    return party.desk(Role.HANDOVER_OFFICER)


def substitute_for(met, outgoing, **more):
    """The intermediary proposes to replace somebody."""
    return propose_substitution(
        officer(met.intermediary),
        manifest_id=met.manifest_id,
        outgoing=outgoing,
        reason="not fit",
        **more,
    )


def test_a_manifest_has_a_line_and_a_card_for_everybody_in_the_plan(at):
    met = at("frozen")
    assert {line.person for line in met.lines} == set(met.plan.selected)
    assert [line.number for line in met.lines] == [1, 2, 3, 4, 5]
    codes = {read_card_code(line.code) for line in met.lines}
    assert None not in codes
    assert len(codes) == 5
    assert manifest_of(met.north.log, met.manifest_id).accepted


def test_a_plan_nobody_knows_is_not_frozen(at):
    met = at("planned")
    with refuses(met.intermediary, "plan-unknown"):
        freeze_manifest(officer(met.intermediary), plan_id="plan:none", crossing_point="bridge")


def test_a_plan_that_one_party_did_not_accept_is_not_frozen(at):
    met = at("agreed")
    plan = plan_exchange(
        met.intermediary.desk(Role.NEGOTIATOR), terms_id="spring", parties=(NORTH, SOUTH)
    )
    met.carry_all()
    accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=plan.plan_id)
    met.carry_all()
    with refuses(met.intermediary, "plan-not-accepted"):
        freeze_manifest(officer(met.intermediary), plan_id=plan.plan_id, crossing_point="bridge")


def test_a_plan_in_which_nobody_goes_is_not_frozen(at):
    met = at("answered").agree(terms_for(north=0, south=0)).plan_it()
    with refuses(met.intermediary, "nobody-on-it"):
        freeze_manifest(
            officer(met.intermediary), plan_id=met.plan.plan_id, crossing_point="bridge"
        )


def test_a_name_stands_on_one_manifest_only(at):
    met = at("frozen")
    with refuses(met.intermediary, "name-locked"):
        freeze_manifest(
            officer(met.intermediary), plan_id=met.plan.plan_id, crossing_point="bridge"
        )


def test_whoever_is_no_longer_held_is_not_frozen(at):
    met = at("planned")
    held = met.north.log.of_kind("line.answered")[0].statement.content
    answer_line(met.north.desk(), Answer(line=held["line_id"], code="dead"))
    met.carry_all()
    with refuses(met.intermediary, "person-no-longer-held"):
        freeze_manifest(
            officer(met.intermediary), plan_id=met.plan.plan_id, crossing_point="bridge"
        )


def test_a_manifest_we_do_not_hold_cannot_be_signed(at):
    met = at("planned")
    with refuses(met.north, "manifest-unknown"):
        accept_manifest(officer(met.north), manifest_id="manifest:none")


def test_whoever_gives_and_receives_nobody_does_not_sign(at):
    met = at("frozen")
    with refuses(met.intermediary, "not-a-party"):
        accept_manifest(officer(met.intermediary), manifest_id=met.manifest_id)


def test_lines_under_another_digest_are_not_signed(at):
    met = at("frozen")
    desk = officer(met.intermediary)
    [frozen] = met.intermediary.log.of_kind("manifest.frozen")
    forged = replace(
        payload_of(frozen, ManifestFrozen),
        manifest_id="manifest:intermediary-forged",
        digest="0" * 64,
        keyid="",
        signature="",
    )
    audience = desk.with_parties(NORTH, SOUTH)
    about, ground = ("manifest:intermediary-forged",), Ground(basis="forgery")
    desk.log.append([desk.state(forged, about=about, audience=audience, ground=ground)])
    met.carry_all()
    with refuses(met.north, "manifest-digest-differs"):
        accept_manifest(officer(met.north), manifest_id="manifest:intermediary-forged")


@pytest.fixture
def spare(at):
    """A manifest of three of North's four, so that one can come in."""
    return at("answered").agree(terms_for(north=3, south=1)).plan_it().freeze()


def test_the_next_in_turn_takes_the_place(spare):
    outgoing = spare.persons_of(NORTH)[1]
    change = substitute_for(spare, outgoing)
    assert change.incoming not in {line.person for line in spare.lines}
    spare.carry_all()
    for party in (spare.north, spare.south):
        accept_substitution(
            officer(party),
            manifest_id=spare.manifest_id,
            substitution_id=change.substitution_id,
        )
    spare.carry_all()
    assert spare.persons_of(NORTH)[1] == change.incoming


def test_where_nobody_is_left_there_is_no_substitute(at):
    met = at("frozen")
    with refuses(met.intermediary, "no-substitute"):
        substitute_for(met, met.persons_of(NORTH)[0])


def test_whoever_has_crossed_is_not_replaced(spare):
    spare.clear_everybody()
    crossed = spare.persons_of(NORTH)[0]
    spare.cross([crossed])
    with refuses(spare.intermediary, "outgoing-already-crossed"):
        substitute_for(spare, crossed)


def test_whoever_is_not_on_the_manifest_is_not_replaced(spare):
    [stays] = set(spare.plan.left_out)
    with refuses(spare.intermediary, "outgoing-not-on-manifest"):
        substitute_for(spare, stays)


def test_an_unknown_change_cannot_be_signed(spare):
    with refuses(spare.north, "substitution-unknown"):
        accept_substitution(
            officer(spare.north), manifest_id=spare.manifest_id, substitution_id="none"
        )


def test_a_change_is_signed_by_those_it_concerns(spare):
    change = substitute_for(spare, spare.persons_of(NORTH)[0])
    with refuses(spare.intermediary, "not-a-party"):
        accept_substitution(
            officer(spare.intermediary),
            manifest_id=spare.manifest_id,
            substitution_id=change.substitution_id,
        )


def test_a_manifest_whose_statement_is_about_something_else_locks_nobody(at):
    met = at("planned")
    desk = officer(met.intermediary)
    lines = (
        ManifestLine(
            number=1, person=met.plan.selected[0], giver=NORTH, receiver=SOUTH, code="3N2P-FGGM"
        ),
    )
    stray = ManifestFrozen(
        manifest_id="manifest:intermediary-stray",
        plan_id="plan:intermediary-stray",
        crossing_point="bridge",
        lines=lines,
        digest="0" * 64,
    )
    audience, ground = desk.with_parties(NORTH, SOUTH), Ground(basis="mistake")
    desk.log.append(
        [desk.state(stray, about=("manifest:intermediary-b",), audience=audience, ground=ground)]
    )
    assert len(met.freeze().lines) == len(met.plan.selected)
