"""Terms, plans, manifests, changes and receipts are documents that every party signs."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.ledger.document import Envelope, envelope_of, signers
from repatria.ledger.kinds import payload_of
from repatria.ledger.kinds.manifest_accepted import ManifestAccepted
from repatria.ledger.kinds.plan_accepted import PlanAccepted
from repatria.ledger.payload import to_json
from repatria.ledger.statement import Ground
from repatria.operations.agreement import accept_plan
from repatria.operations.document_check import check_document
from repatria.operations.document_kinds import (
    DocumentKind,
    document_in,
    envelope_for,
    kind_of_document,
    manifest_document,
    read_document,
    spoken,
)
from repatria.operations.document_statements import SIGNING_KINDS, documents_in
from repatria.operations.document_text import plain_text
from repatria.operations.manifests import (
    accept_manifest,
    accept_substitution,
    freeze_manifest,
    manifest_of,
    propose_substitution,
)
from repatria.operations.receiving import take_in_package
from repatria.operations.signed_documents import (
    document_of,
    documents_of,
    find_document,
    keys_known,
    signature_under,
    standing,
    standing_of,
)
from repatria.terms import IntegrityError, Role
from signed import DOCUMENTS, signed_text
from simulators.party import NORTH, SOUTH, terms_for
from simulators.refusals import refuses
from statements import key_of, keyring_of_party, node_of, package_for, signed_keyring

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "documents"
KINDS = sorted(DOCUMENTS)
RINGS = [keyring_of_party("north"), keyring_of_party("south")]


def own(party):
    """The key of a simulated party, whose log holds no note of its own keyring."""
    return party.node.signing.verify_key


def told_to(desk, payload, about):
    """A statement of a payload for both parties, not yet written."""
    return desk.state(
        payload, about=about, audience=desk.with_parties(NORTH, SOUTH), ground=Ground(basis="test")
    )


def accepted(manifest_id, digest, **signature):
    """An acceptance of a manifest, whatever its signature is worth."""
    return ManifestAccepted(manifest_id=manifest_id, digest=digest, **signature)


@pytest.fixture
def frozen(at):
    """A manifest that north has not signed yet: its document, and the two parties."""
    met = at("planned")
    desk = met.intermediary.desk(Role.HANDOVER_OFFICER)
    met.manifest_id = freeze_manifest(desk, plan_id=met.plan.plan_id, crossing_point="the bridge")
    met.carry_all()
    return met


# -- what is signed ---------------------------------------------------------


def test_after_an_exchange_every_document_is_signed_by_every_party(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    for party in met.parties:
        found = documents_of(party.log)
        kinds = [each.kind for each in found]
        assert sorted(kinds) == ["manifest", "plan", "receipt", "receipt", "terms"]
        for each in found:
            reached = standing_of(each, keys_known(party.log, own(party)))
            assert reached.complete
            assert reached.broken == ()


def test_the_documents_check_with_the_keyrings_alone(at):
    met = at("crossed").sign(NORTH)
    for each in documents_of(met.south.log):
        text = standing_of(each, keys_known(met.south.log, own(met.south))).envelope.text
        checked = check_document(text, RINGS, place="file")
        assert checked.document == each.document
        assert checked.missing == ()
        assert checked.signed.keys() == each.required


def test_every_party_makes_the_same_document_for_itself(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    digests = [{each.digest for each in documents_of(party.log)} for party in met.parties]
    assert digests[0] == digests[1] == digests[2]


def test_neither_order_nor_repetition_of_statements_changes_a_document(at):
    met = at("crossed").sign(NORTH).sign(SOUTH)
    entries = met.south.log.of_kind(*SIGNING_KINDS)
    assert documents_in(reversed([*entries, *entries])) == documents_in(entries)


def test_a_change_is_signed_by_both_and_bound_to_its_manifest(at):
    met = at("answered").agree(terms_for(north=3, south=1)).plan_it().freeze()
    change = propose_substitution(
        met.intermediary.desk(Role.HANDOVER_OFFICER),
        manifest_id=met.manifest_id,
        outgoing=met.persons_of(NORTH)[0],
        reason="no_medical_clearance",
    )
    met.carry_all()
    for party in (met.north, met.south):
        accept_substitution(
            party.desk(Role.NEGOTIATOR),
            manifest_id=met.manifest_id,
            substitution_id=change.substitution_id,
        )
    met.carry_all()
    signed = find_document(met.intermediary.log, change.substitution_id)
    assert signed.document.manifest_digest == manifest_of(met.north.log, met.manifest_id).digest
    assert standing(met.intermediary.log, change.substitution_id).signed >= {NORTH, SOUTH}


def test_a_party_that_proposes_a_change_signs_it_by_proposing(at):
    met = at("answered").agree(terms_for(north=3, south=1)).plan_it().freeze()
    change = propose_substitution(
        met.north.desk(Role.NEGOTIATOR),
        manifest_id=met.manifest_id,
        outgoing=met.persons_of(NORTH)[0],
        reason="no_medical_clearance",
    )
    met.carry_all()
    reached = standing(met.south.log, change.substitution_id)
    assert (reached.signed, reached.missing) == ({NORTH}, {SOUTH})


def test_a_document_is_found_by_its_digest_and_by_nothing_that_is_not_there(at):
    met = at("frozen")
    known = find_document(met.north.log, met.manifest_id)
    assert find_document(met.north.log, known.digest[:16]) == known
    assert document_of(met.north.log, met.manifest_id).payload == known.envelope.payload
    for wrong in ("manifest:none", known.digest[:7], ""):
        with refuses(met.north, "document-unknown"):
            find_document(met.north.log, wrong)


def test_of_terms_the_newest_version_is_found(at):
    met = at("agreed").agree(terms_for(version=2))
    assert find_document(met.south.log, "terms:spring").document.terms["version"] == 2
    versions = [d.document.terms["version"] for d in documents_of(met.south.log)]
    assert sorted(versions) == [1, 2]


# -- hostile signatures -----------------------------------------------------


def test_another_partys_signature_is_refused_on_admission(frozen):
    document = find_document(frozen.south.log, frozen.manifest_id).document
    digest = manifest_of(frozen.south.log, frozen.manifest_id).digest
    forged = accepted(
        frozen.manifest_id, digest, **signature_under(key_of("intermediary"), document)
    )
    refused_by_south(frozen, forged, "document-bad-signature")


def test_a_signature_over_another_kind_is_refused(frozen):
    document = find_document(frozen.south.log, frozen.manifest_id).document
    digest = manifest_of(frozen.south.log, frozen.manifest_id).digest
    confused = envelope_of("receipt", to_json(document)).signed_by(key_of("north"))
    forged = accepted(frozen.manifest_id, digest, **fields(confused))
    refused_by_south(frozen, forged, "document-bad-signature")


def test_a_signature_replayed_from_another_manifest_is_refused(frozen):
    document = find_document(frozen.south.log, frozen.manifest_id).document
    other = replace(document, crossing_point="another bridge")
    digest = manifest_of(frozen.south.log, frozen.manifest_id).digest
    forged = accepted(frozen.manifest_id, digest, **signature_under(key_of("north"), other))
    refused_by_south(frozen, forged, "document-bad-signature")


def test_a_signature_over_another_version_of_terms_signs_nothing(at):
    met = at("agreed").agree(terms_for(version=2))
    first, second = sorted(
        documents_of(met.south.log), key=lambda each: each.document.terms["version"]
    )
    keys = keys_known(met.south.log, own(met.south))
    old = standing_of(first, keys).envelope.signatures
    moved = second.envelope.with_signatures(old)
    assert signers(moved, [key_of("north").verify_key, key_of("south").verify_key]) == frozenset()


@pytest.mark.parametrize(
    "signature",
    [
        {"keyid": "0" * 16, "signature": "no base64"},
        {"keyid": "0" * 16, "signature": "AAAA"},
        {"keyid": "0" * 16},
        {"signature": "A" * 85 + "B=="},
    ],
)
def test_what_is_no_signature_is_refused(frozen, signature):
    digest = manifest_of(frozen.south.log, frozen.manifest_id).digest
    forged = accepted(frozen.manifest_id, digest, **signature)
    refused_by_south(frozen, forged, "document-signature-malformed")


def test_a_signature_of_a_document_that_has_not_come_is_taken_in_and_counts_once_it_has(at):
    met = at("planned")
    desk = met.intermediary.desk(Role.HANDOVER_OFFICER)
    manifest_id = freeze_manifest(desk, plan_id=met.plan.plan_id, crossing_point="the bridge")
    met.courier.carry(met.intermediary, met.north)
    accept_manifest(met.north.desk(Role.NEGOTIATOR), manifest_id=manifest_id)
    met.courier.carry(met.north, met.south)
    assert all(each.subject != manifest_id for each in documents_of(met.south.log))
    met.courier.carry(met.intermediary, met.south)
    assert NORTH in standing(met.south.log, manifest_id).signed


def test_a_false_signature_that_came_before_its_document_is_shown_and_counts_for_nothing(at):
    met = at("planned")
    desk = met.intermediary.desk(Role.HANDOVER_OFFICER)
    manifest_id = freeze_manifest(desk, plan_id=met.plan.plan_id, crossing_point="the bridge")
    met.courier.carry(met.intermediary, met.north)
    digest = manifest_of(met.north.log, manifest_id).digest
    other = replace(find_document(met.north.log, manifest_id).document, crossing_point="elsewhere")
    forged = accepted(manifest_id, digest, **signature_under(key_of("north"), other))
    met.north.log.append([told_to(met.north.desk(), forged, (manifest_id,))])
    met.courier.carry(met.north, met.south)
    met.courier.carry(met.intermediary, met.south)
    reached = standing(met.south.log, manifest_id)
    assert reached.missing == {NORTH, SOUTH}
    assert [said.party for said in reached.broken] == [NORTH]


def test_terms_proposed_alike_to_different_parties_do_not_spoil_a_signature(at):
    """The same words put to other parties are another document; an acceptance is of one."""
    met = at("agreed")
    desk = met.south.desk(Role.NEGOTIATOR)
    [entry] = met.south.log.of_kind("terms.proposed")
    again = replace(payload_of(entry, SIGNING_KINDS["terms.proposed"]), keyid="", signature="")
    met.south.log.append(
        [
            desk.state(
                again,
                about=("terms:spring",),
                audience=desk.with_parties(),
                ground=Ground(basis="test"),
            )
        ]
    )
    keys = keys_known(met.south.log, own(met.south))
    reached = [standing_of(each, keys) for each in documents_of(met.south.log)]
    assert len(reached) == 2
    assert [each.broken for each in reached] == [(), ()]
    assert sorted(len(each.signed) for each in reached) == [0, 3]


def test_a_key_signs_only_at_its_place_of_the_log(frozen):
    """A node key that has ended signs nothing further on."""
    north = frozen.north
    accept_manifest(north.desk(Role.NEGOTIATOR), manifest_id=frozen.manifest_id)
    [said] = [e for e in north.log.of_kind("manifest.accepted") if e.origin == NORTH]
    signed = find_document(north.log, frozen.manifest_id)

    def with_end(size):
        ended = signed_keyring("north", nodes=[node_of("north").public("node-1", to_size=size)])
        return standing_of(signed, lambda _, seq: ended.signers_at(seq + 1)).signed

    assert NORTH in with_end(said.seq + 1)
    assert NORTH not in with_end(said.seq)


def fields(envelope):
    """The signature of an envelope as it stands in a statement."""
    import base64

    [(keyid, raw)] = envelope.signatures
    return {"keyid": keyid, "signature": base64.b64encode(raw).decode()}


def refused_by_south(met, payload, code):
    """North's installation says this; south refuses the package and stays as it was."""
    desk = met.north.desk(Role.NEGOTIATOR)
    met.north.log.append([told_to(desk, payload, (met.manifest_id,))])
    raw = package_for(met.north.log, SOUTH, node=met.north.node)
    before = met.south.head
    with pytest.raises(IntegrityError) as refused:
        take_in_package(met.south.desk(), raw)
    assert refused.value.code == code
    assert met.south.head == before


# -- said, not signed -------------------------------------------------------


def unsigned(met, kind, payload_type):
    """What an older version would have written: the same words, no signature."""

    def say(party):
        digest = {"plan": met.plan.digest}.get(kind)
        if kind == "plan":
            payload, about = payload_type(plan_id=met.plan.plan_id, digest=digest), met.plan.plan_id
        else:
            digest = manifest_of(party.log, met.manifest_id).digest
            payload = payload_type(manifest_id=met.manifest_id, digest=digest)
            about = met.manifest_id
        party.log.append([told_to(party.desk(Role.NEGOTIATOR), payload, (about,))])

    return say


def test_what_was_only_said_is_shown_so_and_does_not_count(frozen):
    say = unsigned(frozen, "manifest", ManifestAccepted)
    say(frozen.north)
    accept_manifest(frozen.south.desk(Role.NEGOTIATOR), manifest_id=frozen.manifest_id)
    frozen.carry_all()
    reached = standing(frozen.intermediary.log, frozen.manifest_id)
    assert (reached.said_only, reached.missing) == ({NORTH}, {NORTH})
    frozen.clear_everybody()
    with refuses(frozen.intermediary, "manifest-not-signed"):
        frozen.at_the_line(frozen.persons_of(NORTH)[0], "departed")


def test_signing_afterwards_mends_it(frozen):
    unsigned(frozen, "manifest", ManifestAccepted)(frozen.north)
    for party in (frozen.north, frozen.south):
        accept_manifest(party.desk(Role.NEGOTIATOR), manifest_id=frozen.manifest_id)
    frozen.carry_all()
    frozen.clear_everybody()
    frozen.at_the_line(frozen.persons_of(NORTH)[0], "departed")
    assert standing(frozen.intermediary.log, frozen.manifest_id).said_only == frozenset()


def test_a_plan_that_was_only_said_to_be_accepted_is_not_frozen(at):
    from repatria.operations.agreement import plan_exchange

    met = at("agreed")
    desk = met.intermediary.desk(Role.NEGOTIATOR)
    met.plan = plan_exchange(desk, terms_id="spring", parties=(NORTH, SOUTH))
    met.carry_all()
    unsigned(met, "plan", PlanAccepted)(met.north)
    accept_plan(met.south.desk(Role.NEGOTIATOR), plan_id=met.plan.plan_id)
    met.carry_all()
    officer = met.intermediary.desk(Role.HANDOVER_OFFICER)
    with refuses(met.intermediary, "plan-not-signed"):
        freeze_manifest(officer, plan_id=met.plan.plan_id, crossing_point="the bridge")
    accept_plan(met.north.desk(Role.NEGOTIATOR), plan_id=met.plan.plan_id)
    met.carry_all()
    assert freeze_manifest(officer, plan_id=met.plan.plan_id, crossing_point="the bridge")


def test_a_change_that_somebody_did_not_sign_lets_nobody_depart(at):
    from repatria.ledger.kinds.substitution_accepted import SubstitutionAccepted

    met = at("answered").agree(terms_for(north=3, south=1)).plan_it().freeze()
    change = propose_substitution(
        met.north.desk(Role.NEGOTIATOR),
        manifest_id=met.manifest_id,
        outgoing=met.persons_of(NORTH)[0],
        reason="no_medical_clearance",
    )
    met.carry_all()
    [proposed] = manifest_of(met.south.log, met.manifest_id).substitutions
    only_said = SubstitutionAccepted(
        manifest_id=met.manifest_id,
        substitution_id=change.substitution_id,
        digest=proposed.digest,
    )
    desk = met.south.desk(Role.NEGOTIATOR)
    met.south.log.append([told_to(desk, only_said, (met.manifest_id,))])
    met.carry_all()
    met.clear_everybody()
    with refuses(met.intermediary, "substitution-not-signed"):
        met.at_the_line(met.persons_of(NORTH)[0], "departed")


# -- files ------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_that_a_person_signs_is_the_golden_one(kind):
    assert plain_text(DOCUMENTS[kind]) == (GOLDEN / f"{kind}-1.txt").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_golden_file_is_read_and_its_signatures_hold(kind):
    text = (GOLDEN / f"{kind}-1.dsse.json").read_text("utf-8")
    document = DOCUMENTS[kind]
    assert signed_text(document, *document.parties) == text
    checked = check_document(text, RINGS, place="file")
    assert (checked.document, checked.missing, checked.unread) == (document, (), 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_another_document(kind):
    """Each kind's bytes under each other kind's type are refused, or unsigned."""
    text = signed_text(DOCUMENTS[kind], "north", "south")
    for other in KINDS:
        if other == kind:
            continue
        moved = text.replace(f"vnd.repatria.{kind}+json", f"vnd.repatria.{other}+json")
        with pytest.raises(IntegrityError) as refused:
            check_document(moved, RINGS, place="file")
        assert refused.value.code == "document-malformed"


def test_a_document_with_a_key_that_is_not_shown_is_refused():
    value = {**to_json(DOCUMENTS["receipt"]), "and": "something else"}
    hidden = envelope_of("receipt", value).signed_by(key_of("north"))
    with pytest.raises(IntegrityError) as refused:
        read_document(hidden.text, place="file")
    assert refused.value.code == "document-malformed"


@pytest.mark.parametrize("payload", ["[]", '"text"', "{}", "3"])
def test_what_is_no_document_is_refused(payload):
    envelope = Envelope(payload_type="application/vnd.repatria.plan+json", payload=payload.encode())
    with pytest.raises(IntegrityError) as refused:
        document_in(envelope, DocumentKind.PLAN, place="file")
    assert refused.value.code == "document-malformed"


def test_two_keys_of_one_party_are_one_party():
    two = signed_keyring(
        "north",
        nodes=[
            node_of("north").public("node-1", to_size=5),
            node_of("another north").public("node-2", from_size=5),
        ],
    )
    envelope = envelope_for(DOCUMENTS["plan"])
    for name in ("north", "another north"):
        envelope = envelope.signed_by(node_of(name).signing)
    checked = check_document(envelope.text, [two, RINGS[1]], place="file")
    assert checked.signed == {NORTH: "node-2"}
    assert checked.missing == (SOUTH,)
    assert checked.ended == frozenset()


def test_a_key_that_has_ended_is_named_as_ended():
    ended = signed_keyring("north", nodes=[node_of("north").public("node-1", to_size=5)])
    checked = check_document(signed_text(DOCUMENTS["receipt"], "north"), [ended], place="file")
    assert checked.ended == {NORTH}


def test_a_signature_of_nobody_we_know_is_counted_as_unread():
    checked = check_document(signed_text(DOCUMENTS["plan"], "north", "mallory"), RINGS, place="f")
    assert (checked.signed.keys(), checked.unread) == ({NORTH}, 1)


def test_no_text_of_a_document_forges_a_line():
    forged = replace(DOCUMENTS["receipt"], incident="none\nReceived: 5\u202e")
    text = plain_text(forged)
    assert text.count("\n") == plain_text(DOCUMENTS["receipt"]).count("\n")
    assert "\\u000a" in text
    assert "\u202e" not in text


def test_a_digest_is_spoken_in_sixteen_groups():
    assert len(spoken("0123456789abcdef" * 4).split()) == 16


ids = st.text("abcdef", min_size=1, max_size=6).map("person:north-{}".format)
receipts = st.builds(
    lambda given, taken, incident: replace(
        DOCUMENTS["receipt"],
        handed_over=tuple(sorted(given)),
        received=tuple(sorted(taken)),
        incident=incident,
    ),
    st.sets(ids),
    st.sets(ids),
    st.text(st.characters(codec="utf-8"), max_size=40),
)


@given(receipts, receipts)
def test_a_signature_is_over_one_document_and_no_other(one, other):
    signed = envelope_for(one).signed_by(key_of("north"))
    moved = envelope_for(other).with_signatures(signed.signatures)
    holds = bool(signers(moved, [key_of("north").verify_key]))
    assert holds == (one == other)


@given(receipts)
def test_a_document_reads_back_as_it_was_written(document):
    read, envelope = read_document(signed_text(document, "north"), place="file")
    assert (read, kind_of_document(read)) == (document, "receipt")
    assert envelope.digest == envelope_for(document).digest


@given(receipts, st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_of_a_payload_keeps_its_signature(document, place, flip):
    signed = envelope_for(document).signed_by(key_of("north"))
    payload = bytearray(signed.payload)
    payload[place % len(payload)] ^= flip
    changed = Envelope(
        payload_type=signed.payload_type, payload=bytes(payload), signatures=signed.signatures
    )
    assert signers(changed, [key_of("north").verify_key]) == frozenset()


def test_a_manifest_reads_the_same_whatever_the_order_of_its_lines(at):
    met = at("frozen")
    [entry] = met.north.log.of_kind("manifest.frozen")
    payload = payload_of(entry, SIGNING_KINDS["manifest.frozen"])
    turned = replace(payload, lines=tuple(reversed(payload.lines)))
    assert manifest_document(turned) == manifest_document(payload)
