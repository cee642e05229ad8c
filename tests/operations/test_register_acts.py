"""Tags of two units, answers to families, whom our own list forgot, and whose remains they are."""

import pytest

from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.person_described import Property
from repatria.ledger.kinds.remains_examined import LaboratoryResult, RemainsExamined
from repatria.ledger.kinds.tracing_answered import TracingAnswer
from repatria.ledger.kinds.tracing_linked import TracingLink
from repatria.ledger.kinds.whereabouts_stated import Whereabouts
from repatria.operations.families import request_tracing
from repatria.operations.manifests import freeze_manifest
from repatria.operations.name_locks import lock_names, locks_in, open_locks
from repatria.operations.records import current_lines
from repatria.operations.register_acts import (
    describe,
    do_duties,
    note_visit,
    state_whereabouts,
)
from repatria.operations.remains import (
    all_remains,
    receive_remains,
    record_remains,
    state_examination,
)
from repatria.operations.tags import issue_block, join_number, take_in_tags
from repatria.operations.tracing import (
    answer_request,
    is_our_notice,
    link_request,
    unlisted_requests,
)
from repatria.register import fold_person
from repatria.register.tags import numbers_of
from repatria.terms import NotVisible, PartialDate, PersonName, Refusal, Role
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, hand_in

CLAIMS = """\
No;Surname;Given name;Father name;Date of birth
1;Modelyan;Aram;Karo;05.02.1991
2;Testyan;Levon;Vahe;17.07.1993
"""


@pytest.fixture
def met(tmp_path):
    """Three installations; north holds a list, so it has a register."""
    meeting = Meeting(tmp_path).introduce()
    hand_in(
        meeting.north,
        tmp_path / "held.csv",
        CLAIMS,
        title="held",
        population=Population.HELD,
        to=INTERMEDIARY,
    )
    return meeting


def persons(simulator):
    return [e.statement.about[0] for e in simulator.log.of_kind("person.registered")]


def codes(refused):
    return {objection.code for objection in refused.value.objections}


def test_two_units_tags_come_in_whatever_order_and_both_numbers_find_the_person(met):
    desk = met.north.desk()
    one, two = (issue_block(desk, unit=unit, count=1000) for unit in ("one", "two"))
    first, second = persons(met.north)
    take_in_tags(desk, two.block, {numbers_of(two)[0]: second})
    take_in_tags(desk, one.block, {numbers_of(one)[0]: first})
    join_number(desk, first, tag=numbers_of(one)[0], permanent="N-000001")

    record = fold_person(first, met.north.log.about(first))
    assert [n.value for n in record.numbers] == [numbers_of(one)[0], "N-000001"]
    with pytest.raises(Refusal) as refused:
        take_in_tags(
            desk,
            one.block,
            {numbers_of(one)[0]: first, numbers_of(two)[1]: second, "12-X": "person:north-no"},
        )
    assert codes(refused) == {
        "tag-given-already",
        "tag-not-in-block",
        "tag-malformed",
        "person-unknown",
    }
    with pytest.raises(Refusal) as refused:
        join_number(desk, second, tag="00000-2", permanent="N-000001")
    assert codes(refused) == {"tag-unknown", "number-taken"}
    with pytest.raises(Refusal, match="block-size-wrong"):
        issue_block(desk, unit="three", count=0)
    with pytest.raises(Refusal, match="block-unknown"):
        take_in_tags(desk, "block:north-none", {})


def test_a_bureau_notes_duties_words_and_particulars(met):
    desk = met.north.desk()
    person = persons(met.north)[0]
    do_duties(desk, [person], "capture_card", digest="ab" * 32)
    describe(desk, person, Property.MOTHER, "Ani", source="capture card")
    state_whereabouts(desk, person, Whereabouts.WITHHELD, to=SOUTH)

    said = {e.statement.kind for e in met.north.log.about(person)}
    assert {"duty.done", "whereabouts.stated"} <= said
    with pytest.raises(Refusal, match="duty-unknown"):
        do_duties(desk, [person], "dance")


def test_a_visit_is_noted_by_the_intermediary_alone_and_the_second_is_called_repeated(met):
    met.carry_all()
    person = persons(met.north)[0]
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    for day in ("2030-01-02", "2030-02-03"):
        note_visit(desk, person, on=PartialDate.parse(day), in_private=True, to=(SOUTH,))
    with pytest.raises(Refusal, match="visit-not-neutral"):
        note_visit(
            met.north.desk(Role.INTERMEDIARY),
            person,
            on=PartialDate.parse("2030-01-02"),
            in_private=True,
            to=(),
        )

    record = fold_person(person, met.intermediary.log.about(person))
    assert [v.value.repeated for v in record.visits] == [False, True]
    assert str(record.last_sighting.value) == "2030-02-03"


@pytest.fixture
def asked(met, tmp_path):
    """South has listed two persons, and families ask south for one of them and for a third."""
    hand_in(
        met.south,
        tmp_path / "claims.csv",
        CLAIMS,
        title="claims",
        population=Population.CLAIMED,
        to=NORTH,
    )
    return [
        request_tracing(
            met.south.desk(Role.REGISTRAR),
            family="leyla",
            sought=PersonName(text=name),
            birth=PartialDate.parse(birth),
        )
        for name, birth in (("Aram Modelyan", "1991-02-05"), ("Gor Omittov", "1999-03-04"))
    ]


def test_the_person_a_family_asks_for_and_our_own_list_forgot_is_reported(met, asked):
    found = unlisted_requests(met.south.desk())

    assert [each.request for each in found] == [asked[1]]


def test_every_request_gets_an_answer_and_none_says_more_than_is_confirmed(met, asked):
    desk = met.south.desk()
    line = next(iter(current_lines(met.south.log.of_kind("list.line"))))
    with pytest.raises(Refusal, match="link-not-confirmed"):
        answer_request(desk, asked[0], TracingAnswer.FOUND)
    with pytest.raises(Refusal, match="search-not-named"):
        answer_request(desk, asked[1], TracingAnswer.NOT_FOUND)
    link_request(desk, asked[0], line, TracingLink.CONFIRMED)
    answer_request(desk, asked[0], TracingAnswer.FOUND)
    answer_request(desk, asked[1], TracingAnswer.NOT_FOUND, searched="all lists of this year")

    said = met.south.log.of_kind("tracing.answered")
    linked = met.south.log.of_kind("tracing.linked")
    assert all("family:leyla" in e.statement.audience for e in said)
    assert all("family:leyla" not in e.statement.audience for e in linked)
    assert is_our_notice(met.south.log, said[0].statement.content["code"].lower())
    assert not is_our_notice(met.south.log, "2222-2222")
    assert not is_our_notice(met.north.log, said[0].statement.content["code"])
    with pytest.raises(Refusal, match="link-unchanged"):
        link_request(desk, asked[0], line, TracingLink.CONFIRMED)
    with pytest.raises(Refusal, match="record-unknown"):
        link_request(desk, asked[0], "person:south-none", TracingLink.POSSIBLE)
    with pytest.raises(NotVisible):
        answer_request(desk, "tracing:south-none", TracingAnswer.RECEIVED)


def test_remains_are_named_by_the_laboratory_of_whoever_received_them(met):
    person = persons(met.north)[0]
    remains = record_remains(met.north.desk(), label="17", to=SOUTH, said_to_be=[person])
    result = RemainsExamined(
        remains=remains,
        person=person,
        result=LaboratoryResult.IS_NOT,
        laboratory="institute",
        method="dna_direct",
    )
    with pytest.raises(Refusal, match="laboratory-not-receiving"):
        state_examination(met.north.desk(), result, to=[SOUTH])
    met.courier.carry(met.north, met.south)
    receive_remains(met.south.desk(), remains, giver=NORTH)
    state_examination(met.south.desk(), result, to=[NORTH])

    [found] = all_remains(met.south.log.about(remains)).values()
    assert found.ruled_out == {person}
    assert "remains-of-another" in {f.code for f in found.findings}
    for act, code in (
        (lambda: receive_remains(met.south.desk(), remains, giver=NORTH), "received-already"),
        (lambda: receive_remains(met.south.desk(), "remains:x-y", giver=NORTH), "remains-unknown"),
        (lambda: record_remains(met.north.desk(), label=" ", to=SOUTH), "container-without-label"),
    ):
        with pytest.raises(Refusal, match=code):
            act()


def test_a_name_promised_in_one_channel_is_locked_for_every_other(met, asked):
    line = next(iter(current_lines(met.south.log.of_kind("list.line"))))
    desk = met.south.desk()
    lock_names(desk, [line], channel="elders of two valleys")
    with pytest.raises(Refusal, match="name-locked"):
        lock_names(desk, [line], channel="plan of spring")
    with pytest.raises(Refusal, match="lock-unknown"):
        open_locks(desk, [line], channel="plan of spring")
    with pytest.raises(Refusal, match="channel-without-name"):
        lock_names(desk, [], channel=" ")
    open_locks(desk, [line], channel="elders of two valleys")
    lock_names(desk, [line], channel="plan of spring")

    [[lock]] = locks_in(met.south.log.of_kind("name.locked")).values()
    assert lock.channel == "plan of spring"


def test_a_person_promised_elsewhere_is_frozen_by_no_plan_but_that_one(at):
    met = at("planned")
    desk = met.intermediary.desk(Role.INTERMEDIARY)
    officer = met.intermediary.desk(Role.HANDOVER_OFFICER)
    line = next(
        e.statement.about[0]
        for e in met.intermediary.log.of_kind("line.answered")
        if e.statement.content.get("code") == "held"
    )
    lock_names(desk, [line], channel="elders of two valleys")
    with pytest.raises(Refusal, match="name-locked"):
        freeze_manifest(officer, plan_id=met.plan.plan_id, crossing_point="the bridge")
    open_locks(desk, [line], channel="elders of two valleys")
    lock_names(desk, [line], channel=met.plan.plan_id)

    assert freeze_manifest(officer, plan_id=met.plan.plan_id, crossing_point="the bridge")
