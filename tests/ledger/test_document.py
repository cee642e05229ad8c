"""Signed by several hands: what counts, what does not, and what is no envelope at all."""

import base64
import json
from contextlib import suppress
from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as TheirEnvelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from repatria.ledger.document import (
    MAX_ENVELOPE_BYTES,
    MAX_SIGNATURES,
    Envelope,
    envelope_of,
    key_id,
    pae,
    payload_in,
    read_envelope,
    signers,
    type_of,
)
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.terms import IntegrityError

KEYS = [SigningKey(bytes([n]) * 32) for n in range(1, 6)]
PUBLIC = [key.verify_key for key in KEYS]
PAPER = envelope_of("terms", {"v": 1, "agreed": "all for all"})


def signed(*numbers, envelope=PAPER):
    for number in numbers:
        envelope = envelope.signed_by(KEYS[number])
    return envelope


def by(envelope):
    """Numbers of the keys that signed."""
    return {PUBLIC.index(key) for key in signers(envelope, PUBLIC)}


def their_key(key):
    """The key as the other library holds it, under our key id."""
    public = Ed25519PublicKey.from_public_bytes(key.raw)
    return SSlibKey.from_crypto(public, keyid=key_id(key))


def their_signer(key):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(key.seed)
    return CryptoSigner(private, their_key(key.verify_key))


def test_nobody_at_first():
    assert by(PAPER) == set()


def test_each_key_counts_once():
    assert by(signed(0, 2, 0)) == {0, 2}


def test_signing_again_changes_nothing():
    assert signed(0, 0) == signed(0)


def test_the_order_of_signing_does_not_matter():
    assert signed(0, 1, 2).text == signed(2, 0, 1).text


def test_the_same_key_asked_for_twice_is_one():
    assert len(signers(signed(0), [PUBLIC[0], PUBLIC[0]])) == 1


def test_the_same_key_under_two_key_ids_counts_once():
    signature = signed(0).signatures[0][1]
    twice = signed(0).with_signatures([(key_id(PUBLIC[1]), signature), ("x", signature)])

    assert by(twice) == {0}


def test_a_key_id_alone_is_not_believed():
    signature = signed(0).signatures[0][1]

    assert by(PAPER.with_signatures([(key_id(PUBLIC[1]), signature)])) == set()


def test_a_bad_signature_beside_a_good_one_takes_nothing_away():
    assert by(signed(0).with_signatures([(key_id(PUBLIC[0]), bytes(64))])) == {0}


def test_a_signature_of_the_bare_payload_counts_nothing():
    bare = KEYS[0].sign(PAPER.payload)

    assert by(PAPER.with_signatures([(key_id(PUBLIC[0]), bare)])) == set()


def test_a_signature_moved_to_another_kind_counts_nothing():
    other = Envelope(
        payload_type=type_of("peers"),
        payload=PAPER.payload,
        signatures=signed(0).signatures,
    )

    assert by(other) == set()


def test_a_key_that_was_not_asked_for_does_not_count():
    assert signers(signed(0, 1), PUBLIC[1:]) == {PUBLIC[1]}


def test_what_is_signed_begins_as_the_protocol_says():
    # Source: DSSE protocol 1.0, "Testing" ("hello world" by http://example.com/HelloWorld).
    assert (
        pae("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_an_envelope_is_read_as_it_was_written():
    read = read_envelope(signed(0, 1).text, kind="terms", place="terms")

    assert read == signed(0, 1)
    assert payload_in(read, place="terms") == {"v": 1, "agreed": "all for all"}


def test_an_envelope_of_another_kind_is_refused():
    with pytest.raises(IntegrityError, match="envelope-malformed"):
        read_envelope(signed(0).text, kind="keyring", place="x")


def rewritten(**changes):
    return {**json.loads(signed(0).text), **changes}


GOOD = json.loads(signed(0).text)["signatures"][0]
EVIL = [
    None, True, 0, -1, 2**60, "", " ", "x", "\x00", "\ud800", "é", [], {}, [[]], [None], [0],
    {"a": 1}, "====", "AA", "AAA=", "AB==", "A A=", "AAAA\n", "-_-_",
    base64.b64encode(b"x" * 63).decode(),
    {"keyid": 1, "sig": GOOD["sig"]}, {**GOOD, "more": 1}, {"keyid": "a"}, [GOOD, GOOD],
    [{**GOOD, "sig": GOOD["sig"][:-2] + "=="}], [GOOD] * (MAX_SIGNATURES + 1),
]  # fmt: skip


@pytest.mark.parametrize("key", ["payload", "payloadType", "signatures", "more"])
@pytest.mark.parametrize("value", EVIL, ids=range(len(EVIL)))
def test_an_evil_value_is_only_ever_an_integrity_error(key, value):
    text = json.dumps(rewritten(**{key: value}), sort_keys=True, separators=(",", ":"))
    try:
        read = read_envelope(text, kind="terms", place="x")
    except IntegrityError as fault:
        assert fault.place == "x"  # noqa: PT017 -- the place is what is tested
    else:
        assert read.text == text


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '"a"', signed(0).text + " ", " " + signed(0).text, "\ufeff{}",
     "[" * 2000, '{"payload":"","payload":""}', "\ud800"],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_envelope_is_an_integrity_error(text):
    with pytest.raises(IntegrityError):
        read_envelope(text, kind="terms", place="x")


def test_an_envelope_larger_than_any_is_not_even_parsed():
    with pytest.raises(IntegrityError, match="envelope-malformed"):
        read_envelope(" " * (MAX_ENVELOPE_BYTES + 1), kind="terms", place="x")


@given(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40),
    st.binary(max_size=300),
)
def test_another_library_signs_the_same_bytes(kind, payload):
    theirs = TheirEnvelope(payload, kind, {})

    assert theirs.pae() == pae(kind, payload)


@given(
    st.dictionaries(st.text("abc", max_size=3), st.text(max_size=9), max_size=4),
    st.sets(st.integers(0, 4)),
    st.sets(st.integers(0, 4), min_size=1),
)
def test_another_library_counts_the_same_hands(document, who, asked):
    ours = envelope_of("terms", document)
    for number in sorted(who):
        ours = ours.signed_by(KEYS[number])
    theirs = TheirEnvelope.from_dict(deepcopy(json.loads(ours.text)))

    counted = {PUBLIC[number] for number in who & asked}

    assert signers(ours, [PUBLIC[n] for n in asked]) == counted
    if counted:
        keys = [their_key(PUBLIC[n]) for n in asked]
        assert set(theirs.verify(keys, len(counted))) == {key_id(key) for key in counted}
        if len(counted) < len(keys):
            with pytest.raises(VerificationError):
                theirs.verify(keys, len(counted) + 1)


@given(st.dictionaries(st.text("abc", max_size=3), st.text(max_size=9)), st.sets(st.integers(0, 4)))
def test_what_another_library_signed_counts_here(document, who):
    ours = envelope_of("terms", document)
    theirs = TheirEnvelope(ours.payload, ours.payload_type, {})
    for number in who:
        theirs.sign(their_signer(KEYS[number]))

    made = ours.with_signatures(
        (key_id_, bytes.fromhex(each.signature)) for key_id_, each in theirs.signatures.items()
    )

    assert by(made) == who


@given(st.lists(st.integers(0, 4)), st.data())
def test_no_changed_byte_of_the_payload_keeps_a_signature(who, data):
    envelope = signed(*who)
    place = data.draw(st.integers(0, len(envelope.payload) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = bytearray(envelope.payload)
    changed[place] ^= bit

    other = Envelope(
        payload_type=envelope.payload_type,
        payload=bytes(changed),
        signatures=envelope.signatures,
    )

    assert by(other) == set()
    assert by(envelope) == set(who)


@given(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_signatures_gathered_apart_are_those_gathered_together(one, other):
    apart = signed(*one).with_signatures(signed(*other).signatures)

    assert apart.text == signed(*one, *other).text
    assert by(apart) == one | other


@given(st.text(max_size=200))
def test_no_text_is_anything_but_an_envelope_or_an_integrity_error(text):
    with suppress(IntegrityError):
        assert read_envelope(text, kind="terms", place="x").text == text


def test_a_key_never_prints_in_an_envelope():
    assert isinstance(PUBLIC[0], VerifyKey)
    assert KEYS[0].seed.hex() not in repr(signed(0))
