"""Fitness, will, the line, the receipts: what is said, to whom, and what is refused."""

from datetime import timedelta

import pytest

from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.operations.crossing import (
    crossed_by_both_receipts,
    give_receipt,
    record_crossing,
    record_examination,
    state_consent,
)
from repatria.operations.manifests import crossing_of
from repatria.terms import Refusal, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH
from simulators.refusals import refuses


def test_the_finding_stays_with_the_doctor_and_the_verdict_goes_to_all(at):
    met = at("frozen")
    person = met.persons_of(NORTH)[0]
    met.examine(person, finding="a finding")
    [found] = met.intermediary.log.of_kind("health.examined")
    [verdict] = met.intermediary.log.of_kind("clearance.given")
    assert found.statement.audience == {"intermediary.medical"}
    assert verdict.statement.audience == {NORTH, SOUTH, INTERMEDIARY}
    assert "a finding" not in str(verdict.statement.content)


def test_what_he_said_alone_is_kept_as_yes_or_no(at):
    met = at("frozen")
    person = met.persons_of(NORTH)[0]
    met.ask(person)
    [said] = met.intermediary.log.of_kind("consent.stated")
    assert said.statement.content["willing"] is True
    assert said.statement.content["in_private"] is True
    assert not payload_of(said, ConsentStated).may_be_named


def test_only_who_is_or_comes_on_the_manifest_is_examined_and_asked(at):
    met = at("frozen")
    stranger = {"manifest_id": met.manifest_id, "person": "person:stranger"}
    with refuses(met.intermediary, "not-on-manifest"):
        record_examination(
            met.intermediary.desk(Role.MEDICAL),
            **stranger,
            fit_to_travel=True,
            mode="bus",
            valid_until=met.clock.at,
            finding="",
        )
    with refuses(met.intermediary, "not-on-manifest"):
        state_consent(
            met.intermediary.desk(Role.INTERMEDIARY),
            **stranger,
            willing=True,
            occasion=Occasion.INTERVIEW,
        )
    with refuses(met.intermediary, "manifest-unknown"):
        state_consent(
            met.intermediary.desk(Role.INTERMEDIARY),
            manifest_id="manifest:none",
            person="person:stranger",
            willing=True,
            occasion=Occasion.INTERVIEW,
        )


def stranger(met):
    met.at_the_line("person:stranger", CrossingEvent.DEPARTED)


def not_examined(met):
    met.ask(met.lines[0].person)
    met.at_the_line(met.lines[0].person, CrossingEvent.DEPARTED)


def not_asked(met):
    met.examine(met.lines[0].person)
    met.at_the_line(met.lines[0].person, CrossingEvent.DEPARTED)


def crossed_before_departing(met):
    met.clear_everybody()
    met.ask(met.lines[0].person, occasion=Occasion.AT_THE_LINE)
    met.at_the_line(met.lines[0].person, CrossingEvent.CROSSED)


def not_asked_at_the_line(met):
    met.clear_everybody()
    met.at_the_line(met.lines[0].person, CrossingEvent.DEPARTED)
    met.at_the_line(met.lines[0].person, CrossingEvent.CROSSED)


def departed_twice(met):
    met.clear_everybody()
    met.at_the_line(met.lines[0].person, CrossingEvent.DEPARTED)
    met.at_the_line(met.lines[0].person, CrossingEvent.DEPARTED)


def died_after_crossing(met):
    met.clear_everybody().cross([met.lines[0].person])
    met.at_the_line(met.lines[0].person, CrossingEvent.DIED)


@pytest.mark.parametrize(
    ("story", "codes"),
    [
        (
            stranger,
            {"not-on-manifest", "no-medical-clearance", "no-consent"},
        ),
        (not_examined, {"no-medical-clearance"}),
        (not_asked, {"no-consent"}),
        (crossed_before_departing, {"not-departed"}),
        (not_asked_at_the_line, {"not-asked-at-the-line"}),
        (departed_twice, {"already-recorded"}),
        (died_after_crossing, {"after-terminal"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_may_not_happen_at_the_line_is_refused(story, codes, at):
    met = at("frozen")
    with pytest.raises(Refusal) as refused:
        story(met)
    assert {o.code for o in refused.value.objections} == codes
    kinds = [e.statement.kind for e in met.intermediary.log.of_kind("crossing.recorded")]
    allowed = {not_asked_at_the_line: 1, departed_twice: 1, died_after_crossing: 2}
    assert len(kinds) == allowed.get(story, 0)


def test_an_event_written_down_later_keeps_the_time_it_happened(at):
    met = at("cleared")
    person, earlier = met.lines[0].person, met.clock.at - timedelta(hours=2)
    record_crossing(
        met.north.desk(Role.HANDOVER_OFFICER),
        manifest_id=met.manifest_id,
        person=person,
        event=CrossingEvent.DEPARTED,
        occurred_at=earlier,
        late=True,
    )
    state = crossing_of(met.north.log, met.manifest_id, person)
    assert state.departed_at == earlier
    assert state.events[0].recorded_at > earlier


def test_a_receipt_says_who_was_handed_over_and_received(at):
    met = at("crossed")
    met.sign(NORTH)
    [given] = met.south.log.of_kind("receipt.given")
    assert given.statement.content["handed_over"] == sorted(met.persons_of(NORTH))
    assert given.statement.content["received"] == met.persons_of(SOUTH)
    assert crossed_by_both_receipts(met.south.log, met.manifest_id)[1] == frozenset()
    met.sign(SOUTH)
    manifest, confirmed = crossed_by_both_receipts(met.intermediary.log, met.manifest_id)
    assert confirmed == {line.person for line in manifest.lines}


def test_a_receipt_for_another_side_or_by_nobody_is_refused(at):
    met = at("crossed")
    theirs = met.persons_of(SOUTH)
    with refuses(met.north, "line-not-yours"):
        give_receipt(
            met.north.desk(Role.HANDOVER_OFFICER),
            manifest_id=met.manifest_id,
            handed_over=theirs,
            received=(),
        )
    with refuses(met.intermediary, "not-a-party", "line-not-yours"):
        give_receipt(
            met.intermediary.desk(Role.HANDOVER_OFFICER),
            manifest_id=met.manifest_id,
            handed_over=(),
            received=theirs,
        )
