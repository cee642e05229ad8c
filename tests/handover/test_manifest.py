"""Who is on the manifest, and whose signature counts?"""

import pytest

from repatria.handover import Manifest, digest_of_lines, digest_of_substitution, fold_manifest
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.manifest_frozen import ManifestFrozen, ManifestLine
from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted
from repatria.ledger.kinds.substitution_proposed import SubstitutionProposed

LINES = (
    ManifestLine(number=1, person="person:a", giver="north", receiver="south", code="AA"),
    ManifestLine(number=2, person="person:b", giver="south", receiver="north", code="BB"),
)


def frozen(lines=LINES, manifest_id="manifest:m", digest=None):
    return ManifestFrozen(
        manifest_id=manifest_id,
        plan_id="plan:p",
        crossing_point="bridge",
        lines=lines,
        digest=digest or digest_of_lines(lines),
    )


def change(outgoing, incoming, name="s1", manifest_id="manifest:m", digest=None):
    parts = {
        "manifest_id": manifest_id,
        "substitution_id": name,
        "outgoing": outgoing,
        "incoming": incoming,
        "code": "NEW",
    }
    return SubstitutionProposed(
        reason="refused", digest=digest or digest_of_substitution(**parts), **parts
    )


def accepted(proposal):
    return SubstitutionAccepted(
        manifest_id=proposal.manifest_id,
        substitution_id=proposal.substitution_id,
        digest=proposal.digest,
    )


def test_without_its_freezing_there_is_no_manifest(voices):
    voices.unknown("north")
    voices.say("north", ManifestAccepted(manifest_id="manifest:m", digest="x"))

    assert fold_manifest(voices.entries) is None


def test_a_manifest_is_accepted_when_every_party_on_it_signed_its_digest(voices):
    entry = voices.say("intermediary", frozen(tuple(reversed(LINES))))
    signature = ManifestAccepted(manifest_id="manifest:m", digest=digest_of_lines(LINES))
    voices.say("north", signature)
    one_side = fold_manifest(voices.entries)
    voices.say("south", signature)
    both = fold_manifest([*voices.entries, *voices.entries])

    assert one_side.accepted_by == {"north"}
    assert not one_side.accepted
    assert both.accepted
    assert both.parties == {"north", "south"}
    assert both.lines == both.frozen_lines == LINES
    assert both.digest == both.digest_as_amended == digest_of_lines(LINES)
    assert (both.ref, both.by) == (entry.ref, "intermediary")
    assert both.findings == ()
    assert both.persons == ("person:a", "person:b")
    assert both.line_of("person:b") == LINES[1]
    assert both.line_of("person:x") is None


@pytest.mark.parametrize(
    "signature",
    {
        "another digest": ManifestAccepted(manifest_id="manifest:m", digest="0" * 64),
        "another manifest": ManifestAccepted(
            manifest_id="manifest:n", digest=digest_of_lines(LINES)
        ),
    }.values(),
    ids=["another digest", "another manifest"],
)
def test_a_signature_under_something_else_does_not_count(voices, signature):
    voices.say("intermediary", frozen())
    voices.say("north", signature)

    assert fold_manifest(voices.entries).accepted_by == frozenset()


def test_who_is_not_on_the_manifest_cannot_accept_it(voices):
    voices.say("north", frozen())
    voices.say(
        "intermediary", ManifestAccepted(manifest_id="manifest:m", digest=digest_of_lines(LINES))
    )

    assert fold_manifest(voices.entries).accepted_by == frozenset()


def test_nobody_can_have_signed_a_digest_that_is_of_other_lines(voices):
    voices.say("north", frozen(digest="f" * 64))
    voices.say("north", ManifestAccepted(manifest_id="manifest:m", digest="f" * 64))
    voices.say("south", ManifestAccepted(manifest_id="manifest:m", digest="f" * 64))
    manifest = fold_manifest(voices.entries)

    assert manifest.accepted_by == frozenset()
    assert [f.code for f in manifest.findings] == ["digest-of-other-lines"]


def test_the_first_freezing_stands_and_a_second_is_a_finding(voices):
    voices.say("north", frozen())
    second = voices.say("north", frozen(LINES[:1]))
    voices.say("north", frozen(LINES[:1], manifest_id="manifest:other"))
    manifest = fold_manifest(voices.entries)

    assert manifest.frozen_lines == LINES
    assert [(f.code, f.about) for f in manifest.findings] == [
        ("manifest-frozen-twice", ("manifest:m", second.ref))
    ]


def test_a_substitution_is_in_force_when_every_party_accepted_exactly_it(voices):
    voices.say("intermediary", frozen())
    proposal = change("person:a", "person:c")
    voices.say("intermediary", proposal)
    proposed: Manifest = fold_manifest(voices.entries)
    voices.say("north", accepted(proposal))
    half = fold_manifest(voices.entries)
    voices.say("south", accepted(proposal))
    full = fold_manifest(voices.entries)

    assert proposed.substitutions[0].accepted_by == frozenset()
    assert half.substitutions[0].accepted_by == {"north"}
    assert half.lines == LINES
    assert full.substitutions[0].in_force
    assert full.frozen_lines == LINES
    assert full.lines[0] == ManifestLine(
        number=1, person="person:c", giver="north", receiver="south", code="NEW"
    )
    assert full.digest == digest_of_lines(LINES)
    assert full.digest_as_amended == digest_of_lines(full.lines) != full.digest
    assert full.persons == ("person:a", "person:b", "person:c")


def test_a_party_signs_a_substitution_by_proposing_it(voices):
    voices.say("intermediary", frozen())
    proposal = change("person:a", "person:c")
    voices.say("north", proposal)
    voices.say("south", accepted(proposal))

    assert fold_manifest(voices.entries).substitutions[0].in_force


def test_a_substitution_with_a_digest_of_something_else_is_never_in_force(voices):
    voices.say("intermediary", frozen())
    proposal = change("person:a", "person:c", digest="e" * 64)
    voices.say("north", proposal)
    voices.say("south", accepted(proposal))

    assert fold_manifest(voices.entries).lines == LINES


def test_an_acceptance_of_another_digest_or_manifest_changes_nothing(voices):
    voices.say("intermediary", frozen())
    voices.say("north", change("person:a", "person:c"))
    voices.say("south", accepted(change("person:a", "person:d")))
    voices.say("south", accepted(change("person:a", "person:c", manifest_id="manifest:n")))
    voices.say("north", change("person:a", "person:e", "s9", manifest_id="manifest:n"))

    manifest = fold_manifest(voices.entries)

    assert manifest.lines == LINES
    assert len(manifest.substitutions) == 1


def test_substitutions_follow_each_other_whichever_was_heard_first(voices):
    voices.say("intermediary", frozen())
    second = change("person:c", "person:d", "s2")
    first = change("person:a", "person:c", "s1")
    voices.say("south", second)
    voices.say("north", first)
    voices.say("north", accepted(second))
    voices.say("south", accepted(first))

    manifest = fold_manifest(voices.entries)

    assert [line.person for line in manifest.lines] == ["person:d", "person:b"]


def test_of_two_accepted_substitutions_for_one_person_the_second_is_a_finding(voices):
    voices.say("intermediary", frozen())
    for name, incoming in (("s1", "person:c"), ("s2", "person:d")):
        proposal = change("person:a", incoming, name)
        entry = voices.say("north", proposal)
        voices.say("south", accepted(proposal))

    manifest = fold_manifest(voices.entries)

    assert [s.in_force for s in manifest.substitutions] == [True, False]
    assert manifest.findings[0].code == "substitution-does-not-fit"
    assert manifest.findings[0].about == ("manifest:m", entry.ref)


def test_a_substitution_proposed_again_under_its_name_is_the_first_one(voices):
    voices.say("intermediary", frozen())
    voices.say("north", change("person:a", "person:c"))
    voices.say("north", change("person:b", "person:d"))

    manifest = fold_manifest(voices.entries)

    assert [s.incoming for s in manifest.substitutions] == ["person:c"]
