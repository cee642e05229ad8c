"""Laws of the handover: each class quotes the rule, each test proves one consequence."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.handover import (
    CrossingState,
    CrossingStatus,
    Gate,
    GateStatus,
    closing_reconciliation,
    compare_receipts,
    digest_of_lines,
    digest_of_substitution,
    fold_crossing,
    fold_manifest,
    objections_to_crossing,
    readiness_of,
)
from repatria.ledger.kinds import content_of, kind_of
from repatria.ledger.kinds.clearance_given import ClearanceGiven
from repatria.ledger.kinds.consent_stated import ConsentStated, Occasion
from repatria.ledger.kinds.crossing_recorded import CrossingEvent, CrossingRecorded
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.receipt_given import ReceiptGiven
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed
from repatria.ledger.statement import Entry, Ground, Statement
from repatria.terms import ActorId, PartyCode

pytestmark = pytest.mark.property
# ruff: noqa: D102 -- the class quotes the law, the name of the test is its consequence

MORNING = datetime(2030, 3, 1, 8, tzinfo=UTC)
PARTIES = ("north", "south", "intermediary")
PERSONS = tuple(f"person:north-{letter}" for letter in "abcde")
LINES = (
    ManifestLine(number=1, person=PERSONS[0], giver="north", receiver="south", code="1"),
    ManifestLine(number=2, person=PERSONS[1], giver="north", receiver="south", code="2"),
    ManifestLine(number=3, person=PERSONS[2], giver="south", receiver="north", code="3"),
)
DIGEST = digest_of_lines(LINES)
FROZEN = ManifestFrozen(
    manifest_id="manifest:m", plan_id="plan:p", crossing_point="bridge", lines=LINES, digest=DIGEST
)

parties = st.sampled_from(PARTIES)
persons = st.sampled_from(PERSONS)
moments = st.integers(-300, 300).map(lambda minutes: MORNING + timedelta(minutes=minutes))


def change(outgoing, incoming, name):
    parts = {
        "manifest_id": "manifest:m",
        "substitution_id": name,
        "outgoing": outgoing,
        "incoming": incoming,
        "code": incoming[-1],
    }
    return SubstitutionProposed(reason="refused", digest=digest_of_substitution(**parts), **parts)


changes = st.builds(change, persons, persons, st.sampled_from(["s1", "s2", "s3"]))
about_the_manifest = st.one_of(
    st.just(ManifestAccepted(manifest_id="manifest:m", digest=DIGEST)),
    st.just(ManifestAccepted(manifest_id="manifest:m", digest="0" * 64)),
    changes,
    changes.map(
        lambda c: SubstitutionAccepted(
            manifest_id=c.manifest_id, substitution_id=c.substitution_id, digest=c.digest
        )
    ),
)
receipts = st.builds(
    ReceiptGiven,
    manifest_id=st.just("manifest:m"),
    digest=st.sampled_from([DIGEST, DIGEST, "0" * 64]),
    handed_over=st.lists(persons, unique=True).map(lambda p: tuple(sorted(p))),
    received=st.lists(persons, unique=True).map(lambda p: tuple(sorted(p))),
)
events = st.builds(
    CrossingRecorded,
    manifest_id=st.just("manifest:m"),
    person=st.just(PERSONS[0]),
    event=st.sampled_from(CrossingEvent),
)
words = st.one_of(
    st.builds(
        ClearanceGiven,
        person=st.just(PERSONS[0]),
        fit_to_travel=st.booleans(),
        mode=st.sampled_from(["bus", "plane"]),
        valid_until=moments,
    ),
    st.builds(
        ConsentStated,
        person=st.just(PERSONS[0]),
        willing=st.booleans(),
        occasion=st.sampled_from(Occasion),
        in_private=st.booleans(),
    ),
)


def logs(spoken):
    """One entry for each (party, payload, written, happened), each party with its own log."""
    places = Counter()
    entries = []
    for by, payload, recorded_at, occurred_at in spoken:
        statement = Statement(
            kind=kind_of(payload).name,
            about=("manifest:m",),
            by=PartyCode(by),
            actor=ActorId("desk"),
            recorded_at=recorded_at,
            occurred_at=occurred_at,
            audience=frozenset({by}),
            ground=Ground(basis="register"),
            content=content_of(payload),
        )
        entries.append(Entry(PartyCode(by), places[by], statement))
        places[by] += 1
    return entries


def said(payloads, size=12):
    spoken = st.tuples(parties, payloads, moments, st.none() | moments)
    return st.lists(spoken, max_size=size).map(logs)


@st.composite
def twice_told(draw, payloads):
    """Entries, and the same entries repeated and in another order."""
    entries = draw(said(payloads))
    again = draw(st.lists(st.sampled_from(entries), max_size=6)) if entries else []
    return entries, draw(st.permutations([*entries, *again]))


frozen_entry = logs([("monitor", FROZEN, MORNING - timedelta(days=1), None)])[0]


class TestArrivalIsNotOrder:
    """Neither the order in which entries arrive nor their repetition changes a fold."""

    @given(twice_told(about_the_manifest))
    def test_of_a_manifest(self, told):
        first, second = told
        assert fold_manifest([frozen_entry, *first]) == fold_manifest([*second, frozen_entry])

    @given(twice_told(events))
    def test_of_a_crossing(self, told):
        first, second = told
        assert fold_crossing(PERSONS[0], first) == fold_crossing(PERSONS[0], second)

    @given(twice_told(words))
    def test_of_readiness(self, told):
        first, second = told
        assert readiness_of(PERSONS[0], first, MORNING) == readiness_of(PERSONS[0], second, MORNING)

    @given(twice_told(receipts))
    def test_of_receipts(self, told):
        first, second = told
        manifest = fold_manifest([frozen_entry])
        assert compare_receipts(manifest, first) == compare_receipts(manifest, second)


class TestTheFrozenManifest:
    """GC III art. 46: the list is complete before departure; only all can change it."""

    @given(said(about_the_manifest))
    def test_frozen_lines_never_change_and_places_are_never_lost(self, entries):
        manifest = fold_manifest([frozen_entry, *entries])
        assert manifest.frozen_lines == LINES
        assert [(x.number, x.giver, x.receiver) for x in manifest.lines] == [
            (x.number, x.giver, x.receiver) for x in LINES
        ]

    @given(said(about_the_manifest))
    def test_nobody_stands_on_it_twice(self, entries):
        manifest = fold_manifest([frozen_entry, *entries])
        assert len({line.person for line in manifest.lines}) == len(LINES)

    @given(said(about_the_manifest), st.sampled_from(["north", "south"]))
    def test_while_one_party_is_silent_nothing_is_accepted_or_changed(self, entries, silent):
        heard = [entry for entry in entries if entry.origin != silent]
        manifest = fold_manifest([frozen_entry, *heard])
        assert not manifest.accepted
        assert manifest.lines == LINES


class TestAgainstHisWill:
    """GC III art. 109: nobody may be sent back against his will."""

    @given(said(words), moments)
    def test_an_unwilling_word_at_the_line_forbids_leaving_and_crossing(self, entries, at):
        no = ConsentStated(
            person=PERSONS[0], willing=False, occasion=Occasion.AT_THE_LINE, in_private=False
        )
        last = logs([("monitor", no, MORNING, None)])
        readiness = readiness_of(PERSONS[0], [*entries, *last], at)
        manifest = replace(fold_manifest([frozen_entry]), accepted_by=frozenset(PARTIES))
        for event in (CrossingEvent.DEPARTED, CrossingEvent.CROSSED):
            found = objections_to_crossing(
                manifest,
                PERSONS[0],
                event,
                readiness,
                CrossingState(person=PERSONS[0]),
                at,
                gate=Gate(person=PERSONS[0], status=GateStatus.PASSED),
            )
            assert "refused-to-go" in {objection.code for objection in found}

    @given(said(words), moments)
    def test_who_may_travel_is_fit_now_and_willing_in_private(self, entries, at):
        readiness = readiness_of(PERSONS[0], entries, at)
        if not readiness.reasons:
            assert readiness.cleared
            assert readiness.clearance_valid_until >= at
            assert readiness.consents
            assert readiness.consented_in_private


class TestBothReceipts:
    """Released may be said only of lines that giver and receiver both confirm."""

    @given(said(receipts), st.sampled_from(["north", "south"]))
    def test_without_one_side_nothing_is_confirmed(self, entries, silent):
        manifest = fold_manifest([frozen_entry])
        heard = [entry for entry in entries if entry.origin != silent]
        comparison = compare_receipts(manifest, heard)
        assert comparison.confirmed == frozenset()
        assert silent in comparison.missing_from

    @given(said(receipts))
    def test_a_line_is_confirmed_or_one_sided_but_never_both(self, entries):
        comparison = compare_receipts(fold_manifest([frozen_entry]), entries)
        one_sided = {one.person for one in comparison.one_sided}
        assert comparison.confirmed.isdisjoint(one_sided)
        assert comparison.confirmed | one_sided <= {line.person for line in LINES}


class TestClosing:
    """Every agreed line ends in exactly one terminal state, or is shown as open."""

    @given(
        said(about_the_manifest),
        said(receipts),
        st.dictionaries(persons, st.sampled_from(CrossingStatus)),
    )
    def test_everybody_who_was_ever_on_it_has_exactly_one_line(self, entries, given_receipts, ends):
        manifest = fold_manifest([frozen_entry, *entries])
        comparison = compare_receipts(manifest, given_receipts)
        states = {p: CrossingState(person=p, state=status) for p, status in ends.items()}
        closing = closing_reconciliation(manifest, states, comparison)
        named = [line.person for line in closing]
        assert sorted(named) == sorted(set(named))
        assert {line.person for line in (*manifest.frozen_lines, *manifest.lines)} <= set(named)
        assert {c.person for c in closing if c.state == "received"} == comparison.confirmed
