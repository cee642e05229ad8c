"""Is the person at the gate the one on the list? Asked by two, undone by a move."""

import pytest

from repatria.handover import GateStatus, fold_gate, moved_since
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.custody_placed import CustodyPlaced
from repatria.ledger.kinds.gate_checked import GateChecked, Means
from repatria.terms import Place

PERSON = "person:north-a"
LIST = "manifest:m"


def check(means="code", *, matches=True, size=0, person=PERSON, manifest=LIST):
    return GateChecked(
        manifest_id=manifest, person=person, means=Means(means), matches=matches, list_size=size
    )


def placed(name, person=PERSON):
    return CustodyPlaced(person=person, place=Place(name=name))


def status(voices):
    return fold_gate(PERSON, voices.entries, manifest_id=LIST).status


@pytest.fixture
def both(voices):
    """Checked by the holder's official and by the intermediary's."""
    voices.say("north", placed("cell 4"))
    voices.say("north", check())
    voices.say("intermediary", check("photo"))
    return voices


def test_two_officials_and_two_means_make_a_check(voices):
    assert status(voices) is GateStatus.UNCHECKED
    voices.say("north", check())
    assert status(voices) is GateStatus.ONE
    voices.say("north", check("question"))
    assert status(voices) is GateStatus.ONE, "one official does not check twice"
    voices.say("intermediary", check("photo"))
    assert status(voices) is GateStatus.PASSED


def test_two_who_read_the_code_have_not_looked_at_the_person(voices):
    voices.say("north", check())
    voices.say("intermediary", check())
    assert status(voices) is GateStatus.ONE


def test_another_list_and_another_person_do_not_count(voices):
    voices.say("north", check(manifest="manifest:old"))
    voices.say("intermediary", check("photo", person="person:north-b"))
    assert status(voices) is GateStatus.UNCHECKED


def test_one_look_that_finds_another_man_undoes_the_check(both):
    both.say("intermediary", check("question", matches=False))
    assert status(both) is GateStatus.MISMATCH
    both.say("north", check())
    both.say("intermediary", check("photo"))
    assert status(both) is GateStatus.PASSED


def test_a_move_to_another_place_undoes_the_check(both):
    both.say("north", placed("cell 4"))
    assert status(both) is GateStatus.PASSED, "the same place again is no move"
    both.say("north", placed("cell 9"))
    assert status(both) is GateStatus.MOVED
    both.say("south", placed("cell 4"))
    assert status(both) is GateStatus.MOVED, "only the holder says where he is"


def test_whoever_was_put_back_is_checked_again(both):
    back = CrossingRecorded(
        manifest_id=LIST, person=PERSON, event=CrossingEvent.RETURNED_TO_CUSTODY
    )
    both.say("north", back)
    assert status(both) is GateStatus.UNCHECKED


def test_a_list_printed_before_the_move_checks_nobody(voices):
    voices.say("north", placed("cell 4"))
    printed = 1  # the holder's log had one statement
    assert not moved_since(PERSON, voices.entries, printed)
    voices.say("north", placed("cell 9"))
    assert moved_since(PERSON, voices.entries, printed)
    assert not moved_since(PERSON, voices.entries, 2)
    voices.say("intermediary", check("photo", size=printed))
    assert status(voices) is GateStatus.MOVED
