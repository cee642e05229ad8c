"""The checklist follows from what was said, and asks nothing of whoever does not travel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.handover import TerminalState
from repatria.handover.protocol import (
    IncidentsAgree,
    ProtocolPoint,
    Traveller,
    handover_protocol,
    incidents_agree,
)
from repatria.terms import PartyCode, PersonId

NORTH, SOUTH = PartyCode("north"), PartyCode("south")
PARTIES = (NORTH, SOUTH)
FLAGS = ("fit", "willing", "asked_at_the_line", "checked", "left", "crossed")


def traveller(number=1, state=TerminalState.OPEN, packets=0, along=0, **flags):
    return Traveller(
        person=PersonId(f"person:north-{number}"),
        state=state,
        packets=packets,
        packets_along=along,
        **{flag: flags.get(flag, False) for flag in FLAGS},
    )


def points(travellers, signed=PARTIES, receipts=PARTIES):
    found = handover_protocol(travellers, PARTIES, signed_by=signed, receipts_of=receipts)
    return {each.point: each for each in found}


people = st.lists(
    st.builds(
        lambda number, state, packets, along, flags: traveller(
            number, state, packets, min(along, packets), **flags
        ),
        st.integers(1, 99),
        st.sampled_from(TerminalState),
        st.integers(0, 3),
        st.integers(0, 3),
        st.fixed_dictionaries({flag: st.booleans() for flag in FLAGS}),
    ),
    max_size=8,
)


@pytest.mark.property
@given(people, st.sets(st.sampled_from(PARTIES)), st.sets(st.sampled_from(PARTIES)))
def test_each_point_is_done_exactly_when_nobody_is_missing(travellers, signed, receipts):
    for each in points(travellers, signed, receipts).values():
        assert 0 <= each.done <= each.of
        assert each.is_done is not bool(each.missing)


@pytest.mark.property
@given(people)
def test_whoever_does_not_travel_is_missing_nowhere(travellers):
    ended = {t.person for t in travellers if not t.travels} - {
        t.person for t in travellers if t.travels
    }
    for each in points(travellers).values():
        assert ended.isdisjoint(each.missing)


@pytest.mark.property
@given(people)
def test_every_line_that_has_not_ended_is_named(travellers):
    missing = points(travellers)[ProtocolPoint.ENDED].missing
    assert sorted(missing) == sorted(t.person for t in travellers if t.state is TerminalState.OPEN)


def test_what_is_done_before_leaving_is_not_asked_of_whoever_has_left():
    found = points([traveller(left=True)])
    before = (ProtocolPoint.FIT, ProtocolPoint.WILLING, ProtocolPoint.CHECKED)
    assert all(found[point].is_done for point in before)
    assert not found[ProtocolPoint.CROSSED].is_done


def test_the_wish_at_the_line_is_missing_even_after_he_left():
    found = points([traveller(left=True, crossed=True)])
    assert not found[ProtocolPoint.ASKED_AT_THE_LINE].is_done


def test_packets_are_counted_one_by_one_and_their_owner_is_named():
    found = points([traveller(packets=3, along=2), traveller(2, packets=1, along=1)])
    packets = found[ProtocolPoint.PACKETS]
    assert (packets.done, packets.of) == (3, 4)
    assert packets.missing == ("person:north-1",)


def test_a_party_that_has_not_signed_is_named():
    found = points([], signed=[NORTH], receipts=[])
    assert found[ProtocolPoint.SIGNED].missing == ("south",)
    assert found[ProtocolPoint.RECEIPTS].missing == ("north", "south")


@pytest.mark.parametrize(
    ("given_by", "words", "agree"),
    [
        ((NORTH,), {NORTH: ""}, IncidentsAgree.NOT_YET),
        ((), {}, IncidentsAgree.NOT_YET),
        (PARTIES, {}, IncidentsAgree.NONE_BY_ALL),
        (PARTIES, {NORTH: " A bus broke down. ", SOUTH: "a bus  broke down."}, "same_words"),
        (PARTIES, {NORTH: "a bus broke down"}, IncidentsAgree.DIFFERENT),
        (PARTIES, {NORTH: "one fell", SOUTH: "two fell"}, IncidentsAgree.DIFFERENT),
    ],
)
def test_words_on_incidents_are_compared_once_all_have_spoken(given_by, words, agree):
    assert incidents_agree(PARTIES, given_by, words) == agree
