"""Where the terms ask for it, one person approves a document and another signs it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repatria.operations.agreement import accept_plan, accept_terms, plan_exchange, propose_terms
from repatria.operations.crossing import draft_receipt, give_receipt
from repatria.operations.document_kinds import DocumentKind, envelope_for
from repatria.operations.four_eyes import (
    APPROVES,
    approvals_of,
    approve,
    approve_document,
    needs_four_eyes,
)
from repatria.operations.manifests import (
    accept_manifest,
    accept_substitution,
    freeze_manifest,
    manifest_of,
    propose_substitution,
)
from repatria.operations.signed_documents import find_document, standing
from repatria.planning import terms_from_json, terms_to_json
from repatria.terms import Refusal, Role
from signed import DOCUMENTS
from simulators.party import NORTH, SOUTH, terms_for
from simulators.refusals import refuses

ALL = tuple(DocumentKind)


def sit(party, actor, role=Role.NEGOTIATOR):
    """A desk of a party at which a named person works."""
    return party.desk(role, actor=actor)


def approve_it(party, actor, subject, kind, role=Role.NEGOTIATOR):
    """Somebody reads the document as it now is, and approves it."""
    digest = find_document(party.log, subject, kind).digest
    return approve(sit(party, actor, role), kind=kind, subject=subject, digest=digest)


@pytest.fixture
def frozen(at):
    """A manifest for which two people are asked, not signed yet."""
    met = at("answered").agree(terms_for(north=3, south=1, four_eyes=("manifest",))).plan_it()
    desk = met.intermediary.desk(Role.HANDOVER_OFFICER)
    met.manifest_id = freeze_manifest(desk, plan_id=met.plan.plan_id, crossing_point="the bridge")
    met.carry_all()
    return met


def approve_manifest(met, actor, **rest):
    """Somebody of north approves the manifest."""
    return approve_it(met.north, actor, met.manifest_id, DocumentKind.MANIFEST, **rest)


def sign_manifest(met, actor):
    """Somebody of north signs the manifest."""
    return accept_manifest(sit(met.north, actor), manifest_id=met.manifest_id)


# -- the rule ---------------------------------------------------------------


def test_one_approves_and_another_signs(frozen):
    approve_manifest(frozen, "nadia")
    sign_manifest(frozen, "nikolai")
    assert (
        NORTH
        in standing(
            frozen.north.log, frozen.manifest_id, own=frozen.north.node.signing.verify_key
        ).signed
    )


def test_nobody_signs_what_nobody_approved(frozen):
    with refuses(frozen.north, "four-eyes-missing"):
        sign_manifest(frozen, "nikolai")


def test_whoever_approved_does_not_sign(frozen):
    approve_manifest(frozen, "nikolai")
    with refuses(frozen.north, "four-eyes-same-person"):
        sign_manifest(frozen, "nikolai")


def test_of_two_who_approved_either_may_sign(frozen):
    approve_manifest(frozen, "nikolai")
    approve_manifest(frozen, "nadia")
    assert sign_manifest(frozen, "nikolai").size


def test_approving_twice_writes_nothing_more(frozen):
    approve_manifest(frozen, "nadia")
    before = frozen.north.head
    approve_manifest(frozen, "nadia")
    assert frozen.north.head == before


@pytest.mark.parametrize("role", sorted(set(Role) - set(APPROVES)))
def test_a_role_that_may_not_does_not_approve(frozen, role):
    with refuses(frozen.north, "role-may-not"):
        approve_manifest(frozen, "nadia", role=role)


def test_whoever_is_no_party_approves_nothing(frozen):
    with refuses(frozen.intermediary, "not-a-party"):
        approve_it(frozen.intermediary, "ines", frozen.manifest_id, DocumentKind.MANIFEST)


def test_an_approval_of_something_else_than_what_is_there_is_refused(frozen):
    with refuses(frozen.north, "document-changed"):
        approve(
            sit(frozen.north, "nadia"),
            kind=DocumentKind.MANIFEST,
            subject=frozen.manifest_id,
            digest="0" * 64,
        )


def test_an_unknown_document_is_not_approved(frozen):
    with refuses(frozen.north, "document-unknown"):
        approve(
            sit(frozen.north, "nadia"),
            kind=DocumentKind.PLAN,
            subject=frozen.manifest_id,
            digest="0" * 64,
        )


def test_all_objections_come_at_once(frozen):
    with refuses(frozen.north, "four-eyes-missing", "document-changed"):
        accept_manifest(
            sit(frozen.north, "nikolai"), manifest_id=frozen.manifest_id, shown="0" * 64
        )


def test_an_approval_in_one_party_is_none_in_the_other(frozen):
    approve_manifest(frozen, "nadia")
    frozen.carry_all()
    assert frozen.south.log.of_kind("approval.given") == ()
    with refuses(frozen.south, "four-eyes-missing"):
        accept_manifest(frozen.south.desk(Role.NEGOTIATOR), manifest_id=frozen.manifest_id)


def test_an_approval_of_a_manifest_is_none_of_its_receipt(at):
    met = at("answered").agree(terms_for(north=2, south=1, four_eyes=("receipt",)))
    met.plan_it().freeze().clear_everybody().cross()
    approve_it(met.north, "nadia", met.manifest_id, DocumentKind.MANIFEST)
    with refuses(met.north, "four-eyes-missing"):
        met.sign(NORTH)


# -- who wrote it does not approve it ---------------------------------------


def test_nobody_approves_the_terms_he_proposed(at):
    met = at("answered")
    terms = terms_for(four_eyes=("terms",))
    propose_terms(sit(met.north, "nikolai"), terms, parties=(NORTH, SOUTH))
    with refuses(met.north, "approval-of-own"):
        approve_it(met.north, "nikolai", "terms:spring", DocumentKind.TERMS)
    approve_it(met.north, "nadia", "terms:spring", DocumentKind.TERMS)
    assert accept_terms(sit(met.north, "nikolai"), terms_id="spring").size


def test_where_two_are_asked_proposing_a_change_signs_nothing(at):
    met = at("answered").agree(terms_for(north=3, south=1, four_eyes=("substitution",)))
    met.plan_it().freeze()
    change = propose_substitution(
        sit(met.north, "nikolai"),
        manifest_id=met.manifest_id,
        outgoing=met.persons_of(NORTH)[0],
        reason="no_medical_clearance",
    )
    sign = {"manifest_id": met.manifest_id, "substitution_id": change.substitution_id}
    own = met.north.node.signing.verify_key
    assert standing(met.north.log, change.substitution_id, own=own).signed == frozenset()
    with refuses(met.north, "approval-of-own"):
        approve_it(met.north, "nikolai", change.substitution_id, DocumentKind.SUBSTITUTION)
    with refuses(met.north, "four-eyes-missing"):
        accept_substitution(sit(met.north, "nikolai"), **sign)
    approve_it(met.north, "nadia", change.substitution_id, DocumentKind.SUBSTITUTION)
    accept_substitution(sit(met.north, "nikolai"), **sign)
    assert standing(met.north.log, change.substitution_id, own=own).signed == {NORTH}


# -- stale after any edit ---------------------------------------------------


def test_an_approval_of_an_earlier_version_of_terms_is_stale(at):
    met = at("answered")
    for version in (1, 2):
        propose_terms(
            met.intermediary.desk(Role.NEGOTIATOR),
            terms_for(version=version, four_eyes=("terms",)),
            parties=(NORTH, SOUTH),
        )
        met.carry_all()
        if version == 1:
            approve_it(met.north, "nadia", "terms:spring", DocumentKind.TERMS)
    with refuses(met.north, "approval-stale"):
        accept_terms(sit(met.north, "nikolai"), terms_id="spring")
    document = find_document(met.north.log, "terms:spring").document
    [approval] = approvals_of(met.north.log, document)
    assert (approval.actor, approval.stale) == ("nadia", True)


@pytest.fixture
def crossed(at):
    """Everybody has crossed, and two people give a receipt."""
    met = at("answered").agree(terms_for(north=2, south=1, four_eyes=("receipt",)))
    return met.plan_it().freeze().clear_everybody().cross()


def receipt_of(met, **more):
    """What north would confirm of everybody."""
    lines = manifest_of(met.north.log, met.manifest_id).lines
    return {
        "manifest_id": met.manifest_id,
        "handed_over": [x.person for x in lines if x.giver == NORTH],
        "received": [x.person for x in lines if x.receiver == NORTH],
        **more,
    }


def prepare(met, actor, **more):
    """Somebody of north prepares the receipt for another to sign."""
    desk = sit(met.north, actor, Role.REGISTRAR)
    document = draft_receipt(desk, **receipt_of(met, **more))
    return approve_document(desk, document, digest=envelope_for(document).digest)


def test_a_receipt_is_prepared_by_one_and_given_by_another(crossed):
    prepare(crossed, "nadia")
    desk = sit(crossed.north, "noor", Role.HANDOVER_OFFICER)
    document = draft_receipt(desk, **receipt_of(crossed))
    [approval] = approvals_of(crossed.north.log, document)
    assert approval.content["handed_over"] == list(document.handed_over)
    assert give_receipt(desk, **receipt_of(crossed)).size


@pytest.mark.parametrize(
    "edit",
    [
        {"incident": "one bag lost"},
        {"received": []},
    ],
)
def test_any_edit_of_a_prepared_receipt_makes_its_approval_stale(crossed, edit):
    prepare(crossed, "nadia")
    with refuses(crossed.north, "approval-stale"):
        give_receipt(
            sit(crossed.north, "noor", Role.HANDOVER_OFFICER), **receipt_of(crossed, **edit)
        )


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_every_fact_of_a_document_is_in_what_is_approved(kind):
    """Whatever field is edited, the digest is another one, so the approval is stale."""
    document = DOCUMENTS[kind]
    for field in document.__dataclass_fields__:
        value = getattr(document, field)
        other = {
            int: lambda v: v + 1,
            str: lambda v: v + "x",
            tuple: lambda v: v[1:],
            dict: lambda v: {**v, "nonce": "x"},
        }[type(value) if not isinstance(value, str) else str](value)
        assert envelope_for(replace(document, **{field: other})).digest != (
            envelope_for(document).digest
        )


# -- which documents --------------------------------------------------------


def test_the_terms_say_for_which_documents(at):
    met = at("answered").agree(terms_for(north=2, south=1, four_eyes=("plan", "receipt")))
    desk = met.intermediary.desk(Role.NEGOTIATOR)
    met.plan = plan_exchange(desk, terms_id="spring", parties=(NORTH, SOUTH))
    met.carry_all()
    with refuses(met.north, "four-eyes-missing"):
        accept_plan(sit(met.north, "nikolai"), plan_id=met.plan.plan_id)
    for party in (met.north, met.south):
        approve_it(party, "one", met.plan.plan_id, DocumentKind.PLAN)
        accept_plan(sit(party, "other"), plan_id=met.plan.plan_id)
    met.carry_all()
    met.freeze()
    asked = {
        each: needs_four_eyes(met.north.log, find_document(met.north.log, subject, each).document)
        for each, subject in (
            (DocumentKind.TERMS, "terms:spring"),
            (DocumentKind.PLAN, met.plan.plan_id),
            (DocumentKind.MANIFEST, met.manifest_id),
        )
    }
    assert asked == {"terms": False, "plan": True, "manifest": False}


def test_where_the_terms_are_not_known_two_are_asked(at):
    log = at("met").north.log
    assert all(needs_four_eyes(log, DOCUMENTS[k]) for k in ("plan", "manifest", "receipt"))


def test_terms_nobody_can_read_ask_for_two(at):
    unread = replace(DOCUMENTS["terms"], terms={"id": "spring"})
    assert needs_four_eyes(at("met").north.log, unread)


def test_terms_without_the_key_keep_their_bytes():
    old = terms_to_json(terms_for(north=1))
    assert "four_eyes" not in old
    assert terms_to_json(terms_from_json(old)) == old
    new = terms_to_json(terms_for(four_eyes=("manifest", "a-kind-of-tomorrow")))
    assert terms_to_json(terms_from_json(new)) == new


# -- laws -------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["approve", "sign", "edit"]), st.sampled_from(["one", "two", "three"])
    ),
    max_size=8,
)


@settings(max_examples=min(40, settings().max_examples))
@given(acts=ACTS)
def test_no_order_of_acts_lets_one_person_sign_alone(stages_of_terms, acts):
    """Whatever is done in whatever order: a signature has another's approval of its document."""
    party, log = stages_of_terms()
    approved = set()
    for act, who in acts:
        document = find_document(log, "terms:spring").document
        state = envelope_for(document).digest
        before = log.head(NORTH).size
        codes = codes_of(party, act, who, document)
        if codes:
            assert log.head(NORTH).size == before
        if act == "approve" and not codes:
            approved.add((who, state))
        if act == "sign":
            other_has_approved = any(d == state and a != who for a, d in approved)
            assert (codes == []) == other_has_approved
        else:
            assert codes in ([], ["approval-of-own"])


def codes_of(party, act, who, document):
    """Somebody does it; with which codes it is refused."""
    desk = sit(party, who)
    try:
        if act == "approve":
            digest = envelope_for(document).digest
            approve(desk, kind=DocumentKind.TERMS, subject="terms:spring", digest=digest)
        elif act == "edit":
            version = document.terms["version"] + 1
            terms = terms_for(version=version, four_eyes=("terms",))
            propose_terms(desk, terms, parties=(NORTH, SOUTH))
        else:
            accept_terms(desk, terms_id="spring")
    except Refusal as refusal:
        return [objection.code for objection in refusal.objections]
    return []


@pytest.fixture(scope="module")
def stages_of_terms(stages):
    """A function that gives north, with terms that ask for two people, anew each time."""
    from copy import deepcopy

    met = deepcopy(stages["met"])
    propose_terms(
        met.intermediary.desk(Role.NEGOTIATOR),
        terms_for(four_eyes=("terms",)),
        parties=(NORTH, SOUTH),
    )
    met.carry_all()

    def anew():
        party = deepcopy(met.north)
        return party, party.log

    return anew
