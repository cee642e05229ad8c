"""From freezing a manifest to the last line of the reconciliation."""

from dataclasses import replace

from repatria.handover import (
    CrossingState,
    CrossingStatus,
    Manifest,
    OneSided,
    ReceiptComparison,
    Substitution,
    TerminalState,
    closing_reconciliation,
    compare_receipts,
    digest_of_lines,
    objections_to_freezing,
    objections_to_receipt,
    objections_to_substitution,
)
from repatria.ledger.kinds.manifest_frozen import ManifestLine
from repatria.ledger.kinds.receipt_given import ReceiptGiven

A, B, C, D = (f"person:{letter}" for letter in "abcd")
LINES = (
    ManifestLine(number=1, person=A, giver="north", receiver="south", code="AA"),
    ManifestLine(number=2, person=B, giver="north", receiver="south", code="BB"),
    ManifestLine(number=3, person=C, giver="south", receiver="north", code="CC"),
)
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
NOTHING = ReceiptComparison(
    by_party={}, confirmed=frozenset(), one_sided=(), missing_from=(), wrong_digest=()
)


def codes(objections):
    return [objection.code for objection in objections]


def state(person, status):
    return CrossingState(person=person, state=CrossingStatus(status))


def receipt(handed_over=(), received=(), *, digest=MANIFEST.digest, manifest="manifest:m", note=""):
    return ReceiptGiven(
        manifest_id=manifest,
        digest=digest,
        handed_over=tuple(handed_over),
        received=tuple(received),
        incident=note,
    )


def substituted(outgoing, incoming, lines):
    one = Substitution(
        substitution_id="s1",
        outgoing=outgoing,
        incoming=incoming,
        code="DD",
        reason="refused",
        digest="0" * 64,
        by="north",
        ref="north/9",
        accepted_by=MANIFEST.parties,
        in_force=True,
    )
    return replace(MANIFEST, lines=lines, substitutions=(one,))


def test_an_accepted_plan_of_free_names_can_be_frozen():
    assert objections_to_freezing(LINES, ("north", "south"), ("north", "south"), {}) == ()


def test_all_that_stands_against_freezing_is_said_at_once():
    found = objections_to_freezing(
        (*LINES, LINES[0]), ("north",), ("north", "south"), {B: "manifest:old"}
    )

    assert codes(found) == ["plan-not-accepted", "person-twice", "name-locked"]
    assert [o.about for o in found] == [("south",), (A,), (B, "manifest:old")]


def test_an_empty_manifest_is_not_frozen():
    assert codes(objections_to_freezing((), ("north",), ("north",), {})) == ["nobody-on-it"]


def test_a_free_and_agreed_person_takes_a_place():
    waiting = CrossingState(person=A)

    for holder in ("north", None):
        assert objections_to_substitution(MANIFEST, A, D, waiting, {}, True, holder) == ()
    assert objections_to_substitution(None, A, D, waiting, {}, True, None)[0].code == (
        "manifest-unknown"
    )


def test_all_that_stands_against_a_substitution_is_said_at_once():
    crossed = state(A, "crossed")

    assert codes(
        objections_to_substitution(MANIFEST, A, D, crossed, {D: "manifest:x"}, False, "south")
    ) == ["other-direction", "name-locked", "outgoing-already-crossed", "incoming-not-agreed"]
    assert codes(
        objections_to_substitution(MANIFEST, D, C, CrossingState(person=D), {}, True, "south")
    ) == ["outgoing-not-on-manifest", "incoming-already-on-manifest"]


def test_a_name_locked_by_this_manifest_is_not_locked_against_it():
    locked = {D: "manifest:m"}
    waiting = CrossingState(person=A)

    assert objections_to_substitution(MANIFEST, A, D, waiting, locked, True, "north") == ()


def test_only_lines_both_sides_support_are_confirmed(voices):
    voices.unknown("north")
    voices.say("north", receipt([A, B], [C]))
    voices.say("south", receipt([], [A]))
    found = compare_receipts(MANIFEST, voices.entries)

    assert found.confirmed == {A}
    assert found.one_sided == (
        OneSided(person=B, said_by="north"),
        OneSided(person=C, said_by="north"),
    )
    assert found.missing_from == ()


def test_one_receipt_alone_confirms_nothing(voices):
    voices.say("south", receipt([C], [A, B]))
    found = compare_receipts(MANIFEST, voices.entries)

    assert found.confirmed == frozenset()
    assert {one.said_by for one in found.one_sided} == {"south"}
    assert found.missing_from == ("north",)


def test_a_receipt_for_another_state_of_the_manifest_does_not_count(voices):
    wrong = voices.say("north", receipt([A], digest="0" * 64))
    voices.say("north", receipt([A], manifest="manifest:other"))
    voices.say("intermediary", receipt([A], [C]))
    found = compare_receipts(MANIFEST, voices.entries)

    assert found.by_party == {}
    assert found.wrong_digest == (wrong.ref,)
    assert found.missing_from == ("north", "south")


def test_receipts_in_parts_add_up_and_a_wrong_one_is_superseded(voices):
    voices.say("north", receipt([A], note="a tyre burst"))
    wrong = voices.say("north", receipt([], [C]))
    voices.say("north", receipt([B]), supersedes=(wrong.ref,))
    voices.say("south", receipt([], [A, B]))
    found = compare_receipts(MANIFEST, voices.entries)

    assert found.by_party["north"] == receipt([A, B], note="a tyre burst")
    assert found.confirmed == {A, B}
    assert found.one_sided == ()


def test_a_receipt_for_crossed_persons_on_ones_own_side_is_good():
    states = {person: state(person, "crossed") for person in (A, B, C)}

    assert objections_to_receipt(MANIFEST, "north", [A, B], [C], states) == ()
    assert objections_to_receipt(MANIFEST, "north", [A], [], states) == ()


def test_all_that_stands_against_a_receipt_is_said_at_once():
    states = {A: state(A, "crossed"), B: state(B, "refused")}

    assert codes(objections_to_receipt(None, "north", [A], [], states)) == ["manifest-unknown"]
    assert codes(objections_to_receipt(MANIFEST, "intermediary", [], [], states)) == ["not-a-party"]
    found = objections_to_receipt(MANIFEST, "south", [A], [B, D], states)
    assert [(o.code, o.about) for o in found] == [
        ("line-not-yours", (A,)),
        ("crossing-not-recorded", (B,)),
        ("line-not-yours", (D,)),
        ("crossing-not-recorded", (D,)),
    ]


def test_nobody_both_hands_over_and_receives_one_person():
    states = {A: state(A, "crossed")}

    assert codes(objections_to_receipt(MANIFEST, "north", [A], [A], states)) == ["line-not-yours"]


def test_every_line_ends_in_one_state_or_is_open():
    states = {B: state(B, "died"), C: state(C, "crossed")}
    found = closing_reconciliation(MANIFEST, states, replace(NOTHING, confirmed=frozenset({A})))

    assert [(line.person, line.state) for line in found] == [
        (A, TerminalState.RECEIVED),
        (B, TerminalState.DIED),
        (C, TerminalState.OPEN),
    ]


def test_who_was_replaced_is_substituted_and_the_other_is_open():
    lines = (replace(LINES[0], person=D, code="DD"), *LINES[1:])
    found = closing_reconciliation(substituted(A, D, lines), {}, NOTHING)

    assert [(line.person, line.state, line.replaced_by) for line in found] == [
        (A, TerminalState.SUBSTITUTED, D),
        (B, TerminalState.OPEN, None),
        (C, TerminalState.OPEN, None),
        (D, TerminalState.OPEN, None),
    ]


def test_what_happened_to_the_person_goes_before_the_paper():
    lines = (replace(LINES[0], person=D, code="DD"), *LINES[1:])
    states = {A: state(A, "refused"), B: state(B, "returned_to_custody")}
    found = closing_reconciliation(substituted(A, D, lines), states, NOTHING)

    assert (found[0].state, found[0].replaced_by) == (TerminalState.REFUSED, D)
    assert found[1].state is TerminalState.RETURNED_TO_CUSTODY
