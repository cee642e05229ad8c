"""What was once signed opens for ever: every golden file, by the program and by the verifier."""

import io
import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from repatria.ledger.checkpoint import open_checkpoint
from repatria.ledger.cosignature import open_receipt
from repatria.ledger.document import payload_in, read_envelope, signers
from repatria.ledger.export import verify_export
from repatria.ledger.fork import read_evidence
from repatria.ledger.keyring import next_keyring, read_keyring
from repatria.ledger.merkle import root_of
from repatria.ledger.node import NodeSecrets
from repatria.ledger.package import open_package, trust
from repatria.ledger.sealing import Identity
from repatria.ledger.statement import read_statement
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.keyfile import WrongPassphraseError, read_key_file
from statements import key_of, keyring_of_party, named, node_of, noted, placed, unknown_kind

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "ledger"
VERIFIER = ROOT / "docs" / "formats" / "verify_repatria.py"
HEAD_SIZE = 5
SAID = [noted(2), unknown_kind(3)]


def text_of(name):
    return (GOLDEN / name).read_bytes().decode()


def ring(name):
    return read_keyring(text_of(f"{name}.keyring"))


def checkpoint(path, _):
    head = open_checkpoint(path.read_bytes().decode(), key_of("north").verify_key, place="golden")
    assert (head.size, head.root) == (3, root_of([b"a", b"b", b"c"]))


def merkle(path, _):
    roots = json.loads(path.read_bytes())["roots"]
    assert roots[1] == root_of([sha256(b"\0").digest()]).hex()


def statements(path, _):
    read = [read_statement(line, place="golden") for line in path.read_bytes().splitlines()]
    assert read == [named(1), placed(1), noted(2), unknown_kind(3)]


def package_1(path, _):
    package = open_package(path.read_bytes(), identity=None)
    trust(package, ring("north-1"), held=0)
    assert [statement for _, statement in package.bodies] == SAID


def package_2(path, _):
    identity = Identity(text_of("south.identity").strip())
    check_package_2(open_package(path.read_bytes(), identity=identity))


def package_2_opened(path, _):
    check_package_2(open_package(path.read_bytes(), identity=None))


def check_package_2(package):
    assert trust(package, ring("north-1"), held=0) == ring("north-1")
    assert [statement for _, statement in package.bodies[:2]] == SAID
    assert list(package.attachments.values()) == [b"\x89PNG made up"]
    assert (package.recipients, package.checkpoint.size) == (("south",), HEAD_SIZE)


def identity(path, _):
    assert Identity(path.read_text().strip()).recipient == node_of("south").identity.recipient


def first_keyring(path, _):
    party = path.name.partition("-")[0]
    assert ring(f"{party}-1") == keyring_of_party(party)


def second_keyring(_, __):
    later = next_keyring(ring("north-1"), ring("north-2"), held=HEAD_SIZE)
    assert (later.version, len(later.nodes)) == (2, 2)
    assert later.fingerprint == ring("north-1").fingerprint


def receipt(path, _):
    given = open_receipt(path.read_bytes().decode(), ring("north-1"), ring("south-1"))
    assert (given.checkpoint.size, given.cosignature.name) == (HEAD_SIZE, "repatria/south")


def fork(path, _):
    evidence = read_evidence(path.read_bytes(), ring("north-1"))
    assert len(evidence.raw) < 1024


def ledger(path, _):
    with path.open("rb") as file:
        report = verify_export(file, known=ring("north-2"))
    assert (report.faults, report.size, report.bodies) == ([], HEAD_SIZE, HEAD_SIZE)


def document(path, _):
    envelope = read_envelope(path.read_bytes().decode(), kind="terms", place="golden")
    keys = [key_of(party).verify_key for party in ("north", "south", "east")]
    assert signers(envelope, keys) == set(keys[:2])
    assert payload_in(envelope, place="golden")["id"] == "december"


def key_file(path, tmp_path):
    kept = tmp_path / "node.key"
    shutil.copyfile(path, kept)
    kept.chmod(0o600)
    opened = read_key_file(kept, "a passphrase that opens a golden key file")
    node = NodeSecrets.from_json(opened.secrets)
    assert node.public("node-1") == ring("north-1").nodes[0]
    with pytest.raises(WrongPassphraseError):
        read_key_file(kept, "another passphrase")


def high_water(path, _):
    size, root = HighWaterMark(path, key_of("north")).read()
    with (GOLDEN / "north.ledger").open("rb") as file:
        report = verify_export(file)
    assert (size, root) == (report.size, report.root)


OPENERS = {
    "checkpoint.txt": checkpoint,
    "fork.evidence": fork,
    "high-water": high_water,
    "merkle.json": merkle,
    "node.key": key_file,
    "north-1.keyring": first_keyring,
    "north-2.keyring": second_keyring,
    "north.ledger": ledger,
    "package-1.repatria": package_1,
    "package-2.opened": package_2_opened,
    "package-2.repatria": package_2,
    "receipt.txt": receipt,
    "south-1.keyring": first_keyring,
    "south.identity": identity,
    "statements.txt": statements,
    "terms.document": document,
}
BY_THE_VERIFIER = {
    "ledger north.ledger": "repatria/north, 5 entries, 0 without a body, root ",
    "ledger north.ledger --keyring north-2.keyring": "repatria/north, 5 entries",
    "package package-1.repatria --keyring north-1.keyring": "from north, entries 0 to 4, 2 bodies",
    "package package-2.opened --keyring north-1.keyring": "from north, entries 0 to 5, 3 bodies",
    "package package-2.opened --keyring north-2.keyring": "from north, entries 0 to 5",
    "receipt receipt.txt --keyring north-1.keyring --witness-keyring south-1.keyring": (
        "south has seen 5 entries of north"
    ),
    "document terms.document --keyring north-1.keyring --keyring south-1.keyring --threshold 2": (
        "application/vnd.repatria.terms+json, signed by north, south"
    ),
    "keyring north-1.keyring north-2.keyring": "north, version 2, root keys ",
    "fork fork.evidence --keyring north-1.keyring": "repatria/north signed two logs",
}
REFUSED_BY_THE_VERIFIER = {
    "package package-2.repatria --keyring north-1.keyring": "package: not-sealed-for-us",
    "package package-2.opened --keyring south-1.keyring": "keyring: keyring-other-party",
    "receipt receipt.txt --keyring north-1.keyring --witness-keyring north-1.keyring": (
        "receipt: cosignature-bad-signature"
    ),
    "document terms.document --keyring north-1.keyring --keyring north-2.keyring": (
        "document: document-not-signed"
    ),
    "keyring north-2.keyring north-1.keyring": "north-1.keyring: keyring-rolled-back",
    "fork fork.evidence --keyring south-1.keyring": "fork: evidence-not-valid",
    "keyring terms.document": "terms.document: keyring-malformed",
}


def test_every_golden_file_is_opened_by_a_test():
    assert {path.name for path in GOLDEN.iterdir()} - {"write.py", "__pycache__"} == set(OPENERS)


@pytest.mark.parametrize("name", OPENERS)
def test_a_golden_file_opens_and_says_what_it_said(name, tmp_path):
    OPENERS[name](GOLDEN / name, tmp_path)


@pytest.mark.parametrize("name", ["north.ledger", "receipt.txt", "fork.evidence", "terms.document"])
def test_every_changed_byte_of_it_is_found(name):
    whole = (GOLDEN / name).read_bytes()
    sound = {
        "north.ledger": lambda raw: verify_export(io.BytesIO(raw), known=ring("north-1")).holds,
        "receipt.txt": lambda raw: holds(
            lambda: open_receipt(raw.decode(), ring("north-1"), ring("south-1"))
        ),
        "fork.evidence": lambda raw: holds(lambda: read_evidence(raw, ring("north-1"))),
        "terms.document": lambda raw: holds(lambda: signed_twice(raw.decode())),
    }[name]
    assert sound(whole)
    # A keyring needs two of its three signatures, so the header survives a damaged one.
    start = whole.find(b'"note"') if name == "north.ledger" else 0
    for place in range(start, len(whole), 1 if len(whole) < 1000 else 7):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert not sound(changed), place


def holds(opening):
    from repatria.terms import IntegrityError

    try:
        opening()
    except (IntegrityError, UnicodeDecodeError):
        return False
    return True


def signed_twice(text):
    from repatria.terms import IntegrityError

    envelope = read_envelope(text, kind="terms", place="golden")
    if len(signers(envelope, [key_of(p).verify_key for p in ("north", "south")])) < 2:
        raise IntegrityError("golden", "too-few")


def verifier(line):
    return subprocess.run(
        [sys.executable, "-I", VERIFIER, *line.split(" ")],
        capture_output=True, text=True, check=False, cwd=GOLDEN,
    )  # fmt: skip


@pytest.mark.parametrize("line", BY_THE_VERIFIER)
def test_the_verifier_finds_a_golden_file_as_it_was_signed(line):
    done = verifier(line)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"holds: {BY_THE_VERIFIER[line]}")


@pytest.mark.parametrize("line", REFUSED_BY_THE_VERIFIER)
def test_the_verifier_says_where_and_why_another_does_not_hold(line):
    done = verifier(line)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"DOES NOT HOLD: {REFUSED_BY_THE_VERIFIER[line]}\n"


@pytest.mark.parametrize("line", ["package package-2.opened", "keyring missing", "poem x", ""])
def test_the_verifier_says_when_it_cannot_be_asked(line):
    done = verifier(line)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
