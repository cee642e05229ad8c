"""Laws of the ledger: one spelling, one tree, everything comes back."""

import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import often
from repatria.ledger.canonical import MAX_DEPTH, decode, encode, write_with_standard_library
from repatria.ledger.checkpoint import Checkpoint, open_checkpoint, origin_of, sign_checkpoint
from repatria.ledger.kinds import KINDS
from repatria.ledger.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)
from repatria.ledger.package import open_package
from repatria.ledger.payload import from_json, to_json
from repatria.ledger.sealing import MAGIC
from repatria.ledger.statement import Ground, Statement, read_statement
from repatria.terms import ActorId, IntegrityError, PartyCode
from statements import key_of, node_of
from strategies import moments, partial_dates, payloads_of, texts, values

pytestmark = pytest.mark.property
MANY = settings(max_examples=often(4 * settings().max_examples, 1_000))
labels = st.text("abcdefghij:.", min_size=1, max_size=8)
entries = st.lists(st.binary(min_size=32, max_size=32), max_size=40)


def depth_of(value):
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@MANY
@given(values)
def test_orjson_and_the_standard_library_write_the_same_bytes_and_they_come_back(value):
    assert depth_of(value) <= MAX_DEPTH
    raw = encode(value)
    assert raw == write_with_standard_library(value)
    assert decode(raw, place="here") == value
    assert json.loads(raw) == value


@MANY
@given(st.binary(max_size=40) | st.text('{}[]",:\\u0019aé-+.eE \n', max_size=20).map(str.encode))
def test_any_bytes_are_either_the_one_spelling_of_a_value_or_refused(raw):
    try:
        value = decode(raw, place="here")
    except IntegrityError as caught:
        assert str(caught) == "here: not-canonical"  # noqa: PT017 -- both outcomes are lawful
    else:
        assert encode(value) == raw


def naive_root(leaves):
    """MTH as RFC 9162 section 2.1.1 defines it, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


@given(entries)
def test_the_root_is_that_of_the_definition(leaves):
    assert root_of(leaves) == naive_root(leaves)


@given(entries.filter(bool), st.data())
def test_what_is_in_the_log_can_be_shown_to_be(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    assert proves_inclusion(
        leaf=leaf_hash(leaves[index]),
        index=index,
        size=len(leaves),
        proof=inclusion_proof(leaves, index),
        root=naive_root(leaves),
    )


@given(entries.filter(bool), st.data())
def test_what_is_not_in_the_log_cannot_be_shown_with_any_proof(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = data.draw(
        st.just(inclusion_proof(leaves, index)) | st.lists(st.binary(min_size=32, max_size=32))
    )
    absent = data.draw(st.binary(min_size=32, max_size=32).filter(lambda e: e != leaves[index]))
    assert not proves_inclusion(
        leaf=leaf_hash(absent), index=index, size=len(leaves), proof=proof, root=root_of(leaves)
    )


@given(entries.filter(bool), st.data())
def test_a_log_that_grew_is_consistent_and_one_that_was_rewritten_is_not(leaves, data):
    old = data.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(leaves, old)
    new = {"size": len(leaves), "root": naive_root(leaves), "proof": proof}
    assert proves_consistency(old_size=old, old_root=naive_root(leaves[:old]), **new)
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:changed], bytes(32), *leaves[changed + 1 : old]]
    same = rewritten == leaves[:old]
    assert proves_consistency(old_size=old, old_root=naive_root(rewritten), **new) is same


@given(st.integers(0, 10**15), st.binary(min_size=32, max_size=32))
def test_a_signed_head_comes_back(size, root):
    head = Checkpoint(origin=origin_of("north"), size=size, root=root)
    note = sign_checkpoint(head, key_of("north"))
    assert open_checkpoint(note, key_of("north").verify_key, place="here") == head


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda b: b.decode("latin-1")))
def test_any_text_is_refused_as_a_checkpoint_and_only_as_an_integrity_error(text):
    with pytest.raises(IntegrityError):
        open_checkpoint(text, key_of("north").verify_key, place="here")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_as_a_package_and_only_as_an_integrity_error(raw):
    for start in (b"", b"repatria-package/1 a b\n", b"repatria-package/2 a\n", MAGIC):
        with pytest.raises(IntegrityError):
            open_package(start + raw, identity=node_of("south").identity)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(st.data())
def test_a_payload_of_every_kind_comes_back_from_its_canonical_bytes(kind, data):
    payload = data.draw(payloads_of(kind.payload))
    content = decode(encode(to_json(payload)), place="here")
    assert from_json(kind.payload, content, place="here") == payload
    assert to_json(from_json(kind.payload, content, place="here")) == content


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=20)
@given(st.dictionaries(st.text("abcdefgh_", max_size=6), values, max_size=4) | values)
def test_any_content_is_read_as_a_payload_or_refused(kind, content):
    try:
        from_json(kind.payload, content, place="here")
    except IntegrityError as caught:
        assert str(caught) == "here: payload-malformed"  # noqa: PT017 -- both outcomes are lawful


statements = st.builds(
    Statement,
    kind=labels,
    about=st.lists(labels, min_size=1, max_size=3).map(tuple),
    by=labels.map(PartyCode),
    actor=labels.map(ActorId),
    recorded_at=moments,
    audience=st.frozensets(labels, min_size=1, max_size=4),
    ground=st.builds(Ground, basis=texts, source=texts, note=texts),
    content=st.dictionaries(st.text("abc", max_size=4), values, max_size=3),
    occurred_at=st.none() | moments,
    as_of=st.none() | partial_dates(),
    supersedes=st.lists(labels, max_size=2).map(tuple),
    unknown=st.dictionaries(st.text("xyz", min_size=1, max_size=4), values, max_size=2),
)


@given(statements)
def test_a_statement_comes_back_whole_with_keys_of_a_newer_version(statement):
    again = read_statement(statement.body, place="here")
    assert again == statement
    assert again.body == statement.body


@given(statements, st.data())
def test_a_statement_with_one_changed_byte_is_another_or_none(statement, data):
    body = statement.body
    place = data.draw(st.integers(0, len(body) - 1))
    changed = body[:place] + bytes([body[place] ^ data.draw(st.integers(1, 255))])
    changed += body[place + 1 :]
    try:
        other = read_statement(changed, place="here")
    except IntegrityError:
        return
    assert other != statement
    assert other.body == changed
