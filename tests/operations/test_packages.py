"""A package brings what is missing, once, from a party we have met."""

from copy import deepcopy
from dataclasses import replace

import pytest

from repatria.operations.packages import send_package
from repatria.operations.receiving import check_package, take_in_package
from repatria.terms import IntegrityError
from simulators.party import INTERMEDIARY, NORTH, SOUTH, Meeting, PartySimulator
from simulators.refusals import refuses
from statements import node_of, noted


def test_a_package_brings_commitments_to_all_and_bodies_to_those_meant(tmp_path):
    met = Meeting(tmp_path).introduce()
    met.north.log.append([noted(1), noted(2, audience=("north", "intermediary"))])
    made = send_package(met.north.desk(), to=SOUTH)
    taken = take_in_package(met.south.desk(), made.raw)
    assert (made.disclosed, taken.disclosed) == (1, 1)
    assert taken.new == made.statements == len(met.south.log.commitments(NORTH))
    [note] = met.south.log.of_kind("package.received")
    assert note.statement.content["disclosed"] == "2"


def test_taking_in_a_package_twice_changes_nothing(at):
    met = at("met")
    made = send_package(met.north.desk(), to=SOUTH)
    take_in_package(met.south.desk(), made.raw)
    before = met.south.head
    again = take_in_package(met.south.desk(), made.raw)
    assert (again.new, again.disclosed) == (0, 0)
    assert met.south.head == before


def test_what_the_other_side_acknowledged_is_not_sent_again(at):
    met = at("met")
    first = send_package(met.north.desk(), to=SOUTH)
    take_in_package(met.south.desk(), first.raw)
    take_in_package(met.north.desk(), send_package(met.south.desk(), to=NORTH).raw)
    second = send_package(met.north.desk(), to=SOUTH)
    # Its own notes since: sent to South, received from South, and the receipt for that.
    assert second.statements == 3
    taken = take_in_package(met.south.desk(), second.raw)
    assert (taken.new, taken.disclosed) == (3, 1)


def test_nothing_is_sent_to_or_taken_from_a_stranger(tmp_path):
    met = Meeting(tmp_path)
    with refuses(met.north, "peer-unknown"):
        send_package(met.north.desk(), to=SOUTH)
    met.north.meet(met.south)
    made = send_package(met.north.desk(), to=SOUTH)
    with refuses(met.south, "peer-unknown"):
        take_in_package(met.south.desk(), made.raw)


def test_a_package_under_another_key_than_the_one_read_aloud_is_refused(tmp_path):
    met = Meeting(tmp_path).introduce()
    stranger = PartySimulator(NORTH)
    stranger.meet(met.south)
    forged = replace(stranger.desk(), node=node_of(INTERMEDIARY))
    before = met.south.head
    with pytest.raises(IntegrityError) as refused:
        take_in_package(met.south.desk(), send_package(forged, to=SOUTH).raw)
    assert refused.value.code == "checkpoint-wrong-key"
    assert met.south.head == before


@pytest.mark.parametrize("anew", [0, 1])
def test_a_peer_that_holds_another_log_of_ours_is_an_alarm(anew, at):
    met = at("met")
    set_back = deepcopy(met.north)
    met.north.log.append([noted(1)])
    met.courier.carry(met.north, met.south)
    made = send_package(met.south.desk(), to=NORTH)
    set_back.log.append([noted(2)] * anew)
    before = set_back.head
    assert before[0] - met.south.log.head(NORTH).size == anew - 1
    with pytest.raises(IntegrityError) as refused:
        take_in_package(set_back.desk(), made.raw)
    assert refused.value.code == ["our-log-shorter-than-theirs", "our-log-differs"][anew]
    assert set_back.head == before


def test_looking_at_a_package_shows_already_that_a_peer_holds_more_of_our_log(at):
    """The same checks for looking and for taking in; only the second one writes."""
    met = at("met")
    set_back = deepcopy(met.north)
    met.north.log.append([noted(1)])
    met.courier.carry(met.north, met.south)
    made = send_package(met.south.desk(), to=NORTH)
    with pytest.raises(IntegrityError) as refused:
        check_package(set_back.desk(), made.raw)
    assert refused.value.code == "our-log-shorter-than-theirs"
