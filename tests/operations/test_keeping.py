"""Packets go under their seals and come back; the verdict leaves the medical role, nothing else."""

from datetime import UTC, datetime

import pytest

from repatria.ledger.kinds.commission_decided import CommissionDecision
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.packet_passed import PacketEvent
from repatria.ledger.kinds.packet_sealed import PacketItem
from repatria.operations.health import class_health, state_commission
from repatria.operations.packets import open_packet, pass_packet, seal_packet
from repatria.register.clocks import duties_of
from repatria.register.packets import fold_packet
from repatria.terms import PartialDate, PersonId, Refusal, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, hand_in

HELD = """\
No;Surname;Given name;Father name;Date of birth;Date of capture
1;Modelyan;Aram;Karo;05.02.1991;01.02.2030
"""
RING = PacketItem(what="ring", count=1)
NOTES = PacketItem(what="notes", count=12)


@pytest.fixture
def met(tmp_path):
    """Three installations; north holds one person."""
    meeting = Meeting(tmp_path).introduce()
    hand_in(
        meeting.north,
        tmp_path / "held.csv",
        HELD,
        title="held",
        population=Population.HELD,
        to=SOUTH,
    )
    return meeting


@pytest.fixture
def person(met):
    """His id."""
    return met.north.log.of_kind("person.registered")[0].statement.about[0]


@pytest.fixture
def packet(met, person):
    """A packet of his, sealed by north and told to south."""
    return seal_packet(met.north.desk(), person, seal="A-1", items=(RING, NOTES), to=SOUTH)


def codes(act):
    """The codes of a refusal."""
    with pytest.raises(Refusal) as refused:
        act()
    return {objection.code for objection in refused.value.objections}


def folded(simulator, packet):
    return fold_packet(packet, simulator.log.about(packet))


def test_a_packet_goes_from_hand_to_hand_under_its_seal_and_is_owed_until_it_is_back(met, packet):
    met.carry_all()
    lent = met.intermediary.desk(Role.INTERMEDIARY)
    pass_packet(lent, packet, PacketEvent.PASSED_ON, seal="A-1", to="convoy of the intermediary")
    met.carry_all()
    on_the_way = folded(met.south, packet)
    pass_packet(met.south.desk(), packet, PacketEvent.RESTORED, seal="A-1")
    met.carry_all()
    back = folded(met.north, packet)

    assert on_the_way.is_open_debt
    assert on_the_way.to == "convoy of the intermediary"
    assert on_the_way.findings == ()
    assert not back.is_open_debt
    assert back.items == (RING, NOTES)
    again = lambda: pass_packet(met.south.desk(), packet, PacketEvent.MISSING)  # noqa: E731
    assert codes(again) == {"packet-given-back"}


def test_another_seal_is_first_taken_for_a_slip_and_then_written_down_as_it_is(met, packet):
    desk = met.north.desk()
    slip = {"seal": "A-7", "to": "store"}

    assert codes(lambda: pass_packet(desk, packet, PacketEvent.PASSED_ON, **slip)) == {
        "packet-seal-differs"
    }
    assert codes(lambda: pass_packet(desk, packet, PacketEvent.PASSED_ON)) == {
        "packet-without-seal",
        "packet-to-nobody",
    }
    pass_packet(desk, packet, PacketEvent.PASSED_ON, **slip, seal_differs=True)
    assert [f.code for f in folded(met.north, packet).findings] == ["seal-differs"]


def test_a_missing_packet_has_no_seal_and_can_come_to_light_again(met, packet):
    desk = met.north.desk()
    pass_packet(desk, packet, PacketEvent.MISSING)
    gone = folded(met.north, packet)
    pass_packet(desk, packet, PacketEvent.PASSED_ON, seal="A-1", to="store")

    assert [f.code for f in gone.findings] == ["packet-missing"]
    assert gone.is_open_debt
    assert folded(met.north, packet).event is PacketEvent.PASSED_ON


def test_a_packet_is_opened_before_two_witnesses_and_gets_a_new_list_and_a_new_seal(met, packet):
    desk = met.north.desk()
    said = {"found_seal": "A-1", "items": (RING,)}

    assert codes(
        lambda: open_packet(desk, packet, **said, seal="A-1", witnesses=["warden", " warden "])
    ) == {"packet-seal-not-new", "packet-without-witnesses"}
    open_packet(desk, packet, **said, seal="A-2", witnesses=["warden Testov", "clerk Probny"])
    opened = folded(met.north, packet)
    assert (opened.seal, opened.items, opened.findings) == ("A-2", (RING,), ())
    said_last = met.north.log.of_kind("packet.sealed")[-1].statement
    assert said_last.ground.note == "warden Testov; clerk Probny"
    assert said_last.audience == {NORTH, SOUTH, INTERMEDIARY}


def test_a_seal_that_was_broken_before_is_not_lost_with_the_opening(met, packet):
    said = {"found_seal": "B-9", "seal": "A-2", "items": (RING,), "witnesses": ["one", "two"]}
    assert codes(lambda: open_packet(met.north.desk(), packet, **said)) == {"packet-seal-differs"}
    open_packet(met.north.desk(), packet, **said, seal_differs=True)

    assert [f.code for f in folded(met.north, packet).findings] == ["seal-differs"]


def test_nobody_seals_an_empty_packet_or_one_of_a_person_who_is_not_there(met, packet):
    desk = met.north.desk()
    nobody = PersonId("person:north-none")

    assert codes(lambda: seal_packet(desk, nobody, seal=" ", items=(), to=SOUTH)) == {
        "packet-without-list",
        "person-unknown",
    }
    none_of_it = PacketItem(what="ring", count=0)
    assert "packet-without-list" in codes(
        lambda: seal_packet(desk, nobody, seal="A", items=(none_of_it,), to=SOUTH)
    )
    assert codes(lambda: pass_packet(desk, "packet:none", PacketEvent.MISSING)) == {
        "packet-unknown"
    }
    assert codes(
        lambda: pass_packet(met.north.desk(Role.MEDICAL), packet, PacketEvent.MISSING)
    ) == {"role-may-not"}


def test_a_packet_said_to_be_another_person_s_stays_whose_it_was(met, packet, person):
    met.carry_all()
    desk = met.south.desk()
    other = PersonId("person:south-other")
    forged = met.south.log.about(packet)[0].statement.content | {"person": other}
    from repatria.ledger.kinds.packet_sealed import PacketSealed
    from repatria.ledger.statement import Ground

    claim = PacketSealed(packet=packet, person=other, seal=forged["seal"], items=(RING,))
    desk.log.append(
        [
            desk.state(
                claim,
                about=(packet, other),
                audience=desk.with_parties(NORTH),
                ground=Ground(basis="register"),
            )
        ]
    )
    found = folded(met.south, packet)

    assert found.person == person
    assert found.items == (RING, NOTES)
    assert [f.code for f in found.findings] == ["packet-of-another"]


def test_the_class_goes_to_those_named_and_the_finding_to_the_medical_role_alone(met, person):
    class_health(met.north.desk(Role.MEDICAL), person, "serious", finding="made up", to=(SOUTH,))
    met.carry_all()

    found = met.north.log.of_kind("health.examined")[-1].statement
    assert found.audience == {"north.medical"}
    assert met.north.log.of_kind("health.classed")[-1].statement.audience == {
        NORTH,
        SOUTH,
        INTERMEDIARY,
    }
    assert met.south.log.of_kind("health.classed")
    assert not met.south.log.of_kind("health.examined")
    assert not met.intermediary.log.of_kind("health.examined")
    assert codes(lambda: class_health(met.north.desk(), person, "fit")) == {"role-may-not"}
    assert codes(
        lambda: class_health(met.north.desk(Role.MEDICAL), PersonId("person:no"), "well")
    ) == {"health-class-unknown", "person-unknown"}


def test_a_check_of_somebody_seriously_sick_is_the_weekly_report_until_he_is_better(met, person):
    desk = met.north.desk(Role.MEDICAL)
    days = [datetime(2030, 3, day, 12, tzinfo=UTC) for day in (1, 8, 14, 20)]

    def owed():
        found = duties_of(met.north.log.about(person), holder=NORTH)
        return [(str(d.due_on), str(d.done_on or "")) for d in found if d.duty == "health_report"]

    class_health(desk, person, "serious", checked_at=days[0])
    assert owed() == [("2030-03-08", "")]
    class_health(desk, person, "serious", checked_at=days[1])
    assert owed() == [("2030-03-08", "2030-03-08"), ("2030-03-15", "")]
    class_health(desk, person, "sick", checked_at=days[2])
    assert owed() == [("2030-03-08", "2030-03-08"), ("2030-03-15", "2030-03-14")]
    class_health(desk, person, "fit", checked_at=days[3])
    assert len(owed()) == 2


def test_a_decision_leaves_without_its_ground_and_each_visit_starts_its_own_clocks(met, person):
    desk = met.north.desk(Role.MEDICAL)
    repatriate = CommissionDecision.REPATRIATE
    state_commission(
        desk,
        person,
        CommissionDecision.EXAMINE_AGAIN,
        visited_on=PartialDate.parse("2029-06-01"),
        medical_ground="made up",
        members="chair and two neutrals",
    )
    from repatria.operations.register_acts import do_duties

    told = datetime(2029, 6, 20, 12, tzinfo=UTC)
    do_duties(met.north.desk(), [person], "decision_notified", done_at=told)
    state_commission(desk, person, repatriate, visited_on=PartialDate.parse("2029-11-30"))

    said = met.north.log.of_kind("commission.decided")[0].statement
    assert said.audience == {NORTH, INTERMEDIARY}
    assert said.ground.note == "chair and two neutrals"
    assert "made up" not in str(said.content)
    owed = {
        d.duty: str(d.due_on)
        for d in duties_of(met.north.log.about(person), holder=NORTH)
        if d.done_on is None and d.source == "GC III Annex II"
    }
    assert owed == {
        "decision_notified": "2029-12-30",
        "decision_executed": "2030-02-28",
        "commission_visit": "2030-05-30",
    }
    tomorrow = PartialDate.parse("2999-01-01")
    assert codes(lambda: state_commission(desk, person, repatriate, visited_on=tomorrow)) == {
        "commission-visit-to-come"
    }
