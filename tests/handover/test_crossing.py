"""What happened at the line, told late, twice and against each other?"""

from datetime import UTC, datetime

import pytest

from repatria.handover import CrossingStatus, fold_crossing
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.crossing_withdrawn import CrossingWithdrawn

PERSON = "person:north-a"


def hour(number):
    return datetime(2030, 3, 1, number, tzinfo=UTC)


def event(kind, person=PERSON, manifest="manifest:m"):
    return CrossingRecorded(manifest_id=manifest, person=person, event=CrossingEvent(kind))


def test_nobody_has_said_anything_so_he_waits(voices):
    voices.unknown("north")
    voices.say("north", event("crossed", person="person:north-b"))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.WAITING
    assert state.events == ()
    assert (state.departed_at, state.crossed_at) == (None, None)


def test_an_event_without_a_claimed_time_is_read_at_the_time_written(voices):
    departed = voices.say("north", event("departed"))
    crossed = voices.say("north", event("crossed"))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.CROSSED
    assert state.departed_at == departed.statement.recorded_at
    assert state.crossed_at == crossed.statement.recorded_at
    assert state.findings == ()


def test_what_the_other_party_also_saw_confirms_and_changes_nothing(voices):
    for by in ("north", "intermediary"):
        voices.say(by, event("departed"), occurred_at=hour(9))
        voices.say(by, event("crossed"), occurred_at=hour(11))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.CROSSED
    assert (state.departed_at, state.crossed_at) == (hour(9), hour(11))
    assert len(state.events) == 4
    assert state.findings == ()


def test_a_late_record_is_read_at_its_time_and_flagged(voices):
    voices.say("north", event("crossed"), occurred_at=hour(11))
    late = voices.say("north", event("departed"), occurred_at=hour(9))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.CROSSED
    assert [(f.code, f.about) for f in state.findings] == [("recorded-late", (PERSON, late.ref))]


@pytest.mark.parametrize("ending", ["refused", "died", "returned_to_custody"])
def test_two_endings_that_exclude_each_other_are_a_contradiction(voices, ending):
    voices.say("north", event("departed"), occurred_at=hour(9))
    voices.say("north", event("crossed"), occurred_at=hour(10))
    other = voices.say("intermediary", event(ending), occurred_at=hour(11))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.CROSSED
    assert [(f.code, f.about) for f in state.findings] == [
        ("crossing-contradicted", (PERSON, other.ref))
    ]


def test_a_departure_after_the_end_is_out_of_order(voices):
    voices.say("north", event("crossed"), occurred_at=hour(10))
    voices.say("intermediary", event("departed"), occurred_at=hour(11))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.CROSSED
    assert [f.code for f in state.findings] == ["crossed-without-departure", "event-out-of-order"]


def test_who_was_put_back_may_depart_anew(voices):
    for number, kind in enumerate(("departed", "returned_to_custody", "departed", "crossed")):
        voices.say("north", event(kind), occurred_at=hour(9 + number))
    back = fold_crossing(PERSON, voices.entries[:2])
    home = fold_crossing(PERSON, voices.entries)

    assert back.state is CrossingStatus.RETURNED_TO_CUSTODY
    assert home.state is CrossingStatus.CROSSED
    assert home.departed_at == hour(11)
    assert home.attempt == {CrossingEvent.DEPARTED, CrossingEvent.CROSSED}
    assert home.findings == ()


def test_an_event_its_speaker_took_back_did_not_happen(voices):
    wrong = voices.say("north", event("crossed"))
    voices.say("north", event("departed", person="person:north-b"), supersedes=(wrong.ref,))

    assert fold_crossing(PERSON, voices.entries).state is CrossingStatus.WAITING


def test_nobody_takes_back_the_word_of_another(voices):
    told = voices.say("intermediary", event("refused"))
    voices.say("south", event("departed", person="person:north-b"), supersedes=(told.ref,))

    assert fold_crossing(PERSON, voices.entries).state is CrossingStatus.REFUSED


def test_only_the_manifest_asked_for_is_read(voices):
    voices.say("north", event("returned_to_custody", manifest="manifest:old"))

    there = fold_crossing(PERSON, voices.entries, manifest_id="manifest:old")
    here = fold_crossing(PERSON, voices.entries, manifest_id="manifest:m")

    assert there.state is CrossingStatus.RETURNED_TO_CUSTODY
    assert here.state is CrossingStatus.WAITING


@pytest.mark.parametrize(
    ("by", "kind", "counts"),
    [
        ("intermediary", "died", True),
        ("north", "died", False),
        ("south", "died", False),
        ("north", "refused", False),
        ("intermediary", "refused", True),
        ("south", "departed", False),
        ("north", "departed", True),
        ("south", "returned_to_custody", False),
        ("south", "locked_out", True),
    ],
)
def test_what_is_not_for_a_party_to_say_changes_nothing_and_is_flagged(voices, by, kind, counts):
    told = voices.say(by, event(kind))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state == (kind if counts else "waiting")
    codes = [(f.code, f.about) for f in state.findings]
    assert codes == ([] if counts else [("said-without-duty", (PERSON, told.ref))])
    assert [h.counts for h in state.events] == [counts]


def test_who_was_turned_away_may_still_cross(voices):
    for number, kind in enumerate(("departed", "locked_out", "crossed")):
        voices.say("north", event(kind), occurred_at=hour(9 + number))

    assert fold_crossing(PERSON, voices.entries[:2]).state is CrossingStatus.LOCKED_OUT
    home = fold_crossing(PERSON, voices.entries)
    assert home.state is CrossingStatus.CROSSED
    assert home.findings == ()


def test_who_was_let_go_in_error_has_not_crossed(voices):
    voices.say("north", event("released_in_error"))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.RELEASED_IN_ERROR
    assert state.crossed_at is None


def test_an_event_taken_back_stays_to_be_seen(voices):
    wrong = voices.say("north", event("departed"))
    back = CrossingWithdrawn(
        manifest_id="manifest:m", person=PERSON, ref=wrong.ref, reason="another man"
    )
    voices.say("north", back, supersedes=(wrong.ref,))
    state = fold_crossing(PERSON, voices.entries)

    assert state.state is CrossingStatus.WAITING
    assert [(h.ref, h.counts) for h in state.events] == [(wrong.ref, False)]
    assert [f.code for f in state.findings] == ["event-taken-back"]


def test_the_mode_of_travel_is_that_of_the_last_departure(voices):
    for number, (kind, mode) in enumerate(
        (("departed", "bus"), ("returned_to_custody", ""), ("departed", "ambulance"))
    ):
        said = CrossingRecorded(
            manifest_id="manifest:m", person=PERSON, event=CrossingEvent(kind), mode=mode
        )
        voices.say("north", said, occurred_at=hour(9 + number))

    assert fold_crossing(PERSON, voices.entries).mode == "ambulance"
