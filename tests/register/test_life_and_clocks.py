"""A death that is reopened, duties with their days, tags of units that never met, packets."""

from datetime import date

import pytest

from repatria.ledger.kinds.block_issued import BlockIssued
from repatria.ledger.kinds.commission_decided import CommissionDecided, CommissionDecision
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.custody_noted import CustodyEvent, CustodyNoted
from repatria.ledger.kinds.duty_done import DutyDone
from repatria.ledger.kinds.health_classed import HealthClassed
from repatria.ledger.kinds.life_stated import LifeStated, Strength
from repatria.ledger.kinds.packet_passed import PacketEvent, PacketPassed
from repatria.ledger.kinds.packet_sealed import PacketItem, PacketSealed
from repatria.ledger.kinds.person_described import PersonDescribed, Property
from repatria.ledger.kinds.visit_made import VisitMade
from repatria.ledger.kinds.whereabouts_stated import Whereabouts, WhereaboutsStated
from repatria.register import contradictions_in, fold_person
from repatria.register.clocks import duties_of
from repatria.register.fields import FIELD_SETS, completeness
from repatria.register.life import LifeStanding, life_of
from repatria.register.packets import fold_packet
from repatria.register.tags import faults_in, next_free, numbers_of, serial_of, tag_number
from repatria.terms import LifeStatus, PartialDate

PERSON = "person:south-p"
DAY = PartialDate.parse


def record(voices):
    return fold_person(PERSON, voices.entries)


def says(voices, by, status, on, **more):
    claim = LifeStated(person=PERSON, status=LifeStatus(status), method="told", **more)
    voices.say(by, claim, as_of=DAY(on), about=(PERSON,))


def test_a_death_with_a_match_and_three_sightings_is_open_again_and_stays_so_when_he_crosses(
    voices,
):
    says(voices, "south", "dead", "2028-09-25", strength=Strength.KINSHIP_DNA, second_test_due=True)
    assert life_of(record(voices)).standing is LifeStanding.DEAD
    for day in ("2029-07-10", "2029-08-02", "2029-10-21"):
        says(voices, "south", "alive", day, strength=Strength.WITNESS)
    reopened = life_of(record(voices))
    voices.say(
        "intermediary",
        CrossingRecorded(manifest_id="manifest:m", person=PERSON, event=CrossingEvent.CROSSED),
        about=("manifest:m", PERSON),
    )
    says(voices, "intermediary", "alive", "2030-02-05", strength=Strength.IN_PERSON)

    assert reopened.standing is LifeStanding.REOPENED
    assert len(reopened.reopened_by) == 3
    assert reopened.tests_due == ("south/0",)
    crossed = life_of(record(voices))
    assert crossed.standing is LifeStanding.REOPENED
    assert len(crossed.claims) == 5
    assert str(record(voices).last_sighting.value) == "2030-02-05"


def test_a_death_after_the_last_sign_of_life_stays_a_death(voices):
    says(voices, "south", "alive", "2029-01-01")
    says(voices, "north", "dead", "2029-06-01")

    assert life_of(record(voices)).standing is LifeStanding.DEAD
    assert life_of(fold_person("person:south-q", ())).standing is LifeStanding.NOBODY_SAID


def test_a_visit_is_a_sign_of_life_and_the_last_independent_sighting(voices):
    says(voices, "north", "dead", "2029-06-01")
    visit = VisitMade(person=PERSON, on=DAY("2029-09-03"), in_private=True)
    voices.say("intermediary", visit, about=(PERSON,))

    assert life_of(record(voices)).standing is LifeStanding.REOPENED
    assert record(voices).last_sighting.value == date(2029, 9, 3)
    assert "content" not in visit.__dataclass_fields__


def test_withheld_is_no_denial_and_a_denial_that_is_followed_by_an_admission_is_shown(voices):
    for word in (Whereabouts.WITHHELD, Whereabouts.DENIED):
        voices.say("north", WhereaboutsStated(person=PERSON, says=word), about=(PERSON,))
    assert contradictions_in(record(voices)) == ()
    voices.say(
        "north", WhereaboutsStated(person=PERSON, says=Whereabouts.ACKNOWLEDGED), about=(PERSON,)
    )

    [finding] = contradictions_in(record(voices))
    assert finding.code == "denied-then-admitted"
    assert finding.about == (PERSON, "north/1", "north/2")


def test_an_ally_and_the_group_that_guards_him_stand_in_the_chain_of_the_holder(voices):
    chain = ("ally of the west", "third group")
    for at, more in ((None, {}), ("2029-02-01", {"chain": chain})):
        voices.say(
            "north",
            CustodyNoted(
                person=PERSON,
                event=CustodyEvent.HELD,
                holder="north",
                on=DAY(at) if at else None,
                **more,
            ),
            about=(PERSON,),
        )

    [episode] = record(voices).custody.episodes
    assert episode.chain == chain


def test_every_field_of_the_three_articles_can_be_given_and_each_names_its_source(voices):
    texts = [p for p in Property if p not in (Property.BIRTH, Property.SEX)]
    for each in texts:
        voices.say(
            "north", PersonDescribed(person=PERSON, property=each, value="told"), about=(PERSON,)
        )
    found = completeness(record(voices), "gc3-122")

    assert found.missing == ("names", "birth", "categories", "health")
    assert all(refs and refs[0].startswith("north/") for refs in found.given.values())
    for name in FIELD_SETS:
        total = completeness(record(voices), name)
        assert len(total.given) + len(total.missing) == len(FIELD_SETS[name])


def captured(voices, on="2030-01-01"):
    voices.say(
        "north",
        CustodyNoted(person=PERSON, event=CustodyEvent.CAPTURED, holder="north", on=DAY(on)),
        about=(PERSON,),
    )


def test_capture_card_and_registration_are_due_from_the_day_of_capture(voices):
    captured(voices)
    owed = {d.duty: d for d in duties_of(voices.entries, holder="north")}

    assert {name: d.due_on for name, d in owed.items()} == {
        "capture_card": date(2030, 1, 8),
        "registration": date(2030, 1, 15),
    }
    assert owed["capture_card"].is_overdue(date(2030, 1, 9))
    assert not owed["capture_card"].is_overdue(date(2030, 1, 8))
    assert duties_of(voices.entries, holder="south") == ()


def test_a_duty_that_was_done_is_not_overdue_and_a_weekly_one_is_owed_again(voices):
    captured(voices)
    voices.say("north", HealthClassed(person=PERSON, health="serious"), about=(PERSON,))
    for duty in ("capture_card", "health_report"):
        voices.say("north", DutyDone(person=PERSON, duty=duty, digest="ab" * 32), about=(PERSON,))
    found = duties_of(voices.entries, holder="north")

    cards = [d for d in found if d.duty == "capture_card"]
    reports = [d for d in found if d.duty == "health_report"]
    assert [d.done_on is None for d in cards] == [False]
    assert [(d.done_on, d.due_on) for d in reports] == [
        (date(2030, 3, 1), date(2030, 3, 8)),
        (None, date(2030, 3, 8)),
    ]


def test_a_commission_is_owed_within_one_three_and_six_months(voices):
    decided = CommissionDecided(
        person=PERSON, decision=CommissionDecision.REPATRIATE, visited_on=DAY("2029-11-30")
    )
    voices.say("north", decided, about=(PERSON,))

    assert {d.duty: d.due_on for d in duties_of(voices.entries, holder="north")} == {
        "decision_notified": date(2029, 12, 30),
        "decision_executed": date(2030, 2, 28),
        "commission_visit": date(2030, 5, 30),
    }


def test_two_units_that_never_met_give_a_thousand_tags_each_and_none_clashes():
    first = BlockIssued(block="block:a", unit="one", first=next_free(()), count=1000)
    second = BlockIssued(block="block:b", unit="two", first=next_free((first,)), count=1000)
    tags = [*numbers_of(first), *numbers_of(second)]

    assert len(set(tags)) == 2000
    assert faults_in(numbers_of(first), first, numbers_of(second)) == ()
    assert faults_in(numbers_of(second), second, numbers_of(first)) == ()
    assert [f.why for f in faults_in(numbers_of(second)[:1], first, ())] == ["not_in_block"]
    assert [f.why for f in faults_in(["00001-2", tags[0]], first, [tags[0]])] == [
        "malformed",
        "given_twice",
    ]


@pytest.mark.parametrize("serial", [1, 417, 99_999, 123_456])
def test_a_slip_in_a_tag_number_is_noticed(serial):
    number = tag_number(serial)
    digits, check = number.split("-")

    assert serial_of(number) == serial
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                assert serial_of(f"{digits[:at]}{other}{digits[at + 1 :]}-{check}") is None
        if at and digits[at - 1] != digit:
            turned = digits[: at - 1] + digit + digits[at - 1] + digits[at + 1 :]
            assert serial_of(f"{turned}-{check}") is None


def test_a_packet_is_owed_until_it_is_back_and_another_seal_is_noticed(voices):
    items = (PacketItem(what="ring", count=1), PacketItem(what="notes", count=12))
    sealed = PacketSealed(packet="packet:1", person=PERSON, seal="A-1", items=items)
    voices.say("north", sealed, about=("packet:1", PERSON))
    lying = fold_packet("packet:1", voices.entries)
    for seal, event in (("B-7", PacketEvent.PASSED_ON), ("A-1", PacketEvent.RESTORED)):
        passed = PacketPassed(packet="packet:1", event=event, seal=seal)
        voices.say("intermediary", passed, about=("packet:1",))
    back = fold_packet("packet:1", voices.entries)

    assert lying.is_open_debt
    assert lying.items == items
    assert not back.is_open_debt
    assert [f.code for f in back.findings] == ["seal-differs"]
    assert fold_packet("packet:2", voices.entries) is None


def test_a_day_at_the_end_of_all_calendars_stops_nothing(voices):
    captured(voices, "9999-12-31")

    assert {d.due_on for d in duties_of(voices.entries, holder="north")} == {date(9999, 12, 31)}
