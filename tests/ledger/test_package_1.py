"""What was once signed stays readable: packages of format 1, signed and not sealed."""

from pathlib import Path

import pytest

from repatria.ledger import package_1
from repatria.ledger.package import open_package, trust
from repatria.terms import IntegrityError
from statements import key_of, keyring_of_party, noted, unknown_kind

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "package-1.repatria"
KEY = key_of("north").verify_key


def test_the_committed_package_opens_and_says_what_it_said():
    opened = open_package(GOLDEN.read_bytes(), identity=None, place="stick")
    assert (opened.sender, opened.recipients, opened.have) == ("north", ("south",), 0)
    assert opened.checkpoint.size == len(opened.commitments) == 4
    assert [statement for _, statement in opened.bodies] == [noted(2), unknown_kind(3)]
    assert (opened.seen, opened.key) == ({}, KEY)
    assert trust(opened, keyring_of_party("north"), held=0) == keyring_of_party("north")


def test_every_changed_byte_of_it_is_refused():
    raw = GOLDEN.read_bytes()
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 0x01
        with pytest.raises(IntegrityError):
            open_package(bytes(changed), identity=None)
    for length in range(len(raw)):
        with pytest.raises(IntegrityError):
            open_package(raw[:length], identity=None)


def test_somebody_elses_keyring_does_not_vouch_for_it():
    opened = open_package(GOLDEN.read_bytes(), identity=None)
    with pytest.raises(IntegrityError) as caught:
        trust(opened, keyring_of_party("south"), held=0)
    assert caught.value.code == "package-bad-signature"


def test_a_bomb_in_it_is_refused(monkeypatch):
    monkeypatch.setattr(package_1, "MAX_CONTENT_BYTES", 100)
    with pytest.raises(IntegrityError) as caught:
        open_package(GOLDEN.read_bytes(), identity=None)
    assert caught.value.code == "package-too-large"
