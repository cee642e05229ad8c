from pathlib import Path

import pytest

from repatria.ledger.checkpoint import Checkpoint, open_checkpoint, origin_of, sign_checkpoint
from repatria.ledger.merkle import root_of
from repatria.ledger.signing import SigningKey, VerifyKey
from repatria.terms import IntegrityError
from statements import key_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "checkpoint.txt"
KEY = key_of("north")
HEAD = Checkpoint(origin=origin_of("north"), size=3, root=root_of([b"a", b"b", b"c"]))


def opened(note, key=KEY):
    return open_checkpoint(note, key.verify_key, place="note")


def test_the_note_is_the_committed_one():
    note = GOLDEN.read_text("utf-8")
    assert sign_checkpoint(HEAD, KEY) == note
    assert opened(note) == HEAD


def test_every_changed_byte_is_refused_and_only_as_an_integrity_error():
    raw = GOLDEN.read_bytes()
    for place in range(len(raw)):
        for mask in (0x01, 0x20, 0x80):
            changed = bytearray(raw)
            changed[place] ^= mask
            with pytest.raises(IntegrityError):
                opened(changed.decode("utf-8", "surrogateescape"))


def test_every_shortened_note_is_refused():
    note = GOLDEN.read_text("utf-8")
    for length in range(len(note)):
        with pytest.raises(IntegrityError):
            opened(note[:length])


@pytest.mark.parametrize(
    "respell",
    [
        lambda n: n + "\n",
        lambda n: "\n" + n,
        lambda n: n.replace("\n3\n", "\n03\n"),
        lambda n: n.replace("\n3\n", "\n+3\n"),
        lambda n: n.replace("\n3\n", "\n٣\n"),
        lambda n: n.replace("\n3\n", "\n" + "9" * 5000 + "\n"),
        lambda n: n.replace("\n", "\r\n"),
        lambda n: n.replace("—", "-"),
        lambda n: n + n.splitlines()[-1] + "\n",
    ],
)
def test_a_second_spelling_of_the_same_note_is_refused(respell):
    with pytest.raises(IntegrityError) as caught:
        opened(respell(GOLDEN.read_text("utf-8")))
    assert caught.value.code == "checkpoint-malformed"


def test_unused_bits_of_base64_are_refused():
    note = GOLDEN.read_text("utf-8")
    last = note.rstrip("=\n")[-1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    sibling = alphabet[alphabet.index(last) ^ 1]
    head, _, tail = note.rpartition(last)
    with pytest.raises(IntegrityError):
        opened(head + sibling + tail)


def test_a_signature_of_another_length_is_refused():
    *text, line = GOLDEN.read_text("utf-8").splitlines()
    short = "\n".join([*text, line.rpartition(" ")[0] + " AAAA"]) + "\n"
    with pytest.raises(IntegrityError) as caught:
        opened(short)
    assert caught.value.code == "checkpoint-malformed"


def test_another_key_is_refused():
    with pytest.raises(IntegrityError) as caught:
        opened(sign_checkpoint(HEAD, KEY), key=key_of("south"))
    assert caught.value.code == "checkpoint-wrong-key"


def test_another_signature_under_the_right_key_id_is_refused():
    other = sign_checkpoint(Checkpoint(origin=HEAD.origin, size=4, root=HEAD.root), KEY)
    forged = HEAD.text + "\n" + other.splitlines()[-1] + "\n"
    with pytest.raises(IntegrityError) as caught:
        opened(forged)
    assert caught.value.code == "checkpoint-bad-signature"


def test_a_note_signed_under_another_name_is_refused():
    note = sign_checkpoint(HEAD, KEY).replace("— repatria/north", "— repatria/south")
    with pytest.raises(IntegrityError) as caught:
        opened(note)
    assert caught.value.code == "checkpoint-wrong-key"


def test_a_key_comes_back_from_its_one_spelling_and_from_no_other():
    key = KEY.verify_key
    assert VerifyKey.from_text(key.text) == key
    for text in (key.text + "\n", key.text[:-1], key.text.rstrip("=") + "A=", "é", ""):
        with pytest.raises(ValueError):
            VerifyKey.from_text(text)


def test_a_public_key_has_32_bytes():
    with pytest.raises(ValueError, match="32 bytes"):
        VerifyKey(b"short")


def test_a_fingerprint_is_eight_groups_that_can_be_read_aloud():
    groups = KEY.verify_key.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert KEY.verify_key.fingerprint != key_of("south").verify_key.fingerprint


def test_a_signing_key_never_prints_itself():
    key = SigningKey(bytes(range(32)))
    assert key.seed == bytes(range(32))
    assert repr(key) == str(key) == "SigningKey(secret)"


def test_a_malformed_signature_or_key_verifies_nothing():
    assert not KEY.verify_key.verifies(b"message", b"short")
    assert not VerifyKey(b"\xff" * 32).verifies(b"message", KEY.sign(b"message"))
