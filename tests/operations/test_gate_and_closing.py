"""The gate, the refusal that is overridden, the late event, the event taken back, the last line."""

from datetime import timedelta

import pytest

from repatria.handover import CrossingStatus, TerminalState, balance_of
from repatria.ledger.kinds.consent_stated import Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.gate_checked import Means
from repatria.ledger.kinds.line_closed import ClosingReason
from repatria.ledger.statement import Ground
from repatria.operations.closing import close_line, closing_of, take_back_event
from repatria.operations.crossing import record_crossing, record_examination
from repatria.operations.gate import check_at_gate, override_refusal
from repatria.operations.manifests import crossing_of
from repatria.terms import Place, Refusal, Role
from simulators.party import NORTH, SOUTH
from simulators.refusals import refuses


def state_of(met, person):
    return crossing_of(met.intermediary.log, met.manifest_id, person).state


def endings(met):
    return {line.person: line.state for line in closing_of(met.north.log, met.manifest_id)[1]}


def test_nobody_departs_whom_two_officials_have_not_checked(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    with refuses(met.intermediary, "gate-not-checked"):
        met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)
    met.check(person, means=(Means.CODE,))
    with refuses(met.intermediary, "gate-one-official"):
        met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)
    met.check(person, matches=False, means=(Means.QUESTION,))
    with refuses(met.intermediary, "gate-another-person"):
        met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)
    met.check(person)
    met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)
    assert state_of(met, person) is CrossingStatus.DEPARTED


def test_a_person_moved_after_the_list_was_printed_is_refused_at_the_gate(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    printed = met.north.head[0]
    desk = met.north.desk()
    moved = desk.state(
        CustodyPlaced(person=person, place=Place(name="another block")),
        about=(person,),
        audience=desk.for_agency(),
        ground=Ground(basis="register"),
    )
    desk.log.append((moved,))
    met.carry_all()
    who = {"manifest_id": met.manifest_id, "person": person, "means": Means.CODE, "matches": True}
    for here in (met.north, met.intermediary):
        with refuses(here, "list-out-of-date"):
            check_at_gate(here.desk(Role.HANDOVER_OFFICER), **who, list_size=printed)
    met.check(person, list_size=met.north.head[0])
    met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)


def test_a_refusal_is_overridden_only_by_a_named_authority_and_never_called_a_yes(at):
    met = at("cleared")
    person, other = met.persons_of(NORTH)[:2]
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    order = {"authority": "Minister of North", "reason": "order 5 of 1 March"}
    with refuses(met.intermediary, "nothing-to-override"):
        override_refusal(desk, manifest_id=met.manifest_id, person=other, **order)
    met.ask(person, willing=False)
    met.check(person)
    with refuses(met.intermediary, "refused-to-go"):
        met.at_the_line(person, CrossingEvent.DEPARTED, checked=False)
    with refuses(met.intermediary, "authority-not-named"):
        override_refusal(
            desk, manifest_id=met.manifest_id, person=person, authority=" ", reason="x"
        )
    override_refusal(desk, manifest_id=met.manifest_id, person=person, **order)
    met.at_the_line(person, CrossingEvent.DEPARTED)
    met.ask(person, willing=False, occasion=Occasion.AT_THE_LINE)
    with refuses(met.intermediary, "refused-to-go"):
        met.at_the_line(person, CrossingEvent.CROSSED)


def test_only_a_clearance_for_this_mode_of_travel_counts(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    met.check(person)
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    leaving = {
        "manifest_id": met.manifest_id,
        "person": person,
        "event": CrossingEvent.DEPARTED,
        "mode": "aircraft",
    }
    with refuses(met.intermediary, "no-medical-clearance"):
        record_crossing(desk, **leaving)
    record_examination(
        met.intermediary.desk(Role.MEDICAL),
        manifest_id=met.manifest_id,
        person=person,
        fit_to_travel=True,
        mode="aircraft",
        valid_until=met.clock.at + timedelta(days=1),
        finding="",
    )
    record_crossing(desk, **leaving)
    assert crossing_of(met.intermediary.log, met.manifest_id, person).mode == "aircraft"


@pytest.mark.parametrize("event", [CrossingEvent.DIED, CrossingEvent.REFUSED])
def test_a_party_does_not_say_what_is_for_the_intermediary_to_say(at, event):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    role = Role.MEDICAL if event is CrossingEvent.DIED else Role.INTERMEDIARY
    with refuses(met.north, "not-yours-to-say"):
        record_crossing(
            met.north.desk(role), manifest_id=met.manifest_id, person=person, event=event
        )
    met.at_the_line(person, event)
    assert state_of(met, person) == event


def test_what_happened_out_of_order_is_written_down_and_stands_by_its_time(at):
    met = at("cleared")
    person = met.persons_of(NORTH)[0]
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    who = {"manifest_id": met.manifest_id, "person": person, "late": True}
    noon = met.clock.at
    record_crossing(
        desk, **who, event=CrossingEvent.CROSSED, occurred_at=noon - timedelta(minutes=5)
    )
    earlier = noon - timedelta(minutes=50)
    record_crossing(desk, **who, event=CrossingEvent.DEPARTED, occurred_at=earlier)
    with refuses(met.intermediary, "already-recorded"):
        record_crossing(desk, **who, event=CrossingEvent.DEPARTED, occurred_at=earlier)
    with refuses(met.intermediary, "event-in-the-future"):
        record_crossing(desk, **who, event=CrossingEvent.DIED, occurred_at=noon + timedelta(days=9))
    state = crossing_of(met.intermediary.log, met.manifest_id, person)
    assert state.state is CrossingStatus.CROSSED
    assert state.departed_at == earlier
    assert {finding.code for finding in state.findings} == {"recorded-late"}


def test_who_was_let_go_in_error_need_not_be_on_the_list(at):
    met = at("cleared")
    stranger = "person:north-stranger"
    record_crossing(
        met.north.desk(Role.HANDOVER_OFFICER),
        manifest_id=met.manifest_id,
        person=stranger,
        event=CrossingEvent.RELEASED_IN_ERROR,
    )
    met.carry_all()
    assert state_of(met, stranger) is CrossingStatus.RELEASED_IN_ERROR


def test_an_event_is_taken_back_by_its_speaker_and_not_under_a_receipt(at):
    met = at("crossed")
    person, other = met.persons_of(NORTH)[:2]
    state = crossing_of(met.intermediary.log, met.manifest_id, person)
    crossed = next(h for h in state.events if h.event is CrossingEvent.CROSSED)
    wrong = {"manifest_id": met.manifest_id, "person": person, "ref": crossed.ref}
    with refuses(met.north, "event-not-yours"):
        take_back_event(met.north.desk(Role.HANDOVER_OFFICER), **wrong, reason="not seen")
    ours = met.intermediary.desk(Role.INTERMEDIARY)
    with refuses(met.intermediary, "closing-without-reason"):
        take_back_event(ours, **wrong, reason="")
    take_back_event(ours, **wrong, reason="the card of another man was read")
    met.carry_all()
    assert state_of(met, person) is CrossingStatus.DEPARTED
    with pytest.raises(Refusal):
        met.sign(SOUTH, [person])
    met.sign(SOUTH, [other])
    state = crossing_of(met.intermediary.log, met.manifest_id, other)
    with refuses(met.intermediary, "receipt-names-person"):
        take_back_event(
            ours,
            manifest_id=met.manifest_id,
            person=other,
            ref=state.events[-1].ref,
            reason="not seen",
        )


def test_a_line_that_never_came_to_the_line_is_ended_with_a_reason(at):
    met = at("cleared")
    kept, stays, goes, _ = met.persons_of(NORTH)
    desk = met.north.desk(Role.REGISTRAR)
    proceedings = {"why": ClosingReason.RETAINED, "note": "proceedings 12"}
    with refuses(met.north, "closing-without-reason"):
        close_line(
            desk, manifest_id=met.manifest_id, person=kept, why=ClosingReason.RETAINED, note=""
        )
    close_line(desk, manifest_id=met.manifest_id, person=kept, **proceedings)
    with refuses(met.south, "line-not-yours"):
        close_line(met.south.desk(), manifest_id=met.manifest_id, person=stays, **proceedings)
    with refuses(met.north, "not-on-manifest"):
        close_line(desk, manifest_id=met.manifest_id, person="person:none", **proceedings)
    met.cross([goes])
    with refuses(met.north, "line-already-ended"):
        close_line(desk, manifest_id=met.manifest_id, person=goes, **proceedings)
    met.sign(NORTH, [goes]).sign(SOUTH, [goes])
    found = endings(met)
    assert (found[kept], found[stays], found[goes]) == (
        TerminalState.RETAINED,
        TerminalState.OPEN,
        TerminalState.RECEIVED,
    )
    manifest, lines = closing_of(met.intermediary.log, met.manifest_id)
    north, south = balance_of(manifest, lines)
    assert (north.agreed, north.received, north.ended, north.open, north.owed) == (4, 1, 1, 2, 3)
    assert (south.agreed, south.received, south.owed) == (1, 0, 1)
