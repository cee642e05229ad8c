"""Can each test vector be made again: by the program, and from what its page says alone?

Here only the standard library and `cryptography` are used, as a stranger would, save
where the program itself is asked what it reads.
"""

import base64
import importlib.util
import json
import zlib
from hashlib import blake2b, sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from repatria.ledger.package import open_package
from repatria.ledger.statement import read_statement
from repatria.wiring.high_water import HighWaterMark
from repatria.wiring.keyfile import read_key_file
from statements import SigningKey

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ROOT / "docs" / "formats"
GOLDEN = ROOT / "tests" / "golden" / "ledger"


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


writer = loaded(ROOT / "tools" / "write_format_vectors.py")
verifier = loaded(FORMATS / "verify_repatria.py")


def vector(name):
    return json.loads((FORMATS / "vectors" / f"{name}.json").read_text("utf-8"))


def signed_with(told, message):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["private_key"]))
    return key.sign(message)


def bare(told):
    return verifier.Bare(base64.b64encode(bytes.fromhex(told["public_key"])).decode())


@pytest.mark.parametrize("name", writer.VECTORS)
def test_the_program_makes_the_vector_again(name):
    assert (FORMATS / "vectors" / f"{name}.json").read_text("utf-8") == writer.text_of(name)


@pytest.mark.parametrize("name", writer.VECTORS)
def test_its_page_names_the_vector(name):
    assert f"(vectors/{name}.json)" in (FORMATS / f"{name}.md").read_text("utf-8")


def test_no_vector_lies_there_unnamed():
    there = {path.stem for path in (FORMATS / "vectors").iterdir()}
    assert there == set(writer.VECTORS)


def test_a_commitment_is_the_hash_of_tag_salt_and_body():
    told = vector("statement")
    hashed = b"repatria/statement/v1\n" + bytes.fromhex(told["salt"]) + told["body"].encode()
    assert hashed.hex() == told["hashed"]
    assert sha256(hashed).hexdigest() == told["commitment"]
    leaf = sha256(b"\0" + bytes.fromhex(told["commitment"])).hexdigest()
    assert leaf == told["leaf"]
    assert read_statement(told["body"].encode(), place="vector").by == "north"


def node(*parts):
    return sha256(b"\1" + b"".join(parts)).digest()


def test_a_checkpoint_signs_the_root_of_its_tree():
    told = vector("checkpoint")
    one, two, three, four, five, six, seven = (
        sha256(b"\0" + bytes.fromhex(entry)).digest() for entry in told["entries"]
    )
    root = node(node(node(one, two), node(three, four)), node(node(five, six), seven))
    assert root.hex() == told["root"]
    public = bytes.fromhex(told["public_key"])
    assert sha256(b"repatria/north\n\x01" + public).hexdigest()[:8] == told["key_id"]
    text = f"repatria/north\n7\n{base64.b64encode(root).decode()}\n"
    assert text == told["signed"]
    line = bytes.fromhex(told["key_id"]) + signed_with(told, text.encode())
    assert told["note"] == f"{text}\n— repatria/north {base64.b64encode(line).decode()}\n"
    assert verifier.open_note(told["note"], bare(told), "vector") == ("repatria/north", 7, root)


def test_a_receipt_is_a_cosignature():
    told = vector("receipt")
    head = vector("checkpoint")
    message = f"cosignature/v1\ntime {told['time']}\n{head['signed']}"
    assert message == told["signed"]
    line = bytes.fromhex(told["key_id"]) + told["time"].to_bytes(8, "big")
    line += signed_with(told, message.encode())
    assert told["line"] == f"— repatria/south {base64.b64encode(line).decode()}\n"
    assert told["file"] == head["note"] + told["line"]


def test_the_inside_of_a_package_is_header_signature_and_content():
    told = vector("package")
    header, packed = bytes.fromhex(told["header"]), bytes.fromhex(told["packed"])
    signature = signed_with(told, b"\0repatria/package/v2\0" + header + packed)
    assert signature.hex() == told["signature"]
    inside = header + signature + packed
    assert inside.hex() == told["inside"]
    engine = zlib.decompressobj()
    files = bytes.fromhex(told["files"])
    assert engine.decompress(packed) == told["content"].encode() + b"\n" + files
    assert set(engine.unused_data) == {0}
    package = open_package(inside, identity=None)
    assert (package.sender, list(package.attachments.values())) == ("north", [files])
    key = base64.b64encode(header[-32:]).decode()
    assert verifier.check_package(inside, verifier.Bare(key))


def test_evidence_of_a_fork_is_two_heads_and_a_proof():
    told = vector("fork")
    heads = b""
    for note in (told["shorter"], told["longer"]):
        _, size, root, _, line, _ = note.split("\n")
        heads += int(size).to_bytes(8, "big") + base64.b64decode(root)
        heads += base64.b64decode(line.split(" ")[2])
    rest = bytes.fromhex(told["root_within"] + "".join(told["proof"]))
    raw = b"repatria-fork/1 repatria/north\n" + heads + rest
    assert raw.hex() == told["file"]
    assert verifier.check_fork(raw, bare(told))


def test_a_key_file_opens_with_its_passphrase(tmp_path):
    told = vector("key-file")
    file = told["file"]
    salt, nonce, sealed = (base64.b64decode(file[key]) for key in ("salt", "nonce", "sealed"))
    made = Argon2id(
        salt=salt, length=32, iterations=file["iterations"], lanes=file["lanes"],
        memory_cost=file["memory_kib"],
    ).derive(told["passphrase"].encode())  # fmt: skip
    assert made.hex() == told["key"]
    opened = AESGCM(made).decrypt(nonce, sealed, told["bound"].encode())
    assert opened.decode() == told["content"]
    path = tmp_path / "node.key"
    path.touch(0o600)
    path.write_text(json.dumps(file))
    assert read_key_file(path, told["passphrase"]).secrets == json.loads(told["content"])


def test_a_high_water_mark_is_sealed_with_a_key_of_its_own(tmp_path):
    told = vector("high-water")
    seed = bytes.fromhex(told["private_key"])
    secret = blake2b(seed, person=b"repatria mark 1").digest()
    assert secret.hex() == told["secret"]
    seal = blake2b(told["told"].encode(), key=secret, digest_size=32).hexdigest()
    slot = f"{told['told']} {seal}\n".encode()
    assert (slot + bytes(256 - len(slot))).hex() == told["slot"]
    path = tmp_path / "high-water"
    path.write_bytes(bytes.fromhex(told["slot"]) + bytes(256))
    size, root = HighWaterMark(path, SigningKey(seed)).read()
    assert told["told"] == f"{size} {root.hex()}"


def test_an_exported_log_is_lines_of_canonical_json():
    lines = [line.encode() for line in vector("ledger-export")["lines"]]
    header, first, second, note = (json.loads(line) for line in lines)
    assert header["note"] == note["note"]
    assert first["commitment"] == base64.b64encode(
        bytes.fromhex(vector("statement")["commitment"])
    ).decode()  # fmt: skip
    assert second["missing"] == "erased"
    found = []
    told = verifier.check_ledger(iter(lines), None, found.append)
    assert (found, told.startswith("repatria/north, 2 entries, 1 without")) == ([], True)
