"""May he travel, does he want to, and is the event allowed now?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from repatria.handover import (
    CrossingState,
    CrossingStatus,
    Gate,
    GateStatus,
    Manifest,
    Readiness,
    digest_of_lines,
    findings_on_the_way,
    fold_crossing,
    objections_to_crossing,
    objections_to_late_event,
    readiness_of,
)
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.refusal_overridden import RefusalOverridden

PERSON = "person:north-a"
NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)
EARLIER = NOW - timedelta(hours=1)
READY = Readiness(
    person=PERSON,
    cleared=True,
    clearance_valid_until=LATER,
    consents=True,
    consented_in_private=True,
    at_the_line=True,
)
LINES = (ManifestLine(number=1, person=PERSON, giver="north", receiver="south", code="AA"),)
MANIFEST = Manifest(
    manifest_id="manifest:m",
    plan_id="plan:p",
    crossing_point="bridge",
    by="intermediary",
    ref="intermediary/0",
    frozen_lines=LINES,
    lines=LINES,
    substitutions=(),
    parties=frozenset({"north", "south"}),
    accepted_by=frozenset({"north", "south"}),
    digest=digest_of_lines(LINES),
    digest_as_amended=digest_of_lines(LINES),
)
CHECKED = Gate(person=PERSON, status=GateStatus.PASSED)
DEPARTED = CrossingState(
    person=PERSON,
    state=CrossingStatus.DEPARTED,
    attempt=frozenset({CrossingEvent.DEPARTED}),
)


def fit(until=LATER, *, is_fit=True, mode="bus", person=PERSON):
    return ClearanceGiven(person=person, fit_to_travel=is_fit, mode=mode, valid_until=until)


def word(*, willing=True, line=False, private=True, person=PERSON):
    occasion = Occasion.AT_THE_LINE if line else Occasion.INTERVIEW
    return ConsentStated(person=person, willing=willing, occasion=occasion, in_private=private)


def codes(
    manifest=MANIFEST, event="crossed", readiness=READY, state=DEPARTED, at=NOW, gate=CHECKED
):
    found = objections_to_crossing(
        manifest, PERSON, CrossingEvent(event), readiness, state, at, gate=gate
    )
    return [objection.code for objection in found]


def test_when_nobody_has_said_anything_nothing_is_known(voices):
    voices.unknown("north")
    voices.say("intermediary", fit(person="person:north-b"))
    voices.say("north", word(person="person:north-b"))
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert readiness == Readiness(person=PERSON, reasons=("no-medical-clearance", "no-consent"))


def test_cleared_and_willing_in_private(voices):
    voices.say("intermediary", fit())
    voices.say("intermediary", word())
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert readiness == replace(READY, at_the_line=None)
    assert readiness.reasons == ()


def test_a_clearance_is_judged_at_the_moment_given(voices):
    voices.say("intermediary", fit())
    voices.say("intermediary", word())

    assert readiness_of(PERSON, voices.entries, LATER).reasons == ()
    expired = readiness_of(PERSON, voices.entries, LATER + timedelta(seconds=1))
    assert expired.reasons == ("clearance-expired",)
    assert expired.clearance_valid_until == LATER


def test_one_valid_not_fit_is_enough(voices):
    voices.say("intermediary", fit())
    voices.say("intermediary", fit(is_fit=False))

    assert readiness_of(PERSON, voices.entries, NOW).cleared is False


def test_a_speaker_replaces_its_own_verdict(voices):
    voices.say("intermediary", fit(is_fit=False))
    voices.say("intermediary", fit())

    assert readiness_of(PERSON, voices.entries, NOW).cleared is True


def test_a_lapsed_verdict_gives_way_to_one_that_holds(voices):
    voices.say("north", fit(EARLIER, is_fit=False))
    voices.say("intermediary", fit())
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert (readiness.cleared, readiness.clearance_valid_until) == (True, LATER)


def test_fitness_is_for_a_mode_of_travel(voices):
    voices.say("intermediary", fit(mode="bus"))
    voices.say("north", fit(mode="plane", is_fit=False))

    assert readiness_of(PERSON, voices.entries, NOW).cleared is True
    assert readiness_of(PERSON, voices.entries, NOW, mode="plane").cleared is False
    assert readiness_of(PERSON, voices.entries, NOW, mode="ship").cleared is None


def test_a_statement_taken_back_does_not_count(voices):
    wrong = voices.say("intermediary", fit())
    voices.say("intermediary", word(), supersedes=(wrong.ref,))

    assert readiness_of(PERSON, voices.entries, NOW).cleared is None


def test_one_unwilling_interview_is_enough(voices):
    voices.say("intermediary", fit())
    voices.say("intermediary", word(willing=False))
    voices.say("north", word())
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert readiness.consents is False
    assert readiness.reasons == ("refused-to-go",)


def test_what_is_said_at_the_line_is_the_last_word(voices):
    voices.say("intermediary", word())
    voices.say("intermediary", word(willing=False, line=True, private=False))
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert (readiness.consents, readiness.at_the_line) == (False, False)


def test_consent_before_others_is_not_consent_in_private(voices):
    voices.say("intermediary", fit())
    voices.say("north", word(private=False))
    voices.say("intermediary", word(willing=False))
    voices.say("north", word(line=True, private=False))
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert readiness.consents is True
    assert readiness.reasons == ("consent-not-in-private",)


def test_a_party_that_says_it_asked_in_private_does_not_speak_for_the_person(voices):
    voices.say("intermediary", fit())
    voices.say("north", word())
    readiness = readiness_of(PERSON, voices.entries, NOW)

    assert readiness.consented_in_private is False
    assert readiness.reasons == ("consent-not-in-private",)


def test_a_ready_person_on_a_signed_manifest_crosses():
    assert codes() == []


def test_an_unknown_manifest_is_the_only_objection():
    assert codes(manifest=None, readiness=Readiness(person=PERSON)) == ["manifest-unknown"]


def test_every_objection_is_given_at_once():
    manifest = replace(MANIFEST, lines=(), accepted_by=frozenset({"north"}))
    waiting = CrossingState(person=PERSON)

    assert codes(manifest, readiness=Readiness(person=PERSON), state=waiting) == [
        "not-on-manifest",
        "manifest-not-accepted",
        "not-departed",
        "no-medical-clearance",
        "no-consent",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cleared": None}, "no-medical-clearance"),
        ({"cleared": False}, "not-fit"),
        ({"clearance_valid_until": EARLIER}, "clearance-expired"),
        ({"consents": None}, "no-consent"),
        ({"consents": False}, "refused-to-go"),
        ({"consented_in_private": False}, "consent-not-in-private"),
        ({"at_the_line": None}, "not-asked-at-the-line"),
    ],
)
def test_each_lack_has_its_own_objection(change, code):
    assert codes(readiness=replace(READY, **change)) == [code]


def test_departing_does_not_need_the_question_at_the_line():
    waiting = CrossingState(person=PERSON)

    assert codes(event="departed", readiness=replace(READY, at_the_line=None), state=waiting) == []


@pytest.mark.parametrize("event", ["refused", "died", "returned_to_custody"])
def test_what_befell_a_person_is_written_down_without_clearance(event):
    assert codes(event=event, readiness=Readiness(person=PERSON)) == []


def test_the_same_event_again_is_already_recorded():
    assert codes(event="departed") == ["already-recorded"]


def test_nothing_follows_an_end():
    crossed = replace(
        DEPARTED,
        state=CrossingStatus.CROSSED,
        attempt=frozenset({CrossingEvent.DEPARTED, CrossingEvent.CROSSED}),
    )

    assert codes(event="died", state=crossed) == ["after-terminal"]
    assert codes(event="crossed", state=crossed) == ["already-recorded"]


def test_who_was_put_back_may_depart_anew_but_not_cross_at_once():
    back = replace(
        DEPARTED,
        state=CrossingStatus.RETURNED_TO_CUSTODY,
        attempt=frozenset({CrossingEvent.DEPARTED, CrossingEvent.RETURNED_TO_CUSTODY}),
    )

    assert codes(event="departed", state=back) == []
    assert codes(event="crossed", state=back) == ["not-departed"]
    assert codes(event="returned_to_custody", state=back) == ["already-recorded"]


def test_every_objection_names_its_rule():
    found = objections_to_crossing(
        replace(MANIFEST, accepted_by=frozenset()),
        PERSON,
        CrossingEvent.CROSSED,
        Readiness(person=PERSON),
        CrossingState(person=PERSON),
        NOW,
        gate=CHECKED,
    )

    assert all(objection.rule for objection in found)
    assert {o.rule for o in found if o.code == "manifest-not-accepted"} == {
        "GC III art. 46: the list is complete before anybody departs"
    }


@pytest.mark.parametrize(
    ("by", "is_fit", "cleared"),
    [
        ("intermediary", True, True),
        ("intermediary", False, False),
        ("north", True, None),
        ("north", False, False),
        ("south", True, None),
        ("south", False, None),
    ],
)
def test_only_a_verdict_of_whoever_has_the_duty_counts(voices, by, is_fit, cleared):
    voices.say(by, fit(is_fit=is_fit))

    assert readiness_of(PERSON, voices.entries, NOW).cleared is cleared


def override(person=PERSON):
    return RefusalOverridden(
        manifest_id="manifest:m", person=person, authority="Minister of North", reason="order 5"
    )


def test_a_refusal_is_overridden_in_the_open_and_until_the_next_no(voices):
    voices.say("intermediary", fit())
    voices.say("intermediary", word(willing=False))
    voices.say("north", override())
    assert readiness_of(PERSON, voices.entries, NOW).reasons == ("refused-to-go",)
    voices.say("intermediary", override())
    ready = readiness_of(PERSON, voices.entries, NOW)
    assert (ready.reasons, ready.consents) == ((), False)
    assert ready.overridden_by == "Minister of North"
    voices.say("intermediary", word(willing=False, line=True))
    assert readiness_of(PERSON, voices.entries, NOW).reasons == ("refused-to-go",)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("unchecked", "gate-not-checked"),
        ("one", "gate-one-official"),
        ("mismatch", "gate-another-person"),
        ("moved", "moved-since-checked"),
    ],
)
def test_nobody_leaves_who_was_not_checked_by_two(status, code):
    waiting = CrossingState(person=PERSON)
    gate = Gate(person=PERSON, status=GateStatus(status))

    assert codes(event="departed", state=waiting, gate=gate) == [code]
    assert codes(event="refused", state=waiting, gate=gate) == []


def test_what_has_happened_is_written_down_later_whatever_was_neglected():
    now, waiting = NOW, CrossingState(person=PERSON)

    def late(event, at, state=waiting, person=PERSON, manifest=MANIFEST):
        found = objections_to_late_event(manifest, person, CrossingEvent(event), state, at, now)
        return [objection.code for objection in found]

    assert late("crossed", EARLIER) == []
    assert late("crossed", LATER) == ["event-in-the-future"]
    assert late("crossed", EARLIER, person="person:north-z") == ["not-on-manifest"]
    assert late("released_in_error", EARLIER, person="person:north-z") == []
    assert late("crossed", EARLIER, manifest=None) == ["manifest-unknown"]


def test_what_was_neglected_is_flagged(voices):
    moved = CrossingRecorded(
        manifest_id="manifest:m", person=PERSON, event=CrossingEvent.DEPARTED, late=True
    )
    voices.say("intermediary", word(willing=False))
    voices.say("north", moved)
    state = fold_crossing(PERSON, voices.entries)
    found = findings_on_the_way(PERSON, voices.entries, state, manifest_id="manifest:m")

    assert [finding.code for finding in found] == [
        "moved-without-clearance",
        "moved-without-consent",
        "moved-without-check",
    ]
